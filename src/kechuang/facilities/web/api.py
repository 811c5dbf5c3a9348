"""The API of facilities, first part: institutions, life cycle, catalogue, samples."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import clock, files, search
from kechuang.core.models import Organisation, StoredFile
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.facilities import actions
from kechuang.facilities.engine import pidinst as metadata
from kechuang.facilities.models import (
    AcceptanceDocument,
    Agreement,
    AgreementMember,
    Contract,
    ContractIndicator,
    Direction,
    Evaluation,
    Facility,
    FiveYearPlan,
    Holding,
    Institution,
    Photo,
    PlanMilestone,
    Resource,
    StageDate,
    Unit,
)
from kechuang.facilities.queries.catalogue import KIND, visible_resources
from kechuang.facilities.queries.cluster import cluster_on, totals
from kechuang.facilities.queries.samples import by_disease
from kechuang.facilities.queries.use import visible_requests
from kechuang.facilities.web.catalogue import instrument

router = Router(tags=["facilities"])
Answer = dict[str, Any]
RATES = ["rate_internal_fen", "rate_academic_fen", "rate_enterprise_fen", "rate_proprietary_fen"]
RESOURCE = [
    "code",
    "kind",
    "name_zh",
    "name_en",
    "capability",
    "capability_zh",
    "capability_en",
    "owner_id",
    "facility_id",
    "part_of_id",
    "place",
    "maker",
    "model",
    "serial",
    "handle",
    "acquired_on",
    "value_fen",
    "hours",
    *RATES,
    "price_band",
    "contact",
    "contact_phone",
    "contact_email",
    "opened",
    "opened_on",
    "retired_on",
    "synthetic",
]
REQUEST = [
    "holding_id",
    "organisation_id",
    "requester_id",
    "purpose",
    "study",
    "wanted",
    "stage",
    "asked_on",
    "ethics_number",
    "agreement_number",
    "delivered_on",
    "due_back",
    "returned_on",
    "returned",
    "reason",
]
_MODELS = {
    "organisation": Organisation,
    "owner": Organisation,
    "cluster": Organisation,
    "funder": Organisation,
    "institution": Institution,
    "facility": Facility,
    "part_of": Resource,
    "direction": Direction,
    "contract": Contract,
    "parent": Unit,
}


def picked(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts with keys of records turned into the records."""
    return {
        name: get_object_or_404(_MODELS[name], pk=value) if name in _MODELS and value is not None else value
        for name, value in facts.items()
    }


def changed(row: Any, facts: dict[str, Any]) -> Any:
    for name, value in picked(facts).items():
        setattr(row, name, value)
    return row


def kept(request: HttpRequest, file: UploadedFile | None, secrecy: int = 1) -> StoredFile | None:
    return files.keep(request.user, file.name, file.read(), secrecy=secrecy) if file is not None else None


# ---- institutions


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
            **_values(plan, "id", "start_year", "end_year", "mission_zh", "mission_en", "adopted_on"),
            "directions": list(plan.directions.values("id", "name_zh", "name_en", "lead")),
            "milestones": list(
                plan.milestones.values("id", "name_zh", "name_en", "direction", "due", "done_on")
            ),
        }
        for plan in row.plans.all()
    ]
    contracts = [
        {
            **_values(contract, "id", "title_zh", "funder_id", "start", "end", "amount_fen"),
            "indicators": list(
                contract.indicators.values("id", "name_zh", "unit", "weight", "target", "actual")
            ),
        }
        for contract in row.contracts.all()
    ]
    return {
        **_values(row, "id", "kind", "field_zh", "field_en", "place", "founded"),
        "organisation": {"id": row.organisation_id, "name_zh": row.organisation.name_zh},
        "plans": plans,
        "contracts": contracts,
        "units": list(row.units.values("id", "name_zh", "name_en", "parent", "head", "staff")),
        "evaluations": list(
            row.evaluations.values("id", "start", "end", "held_on", "grade", "score", "conclusion")
        ),
    }


