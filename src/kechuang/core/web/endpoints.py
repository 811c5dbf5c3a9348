"""The house's own API: search, organisations, comments, notices, requests, events, keys."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import is_aware, make_aware
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import actions, files, kinds, notices
from kechuang.core.acts import may
from kechuang.core.engine.ror import RorError, read_records
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of
from kechuang.core.imports import import_organisations
from kechuang.core.models import (
    ApiToken,
    Centre,
    Deputy,
    Event,
    Organisation,
    OrganisationName,
    Role,
    Seal,
    ServiceRequest,
    User,
)
from kechuang.core.roles import roles_of, visible_requests
from kechuang.core.search import search
from kechuang.core.web.api import PERSON, PUBLIC, keyset

router = Router(tags=["core"])


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


class OrganisationIn(Schema):
    name_zh: str
    name_en: str = ""
    kind: str = "other"
    level: str = ""
    parent: int | None = None
    region: str = ""
    duties: str = ""
    identifiers: dict[str, str] = {}


@router.get("/organisations", auth=PUBLIC)
def organisations(request: HttpRequest, after: int | None = None, limit: int = 100) -> dict[str, Any]:
    """Organisations by key."""
    fields = ["name_zh", "name_en", "kind", "level", "parent_id", "region", "synthetic"]
    return keyset(Organisation.objects.all(), after=after, limit=limit, fields=fields)


@router.get("/organisations/{int:key}", auth=PUBLIC)
def one_organisation(request: HttpRequest, key: int) -> dict[str, Any]:
    """An organisation with its names over time, its identifiers and what stands below it."""
    row = get_object_or_404(Organisation, pk=key)
    names = row.names.order_by("id").values("id", "name", "language", "alias", "valid_from", "valid_to")
    return {
        **fields_of(
            row, ("id", "name_zh", "name_en", "kind", "level", "region", "duties", "founded", "ended")
        ),
        "parent": row.parent_id,
        "synthetic": row.synthetic,
        "names": list(names),
        "identifiers": dict(row.identifiers.values_list("scheme", "value")),
        "below": list(row.children.order_by("pk").values_list("pk", flat=True)),
    }


class NameIn(Schema):
    name: str
    language: str = ""
    alias: bool = True
    valid_from: date | None = None
    valid_to: date | None = None


@router.post("/organisations/{int:key}/names")
def add_name(request: HttpRequest, key: int, body: NameIn) -> dict[str, Any]:
    """Add a name the organisation bears or bore."""
    row = get_object_or_404(Organisation, pk=key)
    return {"id": actions.add_name(request.user, row, **body.dict()).pk}


@router.delete("/organisations/{int:key}/names/{int:name}")
def remove_name(request: HttpRequest, key: int, name: int) -> dict[str, Any]:
    """Remove a name that was entered by mistake."""
    row = get_object_or_404(OrganisationName, pk=name, organisation=key)
    actions.remove_name(request.user, row.organisation, row)
    return {"removed": name}


@router.post("/organisations")
def add_organisation(request: HttpRequest, body: OrganisationIn) -> dict[str, Any]:
    """Add an organisation."""
    return _save(request, Organisation(), body)


@router.put("/organisations/{int:key}")
def change_organisation(request: HttpRequest, key: int, body: OrganisationIn) -> dict[str, Any]:
    """Change an organisation."""
    return _save(request, get_object_or_404(Organisation, pk=key), body)


def _save(request: HttpRequest, row: Organisation, body: OrganisationIn) -> dict[str, Any]:
    facts = body.dict(exclude={"identifiers", "parent"})
    for name, value in facts.items():
        setattr(row, name, value)
    row.parent = get_object_or_404(Organisation, pk=body.parent) if body.parent else None
    actions.save_organisation(request.user, row, identifiers=body.identifiers)
    return {"id": row.pk}


class CommentIn(Schema):
    kind: str
    id: str
    text: str


@router.post("/comments")
def comment(request: HttpRequest, body: CommentIn) -> dict[str, Any]:
    """Comment on a record."""
    obj = kinds.resolve(body.kind, body.id)
    if obj is None:
        raise Refusal(f"there is no {body.kind} {body.id}", field="id")
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
    about = kinds.resolve(body.about_kind, body.about_id) if body.about_id else None
    if body.about_id and about is None:
        raise Refusal(f"there is no {body.about_kind} {body.about_id}", field="about_id")
    facts = body.dict(include={"kind", "title", "text"})
    return {"id": actions.open_request(request.user, **facts, about=about).pk}


@router.post("/requests/escalate")
def escalate(request: HttpRequest) -> dict[str, Any]:
    """Tell who is responsible for requests past their time limit; the timetable does the same every hour."""
    return {"passed_up": actions.escalate_requests(request.user)}


@router.post("/requests/{key}/hand-over")
def hand_over(request: HttpRequest, key: int, organisation: int) -> dict[str, Any]:
    """Hand a request to an organisation."""
    row = get_object_or_404(ServiceRequest, pk=key)
    actions.hand_over_request(request.user, row, get_object_or_404(Organisation, pk=organisation))
    return {"stage": row.stage}


class AnswerIn(Schema):
    answer: str


@router.post("/requests/{key}/answer")
def answer(request: HttpRequest, key: int, body: AnswerIn) -> dict[str, Any]:
    """Answer a request."""
    row = actions.answer_request(request.user, get_object_or_404(ServiceRequest, pk=key), body.answer)
    return {"stage": row.stage}


@router.post("/requests/{key}/rate")
def rate(request: HttpRequest, key: int, satisfaction: int, remark: str = "") -> dict[str, Any]:
    """Say how satisfied one is with an answer."""
    row = get_object_or_404(ServiceRequest, pk=key)
    actions.rate_request(request.user, row, satisfaction, remark=remark)
    return {"stage": row.stage}


@router.get("/events")
def event_log(request: HttpRequest, after: int | None = None, limit: int = 100) -> dict[str, Any]:
    """The record of acts; values of records the caller may not see, or that are gone, are withheld."""
    if not roles_of(request.user) & {"admin", "leader", "officer"}:
        raise NotPermitted("core.read_events")
    fields = ["kind", "object_id", "seq", "at", "actor_id", "verb", "before", "after", "previous", "hash"]
    page = keyset(Event.objects.all(), after=after, limit=limit, fields=fields)
    rows = kinds.resolve_many((e["kind"], e["object_id"]) for e in page["items"])
    for event in page["items"]:
        row = rows.get((event["kind"], event["object_id"]))
        if row is None or not kinds.visible(request.user, row):
            event |= {"before": None, "after": None, "withheld": True}
    return page


@router.get("/seals", auth=PUBLIC)
def seals(request: HttpRequest, after: int | None = None, limit: int = 100) -> dict[str, Any]:
    """Seals: the roots that have left the house."""
    return keyset(Seal.objects.all(), after=after, limit=limit, fields=["at", "previous", "root"])


class DeputyIn(Schema):
    username: str
    start: date
    end: date


@router.post("/deputies")
def name_deputy(request: HttpRequest, body: DeputyIn) -> dict[str, Any]:
    """Name a deputy for one's leave."""
    deputy = get_object_or_404(User, username=body.username, is_active=True)
    return {"id": actions.name_deputy(request.user, deputy, body.start, body.end).pk}


