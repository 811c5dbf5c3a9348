"""The plan office's API: everything its pages do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import clock
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.plan import actions
from kechuang.plan.models import (
    Commitment,
    Document,
    Programme,
    RightOfReply,
    Statement,
)
from kechuang.plan.queries.living import living, public_commitments, visible_documents
from kechuang.plan.queries.work import visible_commitments

router = Router(tags=["plan"])
Answer = dict[str, Any]

DOCUMENT = [
    "title",
    "title_en",
    "kind",
    "published_on",
    "issuer_id",
    "stage",
    "secrecy",
    "source",
    "synthetic",
]
STATEMENT = [
    "kind",
    "sentence",
    "start",
    "end",
    "q_start",
    "q_end",
    "value",
    "value_max",
    "unit",
    "comparator",
    "t_start",
    "t_end",
    "time_text",
    "time_start",
    "time_end",
    "time_role",
    "speaker",
    "role",
    "subject",
    "organisations",
    "programmes",
    "rules",
    "confidence",
    "review",
]
COMMITMENT = [
    "title_zh",
    "title_en",
    "state",
    "measured",
    "target_value",
    "unit",
    "compare",
    "due",
    "lead_id",
    "programme_id",
    "metric_id",
    "status",
    "synthetic",
]
TASK = [
    "title_zh",
    "title_en",
    "state",
    "stage",
    "percent",
    "due",
    "start",
    "lead_id",
    "programme_id",
    "commitment_id",
    "started_on",
    "completed_on",
    "accepted_on",
    "last_report_on",
    "synthetic",
]


def _pick(model: Any, key: int | None) -> Any:
    return get_object_or_404(model, pk=key) if key is not None else None


def _picked(facts: dict[str, Any], **models: Any) -> dict[str, Any]:
    """Facts with keys of records turned into the records."""
    return {name: _pick(models[name], value) if name in models else value for name, value in facts.items()}


# ---- documents


@router.get("/documents", auth=PUBLIC)
def documents(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Documents the caller may see."""
    return keyset(visible_documents(request.user), after=after, limit=limit, fields=DOCUMENT)


class DocumentIn(Schema):
    title: str = ""
    text: str = ""
    kind: str = "news"
    published_on: date | None = None
    issuer: int | None = None
    source: str = ""
    secrecy: int = 1
    former_edition: int | None = None


@router.post("/documents")
def add_document(request: HttpRequest, facts: Form[DocumentIn], file: File[UploadedFile] = None) -> Answer:
    """Take in a document (a file, or a text) and read it."""
    if file is None and not facts.text.strip():
        raise Refusal("send a file or a text", field="file")
    data, name = (file.read(), file.name) if file else (facts.text.encode(), "pasted.txt")
    given = _picked(facts.dict(exclude={"text"}), issuer=Organisation, former_edition=Document)
    row = actions.add_document(request.user, data=data, name=name, **given)
    return {"id": row.pk, "statements": row.statements.count()}


def _document(request: HttpRequest, key: int) -> Document:
    return get_object_or_404(visible_documents(request.user), pk=key)


@router.get("/documents/{key}", auth=PUBLIC)
def document(request: HttpRequest, key: int) -> Answer:
    """One document: text, body, repairs."""
    row = _document(request, key)
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in [*DOCUMENT, "raw", "body", "repairs", "note"]},
    }


@router.get("/documents/{key}/living", auth=PUBLIC)
def living_document(request: HttpRequest, key: int, on: date | None = None) -> Answer:
    """The promises of a document as they stood on a day."""
    public = not request.user.is_authenticated
    page = living(
        _document(request, key), request.user, min(on or clock.today(), clock.today()), public=public
    )
    rows = [
        {
            "commitment": p.commitment.pk,
            "title": str(p.commitment),
            "start": p.start,
            "end": p.end,
            "state": p.state,
            "promised": p.commitment.target_value,
            "measured": p.measured,
            "unit": p.commitment.unit,
            "due": p.commitment.due,
            "since": p.since,
        }
        for p in page.promises
    ]
    return {"on": page.on, "counts": page.counts, "promises": rows}


@router.get("/documents/{key}/statements")
def statements(request: HttpRequest, key: int, after: int | None = None, limit: int = 200) -> Answer:
    """Statements of a document."""
    return keyset(_document(request, key).statements.all(), after=after, limit=limit, fields=STATEMENT)


