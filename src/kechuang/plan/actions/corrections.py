"""A reviewer's decision belongs to a place in a text: it is kept and applied whenever that text is read again."""

from __future__ import annotations

from typing import Any

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


def remember(
    actor: Any, document: Document, place: list, change: dict[str, Any], *, added: bool = False
) -> None:
    """Keep a decision; a later one about the same place takes its place, so its first place stays the reader's."""
    earlier = Correction.objects.filter(digest=document.digest, place=place, added=added).first()
    if earlier:
        earlier.change = {**earlier.change, **plain(change)}
        earlier.by_id, earlier.at = actor.pk, clock.now()
        earlier.save()
        return
    Correction.objects.create(
        digest=document.digest, place=place, change=plain(change), added=added, by_id=actor.pk, at=clock.now()
    )


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