@router.get("/deputies")
def deputies(request: HttpRequest) -> list[dict[str, Any]]:
    """One's deputies, the latest first."""
    rows = request.user.deputies.order_by("-start")
    return list(rows.values("id", "start", "end", username=F("deputy__username")))


@router.delete("/deputies/{int:key}")
def end_deputy(request: HttpRequest, key: int) -> dict[str, Any]:
    """End a deputy's time as of today."""
    actions.end_deputy(request.user, get_object_or_404(Deputy, pk=key, principal=request.user))
    return {"ended": key}


class PreferencesIn(Schema):
    language: str
    mail_notices: bool


@router.put("/preferences")
def save_preferences(request: HttpRequest, body: PreferencesIn) -> dict[str, Any]:
    """Choose the language of one's notices, and whether they come by mail."""
    actions.save_preferences(request.user, **body.dict())
    return body.dict()


class TokenIn(Schema):
    name: str
    scopes: list[str]
    expires: datetime | None = None


@router.get("/tokens", auth=PERSON)
def tokens(request: HttpRequest) -> list[dict[str, Any]]:
    """One's API keys, without the keys themselves."""
    fields = ("id", "name", "scopes", "created", "expires", "last_used")
    return list(request.user.api_tokens.order_by("id").values(*fields))


@router.post("/tokens", auth=PERSON)
def issue_token(request: HttpRequest, body: TokenIn) -> dict[str, Any]:
    """Make an API key; it is shown this once. Only for a person signed in: a key makes no keys."""
    expires = body.expires if body.expires is None or is_aware(body.expires) else make_aware(body.expires)
    token, key = actions.issue_token(request.user, body.name, body.scopes, expires)
    return {"id": token.pk, "key": key}


