"""Programmes, commitments and the right of reply by API."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from kechuang.core.models import Organisation
from kechuang.core.web.api import PUBLIC, keyset
from kechuang.indicators.models import Metric
from kechuang.plan import actions
from kechuang.plan.models import Commitment, Document, Programme, RightOfReply, Task
from kechuang.plan.queries.living import public_commitments, publicly_measured
from kechuang.plan.queries.progress import progress
from kechuang.plan.queries.work import visible_commitments, visible_tasks
from kechuang.plan.web.api_documents import statement_of
from kechuang.plan.web.api_shared import Answer, ReasonIn, picked

router = Router(tags=["plan"])


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


class ProgrammeIn(Schema):
    name_zh: str
    name_en: str = ""
    parent: int | None = None
    weight: int = 1
    order: int = 0


@router.get("/programmes")
def programmes(request: HttpRequest, after: int | None = None, limit: int = 200) -> Answer:
    """Programmes, each with how far it is (0 to 1) by the weights of what stands below it."""
    fields = ["name_zh", "name_en", "parent_id", "weight", "order"]
    page = keyset(Programme.objects.all(), after=after, limit=limit, fields=fields)
    found = progress(request.user).programmes
    for row in page["items"]:
        far = found.get(row["id"])
        row["progress"] = None if far is None else round(float(far), 6)
    return page


@router.post("/programmes")
def add_programme(request: HttpRequest, body: ProgrammeIn) -> Answer:
    """Add a programme."""
    row = Programme(**picked(request, body.dict(), parent=Programme))
    return {"id": actions.save_programme(request.user, row).pk}


@router.get("/commitments", auth=PUBLIC)
def commitments(request: HttpRequest, after: int | None = None, limit: int = 100, state: str = "") -> Answer:
    """Commitments; `state` filters. Without signing in: those of public documents, in their public state."""
    if not request.user.is_authenticated:
        rows = public_commitments()
        rows, fields = rows.filter(shown=state) if state else rows, [*COMMITMENT, "shown"]
        page = keyset(rows, after=after, limit=limit, fields=fields)
        measured = publicly_measured([row["id"] for row in page["items"]])
        page["items"] = [
            {**row, "state": row.pop("shown"), "measured": measured[row["id"]]} for row in page["items"]
        ]
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
    promiser: int | None = None
    lead: int | None = None
    supporting: list[int] = []
    programme: int | None = None
    metric: int | None = None
    baseline_value: Decimal | None = None
    weight: int | None = None
    secrecy: int | None = None


_MODELS = {
    "promiser": Organisation,
    "lead": Organisation,
    "supporting": Organisation,
    "programme": Programme,
    "metric": Metric,
}


@router.post("/commitments")
def make_commitment(request: HttpRequest, body: CommitmentIn) -> Answer:
    """Make a commitment from statements; what is not sent is taken from the first."""
    facts = body.dict(exclude_unset=True)
    rows = [statement_of(request, key) for key in facts.pop("statements")]
    row = actions.make_commitment(request.user, rows, **picked(request, facts, **_MODELS))
    return {"id": row.pk, "state": row.state}


def _commitment(request: HttpRequest, key: int) -> Commitment:
    return get_object_or_404(visible_commitments(request.user), pk=key)


class CommitmentEdit(Schema):
    title_zh: str | None = None
    title_en: str | None = None
    promiser: int | None = None
    lead: int | None = None
    supporting: list[int] = []
    programme: int | None = None
    metric: int | None = None
    baseline_value: Decimal | None = None
    weight: int | None = None
    secrecy: int | None = None


@router.patch("/commitments/{key}")
def edit_commitment(request: HttpRequest, key: int, body: CommitmentEdit) -> Answer:
    """Edit a commitment (not what it promises)."""
    facts = picked(request, body.dict(exclude_unset=True), **_MODELS)
    return {"id": actions.edit_commitment(request.user, _commitment(request, key), **facts).pk}


@router.post("/commitments/{key}/sources")
def add_source(request: HttpRequest, key: int, statement: int) -> Answer:
    """Add a sentence that makes the same promise."""
    source = actions.add_source(request.user, _commitment(request, key), statement_of(request, statement))
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
        request.user, _commitment(request, key), **picked(request, body.dict(), document=Document)
    )
    return {"state": row.state}


class SupersedeIn(ReasonIn):
    tasks: list[int] | None = None  # the open tasks that go on for the later promise; without: all


class CarryIn(Schema):
    tasks: list[int] | None = None


def _tasks(request: HttpRequest, keys: list[int] | None) -> list[Task] | None:
    return None if keys is None else [get_object_or_404(visible_tasks(request.user), pk=key) for key in keys]


@router.post("/commitments/{key}/supersede")
def supersede(request: HttpRequest, key: int, by: int, body: SupersedeIn) -> Answer:
    """Supersede a promise by another; its open tasks, or those named, go on for that one."""
    row = actions.supersede_commitment(
        request.user,
        _commitment(request, key),
        _commitment(request, by),
        body.reason,
        tasks=_tasks(request, body.tasks),
    )
    return {"status": row.status}


@router.post("/commitments/{key}/carry")
def carry(request: HttpRequest, key: int, body: CarryIn) -> Answer:
    """Carry the open tasks of a superseded promise over to the promise that took its place."""
    promise, tasks = _commitment(request, key), _tasks(request, body.tasks)
    return {"carried": actions.carry_tasks(request.user, promise, tasks)}


@router.post("/commitments/{key}/merge")
def merge_promises(request: HttpRequest, key: int, into: int) -> Answer:
    """Merge a promise into another that is the same."""
    row = actions.merge_commitments(request.user, _commitment(request, key), _commitment(request, into))
    return {"id": row.pk, "state": row.state}


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
