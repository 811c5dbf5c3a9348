"""Commitments: made from statements, linked to programmes and indicators, amended, superseded, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check, cleared
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.kernel.units import comparable, scale_of
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import has_role
from kechuang.plan.actions.review import accept_carrying
from kechuang.plan.actions.states import restate
from kechuang.plan.models import Commitment, CommitmentSource, Document, Programme, Statement, TargetVersion

officer = has_role(Role.OFFICER)
FACTS = [
    "title_zh",
    "title_en",
    "promiser",
    "programme",
    "compare",
    "target_value",
    "unit",
    "baseline_value",
    "due",
    "metric",
    "cell",
    "lead",
    "weight",
    "secrecy",
    "promised_on",
    "synthetic",
]


@act("plan.make_commitment", may=officer)
def make_commitment(
    actor: Any, statements: Sequence[Statement], *, supporting: Sequence[Organisation] = (), **facts: Any
) -> Commitment:
    """Make a commitment from the sentences that promise it; what is not given is taken from the first of them."""
    if not statements:
        raise Refusal(_("A commitment needs at least one sentence that makes it."))
    first = statements[0]
    _check_facts(actor, facts)
    facts.setdefault("title_zh", first.as_title)
    facts.setdefault("target_value", first.value)
    facts.setdefault("unit", first.unit)
    facts.setdefault("due", first.time_end)
    facts.setdefault(
        "compare",
        Commitment.Compare.AT_LEAST if facts["target_value"] is not None else Commitment.Compare.DONE,
    )
    facts.setdefault("promised_on", first.document.published_on or clock.today())
    facts.setdefault("secrecy", first.document.secrecy)
    facts.setdefault("promiser", first.document.issuer)
    if facts["secrecy"] < max(s.document.secrecy for s in statements):
        raise Refusal(_("A promise cannot be less secret than its document."), field="secrecy")
    commitment = Commitment(**_unscaled(facts))
    _check_whole(commitment)
    commitment.save()
    commitment.supporting.set(supporting)
    for statement in statements:
        CommitmentSource.objects.create(commitment=commitment, statement=statement)
        accept_carrying(actor, statement)
    _keep_target(commitment, commitment.promised_on, "", first.document)
    record(
        actor,
        "plan.make_commitment",
        commitment,
        after={**fields_of(commitment, FACTS), **_named(supporting), "sources": list(statements)},
    )
    restate(commitments=[commitment])
    return commitment


def _named(supporting: Iterable[Organisation]) -> dict[str, Any]:
    """The supporting organisations as an event holds them; nothing where there are none."""
    return {"supporting": list(supporting)} if supporting else {}


def _check_facts(actor: Any, facts: dict[str, Any]) -> None:
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise Refusal(_("Unknown facts: %(names)s.") % {"names": ", ".join(unknown)})
    cleared(actor, facts.get("secrecy"))
    due, promised = facts.get("due"), facts.get("promised_on")
    if due and promised and due < promised:
        raise Refusal(_("It would be due before it was promised."), field="due")
    if facts.get("compare") in ("at_least", "at_most") and facts.get("target_value", 0) is None:
        raise Refusal(_("Give the promised value."), field="target_value")


def _unscaled(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with 3 亿元 as 300,000,000 元, as everything is counted."""
    factor, unit = scale_of(facts["unit"])
    named = {name: facts[name] for name in ("target_value", "baseline_value") if facts.get(name) is not None}
    return {**facts, **{name: value * factor for name, value in named.items()}, "unit": unit}


def _check_whole(commitment: Commitment) -> None:
    """What the model asks, and that the indicator counts what is promised."""
    check(commitment)
    metric = commitment.metric
    if metric is None or commitment.target_value is None:
        return
    if not comparable(commitment.unit, metric.unit_shown):
        raise Refusal(
            _("The promise is in another unit (%(unit)s) than the indicator (%(metric)s).")
            % {"unit": commitment.unit or "—", "metric": metric.unit_here or "—"},
            field="metric",
            remedy=_("Choose an indicator that counts what is promised."),
        )


def _keep_target(commitment: Commitment, day: date, reason: str, document: Document | None) -> None:
    TargetVersion.objects.create(
        commitment=commitment,
        value=commitment.target_value,
        unit=commitment.unit,
        due=commitment.due,
        valid_from=day,
        reason=reason,
        document=document,
    )


@act("plan.add_source", may=officer)
def add_source(actor: Any, commitment: Commitment, statement: Statement) -> CommitmentSource:
    """Say that another sentence makes the same promise."""
    source, new = CommitmentSource.objects.get_or_create(commitment=commitment, statement=statement)
    if new:
        accept_carrying(actor, statement)
        record(actor, "plan.add_source", commitment, after={"statement": statement})
    return source


