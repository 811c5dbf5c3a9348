"""The API of the life cycle: the cluster on a day, stages, acceptance."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import clock
from kechuang.core.web.api import PUBLIC
from kechuang.facilities import actions
from kechuang.facilities.models import (
    AcceptanceDocument,
    Facility,
    StageDate,
)
from kechuang.facilities.queries.cluster import cluster_on, totals
from kechuang.facilities.web.api_parts import Answer, LinkIn, changed, kept, picked, values

router = Router()


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
            **values(row.facility, "id", "code", "name_zh", "name_en", "kind", "synthetic"),
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
