"""Decisions that found no place when the text was read again: each is placed by hand, or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.plan.actions.corrections import CORRECTABLE
from kechuang.plan.actions.review import added, corrected, decided
from kechuang.plan.actions.review_steps import Deciding
from kechuang.plan.models import Correction, Document, Statement
from kechuang.plan.queries.lost import lost_of, lost_rows

officer = has_role(Role.OFFICER)
_VERBS = {
    Statement.Review.ACCEPTED: "plan.accept_statements",
    Statement.Review.REJECTED: "plan.reject_statements",
}


@act("plan.drop_corrections", may=officer)
def drop_corrections(actor: Any, document: Document, corrections: Sequence[Correction]) -> int:
    """Drop decisions that found no place in the text as it is read now; what they were about stays on record."""
    keys = [row.pk for row in corrections]
    lost = lost_of(document, *keys) if keys else []
    if not lost:
        raise Refusal(_("Choose at least one decision that found no place."), field="corrections")
    before = {"sentence": [row.quote for row in lost]}
    Correction.objects.filter(pk__in=[row.correction.pk for row in lost]).delete()
    record(actor, "plan.drop_corrections", document, before=before, after={"dropped": len(lost)})
    return len(lost)


@act("plan.place_correction", may=officer)
def place_correction(
    actor: Any, document: Document, correction: Correction, statement: Statement | None = None
) -> Statement:
    """Let a decision that found no place hold for a statement as it is read now, or for one of its own at its place."""
    if not lost_rows(document).filter(pk=correction.pk).exists():
        raise Refusal(_("This decision has its place."))
    if statement is not None and statement.document_id != document.pk:
        raise Refusal(_("Choose a statement of this document."), field="statement")
    step = Deciding(actor, document)
    change = {
        name: Statement._meta.get_field(name).to_python(value)
        for name, value in correction.change.items()
        if name in CORRECTABLE
    }
    review = correction.change.get("review", Statement.Review.ACCEPTED)
    placed = (
        _anew(step, correction, change, review)
        if statement is None
        else _over(step, statement, change, review)
    )
    correction.delete()
    record(actor, "plan.place_correction", document, after={"statement": placed.pk}, also=[placed])
    return placed


def _anew(step: Deciding, correction: Correction, change: dict[str, Any], review: str) -> Statement:
    if review == Statement.Review.REJECTED:
        raise Refusal(
            _("What was rejected is not there any more."), field="statement", remedy=_("Drop the decision.")
        )
    kind, start, end = correction.place[:3]
    facts = {"kind": kind, "start": start, "end": end} | change
    facts.pop("sentence", None)
    return added(step, **facts)


def _over(step: Deciding, statement: Statement, change: dict[str, Any], review: str) -> Statement:
    """The decision as it was: fields that were put right, then what was decided on the whole."""
    statement.document = step.document
    if change:
        change.pop("sentence", None)
        statement = corrected(step, statement, change)
    if review in _VERBS and statement.review != review:
        decided(step, [statement.pk], review, _VERBS[review])
        statement.review = review
    return statement
