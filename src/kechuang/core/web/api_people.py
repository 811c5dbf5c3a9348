"""People by API: deputies, preferences, keys, accounts, roles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import is_aware, make_aware
from ninja import Router, Schema

from kechuang.core import actions
from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted
from kechuang.core.models import ApiToken, Deputy, Organisation, User
from kechuang.core.web.api import PERSON, keyset

router = Router()


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


@router.delete("/tokens/{int:key}")
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
    return {"id": _save_account(request, User(), body).pk}


@router.put("/users/{int:key}")
def change_account(request: HttpRequest, key: int, body: AccountIn) -> dict[str, Any]:
    """Change an account."""
    _only_administrators(request)
    return {"id": _save_account(request, get_object_or_404(User, pk=key), body).pk}


@router.delete("/users/{int:key}")
def erase_person(request: HttpRequest, key: int) -> dict[str, Any]:
    """Erase a person: what names them goes for good, what they did stays on record."""
    _only_administrators(request)
    return {"erased": actions.erase_person(request.user, get_object_or_404(User, pk=key)).pk}


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


@router.post("/users/{int:key}/roles")
def grant_role(request: HttpRequest, key: int, body: RoleIn) -> dict[str, Any]:
    """Give a role in an organisation."""
    _only_administrators(request)
    user = get_object_or_404(User, pk=key)
    organisation = get_object_or_404(Organisation, pk=body.organisation)
    facts = body.dict(include={"valid_from", "valid_to"})
    return {"id": actions.grant_role(request.user, user, organisation, body.role, **facts).pk}


@router.delete("/users/{int:key}/roles")
def withdraw_role(request: HttpRequest, key: int, organisation: int, role: str) -> dict[str, Any]:
    """Withdraw a role."""
    _only_administrators(request)
    user = get_object_or_404(User, pk=key)
    actions.withdraw_role(request.user, user, get_object_or_404(Organisation, pk=organisation), role)
    return {"withdrawn": role}