def _values(row: Any, *names: str) -> Answer:
    return {name: getattr(row, name) for name in names}


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


class LinkIn(Schema):
    kind: str
    key: str
    remove: bool = False


@router.post("/institutions/{key}/serves")
def link_institution(request: HttpRequest, key: int, body: LinkIn) -> Answer:
    """Say which promise or task an institution serves."""
    row = get_object_or_404(Institution, pk=key)
    actions.link_promise(request.user, row, body.kind, body.key, remove=body.remove)
    return {"id": key}


# ---- life cycle


class FacilityIn(Schema):
    code: str
    name_zh: str
    name_en: str = ""
    kind: str = "platform"
    cluster: int
    owner: int
    institution: int | None = None
    place: str = ""
    about_zh: str = ""
    about_en: str = ""
    source: str = ""


@router.get("/cluster", auth=PUBLIC)
def cluster(request: HttpRequest, on: date | None = None, cluster: int | None = None) -> Answer:
    """Every facility as it stood on a day, with totals."""
    rows = cluster_on(on or clock.today(), cluster)
    sums = totals(rows)
    items = [
        {
            **_values(row.facility, "id", "code", "name_zh", "name_en", "kind", "synthetic"),
            "owner": row.facility.owner_id,
            "stage": row.stage,
            "since": row.since,
            "state": row.state,
            "planned": row.planned,
            "expected": row.expected,
            "delay_days": row.delay,
        }
        for row in rows
    ]
    counts = {"facilities": sums.facilities, "built": sums.built, "in_research": sums.in_research}
    return {"on": on or clock.today(), "totals": counts, "items": items}


@router.post("/cluster")
def add_facility(request: HttpRequest, body: FacilityIn) -> Answer:
    """Add a facility to a cluster."""
    return {"id": actions.save_facility(request.user, Facility(**picked(body.dict()))).pk}


def _facility(key: int) -> Facility:
    return get_object_or_404(Facility, pk=key)


@router.put("/cluster/{key}")
def change_facility(request: HttpRequest, key: int, body: FacilityIn) -> Answer:
    """Change a facility."""
    return {"id": actions.save_facility(request.user, changed(_facility(key), body.dict())).pk}


class PlannedIn(Schema):
    stage: str
    planned_on: date | None = None


@router.post("/cluster/{key}/plan")
def plan_stage(request: HttpRequest, key: int, body: PlannedIn) -> Answer:
    """Set the planned day of a stage."""
    return {"id": actions.plan_stage(request.user, _facility(key), body.stage, body.planned_on).pk}


class EnterIn(Schema):
    stage: str
    actual_on: date | None = None
    evidence: str = ""
    evidence_url: str = ""


@router.post("/cluster/{key}/enter")
def enter_stage(
    request: HttpRequest, key: int, facts: Form[EnterIn], file: File[UploadedFile] = None
) -> Answer:
    """Begin the next stage, with what proves it."""
    given = facts.dict()
    stage, day = given.pop("stage"), given.pop("actual_on")
    row = actions.enter_stage(request.user, _facility(key), stage, day, file=kept(request, file), **given)
    return {"id": row.pk, "stage": row.stage, "actual_on": row.actual_on}


class CorrectIn(Schema):
    actual_on: date
    reason: str


@router.post("/stages/{key}/correct")
def correct_stage(request: HttpRequest, key: int, body: CorrectIn) -> Answer:
    """Correct the day a stage began."""
    row = get_object_or_404(StageDate, pk=key)
    return {"actual_on": actions.correct_stage(request.user, row, body.actual_on, body.reason).actual_on}


class AcceptanceIn(Schema):
    title: str
    number: str = ""
    accepted_on: date
    by: str = ""


@router.post("/cluster/{key}/acceptances")
def add_acceptance(
    request: HttpRequest, key: int, facts: Form[AcceptanceIn], file: File[UploadedFile] = None
) -> Answer:
    """Add an acceptance document."""
    row = AcceptanceDocument(facility=_facility(key), file=kept(request, file), **facts.dict())
    return {"id": actions.add_acceptance(request.user, row).pk}