class KeysIn(Schema):
    statements: list[int]


@router.post("/documents/{key}/accept")
def accept(request: HttpRequest, key: int, body: KeysIn) -> Answer:
    """Accept statements."""
    return {"changed": actions.accept_statements(request.user, _document(request, key), body.statements)}


@router.post("/documents/{key}/reject")
def reject(request: HttpRequest, key: int, body: KeysIn) -> Answer:
    """Reject statements."""
    return {"changed": actions.reject_statements(request.user, _document(request, key), body.statements)}


@router.post("/documents/{key}/reopen")
def reopen(request: HttpRequest, key: int, body: KeysIn) -> Answer:
    """Take decisions back."""
    return {"changed": actions.reopen_statements(request.user, _document(request, key), body.statements)}


@router.post("/documents/{key}/merge")
def merge(request: HttpRequest, key: int, body: KeysIn) -> Answer:
    """Merge statements."""
    return {"id": actions.merge_statements(request.user, _document(request, key), body.statements).pk}


class StatementIn(Schema):
    kind: str
    start: int
    end: int


@router.post("/documents/{key}/statements")
def add_statement(request: HttpRequest, key: int, body: StatementIn) -> Answer:
    """Add a statement at a place in the text."""
    return {"id": actions.add_statement(request.user, _document(request, key), **body.dict()).pk}


class CorrectionIn(Schema):
    kind: str | None = None
    start: int | None = None
    end: int | None = None
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    subject: str | None = None
    time_start: date | None = None
    time_end: date | None = None
    speaker: str | None = None
    role: str | None = None


def _statement(request: HttpRequest, key: int) -> Statement:
    return get_object_or_404(Statement, pk=key, document__in=visible_documents(request.user))


@router.patch("/statements/{key}")
def correct(request: HttpRequest, key: int, body: CorrectionIn) -> Answer:
    """Correct a statement."""
    row = actions.correct_statement(request.user, _statement(request, key), body.dict(exclude_unset=True))
    return {"id": row.pk, "review": row.review}


@router.post("/statements/{key}/split")
def split(request: HttpRequest, key: int, at: int) -> Answer:
    """Split a statement at an offset."""
    return {"ids": [row.pk for row in actions.split_statement(request.user, _statement(request, key), at)]}


@router.post("/documents/{key}/read-again")
def read_again(request: HttpRequest, key: int) -> Answer:
    """Read the text anew."""
    return {"statements": actions.read_again(request.user, _document(request, key)).statements.count()}


@router.post("/documents/{key}/finish-review")
def finish_review(request: HttpRequest, key: int) -> Answer:
    """Close the review."""
    return {"stage": actions.finish_review(request.user, _document(request, key)).stage}


@router.post("/documents/{key}/publication/ask")
def ask_publication(request: HttpRequest, key: int) -> Answer:
    """Ask for publication."""
    return {"id": actions.ask_publication(request.user, _document(request, key)).pk}


@router.post("/documents/{key}/publication/approve")
def approve_publication(request: HttpRequest, key: int) -> Answer:
    """Approve publication."""
    return {"id": actions.approve_publication(request.user, _document(request, key)).pk}


class ReasonIn(Schema):
    reason: str = ""


