"""The reviewer's acts on statements: accept, reject, correct, merge, split, add. Each is kept for the next reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, plain, record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.plan.actions.corrections import CORRECTABLE, place_of, remember
from kechuang.plan.models import Document, Statement

officer = has_role(Role.OFFICER)


def _decide(actor: Any, document: Document, keys: Sequence[int], review: str, verb: str) -> int:
    rows = list(document.statements.filter(pk__in=keys).exclude(review=review))
    bound = [row for row in rows if row.commitment_sources.exists() or row.tasks.exists()]
    if bound and review != Statement.Review.ACCEPTED:
        raise Refusal(_("%(n)d of these statements carry a commitment or task.") % {"n": len(bound)})
    for row in rows:
        remember(actor, document, place_of(row), {"review": review})
    Statement.objects.filter(pk__in=[row.pk for row in rows]).update(review=review)
    if rows:
        record(actor, verb, document, after={"statements": [row.pk for row in rows], "review": review})
    return len(rows)


@act("plan.accept_statements", may=officer)
def accept_statements(actor: Any, document: Document, keys: Sequence[int]) -> int:
    """Accept statements as read."""
    return _decide(actor, document, keys, Statement.Review.ACCEPTED, "plan.accept_statements")


@act("plan.reject_statements", may=officer)
def reject_statements(actor: Any, document: Document, keys: Sequence[int]) -> int:
    """Reject statements that are none."""
    return _decide(actor, document, keys, Statement.Review.REJECTED, "plan.reject_statements")


@act("plan.reopen_statements", may=officer)
def reopen_statements(actor: Any, document: Document, keys: Sequence[int]) -> int:
    """Take decisions on statements back."""
    return _decide(actor, document, keys, Statement.Review.PENDING, "plan.reopen_statements")


@act("plan.correct_statement", may=officer)
def correct_statement(actor: Any, statement: Statement, changes: dict[str, Any]) -> Statement:
    """Correct what was read; the corrected statement counts as accepted."""
    unknown = sorted(set(changes) - set(CORRECTABLE))
    if unknown:
        raise Refusal(_("These fields cannot be corrected: %(names)s.") % {"names": ", ".join(unknown)})
    place, before = place_of(statement), fields_of(statement, list(changes))
    for name, value in changes.items():
        setattr(statement, name, value)
    _check_place(statement)
    statement.review = Statement.Review.ACCEPTED
    statement.save()
    if statement.by_person:
        remember(actor, statement.document, place, _all(statement), added=True)
    else:
        remember(
            actor, statement.document, _first_place(statement, place), {**changes, "review": statement.review}
        )
    record(actor, "plan.correct_statement", statement, before=before, after=plain(changes))
    return statement


def _first_place(statement: Statement, place: list) -> list:
    """The place the reader gave it: a statement moved by an earlier correction keeps its first one."""
    from kechuang.plan.models import Correction

    moved = Correction.objects.filter(
        digest=statement.document.digest, change__start=place[1], change__end=place[2], added=False
    ).first()
    return moved.place if moved else place


def _all(statement: Statement) -> dict[str, Any]:
    return {**{name: getattr(statement, name) for name in CORRECTABLE}, "review": statement.review}


def _check_place(statement: Statement) -> None:
    length = len(statement.document.raw)
    if not 0 <= statement.start < statement.end <= length:
        raise Refusal(
            _("The place %(a)d–%(b)d is outside the text.") % {"a": statement.start, "b": statement.end},
            field="start",
        )
    if (
        statement.value is not None
        and statement.value_max is not None
        and statement.value_max < statement.value
    ):
        raise Refusal(_("The range runs backwards."), field="value_max")
    if statement.time_start and statement.time_end and statement.time_end < statement.time_start:
        raise Refusal(_("The period runs backwards."), field="time_end")
    statement.sentence = statement.document.raw[statement.start : statement.end]


@act("plan.add_statement", may=officer)
def add_statement(
    actor: Any, document: Document, *, kind: str, start: int, end: int, **facts: Any
) -> Statement:
    """Add a statement that the reader did not find, at a place in the text."""
    statement = Statement(
        document=document,
        kind=kind,
        start=start,
        end=end,
        by_person=True,
        rules=["person"],
        review=Statement.Review.ACCEPTED,
        **facts,
    )
    _check_place(statement)
    statement.save()
    remember(actor, document, place_of(statement), _all(statement), added=True)
    record(
        actor,
        "plan.add_statement",
        document,
        after={"statement": statement.pk, "kind": kind, "start": start, "end": end},
    )
    return statement


@act("plan.split_statement", may=officer)
def split_statement(actor: Any, statement: Statement, at: int) -> tuple[Statement, Statement]:
    """Split a statement at an offset of the text into two; both count as accepted."""
    if not statement.start < at < statement.end:
        raise Refusal(
            _("Split inside the sentence: between %(a)d and %(b)d.")
            % {"a": statement.start, "b": statement.end},
            field="at",
        )
    if statement.commitment_sources.exists() or statement.tasks.exists():
        raise Refusal(_("This statement carries a commitment or task."))
    end = statement.end
    first = correct_statement(actor, statement, {"end": at})
    shared = {
        name: getattr(first, name)
        for name in ("speaker", "role", "time_text", "time_start", "time_end", "time_role")
    }
    second = add_statement(actor, statement.document, kind=first.kind, start=at, end=end, **shared)
    parts = {"statements": [first.pk, second.pk], "at": at}
    record(actor, "plan.split_statement", statement.document, after=parts)
    return first, second


@act("plan.merge_statements", may=officer)
def merge_statements(actor: Any, document: Document, keys: Sequence[int]) -> Statement:
    """Merge statements of one kind into the first, which then spans them all."""
    rows = list(document.statements.filter(pk__in=keys).order_by("start", "pk"))
    if len(rows) < 2:
        raise Refusal(_("Choose at least two statements."))
    if len({row.kind for row in rows}) > 1:
        raise Refusal(_("Only statements of one kind can be merged."))
    first, others = rows[0], rows[1:]
    reject_statements(actor, document, [row.pk for row in others])
    merged = correct_statement(actor, first, {"end": max(row.end for row in rows)})
    record(actor, "plan.merge_statements", document, after={"statements": [row.pk for row in rows]})
    return merged
