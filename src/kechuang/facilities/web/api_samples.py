"""The API of sample banks and data sets: holdings and requests."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from kechuang.core.web.api import PUBLIC, keyset
from kechuang.facilities import actions
from kechuang.facilities.models import (
    Holding,
)
from kechuang.facilities.queries.catalogue import visible_resources
from kechuang.facilities.queries.samples import by_disease
from kechuang.facilities.queries.use import visible_requests
from kechuang.facilities.web.api_parts import Answer, picked
from kechuang.facilities.web.resources import visible_resource

router = Router()
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
    row = Holding(resource=visible_resource(request, key), **body.dict())
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
