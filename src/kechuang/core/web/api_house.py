"""What belongs to the house as a whole, by API: search, centre, comments, notices, record of acts, views."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from kechuang.core import actions, kinds, notices
from kechuang.core.errors import NotPermitted
from kechuang.core.models import Centre, Event, SavedView, Seal
from kechuang.core.roles import READERS, roles_of
from kechuang.core.search import search
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.core.web.listing.views import saved_views

router = Router()


@router.get("/search", auth=PUBLIC)
def find(request: HttpRequest, q: str, kind: str = "", limit: int = 20) -> list[dict[str, Any]]:
    """Global search: what the caller may see, best first."""
    found = search(request.user, q, kind=kind, limit=max(1, min(limit, 100)))
    return [
        {"kind": e.kind, "id": e.object_id, "title": e.title, "url": e.url, "summary": e.summary}
        for e in found
    ]


class CentreIn(Schema):
    name_zh: str
    name_en: str = ""
    horizons: list[int] = []


@router.get("/centre", auth=PUBLIC)
def centre(request: HttpRequest) -> dict[str, Any]:
    """The centre of this house; empty before it is named."""
    here = Centre.here()
    return {} if here is None else CentreIn.from_orm(here).dict()


@router.put("/centre")
def save_centre(request: HttpRequest, body: CentreIn) -> dict[str, Any]:
    """Name the centre, or change its name or its horizons."""
    here = Centre.here() or Centre()
    for name, value in body.dict().items():
        setattr(here, name, value)
    return {"id": actions.save_centre(request.user, here).pk}


class CommentIn(Schema):
    kind: str
    id: str
    text: str


@router.post("/comments")
def comment(request: HttpRequest, body: CommentIn) -> dict[str, Any]:
    """Comment on a record one may see."""
    obj = kinds.find_visible(request.user, body.kind, body.id)
    if obj is None:
        raise Http404(f"there is no {body.kind} {body.id} to be seen")
    return {"id": actions.comment(request.user, obj, body.text).pk}


@router.get("/notices")
def my_notices(request: HttpRequest) -> list[dict[str, Any]]:
    """One's own notices, newest first."""
    return list(request.user.notices.values("id", "at", "text", "url", "read_at")[:200])


@router.post("/notices/read")
def read_notices(request: HttpRequest, notice: int | None = None) -> dict[str, Any]:
    """Mark one's notices as read."""
    notices.mark_read(request.user, notice)
    return {"read": True}


@router.get("/events")
def event_log(request: HttpRequest, after: int | None = None, limit: int = 100) -> dict[str, Any]:
    """The record of acts, each with the name and address of its object; values and names of records the caller may
    not see, or that are gone, are withheld."""
    if not roles_of(request.user) & READERS:
        raise NotPermitted("core.read_events")
    fields = ["kind", "object_id", "seq", "at", "actor_id", "verb", "before", "after", "previous", "hash"]
    page = keyset(Event.objects.all(), after=after, limit=limit, fields=fields)
    rows = kinds.resolve_many((e["kind"], e["object_id"]) for e in page["items"])
    for event in page["items"]:
        row = rows.get((event["kind"], event["object_id"]))
        if row is None or not kinds.visible(request.user, row):
            event |= {"object": "", "url": "", "before": None, "after": None, "withheld": True}
        else:
            event |= {"object": str(row), "url": kinds.address(row)}
    return page


@router.get("/seals", auth=PUBLIC)
def seals(request: HttpRequest, after: int | None = None, limit: int = 100) -> dict[str, Any]:
    """Seals: the roots that have left the house."""
    return keyset(Seal.objects.all(), after=after, limit=limit, fields=["at", "previous", "root"])


@router.get("/views")
def views(request: HttpRequest, page: str) -> list[dict[str, Any]]:
    """The saved views of a list: one's own and the shared ones."""
    return list(saved_views(request.user, page).values("id", "name", "query", "shared"))


class ViewIn(Schema):
    page: str
    name: str
    query: str = ""
    shared: bool = False


@router.post("/views")
def save_view(request: HttpRequest, body: ViewIn) -> dict[str, Any]:
    """Keep a list's address under a name."""
    view = actions.save_view(request.user, body.page, body.name, body.query, shared=body.shared)
    return {"id": view.pk}


@router.delete("/views/{int:key}")
def delete_view(request: HttpRequest, key: int) -> dict[str, Any]:
    """Drop one of one's own saved views."""
    actions.delete_view(request.user, get_object_or_404(SavedView, pk=key, user=request.user))
    return {"deleted": key}
