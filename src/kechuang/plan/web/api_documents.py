"""Documents and the review of their statements by API."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import clock, files
from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.models import Organisation
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.plan import actions
from kechuang.plan.actions.corrections import CORRECTABLE
from kechuang.plan.models import Correction, Document, Statement
from kechuang.plan.queries.living import living, visible_documents
from kechuang.plan.queries.lost import lost_of, lost_rows
from kechuang.plan.web.api_shared import Answer, ReasonIn, picked

router = Router(tags=["plan"])


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


STATEMENT = [*CORRECTABLE, "rules", "confidence", "review"]


@router.get("/documents", auth=PUBLIC)
def documents(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Documents the caller may see."""
    return keyset(visible_documents(request.user), after=after, limit=limit, fields=DOCUMENT)


class DocumentIn(Schema):
    title: str = ""
    title_en: str = ""
    text: str = ""
    kind: str = "news"
    published_on: date | None = None
    issuer: int | None = None
    source: str = ""
    secrecy: int = 1
    former_edition: int | None = None
    sure_of_date: bool = True


@router.post("/documents")
def add_document(request: HttpRequest, facts: Form[DocumentIn], file: File[UploadedFile] = None) -> Answer:
    """Take in a document (a file, or a text) and read it. A long text stays in stage `reading` until the worker is done."""
    if file is None and not facts.text.strip():
        raise Refusal(_("Choose a file or paste a text."), field="file")
    data, name = (files.received(file), file.name) if file else (facts.text.encode(), "pasted.txt")
    given = picked(request, facts.dict(exclude={"text"}), issuer=Organisation, former_edition=Document)
    row = actions.add_document(request.user, data=data, name=name, **given)
    found = {"statements": row.statements.count(), "warnings": row.note.splitlines()}
    return {"id": row.pk, "stage": row.stage, **found}


def _document(request: HttpRequest, key: int) -> Document:
    return get_object_or_404(visible_documents(request.user), pk=key)


@router.get("/documents/{key}", auth=PUBLIC)
def document(request: HttpRequest, key: int) -> Answer:
    """One document: text, body, repairs; how far a long text is read."""
    row = _document(request, key)
    return {
        "id": row.pk,
        **{
            name: getattr(row, name)
            for name in [*DOCUMENT, "raw", "body", "repairs", "note", "read_to", "fault"]
        },
    }


class DocumentEdit(Schema):
    title: str | None = None
    title_en: str | None = None
    kind: str | None = None
    issuer: int | None = None
    source: str | None = None
    secrecy: int | None = None
    former_edition: int | None = None
    promises_follow: bool = False


@router.patch("/documents/{key}")
def edit_document(request: HttpRequest, key: int, body: DocumentEdit) -> Answer:
    """Edit what is known of a document (not its text)."""
    facts = picked(request, body.dict(exclude_unset=True), issuer=Organisation, former_edition=Document)
    return {"id": actions.edit_document(request.user, _document(request, key), **facts).pk}


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
            "promised": p.promised,
            "measured": p.measured,
            "synthetic": p.synthetic,
            "unit": p.unit,
            "due": p.due,
            "since": p.since,
            "status": p.commitment.status if p.ended else "active",
        }
        for p in page.promises
    ]
    return {"on": page.on, "counts": {state.value: n for state, n in page.counts.items()}, "promises": rows}


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


@router.get("/documents/{key}/decisions")
def decisions(request: HttpRequest, key: int, after: int | None = None, limit: int = 100) -> Answer:
    """Decisions of the review, each of which can be taken back while nothing was built on it."""
    if not may(request.user, "plan.take_back_review"):
        raise NotPermitted("plan.take_back_review")
    fields = ["verb", "by_id", "at", "made", "before", "taken_back_at"]
    return keyset(_document(request, key).steps.all(), after=after, limit=limit, fields=fields)


class DecisionIn(Schema):
    decision: int | None = None


@router.post("/documents/{key}/take-back")
def take_back(request: HttpRequest, key: int, body: DecisionIn) -> Answer:
    """Take a decision of the review back: one's own last one when none is named."""
    row = _document(request, key)
    step = get_object_or_404(row.steps, pk=body.decision) if body.decision is not None else None
    step = actions.take_back_review(request.user, row, step)
    return {"id": step.pk, "verb": step.verb, "statements": sorted(step.statements)}


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
    time_text: str | None = None
    time_start: date | None = None
    time_end: date | None = None
    time_role: str | None = None
    speaker: str | None = None
    role: str | None = None


def statement_of(request: HttpRequest, key: int) -> Statement:
    return get_object_or_404(Statement, pk=key, document__in=visible_documents(request.user))


@router.patch("/statements/{key}")
def correct(request: HttpRequest, key: int, body: CorrectionIn) -> Answer:
    """Correct a statement."""
    row = actions.correct_statement(request.user, statement_of(request, key), body.dict(exclude_unset=True))
    return {"id": row.pk, "review": row.review}


@router.post("/statements/{key}/split")
def split(request: HttpRequest, key: int, at: int) -> Answer:
    """Split a statement at an offset."""
    return {"ids": [row.pk for row in actions.split_statement(request.user, statement_of(request, key), at)]}


@router.post("/documents/{key}/read-again")
def read_again(request: HttpRequest, key: int, published_on: date | None = None) -> Answer:
    """Read the text anew; a day of publication that is given holds from now on."""
    row = actions.read_again(request.user, _document(request, key), published_on)
    return {"stage": row.stage, "statements": row.statements.count(), "published_on": row.published_on}


@router.get("/documents/{key}/lost")
def lost(request: HttpRequest, key: int) -> Answer:
    """Earlier decisions that found no place in the text as it is read now, with the statements that stand near."""
    if not may(request.user, "plan.place_correction"):
        raise NotPermitted("plan.place_correction")
    return {
        "items": [
            {
                "id": row.correction.pk,
                "kind": row.kind,
                "quote": row.quote,
                "change": row.correction.change,
                "at": row.correction.at,
                "near": [s.pk for s in row.near],
            }
            for row in lost_of(_document(request, key))
        ]
    }


class DropIn(Schema):
    corrections: list[int]


@router.post("/documents/{key}/lost/drop")
def drop(request: HttpRequest, key: int, body: DropIn) -> Answer:
    """Drop decisions that found no place."""
    document = _document(request, key)
    chosen = list(lost_rows(document).filter(pk__in=body.corrections))
    return {"dropped": actions.drop_corrections(request.user, document, chosen)}


class PlaceIn(Schema):
    statement: int | None = None  # without: a statement of its own at the place it was made for


@router.post("/documents/{key}/lost/{correction}/place")
def place(request: HttpRequest, key: int, correction: int, body: PlaceIn) -> Answer:
    """Let a decision that found no place hold for a statement as it is read now."""
    document = _document(request, key)
    row = get_object_or_404(Correction, pk=correction, digest=document.digest)
    chosen = get_object_or_404(document.statements, pk=body.statement) if body.statement else None
    return {"statement": actions.place_correction(request.user, document, row, chosen).pk}


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
