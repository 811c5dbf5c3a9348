"""A reviewer's decision belongs to a place in a text: it is kept and applied whenever that text is read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """Where it was found: decisions are kept there, wherever a correction has moved it since."""
    return statement.found_at or where(statement)


def where(statement: Statement) -> list:
    """Where it stands."""
    return [statement.kind, statement.start, statement.end, statement.q_start, statement.t_start]


_AMOUNT = ("q_start", "q_end", "value", "value_max", "unit", "comparator", "subject")
_TIME = ("t_start", "t_end")
_SHARED = ("speaker", "role", "time_text", "time_start", "time_end", "time_role")


def parts_at(statement: Statement, at: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changes in a statement that is cut there, and what goes to its second part: what stands behind the cut;
    who speaks and when hold for both."""
    behind = [
        *(_AMOUNT if (statement.q_start or 0) >= at else ()),
        *(_TIME if (statement.t_start or 0) >= at else ()),
    ]
    head = {name: Statement._meta.get_field(name).get_default() for name in behind}
    return head, {name: getattr(statement, name) for name in (*_SHARED, *behind)}


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


def apply_corrections(document: Document) -> list[Statement]:
    """Apply every kept decision to freshly read statements; returns those that were decided."""
    decisions = Correction.objects.filter(digest=document.digest).order_by("id")
    if not decisions.exists():
        return []
    by_place = {tuple(place_of(s)): s for s in document.statements.filter(review=Statement.Review.PENDING)}
    present = {tuple(place_of(s)) for s in document.statements.filter(by_person=True)}
    applied: dict[int, Statement] = {}
    for decision in decisions:
        place = tuple(decision.place)
        if not decision.added:
            statement = by_place.get(place)
        elif place not in present:
            statement = Statement(document=document, by_person=True, rules=["person"])
        else:
            continue
        if statement is None:
            continue
        for name, value in decision.change.items():
            setattr(statement, name, value)
        statement.found_at = None if tuple(where(statement)) == place else decision.place
        statement.save()
        applied[statement.pk] = statement
    _mark_lost(document, decisions)
    return list(applied.values())


def _mark_lost(document: Document, decisions: Iterable[Correction]) -> None:
    """Say of each decision whether the text as it is read now has its place; what was taken back asks for none."""
    places = {tuple(place_of(s)) for s in document.statements.all()}
    changed = []
    for row in decisions:
        waits = row.change.get("review") == Statement.Review.PENDING
        lost = not row.added and not waits and tuple(row.place) not in places
        if row.lost != lost:
            row.lost = lost
            changed.append(row)
    Correction.objects.bulk_update(changed, ["lost"], batch_size=500)
