"""What every domain's API shares: keys with scopes, problem+json errors, keyset paging.

A domain writes `router = Router(tags=["plan"])` in its `web/api.py`; the site mounts it under /api/<domain>/.
Handlers call queries and actions and return plain dicts or schemas; `Refusal`, `NotPermitted` and bad input become
problem+json (RFC 9457) by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as BadInput
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.security import APIKeyHeader, SessionAuth

from kechuang.core import clock, files
from kechuang.core.acts import may
from kechuang.core.engine.sheets import Sheet
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.models import ApiToken, StoredFile
from kechuang.core.sheets import Taken, faults_of
from kechuang.core.web.errors import UNSTORABLE, cannot_be_stored, problem

PAGE_LIMIT = 500
_READS = {"GET", "HEAD", "OPTIONS"}


class JSONRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


class JSONParser(Parser):
    """Strict JSON: no NaN, no half characters, and no NUL, which no database of ours keeps."""

    def parse_body(self, request: HttpRequest) -> Any:
        if b"\\u0000" in request.body:
            raise ValueError("the character NUL cannot be stored")
        return orjson.loads(request.body)


class TokenAuth(APIKeyHeader):
    """`Authorization: Bearer kc_…`. A key without `write` may only read."""

    param_name = "Authorization"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not key or not key.startswith("Bearer "):
            return None
        token = (
            ApiToken.objects.select_related("user").filter(digest=ApiToken.digest_of(key[7:].strip())).first()
        )
        now = clock.now()
        if token is None or not token.user.is_active or (token.expires and token.expires < now):
            return None
        needed = "read" if request.method in _READS else "write"
        if needed not in token.scopes and not (needed == "read" and "write" in token.scopes):
            raise HttpError(403, f"this key lacks the scope {needed}")
        if token.last_used is None or now - token.last_used > timedelta(minutes=5):
            ApiToken.objects.filter(pk=token.pk).update(last_used=now)
        request.user = token.user
        return token.user


class AnyoneAuth(SessionAuth):
    """For public reads: an anonymous visitor passes with what the queries show to the public."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated else "public"


class SignedIn(SessionAuth):
    pass


MEMBERS = [TokenAuth(), SignedIn()]
PUBLIC = [TokenAuth(), AnyoneAuth()]
PERSON = [SignedIn()]


def _unstorable(request: HttpRequest, error: Exception) -> HttpResponse:
    """A value the database cannot hold: too long, too large, or with a NUL."""
    if not cannot_be_stored(error):
        raise error
    return problem(422, "Bad input", "A value is too long, too large or holds a NUL character.")


def install_problems(api: NinjaAPI) -> None:
    """Read strict JSON; turn every error of a handler into problem+json that says what, where and how to mend it."""
    api.parser = JSONParser()

    def on(kind: type[Exception], answer: Callable[[HttpRequest, Any], HttpResponse]) -> None:
        api.add_exception_handler(kind, answer)

    on(
        Refusal,
        lambda r, e: problem(
            422, "Refused", e.message, field=e.field, remedy=e.remedy, **({"url": e.url} if e.url else {})
        ),
    )
    on(NotPermitted, lambda r, e: problem(403, "Not permitted", str(e), act=e.verb))
    on(PermissionDenied, lambda r, e: problem(403, "Not permitted", str(e)))
    on(Http404, lambda r, e: problem(404, "Not found", str(e)))
    on(
        AuthenticationError,
        lambda r, e: problem(401, "Sign in or send a key", "Authorization: Bearer kc_…"),
    )
    on(HttpError, lambda r, e: problem(e.status_code, "Refused", str(e)))
    for kind in UNSTORABLE:
        on(kind, _unstorable)
    on(ValidationError, lambda r, e: problem(422, "Bad input", "; ".join(e.messages)))
    on(
        BadInput,
        lambda r, e: problem(
            422,
            "Bad input",
            errors=[{"where": ".".join(map(str, x["loc"])), "what": x["msg"]} for x in e.errors],
        ),
    )


def keyset(rows: QuerySet, *, after: int | None, limit: int, fields: list[str]) -> dict[str, Any]:
    """A page of `fields` ordered by key: {"items": […], "next": key or None}. Ask on with `after=next`."""
    limit = max(1, min(limit, PAGE_LIMIT))
    if after is not None:
        rows = rows.filter(pk__gt=after)
    items = list(rows.order_by("pk").values("id", *fields)[: limit + 1])
    more = len(items) > limit
    items = items[:limit]
    return {"items": items, "next": items[-1]["id"] if more else None}


def taken_in(
    person: Any,
    verb: str,
    upload: UploadedFile,
    dry_run: bool,
    read: Callable[[bytes, str], Sheet],
    take: Callable[[Sheet, StoredFile | None], Taken],
) -> dict[str, Any]:
    """A table tried, or taken in as a whole where it has no fault: what it changes, and every fault with its words."""
    if not may(person, verb):
        raise NotPermitted(verb)
    data = files.received(upload)
    sheet = read(data, files.safe_name(upload.name))
    if sheet.faults:
        return {**asdict(Taken(0, 0, 0)), "stored": False, "faults": faults_of(sheet)}
    source = None if dry_run else files.keep(person, upload.name, data)
    return {**asdict(take(sheet, source)), "stored": not dry_run, "faults": []}
