"""Organisations by API: facts, names over time, records of ROR."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import actions, files
from kechuang.core.acts import may
from kechuang.core.engine.ror import RorError, read_records
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of
from kechuang.core.imports import import_organisations
from kechuang.core.models import Organisation, OrganisationName
from kechuang.core.web.api import PUBLIC, keyset

router = Router()


class OrganisationIn(Schema):
    name_zh: str
    name_en: str = ""
    kind: str = "other"
    level: str = ""
    parent: int | None = None
    region: str = ""
    duties: str = ""
    standing: str = "active"
    identifiers: dict[str, str] = {}


@router.get("/organisations", auth=PUBLIC)
def organisations(request: HttpRequest, after: int | None = None, limit: int = 100) -> dict[str, Any]:
    """Organisations by key."""
    fields = ["name_zh", "name_en", "kind", "level", "parent_id", "region", "standing", "synthetic"]
    return keyset(Organisation.objects.all(), after=after, limit=limit, fields=fields)


@router.get("/organisations/{int:key}", auth=PUBLIC)
def one_organisation(request: HttpRequest, key: int) -> dict[str, Any]:
    """An organisation with its names over time, its identifiers and what stands below it."""
    row = get_object_or_404(Organisation, pk=key)
    names = row.names.order_by("id").values("id", "name", "language", "alias", "valid_from", "valid_to")
    return {
        **fields_of(
            row,
            ("id", "name_zh", "name_en", "kind", "level", "region", "duties", "founded", "ended", "standing"),
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


@router.post("/organisations/import-ror")
def import_ror(request: HttpRequest, file: File[UploadedFile], dry_run: bool = False) -> dict[str, Any]:
    """Import ROR records."""
    if not may(request.user, "core.import_organisations"):
        raise NotPermitted("core.import_organisations")
    data = files.received(file)
    try:
        records = read_records(data)
    except RorError as error:
        raise Refusal(error.said(_), field="file") from error
    source = None if dry_run else files.keep(request.user, file.name, data)
    result = import_organisations(request.user, records, source)
    return {"added": result.added, "changed": result.changed, "unchanged": result.same}
