"""Statistical returns by program."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import files
from kechuang.core.models import Organisation
from kechuang.core.web.api import keyset
from kechuang.indicators import actions
from kechuang.indicators.models import Return, ReturnForm
from kechuang.indicators.queries.returns import values_of, visible_returns
from kechuang.indicators.queries.sheets import of_form
from kechuang.indicators.web.common import rows_of

router = Router(tags=["indicators"])
Plain = dict[str, Any]
SHEET = File(...)


class FormIn(Schema):
    title_zh: str
    title_en: str = ""
    frequency: str = "year"
    items: list[Plain]
    checks: list[Plain] = []
    due_days: int = 15


class OpenIn(Schema):
    form: str
    organisation: int
    start: date
    end: date


class FillIn(Schema):
    values: dict[str, Decimal | None]
    remark: str | None = None


class RemarkIn(Schema):
    remark: str


@router.get("/forms")
def forms(request: HttpRequest) -> list[Plain]:
    """Forms of returns."""
    names = ("code", "title_zh", "title_en", "frequency", "items", "checks", "due_days")
    return list(ReturnForm.objects.values(*names))


@router.put("/forms/{code}")
def save_form(request: HttpRequest, code: str, body: FormIn) -> Plain:
    """Add a form or change it."""
    return {"code": actions.save_form(request.user, code, **body.dict()).code}


@router.get("/returns")
def returns(request: HttpRequest, stage: str = "", after: int | None = None, limit: int = 100) -> Plain:
    """Returns by key."""
    rows = visible_returns(request.user).select_related(None)
    rows = rows.filter(stage=stage) if stage else rows
    fields = [
        "form__code",
        "organisation__name_zh",
        "start",
        "end",
        "version",
        "stage",
        "remark",
        "synthetic",
    ]
    return keyset(rows, after=after, limit=limit, fields=fields)


@router.post("/returns")
def open_return(request: HttpRequest, body: OpenIn) -> Plain:
    """Begin a return, or go on with the one that is there."""
    office = get_object_or_404(Organisation, pk=body.organisation)
    form = get_object_or_404(ReturnForm, code=body.form)
    return _return(actions.open_return(request.user, office, form, body.start, body.end))


def _filing(request: HttpRequest, key: int) -> Return:
    return get_object_or_404(visible_returns(request.user), pk=key)


def _return(row: Return) -> Plain:
    return {
        "id": row.pk,
        "stage": row.stage,
        "version": row.version,
        "values": values_of(row),
        "remark": row.remark,
    }


@router.get("/returns/{key}")
def one_return(request: HttpRequest, key: int) -> Plain:
    """One return with its values."""
    return _return(_filing(request, key))


@router.put("/returns/{key}")
def fill_return(request: HttpRequest, key: int, body: FillIn) -> Plain:
    """Fill in values."""
    return _return(actions.fill_return(request.user, _filing(request, key), body.values, remark=body.remark))


@router.post("/returns/{key}/submit")
def submit_return(request: HttpRequest, key: int) -> Plain:
    """Hand it in."""
    return _return(actions.submit_return(request.user, _filing(request, key)))


@router.post("/returns/{key}/send_back")
def send_back_return(request: HttpRequest, key: int, body: RemarkIn) -> Plain:
    """Return it for correction."""
    return _return(actions.send_back_return(request.user, _filing(request, key), body.remark))


@router.post("/returns/{key}/approve")
def approve_return(request: HttpRequest, key: int) -> Plain:
    """Take it into the numbers."""
    return _return(actions.approve_return(request.user, _filing(request, key)))


@router.post("/returns/{key}/replace")
def replace_return(request: HttpRequest, key: int) -> Plain:
    """Begin a new version."""
    return _return(actions.replace_return(request.user, _filing(request, key)))


@router.post("/forms/{code}/import")
def import_returns(
    request: HttpRequest, code: str, file: UploadedFile = SHEET, dry_run: bool = False
) -> Plain:
    """Take in a sheet of returns, all or nothing."""
    form = get_object_or_404(ReturnForm, code=code)
    content = files.received(file)
    rows = rows_of(file.name, content, of_form(form))
    stored = None if dry_run else files.keep(request.user, file.name, content)
    taken = actions.import_returns(request.user, form, rows, stored)
    return asdict(taken)