@act("plan.edit_commitment", may=officer)
def edit_commitment(
    actor: Any, commitment: Commitment, *, supporting: Sequence[Organisation] | None = None, **facts: Any
) -> Commitment:
    """Change who leads, the programme, the indicator, the titles. Value and due date change only by amendment."""
    if frozen := {"target_value", "due", "unit", "compare"} & {
        n for n, v in facts.items() if v != getattr(commitment, n)
    }:
        raise Refusal(
            _("A promise is not edited: %(names)s.") % {"names": ", ".join(sorted(frozen))},
            remedy=_("Amend it, with the document that changes it."),
        )
    _check_facts(actor, facts)
    if facts.get("secrecy", commitment.secrecy) < _least_secrecy(commitment):
        raise Refusal(_("A promise cannot be less secret than its document."), field="secrecy")
    before = fields_of(commitment, list(facts))
    for name, value in facts.items():
        setattr(commitment, name, value)
    _check_whole(commitment)
    commitment.save(update_fields=list(facts))
    after = fields_of(commitment, list(facts))
    if supporting is not None:
        before |= _named(commitment.supporting.all())
        after |= _named(supporting)
        commitment.supporting.set(supporting)
    record(actor, "plan.edit_commitment", commitment, before=before, after=after)
    restate(commitments=[commitment])
    return commitment


def _least_secrecy(commitment: Commitment) -> int:
    """The lowest secrecy it may have: that of its least secret document, which makes it known."""
    return min(commitment.sources.values_list("statement__document__secrecy", flat=True), default=0)


@act("plan.amend_commitment", may=officer)
def amend_commitment(
    actor: Any,
    commitment: Commitment,
    *,
    value: Decimal | None,
    due: date | None,
    unit: str = "",
    reason: str,
    document: Document | None = None,
) -> Commitment:
    """Change what was promised. The old target is kept and stays visible."""
    in_force(commitment)
    if not reason.strip():
        raise Refusal(_("Say why the promise changes."), field="reason")
    if document and document.secrecy > commitment.secrecy:
        raise Refusal(_("The document is more secret than the promise."), field="document")
    factor, unit = scale_of(unit or commitment.unit)
    value = value if value is None else value * factor
    if (value, unit, due) == (commitment.target_value, commitment.unit, commitment.due):
        raise Refusal(_("Nothing changes."), field="value")
    target = {"target_value": value, "unit": unit, "due": due}
    _check_facts(
        actor, {**target, **fields_of(commitment, ("compare",)), "promised_on": commitment.promised_on}
    )
    before = fields_of(commitment, list(target))
    for name, new in target.items():
        setattr(commitment, name, new)
    _check_whole(commitment)
    commitment.save(update_fields=list(target))
    _keep_target(commitment, clock.today(), reason, document)
    record(
        actor,
        "plan.amend_commitment",
        commitment,
        before=before,
        after={**fields_of(commitment, list(target)), "reason": reason},
    )
    restate(commitments=[commitment])
    return commitment


def in_force(commitment: Commitment) -> None:
    """Raises Refusal where the promise was superseded or withdrawn."""
    if commitment.status != Commitment.Status.ACTIVE:
        raise Refusal(_("This promise is no longer in force."))


def end(commitment: Commitment, status: str, reason: str) -> None:
    """Out of force from today; its state stays as it last stood."""
    commitment.status, commitment.ended_on, commitment.end_reason = status, clock.today(), reason.strip()
    commitment.save(update_fields=["status", "ended_on", "end_reason", "superseded_by"])


@act("plan.withdraw_commitment", may=has_role(Role.LEADER, Role.OFFICER))
def withdraw_commitment(actor: Any, commitment: Commitment, reason: str) -> Commitment:
    """Withdraw a promise, with a reason that stays visible."""
    in_force(commitment)
    if not reason.strip():
        raise Refusal(_("Say why the promise is withdrawn."), field="reason")
    end(commitment, Commitment.Status.WITHDRAWN, reason)
    record(actor, "plan.withdraw_commitment", commitment, after={"reason": reason})
    return commitment


@act("plan.save_programme", may=officer)
def save_programme(actor: Any, programme: Programme) -> Programme:
    """Add a programme to the tree or change it."""
    above, seen = programme.parent, set()
    while above and above.pk not in seen:
        if programme.pk and above.pk == programme.pk:
            raise Refusal(_("A programme cannot stand below itself."), field="parent")
        seen.add(above.pk)
        above = above.parent
    check(programme)
    programme.save()
    record(
        actor,
        "plan.save_programme",
        programme,
        after=fields_of(programme, ("name_zh", "name_en", "parent", "weight", "order")),
    )
    return programme
