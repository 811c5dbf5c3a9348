"""Conflicts of interest from records: own and former co-authors, same organisation, declarations."""

from __future__ import annotations

from typing import Any

from kechuang.core.models import Membership
from kechuang.facilities.engine.conflicts import conflict
from kechuang.facilities.models import CoAuthor, DeclaredConflict, Proposal


def conflicts_of(user: Any, proposals: list[Proposal]) -> dict[int, str]:
    """proposal id → "" or why this person may not judge it; four queries for any number of proposals."""
    keys = [p.pk for p in proposals]
    authors: dict[int, set[int]] = {p.pk: {p.author_id} for p in proposals}
    for proposal, coauthor in CoAuthor.objects.filter(proposal__in=keys).values_list("proposal", "user"):
        authors[proposal].add(coauthor)
    together = _wrote_with(user)
    everybody = {a for found in authors.values() for a in found} | {user.pk}
    homes: dict[int, set[int]] = {}
    for member, organisation in Membership.objects.filter(user__in=everybody).values_list(
        "user", "organisation"
    ):
        homes.setdefault(member, set()).add(organisation)
    declared = set(
        DeclaredConflict.objects.filter(proposal__in=keys, user=user).values_list("proposal", flat=True)
    )
    return {
        p.pk: conflict(
            user.pk,
            homes.get(user.pk, set()),
            authors[p.pk],
            {p.organisation_id}.union(*(homes.get(a, set()) for a in authors[p.pk])),
            {user.pk} if p.pk in declared else set(),
            {user.pk} if authors[p.pk] & together else set(),
        )
        for p in proposals
    }


def _wrote_with(user: Any) -> set[int]:
    """People this person wrote any proposal with."""
    mine = Proposal.objects.filter(author=user) | Proposal.objects.filter(coauthors__user=user)
    found = set(mine.values_list("author", flat=True))
    found |= set(CoAuthor.objects.filter(proposal__in=mine).values_list("user", flat=True))
    return found - {user.pk}