@router.post("/documents/{key}/publication/end")
def end_publication(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Take a document back from the public."""
    return {"id": actions.end_publication(request.user, _document(request, key), body.reason).pk}


@router.post("/documents/{key}/withdraw")
def withdraw_document(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Mark a document as withdrawn."""
    return {
        "withdrawn_on": actions.withdraw_document(
            request.user, _document(request, key), body.reason
        ).withdrawn_on
    }


# ---- programmes and commitments


class ProgrammeIn(Schema):
    name_zh: str
    name_en: str = ""
    parent: int | None = None
    weight: int = 1
    order: int = 0


@router.get("/programmes")
def programmes(request: HttpRequest, after: int | None = None, limit: int = 200) -> Answer:
    """Programmes."""
    fields = ["name_zh", "name_en", "parent_id", "weight", "order"]
    return keyset(Programme.objects.all(), after=after, limit=limit, fields=fields)


@router.post("/programmes")
def add_programme(request: HttpRequest, body: ProgrammeIn) -> Answer:
    """Add a programme."""
    row = Programme(**_picked(body.dict(), parent=Programme))
    return {"id": actions.save_programme(request.user, row).pk}


@router.get("/commitments", auth=PUBLIC)
def commitments(request: HttpRequest, after: int | None = None, limit: int = 100, state: str = "") -> Answer:
    """Commitments; `state` filters. Without signing in: those of public documents, in their public state."""
    if not request.user.is_authenticated:
        rows = public_commitments()
        rows, fields = rows.filter(shown=state) if state else rows, [*COMMITMENT, "shown"]
        page = keyset(rows, after=after, limit=limit, fields=fields)
        page["items"] = [{**row, "state": row.pop("shown")} for row in page["items"]]
        return page
    rows = visible_commitments(request.user)
    return keyset(rows.filter(state=state) if state else rows, after=after, limit=limit, fields=COMMITMENT)


class CommitmentIn(Schema):
    statements: list[int]
    title_zh: str | None = None
    title_en: str | None = None
    compare: str | None = None
    target_value: Decimal | None = None
    unit: str | None = None
    due: date | None = None
    lead: int | None = None
    programme: int | None = None
    baseline_value: Decimal | None = None
    secrecy: int | None = None


@router.post("/commitments")
def make_commitment(request: HttpRequest, body: CommitmentIn) -> Answer:
    """Make a commitment from statements; what is not sent is taken from the first."""
    facts = body.dict(exclude_unset=True)
    rows = [_statement(request, key) for key in facts.pop("statements")]
    given = _picked(facts, lead=Organisation, programme=Programme)
    row = actions.make_commitment(request.user, rows, **given)
    return {"id": row.pk, "state": row.state}


def _commitment(request: HttpRequest, key: int) -> Commitment:
    return get_object_or_404(visible_commitments(request.user), pk=key)


class CommitmentEdit(Schema):
    title_zh: str | None = None
    title_en: str | None = None
    lead: int | None = None
    programme: int | None = None
    baseline_value: Decimal | None = None
    weight: int | None = None


@router.patch("/commitments/{key}")
def edit_commitment(request: HttpRequest, key: int, body: CommitmentEdit) -> Answer:
    """Edit a commitment (not what it promises)."""
    facts = _picked(body.dict(exclude_unset=True), lead=Organisation, programme=Programme)
    return {"id": actions.edit_commitment(request.user, _commitment(request, key), **facts).pk}


@router.post("/commitments/{key}/sources")
def add_source(request: HttpRequest, key: int, statement: int) -> Answer:
    """Add a sentence that makes the same promise."""
    source = actions.add_source(request.user, _commitment(request, key), _statement(request, statement))
    return {"id": source.pk}


class AmendIn(Schema):
    value: Decimal | None = None
    due: date | None = None
    unit: str = ""
    reason: str
    document: int | None = None


@router.post("/commitments/{key}/amend")
def amend(request: HttpRequest, key: int, body: AmendIn) -> Answer:
    """Amend a promise."""
    row = actions.amend_commitment(
        request.user, _commitment(request, key), **_picked(body.dict(), document=Document)
    )
    return {"state": row.state}


@router.post("/commitments/{key}/supersede")
def supersede(request: HttpRequest, key: int, by: int, body: ReasonIn) -> Answer:
    """Supersede a promise by another."""
    row = actions.supersede_commitment(
        request.user, _commitment(request, key), _commitment(request, by), body.reason
    )
    return {"status": row.status}


@router.post("/commitments/{key}/withdraw")
def withdraw(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Withdraw a promise."""
    return {
        "status": actions.withdraw_commitment(request.user, _commitment(request, key), body.reason).status
    }


@router.post("/commitments/{key}/reply")
def open_reply(request: HttpRequest, key: int) -> Answer:
    """Open the right of reply."""
    row = actions.open_reply(request.user, _commitment(request, key))
    return {"id": row.pk, "until": row.until}


class TextIn(Schema):
    text: str


@router.post("/replies/{key}")
def give_reply(request: HttpRequest, key: int, body: TextIn) -> Answer:
    """Reply as the responsible office."""
    row = get_object_or_404(RightOfReply, pk=key, commitment__in=visible_commitments(request.user))
    return {"id": actions.give_reply(request.user, row, body.text).pk}


@router.post("/replies/{key}/close")
def close_reply(request: HttpRequest, key: int) -> Answer:
    """Close the right of reply."""
    row = get_object_or_404(RightOfReply, pk=key, commitment__in=visible_commitments(request.user))
    return {"closed_at": actions.close_reply(request.user, row).closed_at}
