"""What the API files of the domain share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema
from ninja.files import UploadedFile

from kechuang.core import files
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation, StoredFile, User
from kechuang.facilities.engine.wall_time import BadTime, instant
from kechuang.facilities.models import (
    Contract,
    Direction,
    Facility,
    Institution,
    Resource,
    Unit,
)
from kechuang.facilities.queries.words import BOOKING, said

Answer = dict[str, Any]


def row_of(model: Any, key: int | None) -> Any:
    return get_object_or_404(model, pk=key) if key is not None else None


def moment(value: datetime, field: str) -> datetime:
    """An instant; a time without zone is read in the house's zone. Raises Refusal for one that clocks skip or repeat."""
    if value.tzinfo:
        return value
    try:
        return instant(value, timezone.get_default_timezone())
    except BadTime as error:
        raise Refusal(said(BOOKING, error.code, {"wall": error.wall}), field=field) from error


def moments(facts: dict[str, Any], *names: str) -> dict[str, Any]:
    return {k: moment(v, k) if k in names and v is not None else v for k, v in facts.items()}


class PersonIn(Schema):
    user: str


def person_named(name: str) -> User:
    return get_object_or_404(User, username=name, is_active=True)


class ReasonIn(Schema):
    reason: str = ""


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
    return (
        files.keep(request.user, file.name, files.received(file), secrecy=secrecy)
        if file is not None
        else None
    )


def values(row: Any, *names: str) -> Answer:
    return {name: getattr(row, name) for name in names}


class LinkIn(Schema):
    kind: str
    key: str
    remove: bool = False