@router.post("/cluster/{key}/serves")
def link_facility(request: HttpRequest, key: int, body: LinkIn) -> Answer:
    """Say which promise or task a facility serves."""
    actions.link_promise(request.user, _facility(key), body.kind, body.key, remove=body.remove)
    return {"id": key}


# ---- catalogue


@router.get("/resources", auth=PUBLIC)
def resources(
    request: HttpRequest,
    after: int | None = None,
    limit: int = 100,
    q: str = "",
    kind: str = "",
    capability: str = "",
    owner: int | None = None,
) -> Answer:
    """The catalogue; `q` searches, the rest filters."""
    rows = visible_resources(request.user).filter(retired_on=None)
    wanted = {"kind": kind, "capability": capability, "owner": owner}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if q:
        rows = rows.filter(pk__in=search.matching(KIND, q))
    return keyset(rows, after=after, limit=limit, fields=RESOURCE)


def _resource(request: HttpRequest, key: int) -> Resource:
    rows = visible_resources(request.user).select_related("owner", "facility__cluster")
    return get_object_or_404(rows, pk=key)


@router.get("/resources/{key}", auth=PUBLIC)
def resource(request: HttpRequest, key: int) -> Answer:
    """One resource."""
    row = _resource(request, key)
    return _values(row, "id", *RESOURCE)


@router.get("/resources/{key}/pidinst", auth=PUBLIC)
def pidinst(request: HttpRequest, key: int) -> Answer:
    """PIDINST 1.0 metadata."""
    return metadata.to_pidinst(instrument(request, _resource(request, key)))


@router.get("/resources/{key}/datacite", auth=PUBLIC)
def datacite(request: HttpRequest, key: int) -> HttpResponse:
    """DataCite 4.5 metadata (XML)."""
    found = metadata.to_datacite(instrument(request, _resource(request, key)))
    return HttpResponse(found, content_type="application/xml; charset=utf-8")


class ResourceIn(Schema):
    code: str
    kind: str
    name_zh: str
    name_en: str = ""
    capability: str = "other"
    capability_zh: str = ""
    capability_en: str = ""
    owner: int
    facility: int | None = None
    part_of: int | None = None
    place: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    handle: str = ""
    acquired_on: date | None = None
    value_fen: int = 0
    hours: str = ""
    rate_internal_fen: int | None = None
    rate_academic_fen: int | None = None
    rate_enterprise_fen: int | None = None
    rate_proprietary_fen: int | None = None
    contact: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@router.post("/resources")
def add_resource(request: HttpRequest, body: ResourceIn) -> Answer:
    """Add a resource."""
    return {"id": actions.save_resource(request.user, Resource(**picked(body.dict()))).pk}


@router.put("/resources/{key}")
def change_resource(request: HttpRequest, key: int, body: ResourceIn) -> Answer:
    """Change a resource."""
    return {"id": actions.save_resource(request.user, changed(_resource(request, key), body.dict())).pk}


@router.post("/resources/{key}/open")
def open_resource(request: HttpRequest, key: int) -> Answer:
    """Open a resource for sharing."""
    return {"opened": actions.open_resource(request.user, _resource(request, key)).opened}


@router.post("/resources/{key}/close")
def close_resource(request: HttpRequest, key: int) -> Answer:
    """Take a resource out of sharing."""
    return {"opened": actions.close_resource(request.user, _resource(request, key)).opened}


@router.post("/resources/{key}/retire")
def retire_resource(request: HttpRequest, key: int) -> Answer:
    """Retire a resource."""
    return {"retired_on": actions.retire_resource(request.user, _resource(request, key)).retired_on}


@router.post("/resources/{key}/photos")
def add_photo(request: HttpRequest, key: int, file: File[UploadedFile], caption: Form[str] = "") -> Answer:
    """Add a photo."""
    row = _resource(request, key)
    return {"id": actions.add_photo(request.user, row, kept(request, file, secrecy=0), caption).pk}


