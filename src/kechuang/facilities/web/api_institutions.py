"""The API of institutions: plan, units, contracts, evaluations."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from kechuang.core.web.api import PUBLIC, keyset
from kechuang.facilities import actions
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
from kechuang.facilities.web.api_parts import Answer, LinkIn, changed, picked, values

router = Router()


class InstitutionIn(Schema):
    organisation: int
    kind: str
    field_zh: str = ""
    field_en: str = ""
    place: str = ""
    founded: date | None = None


@router.get("/institutions", auth=PUBLIC)
def institutions(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Laboratories and institutes."""
    fields = ["organisation_id", "kind", "field_zh", "field_en", "place", "founded", "synthetic"]
    return keyset(Institution.objects.all(), after=after, limit=limit, fields=fields)


@router.post("/institutions")
def save_institution(request: HttpRequest, body: InstitutionIn) -> Answer:
    """Register an institution."""
    return {"id": actions.save_institution(request.user, Institution(**picked(body.dict()))).pk}


@router.put("/institutions/{key}")
def change_institution(request: HttpRequest, key: int, body: InstitutionIn) -> Answer:
    """Change an institution."""
    row = changed(get_object_or_404(Institution, pk=key), body.dict())
    return {"id": actions.save_institution(request.user, row).pk}


@router.get("/institutions/{key}", auth=PUBLIC)
def institution(request: HttpRequest, key: int) -> Answer:
    """One institution with its parts."""
    row = get_object_or_404(Institution.objects.select_related("organisation"), pk=key)
    plans = [
        {
            **values(plan, "id", "start_year", "end_year", "mission_zh", "mission_en", "adopted_on"),
            "directions": list(plan.directions.values("id", "name_zh", "name_en", "lead")),
            "milestones": list(
                plan.milestones.values("id", "name_zh", "name_en", "direction", "due", "done_on")
            ),
        }
        for plan in row.plans.all()
    ]
    contracts = [
        {
            **values(contract, "id", "title_zh", "funder_id", "start", "end", "amount_fen"),
            "indicators": list(
                contract.indicators.values("id", "name_zh", "unit", "weight", "target", "actual")
            ),
        }
        for contract in row.contracts.all()
    ]
    return {
        **values(row, "id", "kind", "field_zh", "field_en", "place", "founded"),
        "organisation": {"id": row.organisation_id, "name_zh": row.organisation.name_zh},
        "plans": plans,
        "contracts": contracts,
        "units": list(row.units.values("id", "name_zh", "name_en", "parent", "head", "staff")),
        "evaluations": list(
            row.evaluations.values("id", "start", "end", "held_on", "grade", "score", "conclusion")
        ),
    }


class UnitIn(Schema):
    name_zh: str
    name_en: str = ""
    parent: int | None = None
    head: str = ""
    staff: int = 0
    order: int = 0


@router.post("/institutions/{key}/units")
def save_unit(request: HttpRequest, key: int, body: UnitIn) -> Answer:
    """Add a unit."""
    row = Unit(institution=get_object_or_404(Institution, pk=key), **picked(body.dict()))
    return {"id": actions.save_unit(request.user, row).pk}


class PlanIn(Schema):
    start_year: int
    end_year: int
    mission_zh: str
    mission_en: str = ""
    adopted_on: date | None = None


@router.post("/institutions/{key}/plans")
def save_plan(request: HttpRequest, key: int, body: PlanIn) -> Answer:
    """Add a five-year plan."""
    row = FiveYearPlan(institution=get_object_or_404(Institution, pk=key), **body.dict())
    return {"id": actions.save_plan(request.user, row).pk}


class DirectionIn(Schema):
    name_zh: str
    name_en: str = ""
    lead: str = ""
    order: int = 0


@router.post("/plans/{key}/directions")
def save_direction(request: HttpRequest, key: int, body: DirectionIn) -> Answer:
    """Add a research direction."""
    row = Direction(plan=get_object_or_404(FiveYearPlan, pk=key), **body.dict())
    return {"id": actions.save_direction(request.user, row).pk}


class MilestoneIn(Schema):
    name_zh: str
    name_en: str = ""
    direction: int | None = None
    due: date


@router.post("/plans/{key}/milestones")
def save_milestone(request: HttpRequest, key: int, body: MilestoneIn) -> Answer:
    """Add a milestone."""
    row = PlanMilestone(plan=get_object_or_404(FiveYearPlan, pk=key), **picked(body.dict()))
    return {"id": actions.save_plan_milestone(request.user, row).pk}


class ReachIn(Schema):
    done_on: date | None = None
    evidence_url: str = ""


@router.post("/milestones/{key}/reach")
def reach_milestone(request: HttpRequest, key: int, body: ReachIn) -> Answer:
    """Say that a milestone was reached."""
    row = actions.reach_plan_milestone(request.user, get_object_or_404(PlanMilestone, pk=key), **body.dict())
    return {"done_on": row.done_on}


class ContractIn(Schema):
    title_zh: str
    funder: int
    start: date
    end: date
    signed_on: date | None = None
    amount_fen: int = 0


@router.post("/institutions/{key}/contracts")
def save_contract(request: HttpRequest, key: int, body: ContractIn) -> Answer:
    """Record a performance contract."""
    row = Contract(institution=get_object_or_404(Institution, pk=key), **picked(body.dict()))
    return {"id": actions.save_contract(request.user, row).pk}


class IndicatorIn(Schema):
    name_zh: str
    name_en: str = ""
    unit: str = ""
    weight: int = 1
    target: int


@router.post("/contracts/{key}/indicators")
def save_indicator(request: HttpRequest, key: int, body: IndicatorIn) -> Answer:
    """Set what a contract asks for."""
    row = ContractIndicator(contract=get_object_or_404(Contract, pk=key), **body.dict())
    return {"id": actions.save_contract_indicator(request.user, row).pk}


class ReachedIn(Schema):
    actual: int
    measured_on: date | None = None
    evidence_url: str = ""


@router.post("/contract-indicators/{key}/report")
def report_indicator(request: HttpRequest, key: int, body: ReachedIn) -> Answer:
    """Report what was reached."""
    row = get_object_or_404(ContractIndicator, pk=key)
    return {"actual": actions.report_contract_indicator(request.user, row, **body.dict()).actual}


class EvaluationIn(Schema):
    start: date
    end: date
    held_on: date
    grade: str
    conclusion: str
    contract: int | None = None


@router.post("/institutions/{key}/evaluations")
def evaluate(request: HttpRequest, key: int, body: EvaluationIn) -> Answer:
    """Record an evaluation."""
    row = Evaluation(institution=get_object_or_404(Institution, pk=key), **picked(body.dict()))
    row = actions.evaluate(request.user, row)
    return {"id": row.pk, "score": row.score}


@router.post("/institutions/{key}/serves")
def link_institution(request: HttpRequest, key: int, body: LinkIn) -> Answer:
    """Say which promise or task an institution serves."""
    row = get_object_or_404(Institution, pk=key)
    actions.link_promise(request.user, row, body.kind, body.key, remove=body.remove)
    return {"id": key}
