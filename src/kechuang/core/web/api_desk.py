"""The request desk by API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from kechuang.core import actions, kinds
from kechuang.core.models import Organisation
from kechuang.core.roles import visible_requests
from kechuang.core.web.api import keyset

router = Router()

REQUEST = [
    *("kind", "title", "text", "stage", "created", "due", "answered", "answer", "satisfaction"),
    *("requester_id", "handler_id", "about_kind", "about_id", "synthetic"),
]


@router.get("/requests")
def requests(request: HttpRequest, after: int | None = None, limit: int = 100) -> dict[str, Any]:
    """Requests the caller may see: one's own, those of one's organisations, all of them for the desk."""
    return keyset(visible_requests(request.user), after=after, limit=limit, fields=REQUEST)


@router.get("/requests/{int:key}")
def one_request(request: HttpRequest, key: int) -> dict[str, Any]:
    """One request."""
    row = visible_requests(request.user).filter(pk=key).values("id", *REQUEST).first()
    if row is None:
        raise Http404
    return row


class RequestIn(Schema):
    kind: str
    title: str
    text: str
    about_kind: str = ""
    about_id: str = ""


@router.post("/requests")
def open_request(request: HttpRequest, body: RequestIn) -> dict[str, Any]:
    """Send a request to the desk, about a record or in general."""
    about = kinds.find_visible(request.user, body.about_kind, body.about_id) if body.about_id else None
    if body.about_id and about is None:
        raise Http404(f"there is no {body.about_kind} {body.about_id} to be seen")
    facts = body.dict(include={"kind", "title", "text"})
    return {"id": actions.open_request(request.user, **facts, about=about).pk}


@router.post("/requests/escalate")
def escalate(request: HttpRequest) -> dict[str, Any]:
    """Tell who is responsible for requests past their time limit; the timetable does the same every hour."""
    return {"passed_up": actions.escalate_requests(request.user)}


@router.post("/requests/{int:key}/hand-over")
def hand_over(request: HttpRequest, key: int, organisation: int) -> dict[str, Any]:
    """Hand a request to an organisation."""
    row = get_object_or_404(visible_requests(request.user), pk=key)
    actions.hand_over_request(request.user, row, get_object_or_404(Organisation, pk=organisation))
    return {"stage": row.stage}


class ReturnIn(Schema):
    reason: str


@router.post("/requests/{int:key}/return")
def give_back(request: HttpRequest, key: int, body: ReturnIn) -> dict[str, Any]:
    """Give a request back to the desk, with the reason."""
    row = get_object_or_404(visible_requests(request.user), pk=key)
    actions.return_request(request.user, row, body.reason)
    return {"stage": row.stage}


class AnswerIn(Schema):
    answer: str


@router.post("/requests/{int:key}/answer")
def answer(request: HttpRequest, key: int, body: AnswerIn) -> dict[str, Any]:
    """Answer a request."""
    row = get_object_or_404(visible_requests(request.user), pk=key)
    actions.answer_request(request.user, row, body.answer)
    return {"stage": row.stage}


@router.post("/requests/{int:key}/rate")
def rate(request: HttpRequest, key: int, satisfaction: int, remark: str = "") -> dict[str, Any]:
    """Say how satisfied one is with an answer."""
    row = get_object_or_404(visible_requests(request.user), pk=key)
    actions.rate_request(request.user, row, satisfaction, remark=remark)
    return {"stage": row.stage}
