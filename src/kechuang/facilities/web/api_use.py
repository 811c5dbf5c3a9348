"""The API of use and money."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import clock
from kechuang.core.models import Organisation
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.facilities import actions
from kechuang.facilities.models import Correction, Output, Resource, UseSession, Voucher
from kechuang.facilities.queries.catalogue import visible_resources
from kechuang.facilities.queries.use import (
    reports_due,
    sharing,
    visible_sessions,
    visible_statements,
    visible_vouchers,
)
from kechuang.facilities.web.api_parts import Answer, kept, moments, person_named, picked

router = Router()
SESSION = [
    "resource_id",
    "user_id",
    "organisation_id",
    "access",
    "subject",
    "start",
    "end",
    "lost",
    "lost_reason",
    "report_due",
    "synthetic",
]


@router.get("/sessions")
def sessions(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Sessions the caller may see."""
    return keyset(visible_sessions(request.user), after=after, limit=limit, fields=SESSION)


class StartIn(Schema):
    organisation: int
    access: str
    user: str = ""
    subject: str = ""


@router.post("/resources/{key}/sessions")
def start_session(request: HttpRequest, key: int, body: StartIn) -> Answer:
    """Start a session; `user` (a name) for another person."""
    row = get_object_or_404(visible_resources(request.user), pk=key)
    organisation = get_object_or_404(Organisation, pk=body.organisation)
    user = person_named(body.user) if body.user else None
    found = actions.start_session(
        request.user, row, organisation, body.access, user=user, subject=body.subject
    )
    return {"id": found.pk, "start": found.start}


def _session(request: HttpRequest, key: int) -> UseSession:
    return get_object_or_404(visible_sessions(request.user), pk=key)


class StopIn(Schema):
    lost: int = 0
    lost_reason: str = ""


@router.post("/sessions/{key}/stop")
def stop_session(request: HttpRequest, key: int, body: StopIn) -> Answer:
    """Stop a session."""
    row = actions.stop_session(request.user, _session(request, key), **body.dict())
    return {"end": row.end, "charges_fen": sum(row.charges.values_list("amount_fen", flat=True))}


class CorrectionIn(Schema):
    start: datetime
    end: datetime
    lost: int = 0
    reason: str


@router.post("/sessions/{key}/corrections")
def ask_correction(request: HttpRequest, key: int, body: CorrectionIn) -> Answer:
    """Propose other times."""
    facts = moments(body.dict(), "start", "end")
    return {"id": actions.ask_correction(request.user, _session(request, key), **facts).pk}


class DecisionIn(Schema):
    approve: bool
    answer: str = ""


@router.post("/corrections/{key}/decide")
def decide_correction(request: HttpRequest, key: int, body: DecisionIn) -> Answer:
    """Approve or refuse a correction."""
    row = get_object_or_404(Correction.objects.select_related("session__resource"), pk=key)
    return {"approved": actions.decide_correction(request.user, row, **body.dict()).approved}


@router.post("/sessions/{key}/report")
def hand_in_report(
    request: HttpRequest, key: int, summary: Form[str], file: File[UploadedFile] = None
) -> Answer:
    """Hand in an experiment report."""
    row = actions.hand_in_report(request.user, _session(request, key), summary, kept(request, file))
    return {"handed_in": row.handed_in}


@router.get("/reports-due")
def due_reports(request: HttpRequest) -> list[Answer]:
    """The caller's overdue experiment reports."""
    rows = reports_due(request.user, clock.today())
    return [{"session": row.pk, "resource": row.resource_id, "due": row.report_due} for row in rows]


@router.get("/outputs", auth=PUBLIC)
def outputs(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Papers, patents, data sets, standards."""
    fields = ["kind", "number", "title_zh", "title_en", "published_on", "synthetic"]
    return keyset(Output.objects.all(), after=after, limit=limit, fields=fields)


class OutputIn(Schema):
    kind: str
    number: str
    title_zh: str
    title_en: str = ""
    published_on: date
    sessions: list[int]


@router.post("/outputs")
def add_output(request: HttpRequest, body: OutputIn) -> Answer:
    """Record an output with the sessions that led to it."""
    facts = body.dict()
    rows = [_session(request, key) for key in dict.fromkeys(facts.pop("sessions"))]
    return {"id": actions.add_output(request.user, rows, **facts).pk}


@router.get("/vouchers")
def vouchers(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Innovation vouchers."""
    fields = ["code", "organisation_id", "granted_fen", "balance_fen", "valid_from", "valid_to"]
    return keyset(visible_vouchers(request.user), after=after, limit=limit, fields=fields)


class VoucherIn(Schema):
    code: str
    organisation: int
    granted_fen: int
    valid_from: date
    valid_to: date


@router.post("/vouchers")
def grant_voucher(request: HttpRequest, body: VoucherIn) -> Answer:
    """Grant a voucher."""
    return {"id": actions.grant_voucher(request.user, Voucher(**picked(body.dict()))).pk}


@router.get("/statements")
def statements(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Monthly statements."""
    fields = ["organisation_id", "month", "amount_fen", "voucher_fen", "issued_at"]
    return keyset(visible_statements(request.user), after=after, limit=limit, fields=fields)


class IssueIn(Schema):
    organisation: int
    month: date


@router.post("/statements")
def issue_statement(request: HttpRequest, body: IssueIn) -> Answer:
    """Issue a month's statement."""
    organisation = get_object_or_404(Organisation, pk=body.organisation)
    row = actions.issue_statement(request.user, organisation, body.month)
    return {
        "id": row.pk,
        "amount_fen": row.amount_fen,
        "voucher_fen": row.voucher_fen,
        "due_fen": row.due_fen,
    }


class MonthIn(Schema):
    month: date


@router.post("/statements/month")
def issue_month(request: HttpRequest, body: MonthIn) -> Answer:
    """Issue a month's statements of everybody who has something to settle."""
    return {"ids": [row.pk for row in actions.issue_month(request.user, body.month)]}


@router.get("/statements/{key}")
def statement(request: HttpRequest, key: int) -> Answer:
    """One statement with its lines."""
    row = get_object_or_404(visible_statements(request.user), pk=key)
    lines = row.lines.values("session_id", "access", "minutes", "rate_fen", "amount_fen")
    return {
        "id": row.pk,
        "month": row.month,
        "amount_fen": row.amount_fen,
        "voucher_fen": row.voucher_fen,
        "lines": list(lines),
    }


@router.get("/sharing", auth=PUBLIC)
def sharing_scores(request: HttpRequest, first: date, last: date) -> list[Answer]:
    """Utilisation and open-sharing scores (tenths of a point) of every owner of what is opened."""
    owners = Resource.objects.filter(opened=True).order_by().values_list("owner", flat=True).distinct()
    found = sharing(owners, first, last)
    return [
        {
            "owner": key,
            "used_minutes": facts.used,
            "open_minutes": facts.open,
            "outside_minutes": facts.outside,
            "value_opened_fen": facts.value_opened,
            "outputs": facts.outputs,
            "score": score.total,
            "utilisation": score.utilisation,
        }
        for key, (facts, score) in found.items()
    ]
