"""The API of the catalogue: search, metadata, acts on a resource, import."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import search
from kechuang.core.web.api import PUBLIC, keyset, taken_in
from kechuang.facilities import actions
from kechuang.facilities.actions.import_resources import read_resources
from kechuang.facilities.engine import pidinst as metadata
from kechuang.facilities.models import (
    Agreement,
    AgreementMember,
    Photo,
    Resource,
)
from kechuang.facilities.models.catalogue import RESOURCE_FACTS
from kechuang.facilities.queries.catalogue import KIND, visible_resources
from kechuang.facilities.web.api_parts import Answer, changed, kept, picked, values
from kechuang.facilities.web.metadata import instrument
from kechuang.facilities.web.resources import visible_resource

router = Router()
LINKS = {"owner", "facility", "part_of"}
RESOURCE = [
    *(f"{name}_id" if name in LINKS else name for name in RESOURCE_FACTS),
    "price_band",
    "opened",
    "opened_on",
    "retired_on",
    "synthetic",
]


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


@router.get("/resources/{key}", auth=PUBLIC)
def resource(request: HttpRequest, key: int) -> Answer:
    """One resource."""
    row = visible_resource(request, key)
    photos = [_photo(photo) for photo in row.photos.select_related("file", "small")]
    return {**values(row, "id", *RESOURCE), "photos": photos}


def _photo(photo: Photo) -> Answer:
    return values(photo, "id", "shows_zh", "shows_en", "synthetic", "url", "small_url")


@router.get("/resources/{key}/pidinst", auth=PUBLIC)
def pidinst(request: HttpRequest, key: int) -> Answer:
    """PIDINST 1.0 metadata."""
    return metadata.to_pidinst(instrument(request, visible_resource(request, key)))


@router.get("/resources/{key}/datacite", auth=PUBLIC)
def datacite(request: HttpRequest, key: int) -> HttpResponse:
    """DataCite 4.5 metadata (XML)."""
    found = metadata.to_datacite(instrument(request, visible_resource(request, key)))
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
    return {
        "id": actions.save_resource(request.user, changed(visible_resource(request, key), body.dict())).pk
    }


@router.post("/resources/{key}/open")
def open_resource(request: HttpRequest, key: int) -> Answer:
    """Open a resource for sharing."""
    return {"opened": actions.open_resource(request.user, visible_resource(request, key)).opened}


@router.post("/resources/{key}/close")
def close_resource(request: HttpRequest, key: int) -> Answer:
    """Take a resource out of sharing."""
    return {"opened": actions.close_resource(request.user, visible_resource(request, key)).opened}


@router.post("/resources/{key}/retire")
def retire_resource(request: HttpRequest, key: int) -> Answer:
    """Retire a resource."""
    return {"retired_on": actions.retire_resource(request.user, visible_resource(request, key)).retired_on}


class PhotoIn(Schema):
    shows_zh: str = ""
    shows_en: str = ""


def _picture(file: UploadedFile | None) -> dict[str, Any]:
    return {} if file is None else {"name": file.name, "picture": actions.picture_of(file)}


@router.post("/resources/{key}/photos")
def add_photo(request: HttpRequest, key: int, file: File[UploadedFile], words: Form[PhotoIn]) -> Answer:
    """Add a photo with words for those who cannot see it."""
    row = visible_resource(request, key)
    return _photo(actions.add_photo(request.user, row, **_picture(file), **words.dict()))


@router.post("/photos/{key}")
def change_photo(
    request: HttpRequest, key: int, words: Form[PhotoIn], file: File[UploadedFile] = None
) -> Answer:
    """Exchange a photo or say better what it shows."""
    row = get_object_or_404(Photo, pk=key)
    return _photo(actions.change_photo(request.user, row, **_picture(file), **words.dict()))


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
    row = Agreement(resource=visible_resource(request, key), file=kept(request, file), **facts.dict())
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
    return taken_in(
        request.user,
        "facilities.import_resources",
        file,
        dry_run,
        lambda data, name: read_resources(request.user, data, name),
        lambda sheet, source: actions.import_resources(request.user, sheet, source),
    )
