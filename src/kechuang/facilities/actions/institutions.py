"""Institutions: five-year plan, inner organisation, performance contract, evaluation, links to promises."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kechuang.core import clock, kinds, links
from kechuang.core.acts import System, act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.facilities.actions.common import (
    forward,
    kept_by,
    named,
    not_in_future,
    not_negative,
    officer,
    save,
)
from kechuang.facilities.engine.charges import contract_score
from kechuang.facilities.models import (
    Contract,
    ContractIndicator,
    Direction,
    Evaluation,
    FiveYearPlan,
    Institution,
    PlanMilestone,
    Unit,
)

keeper = kept_by("organisation")
keeper_of_part = kept_by("institution.organisation")
keeper_of_plan = kept_by("plan.institution.organisation")
keeper_of_contract = kept_by("contract.institution.organisation")
SERVES = "serves"


@act("facilities.save_institution", may=officer)
def save_institution(actor: Any, row: Institution) -> Institution:
    """Register a laboratory or institute or change it."""
    if Institution.objects.filter(organisation=row.organisation).exclude(pk=row.pk).exists():
        raise Refusal(_("This organisation is registered already."), field="organisation")
    return save(
        actor, "facilities.save_institution", row, ("organisation", "kind", "field_zh", "place", "founded")
    )


@act("facilities.save_unit", may=keeper_of_part)
def save_unit(actor: Any, row: Unit) -> Unit:
    """Add a unit to an institution or change it."""
    named(row)
    above, seen = row.parent, set()
    while above is not None:
        if above.institution_id != row.institution_id:
            raise Refusal(_("%(unit)s belongs to another institution.") % {"unit": above}, field="parent")
        if above.pk == row.pk or above.pk in seen:
            raise Refusal(_("A unit cannot stand below itself."), field="parent")
        seen.add(above.pk)
        above = above.parent
    return save(
        actor, "facilities.save_unit", row, ("name_zh", "parent", "head", "staff", "order"), row.institution
    )


@act("facilities.save_plan", may=keeper_of_part)
def save_plan(actor: Any, row: FiveYearPlan) -> FiveYearPlan:
    """Add a five-year plan or change it."""
    if row.end_year < row.start_year:
        raise Refusal(_("The plan ends before it starts."), field="end_year")
    others = row.institution.plans.exclude(pk=row.pk)
    overlapping = others.filter(start_year__lte=row.end_year, end_year__gte=row.start_year).first()
    if overlapping:
        raise Refusal(
            _("The years overlap with %(plan)s.") % {"plan": overlapping},
            field="start_year",
            remedy=_("Change the years, or edit that plan."),
        )
    facts = ("start_year", "end_year", "mission_zh", "adopted_on", "file")
    return save(actor, "facilities.save_plan", row, facts, row.institution)


@act("facilities.save_direction", may=keeper_of_plan)
def save_direction(actor: Any, row: Direction) -> Direction:
    """Add a research direction or change it."""
    named(row)
    return save(actor, "facilities.save_direction", row, ("name_zh", "lead", "order"), row.plan.institution)


@act("facilities.save_plan_milestone", may=keeper_of_plan)
def save_plan_milestone(actor: Any, row: PlanMilestone) -> PlanMilestone:
    """Add a milestone of a five-year plan or change it."""
    named(row)
    if not row.plan.start_year <= row.due.year <= row.plan.end_year:
        raise Refusal(
            _("%(day)s lies outside the plan (%(plan)s).") % {"day": row.due, "plan": row.plan}, field="due"
        )
    if row.direction_id and row.direction.plan_id != row.plan_id:
        raise Refusal(_("The direction belongs to another plan."), field="direction")
    return save(
        actor, "facilities.save_plan_milestone", row, ("name_zh", "direction", "due"), row.plan.institution
    )


@act("facilities.reach_plan_milestone", may=keeper_of_plan)
def reach_plan_milestone(
    actor: Any, row: PlanMilestone, done_on: date | None = None, evidence_url: str = ""
) -> PlanMilestone:
    """Say that a milestone of the plan was reached."""
    row.done_on, row.evidence_url = done_on or clock.today(), evidence_url
    not_in_future(row.done_on, "done_on")
    facts = ("name_zh", "done_on", "evidence_url")
    return save(actor, "facilities.reach_plan_milestone", row, facts, row.plan.institution)


@act("facilities.save_contract", may=officer)
def save_contract(actor: Any, row: Contract) -> Contract:
    """Record a performance contract or change it."""
    named(row, "title_zh")
    if row.end <= row.start:
        raise Refusal(_("The contract ends before it starts."), field="end")
    not_negative(row, "amount_fen")
    facts = ("title_zh", "funder", "start", "end", "signed_on", "amount_fen", "file")
    return save(actor, "facilities.save_contract", row, facts, row.institution)


@act("facilities.save_contract_indicator", may=officer)
def save_contract_indicator(actor: Any, row: ContractIndicator) -> ContractIndicator:
    """Set what a contract asks for."""
    named(row)
    if row.target <= 0:
        raise Refusal(_("The target is above zero."), field="target")
    facts = ("name_zh", "unit", "weight", "target")
    return save(actor, "facilities.save_contract_indicator", row, facts, row.contract.institution)


@act("facilities.report_contract_indicator", may=keeper_of_contract)
def report_contract_indicator(
    actor: Any, row: ContractIndicator, actual: int, measured_on: date | None = None, evidence_url: str = ""
) -> ContractIndicator:
    """Report what was reached of a contract's indicator."""
    row.actual, row.measured_on, row.evidence_url = actual, measured_on or clock.today(), evidence_url
    not_negative(row, "actual")
    not_in_future(row.measured_on, "measured_on")
    facts = ("name_zh", "actual", "measured_on", "evidence_url")
    return save(actor, "facilities.report_contract_indicator", row, facts, row.contract.institution)


@act("facilities.evaluate", may=has_role(Role.OFFICER, Role.REVIEWER))
def evaluate(actor: Any, row: Evaluation) -> Evaluation:
    """Record a periodic evaluation; the score follows from the contract's indicators."""
    forward(row.start, row.end)
    not_in_future(row.held_on, "held_on")
    if not row.conclusion.strip():
        raise Refusal(_("Give the conclusion."), field="conclusion")
    if row.contract and row.contract.institution_id != row.institution_id:
        raise Refusal(_("The contract is another institution's."), field="contract")
    same = row.institution.evaluations.filter(start=row.start, end=row.end).exclude(pk=row.pk)
    if same.exists():
        raise Refusal(_("This period was evaluated already."), field="start")
    if row.contract:
        reported = row.contract.indicators.values_list("weight", "target", "actual")
        row.score = contract_score((w, t, a or 0) for w, t, a in reported)
    facts = ("start", "end", "held_on", "grade", "score", "conclusion", "contract", "file")
    return save(actor, "facilities.evaluate", row, facts, row.institution)


@act("facilities.link_promise", may=officer)
def link_promise(actor: Any, row: models.Model, kind: str, key: str, *, remove: bool = False) -> None:
    """Say which promise or task an institution or facility serves, or no longer serves."""
    target = kinds.resolve(kind, str(key)) if kind in ("plan.commitment", "plan.task") else None
    if target is None or not (isinstance(actor, System) or kinds.visible(actor, target)):
        raise Refusal(
            _("There is no such promise or task: %(kind)s %(key)s.") % {"kind": kind, "key": key}, field="key"
        )
    (links.unlink if remove else links.link)(row, SERVES, target)
    record(actor, "facilities.link_promise", row, after={"target": f"{kind}:{key}", "removed": remove})
