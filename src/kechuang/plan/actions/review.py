"""The reviewer's acts on statements: accept, reject, correct, merge, split, add. Each is kept for the next reading,
and each can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core.actions.checks import check
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, plain, record
from kechuang.core.kernel.units import scale_of
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.plan.actions.corrections import CORRECTABLE, parts_at, place_of, where
from kechuang.plan.actions.review_steps import BATCH, Deciding, bound, deciding, take_back
from kechuang.plan.engine.reading.types import TimeRole
from kechuang.plan.models import Document, ReviewStep, Statement

officer = has_role(Role.OFFICER)
_OPEN = {"q_start", "q_end", "t_start", "t_end", "organisations", "programmes"}  # nothing of them is required


def _decide(actor: Any, document: Document, keys: Sequence[int], review: str, verb: str) -> int:
    with deciding(actor, document, verb) as step:
        return decided(step, keys, review, verb)


def decided(step: Deciding, keys: Sequence[int], review: str, verb: str) -> int:
    """Decide on statements within a step; returns how many change."""
    rows = list(step.document.statements.filter(pk__in=keys).exclude(review=review))
    if review != Statement.Review.ACCEPTED and (carrying := bound([row.pk for row in rows])):
        raise Refusal(_("%(n)d of these statements carry a commitment or task.") % {"n": carrying})
    step.will_change(rows, ["review"])
    step.remember([(place_of(row), {"review": review}, row.by_person) for row in rows])
    found = [row.pk for row in rows]
    for i in range(0, len(found), BATCH):
        Statement.objects.filter(pk__in=found[i : i + BATCH]).update(review=review)
    if rows:
        record(step.actor, verb, step.document, after={"statements": found, "review": review}, also=rows)
        if review == Statement.Review.PENDING:
            open_again(step.document)
    return len(rows)


def open_again(document: Document) -> None:
    """A review that was closed is open again once a statement waits for a decision."""
    if document.stage == Document.Stage.REVIEWED:
        document.stage = Document.Stage.REVIEW
        document.save(update_fields=["stage"])


def accept_carrying(actor: Any, statement: Statement) -> None:
    """Accept a statement since a commitment is made of it; to be undone with the commitment, not by itself."""
    step = Deciding(actor, statement.document)
    decided(step, [statement.pk], Statement.Review.ACCEPTED, "plan.accept_statements")


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
    with deciding(actor, statement.document, "plan.correct_statement") as step:
        return corrected(step, statement, changes)


def corrected(step: Deciding, statement: Statement, changes: dict[str, Any]) -> Statement:
    """Correct a statement within a step."""
    unknown = sorted(set(changes) - set(CORRECTABLE))
    if unknown:
        raise Refusal(_("These fields cannot be corrected: %(names)s.") % {"names": ", ".join(unknown)})
    if "unit" in changes:
        changes = {**{name: getattr(statement, name) for name in ("value", "value_max")}, **changes}
    place, before = place_of(statement), fields_of(statement, list(changes))
    step.will_change([statement], [*changes, "sentence", "review", "found_at"])
    for name, value in changes.items():
        setattr(statement, name, value)
    changes |= _unscale(statement)
    check(statement, exclude={field.name for field in Statement._meta.fields} - set(changes) | _OPEN)
    if statement.time_role not in ("", *TimeRole):
        raise Refusal(_("Unknown time role: %(role)s.") % {"role": statement.time_role}, field="time_role")
    _check_place(statement)
    statement.review = Statement.Review.ACCEPTED
    statement.found_at = None if where(statement) == place else place
    statement.save()
    kept = _all(statement) if statement.by_person else {**changes, "sentence": statement.sentence}
    step.remember([(place, {**kept, "review": statement.review}, statement.by_person)])
    record(step.actor, "plan.correct_statement", statement, before=before, after=plain(changes))
    return statement


def _unscale(statement: Statement) -> dict[str, Any]:
    """3 亿元 becomes 300,000,000 元, as the reader counts; returns what changed."""
    factor, unit = scale_of(statement.unit)
    if factor == 1:
        return {}
    for name in ("value", "value_max"):
        if (value := getattr(statement, name)) is not None:
            setattr(statement, name, value * factor)
    statement.unit = unit
    return fields_of(statement, ("value", "value_max", "unit"))


def _all(statement: Statement) -> dict[str, Any]:
    return {name: getattr(statement, name) for name in CORRECTABLE}


def _check_place(statement: Statement) -> None:
    length = len(statement.document.raw)
    if not 0 <= statement.start < statement.end <= length:
        raise Refusal(
            _("The place %(a)d–%(b)d is outside the text.") % {"a": statement.start, "b": statement.end},
            field="start" if statement.start >= length else "end",
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
    with deciding(actor, document, "plan.add_statement") as step:
        return added(step, kind=kind, start=start, end=end, **facts)


def added(step: Deciding, *, kind: str, start: int, end: int, **facts: Any) -> Statement:
    """Add a statement within a step."""
    if kind not in Statement.Kind.values:
        raise Refusal(_("Unknown kind of statement: %(kind)s.") % {"kind": kind}, field="kind")
    statement = Statement(
        document=step.document,
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
    step.made.append(statement.pk)
    step.remember([(place_of(statement), {**_all(statement), "review": statement.review}, True)])
    after = {"statement": statement.pk, "kind": kind, "start": start, "end": end}
    record(step.actor, "plan.add_statement", step.document, after=after, also=[statement])
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
    if bound([statement.pk]):
        raise Refusal(_("This statement carries a commitment or task."))
    end = statement.end
    with deciding(actor, statement.document, "plan.split_statement") as step:
        head, tail = parts_at(statement, at)
        first = corrected(step, statement, {"end": at, **head})
        second = added(step, kind=first.kind, start=at, end=end, **tail)
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
    first.document = document
    with deciding(actor, document, "plan.merge_statements") as step:
        decided(step, [row.pk for row in others], Statement.Review.REJECTED, "plan.reject_statements")
        merged = corrected(step, first, {"end": max(row.end for row in rows)})
    record(actor, "plan.merge_statements", document, after={"statements": [row.pk for row in rows]})
    return merged


@act("plan.take_back_review", may=officer)
def take_back_review(actor: Any, document: Document, step: ReviewStep | None = None) -> ReviewStep:
    """Undo a decision of the review: one's own last one when none is named."""
    steps = document.steps.select_for_update()
    step = (steps.filter(pk=step.pk) if step else steps.filter(by=actor.pk, taken_back_at=None)).first()
    if step is None:
        raise Refusal(_("There is no decision of yours to take back."))
    take_back(step)
    touched = sorted(step.statements)
    if document.statements.filter(pk__in=touched, review=Statement.Review.PENDING).exists():
        open_again(document)
    after = {"decision": step.verb, "statements": touched}
    also = (Statement(pk=key) for key in touched)
    record(actor, "plan.take_back_review", document, after=after, also=also)
    return step