@router.delete("/tokens/{key}")
def revoke_token(request: HttpRequest, key: int) -> dict[str, Any]:
    """Make one of one's keys useless."""
    actions.revoke_token(request.user, get_object_or_404(ApiToken, pk=key, user=request.user))
    return {"revoked": key}


class AccountIn(Schema):
    username: str
    email: str = ""
    clearance: int = 1
    is_active: bool = True
    password: str = ""
    name_zh: str = ""
    name_en: str = ""
    orcid: str = ""
    public_office: str = ""


PERSON_FACTS = {"name_zh", "name_en", "orcid", "public_office"}


def _only_administrators(request: HttpRequest) -> None:
    """Asked before anything is looked up, so that nobody learns which accounts there are."""
    if not may(request.user, "core.save_account"):
        raise NotPermitted("core.save_account")


@router.get("/users")
def users(request: HttpRequest, after: int | None = None, limit: int = 100) -> dict[str, Any]:
    """Accounts, for administrators."""
    _only_administrators(request)
    fields = [
        "username",
        "email",
        "clearance",
        "is_active",
        "person__name_zh",
        "person__name_en",
        "last_login",
    ]
    return keyset(User.objects.all(), after=after, limit=limit, fields=fields)


@router.post("/users")
def add_account(request: HttpRequest, body: AccountIn) -> dict[str, Any]:
    """Add an account."""
    _only_administrators(request)
    if User.objects.filter(username=body.username).exists():
        raise Refusal(f"the account {body.username} is already there", field="username")
    return {"id": _save_account(request, User(), body).pk}


@router.put("/users/{int:key}")
def change_account(request: HttpRequest, key: int, body: AccountIn) -> dict[str, Any]:
    """Change an account."""
    _only_administrators(request)
    return {"id": _save_account(request, get_object_or_404(User, pk=key), body).pk}


def _save_account(request: HttpRequest, row: User, body: AccountIn) -> User:
    for name, value in body.dict(exclude={"password", *PERSON_FACTS}).items():
        setattr(row, name, value)
    person = body.dict(include=PERSON_FACTS)
    return actions.save_account(request.user, row, password=body.password, person=person)


class RoleIn(Schema):
    organisation: int
    role: str
    valid_from: date | None = None
    valid_to: date | None = None


@router.post("/users/{key}/roles")
def grant_role(request: HttpRequest, key: int, body: RoleIn) -> dict[str, Any]:
    """Give a role in an organisation."""
    if body.role not in Role.values:
        raise Refusal(
            f"unknown role {body.role}", field="role", remedy=f"Use one of {', '.join(Role.values)}."
        )
    user, organisation = (
        get_object_or_404(User, pk=key),
        get_object_or_404(Organisation, pk=body.organisation),
    )
    facts = body.dict(include={"valid_from", "valid_to"})
    return {"id": actions.grant_role(request.user, user, organisation, body.role, **facts).pk}


@router.delete("/users/{key}/roles")
def withdraw_role(request: HttpRequest, key: int, organisation: int, role: str) -> dict[str, Any]:
    """Withdraw a role."""
    user, body = get_object_or_404(User, pk=key), get_object_or_404(Organisation, pk=organisation)
    actions.withdraw_role(request.user, user, body, role)
    return {"withdrawn": role}


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


@router.post("/organisations/import-ror")
def import_ror(request: HttpRequest, file: File[UploadedFile], dry_run: bool = False) -> dict[str, Any]:
    """Import ROR records."""
    if not may(request.user, "core.import_organisations"):
        raise NotPermitted("core.import_organisations")
    data = files.received(file)
    try:
        records = read_records(data)
    except RorError as error:
        raise Refusal(str(error), field="file") from error
    source = None if dry_run else files.keep(request.user, file.name, data)
    result = import_organisations(request.user, records, source)
    return {"added": result.added, "changed": result.changed, "unchanged": result.same}
