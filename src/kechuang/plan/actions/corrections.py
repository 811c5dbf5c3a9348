"""A reviewer's decision belongs to a place in a text: it is kept and applied whenever that text is read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from kechuang.core import clock
from kechuang.core.events import plain
from kechuang.plan.models import Correction, Document, Statement

CORRECTABLE = [
    "kind",
    "sentence",
    "start",
    "end",
    "q_start",
    "q_end",
    "value",
    "value_max",
    "unit",
    "comparator",
    "t_start",
    "t_end",
    "time_text",
    "time_start",
    "time_end",
    "time_role",
    "speaker",
    "role",
    "subject",
    "organisations",
    "programmes",
]


def place_of(statement: Statement) -> list:
    return [statement.kind, statement.start, statement.end, statement.q_start, statement.t_start]


Decision = tuple[list, dict[str, Any], bool]  # place, change, added by a person
FEW = 20


def remember(
    actor: Any, document: Document, decisions: Sequence[Decision]
) -> list[tuple[int, dict[str, Any] | None]]:
    """Keep decisions; a later one about the same place takes its place, so its first place stays the reader's.

    Returns the kept rows that changed with their former change, None for those that are new.
    """
    known = _known(document, decisions)
    former: dict[int, dict[str, Any] | None] = {}
    changed, new = [], []
    for place, change, added in decisions:
        row = known.get((*place, added))
        if row is None:
            row = known[*place, added] = Correction(
                digest=document.digest, place=place, change={}, added=added
            )
            new.append(row)
        elif row.pk and row.pk not in former:  # several statements may have the same place
            former[row.pk] = dict(row.change)
            changed.append(row)
        row.change = {**row.change, **plain(change)}
        row.by_id, row.at = actor.pk, clock.now()
    Correction.objects.bulk_update(changed, ["change", "by", "at"], batch_size=200)
    return [*former.items(), *((row.pk, None) for row in Correction.objects.bulk_create(new, batch_size=500))]


def _known(document: Document, decisions: Sequence[Decision]) -> dict[tuple, Correction]:
    rows = Correction.objects.filter(digest=document.digest)
    if len(decisions) <= FEW:
        places = Q()
        for place, _change, added in decisions:
            places |= Q(place=place, added=added)
        rows = rows.filter(places)
    return {(*row.place, row.added): row for row in rows}


def apply_corrections(document: Document) -> int:
    """Apply every kept decision to freshly read statements; returns how many found their place."""
    decisions = Correction.objects.filter(digest=document.digest).order_by("id")
    if not decisions.exists():
        return 0
    by_place = {tuple(place_of(s)): s for s in document.statements.filter(review=Statement.Review.PENDING)}
    applied = 0
    for decision in decisions:
        if decision.added:
            statement = Statement(document=document, by_person=True, rules=["person"])
            present = document.statements.filter(
                kind=decision.change.get("kind"),
                start=decision.change.get("start"),
                end=decision.change.get("end"),
                by_person=True,
            )
            if present.exists():
                continue
        else:
            statement = by_place.get(tuple(decision.place))
        if statement is None:
            continue
        for name, value in decision.change.items():
            setattr(statement, name, value)
        statement.save()
        applied += 1
    return applied
