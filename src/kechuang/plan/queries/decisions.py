"""Who decides in a body, and how a vote stands."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import QuerySet

from kechuang.core.models import Membership, Organisation, Person, Role
from kechuang.core.roles import in_force
from kechuang.plan.engine.voting import Outcome, outcome
from kechuang.plan.models import MajorDecision, Vote


def office_holders(body: Organisation, day: date) -> QuerySet[Person]:
    """The people who lead the body on a day."""
    held = Membership.objects.filter(organisation=body, role=Role.LEADER).filter(*in_force(day))
    return Person.objects.filter(user__in=held.values("user")).order_by("pk")


def how_it_stands(decision: MajorDecision) -> Outcome:
    cast = Counter(decision.votes.values_list("choice", flat=True))
    return outcome(decision.matter, decision.members.count(), cast)


def votes_by_member(decision: MajorDecision) -> list[tuple[Person, Vote | None]]:
    """Every member with what was entered of them."""
    votes = {vote.voter_id: vote for vote in decision.votes.all()}
    return [(member, votes.get(member.pk)) for member in decision.members.order_by("pk")]