@router.delete("/photos/{key}")
def remove_photo(request: HttpRequest, key: int) -> Answer:
    """Remove a photo."""
    actions.remove_photo(request.user, get_object_or_404(Photo, pk=key))
    return {"removed": key}


class AgreementIn(Schema):
    title: str
    signed_on: date
    ends_on: date | None = None
    terms: str = ""


@router.post("/resources/{key}/agreements")
def save_agreement(
    request: HttpRequest, key: int, facts: Form[AgreementIn], file: File[UploadedFile] = None
) -> Answer:
    """Record an agreement."""
    row = Agreement(resource=_resource(request, key), file=kept(request, file), **facts.dict())
    return {"id": actions.save_agreement(request.user, row).pk}


class MemberIn(Schema):
    organisation: int
    part: str = ""


@router.post("/agreements/{key}/members")
def add_member(request: HttpRequest, key: int, body: MemberIn) -> Answer:
    """Add a member to an agreement."""
    row = AgreementMember(agreement=get_object_or_404(Agreement, pk=key), **picked(body.dict()))
    return {"id": actions.add_member(request.user, row).pk}


@router.post("/resource-imports")
def import_resources(request: HttpRequest, file: File[UploadedFile], dry_run: bool = True) -> Answer:
    """Import a table; checks only unless `dry_run=false`. All or nothing."""
    found = actions.import_resources(request.user, file.read(), file.name, dry_run=dry_run)
    faults = [{"row": f.row, "column": f.column, "value": f.value, "remedy": f.remedy} for f in found.faults]
    stored = not dry_run and not found.wrong
    counts = _values(found, "added", "changed", "same", "wrong", "digest")
    return {**counts, "stored": stored, "faults": faults}


# ---- samples and data


@router.get("/holdings", auth=PUBLIC)
def holdings(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """What sample banks and data sets hold."""
    rows = Holding.objects.filter(resource__in=visible_resources(request.user))
    names = [
        "resource_id",
        "disease_code",
        "disease_zh",
        "disease_en",
        "material",
        "consent",
        "total",
        "lent",
    ]
    return keyset(rows, after=after, limit=limit, fields=names)


@router.get("/holdings/by-disease", auth=PUBLIC)
def diseases(request: HttpRequest) -> list[Answer]:
    """Counts by disease and consent scope."""
    rows = Holding.objects.filter(resource__in=visible_resources(request.user))
    return [
        {"code": d.code, "disease": d.name, "held": dict(d.held), "free": dict(d.free)}
        for d in by_disease(rows)
    ]


class HoldingIn(Schema):
    disease_code: str = ""
    disease_zh: str
    disease_en: str = ""
    material: str
    consent: str
    total: int


@router.post("/resources/{key}/holdings")
def save_holding(request: HttpRequest, key: int, body: HoldingIn) -> Answer:
    """Say what a bank holds."""
    row = Holding(resource=_resource(request, key), **body.dict())
    return {"id": actions.save_holding(request.user, row).pk}


@router.get("/sample-requests")
def sample_requests(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Requests the caller may see."""
    return keyset(visible_requests(request.user), after=after, limit=limit, fields=REQUEST)


class AskIn(Schema):
    organisation: int
    purpose: str
    study: str
    wanted: int


@router.post("/holdings/{key}/requests")
def request_samples(request: HttpRequest, key: int, body: AskIn) -> Answer:
    """Ask for samples or data."""
    holding = get_object_or_404(Holding, pk=key, resource__in=visible_resources(request.user))
    return {"id": actions.request_samples(request.user, holding, **picked(body.dict())).pk}


class StepIn(Schema):
    reason: str = ""
    ethics_number: str = ""
    agreement_number: str = ""
    due_back: date | None = None
    returned: int | None = None


@router.post("/sample-requests/{key}/steps/{verb}")
def move_request(request: HttpRequest, key: int, verb: str, body: StepIn) -> Answer:
    """Take a step of a request."""
    row = get_object_or_404(visible_requests(request.user).order_by(), pk=key)
    return {"stage": actions.move_request(request.user, row, verb, **body.dict()).stage}
