"""Supervision by API: tasks, their steps, reports and parts; lists of tasks, escalation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import files
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation
from kechuang.core.web.api import keyset, taken_in
from kechuang.plan import actions
from kechuang.plan.actions.bulk import BULK_ACTS, obstacles
from kechuang.plan.actions.bulk_runs import LARGE, ask_to_stop, begin
from kechuang.plan.actions.imports import read_tasks
from kechuang.plan.models import (
    BulkRun,
    Commitment,
    Programme,
    ProgressReport,
    Statement,
    Task,
    TaskPart,
)
from kechuang.plan.queries.work import visible_tasks
from kechuang.plan.web.api_shared import Answer, ReasonIn, picked

router = Router(tags=["plan"])
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
    "urged_on",
    "synthetic",
]


@router.get("/tasks")
def tasks(request: HttpRequest, after: int | None = None, limit: int = 100, state: str = "") -> Answer:
    """Tasks; `state` filters."""
    rows = visible_tasks(request.user)
    return keyset(rows.filter(state=state) if state else rows, after=after, limit=limit, fields=TASK)


class TaskIn(Schema):
    number: str = ""
    title_zh: str
    title_en: str = ""
    commitment: int | None = None
    programme: int | None = None
    statement: int | None = None
    lead: int | None = None
    weight: int = 1
    start: date | None = None
    due: date | None = None
    report_every_days: int = 90
    secrecy: int = 1


_MODELS = {"commitment": Commitment, "programme": Programme, "statement": Statement, "lead": Organisation}


@router.post("/tasks")
def make_task(request: HttpRequest, body: TaskIn) -> Answer:
    """Propose a task."""
    return {"id": actions.make_task(request.user, **picked(request, body.dict(), **_MODELS)).pk}


def task_of(request: HttpRequest, key: int) -> Task:
    return get_object_or_404(visible_tasks(request.user), pk=key)


class TaskEdit(Schema):
    number: str | None = None
    title_zh: str | None = None
    title_en: str | None = None
    commitment: int | None = None
    programme: int | None = None
    lead: int | None = None
    weight: int | None = None
    start: date | None = None
    due: date | None = None
    report_every_days: int | None = None
    secrecy: int | None = None


@router.patch("/tasks/{key}")
def edit_task(request: HttpRequest, key: int, body: TaskEdit) -> Answer:
    """Edit a task."""
    facts = picked(request, body.dict(exclude_unset=True), **_MODELS)
    return {"id": actions.edit_task(request.user, task_of(request, key), **facts).pk}


@router.post("/tasks/{key}/steps/{verb}")
def move_task(request: HttpRequest, key: int, verb: str, body: ReasonIn) -> Answer:
    """Take a step of a task's life."""
    row = actions.move_task(request.user, task_of(request, key), verb, reason=body.reason)
    return {"stage": row.stage, "state": row.state}


class ManyIn(Schema):
    tasks: list[int]


class ManyLeadIn(ManyIn):
    lead: int


class ManyDueIn(ManyIn):
    due: date
    reason: str


class ManyNoteIn(ManyIn):
    note: str = ""


class ManyProgrammeIn(ManyIn):
    programme: int | None = None


def _tasks_of(request: HttpRequest, keys: list[int]) -> list[Task]:
    """All of them, or none is found."""
    rows = list(visible_tasks(request.user).filter(pk__in=keys).select_related("lead").order_by("due", "pk"))
    if len(rows) != len(set(keys)):
        raise Http404
    return rows


def _many(request: HttpRequest, act: Callable[..., int], body: ManyIn, **arguments: Any) -> Answer:
    """Done at once, or by the worker where it would take long: then the answer names the run to ask after."""
    rows = _tasks_of(request, body.tasks)
    if len(rows) > LARGE:
        return {"run": begin(request.user, act.verb, rows, arguments).pk}
    return {"changed": act(request.user, rows, **arguments)}


@router.get("/runs/{key}")
def run(request: HttpRequest, key: int) -> Answer:
    """How far an act on many tasks is, and what it left as it was."""
    row = get_object_or_404(BulkRun, pk=key, by=request.user)
    facts = {name: getattr(row, name) for name in ("stage", "done", "changed", "refused", "fault")}
    return {**facts, "total": len(row.tasks)}


@router.post("/runs/{key}/stop")
def stop_run(request: HttpRequest, key: int) -> Answer:
    """Stop it after the portion at hand; the rest stays as it is."""
    row = get_object_or_404(BulkRun, pk=key, by=request.user)
    ask_to_stop(row)
    return {"stage": row.stage}


@router.post("/tasks/many/obstacles")
def obstacles_of(request: HttpRequest, act: str, body: ManyIn) -> Answer:
    """A dry run of an act on many tasks: what stands in the way, task by task; nothing is changed."""
    verb = f"plan.{act}"
    if verb not in BULK_ACTS:
        raise Refusal(_("Unknown act: %(act)s.") % {"act": act}, field="act")
    return {"obstacles": obstacles(verb, _tasks_of(request, body.tasks))}


@router.post("/tasks/many/confirm")
def confirm_tasks(request: HttpRequest, body: ManyIn) -> Answer:
    """Confirm tasks, all or none."""
    return _many(request, actions.confirm_tasks, body)


@router.post("/tasks/many/assign")
def assign_tasks(request: HttpRequest, body: ManyLeadIn) -> Answer:
    """Name the organisation responsible for tasks."""
    lead = get_object_or_404(Organisation, pk=body.lead)
    return _many(request, actions.assign_tasks, body, lead=lead)


@router.post("/tasks/many/due")
def change_due(request: HttpRequest, body: ManyDueIn) -> Answer:
    """Change the due date of tasks, with the reason."""
    return _many(request, actions.change_due, body, due=body.due, reason=body.reason)


@router.post("/tasks/many/urge")
def urge_tasks(request: HttpRequest, body: ManyNoteIn) -> Answer:
    """Urge the organisations responsible for tasks."""
    return _many(request, actions.urge_tasks, body, note=body.note)


@router.post("/tasks/many/programme")
def place_tasks(request: HttpRequest, body: ManyProgrammeIn) -> Answer:
    """Put tasks under a programme, or under none."""
    programme = get_object_or_404(Programme, pk=body.programme) if body.programme is not None else None
    return _many(request, actions.place_tasks, body, programme=programme)


class ReportIn(Schema):
    percent: int
    text: str
    forecast: date | None = None
    url: str = ""
    record_kind: str = ""
    record_id: str = ""
    note: str = ""


@router.post("/tasks/{key}/reports")
def report(request: HttpRequest, key: int, facts: Form[ReportIn], file: File[UploadedFile] = None) -> Answer:
    """Report progress, with evidence: a file, an address or a record."""
    row, proof = task_of(request, key), []
    if file is not None:
        kept = files.keep(request.user, file.name, files.received(file), secrecy=row.secrecy)
        proof.append({"file": kept, "note": facts.note})
    if facts.url:
        proof.append({"url": facts.url, "note": facts.note})
    if facts.record_kind:
        proof.append({"record_kind": facts.record_kind, "record_id": facts.record_id, "note": facts.note})
    given = facts.dict(include={"percent", "text", "forecast"})
    found = actions.report_progress(request.user, row, evidence=proof, **given)
    return {"id": found.pk, "stage": row.stage, "state": row.state}


class DecisionText(Schema):
    decision: str = ""


def _report(request: HttpRequest, key: int) -> ProgressReport:
    return get_object_or_404(ProgressReport, pk=key, task__in=visible_tasks(request.user))


@router.post("/reports/{key}/accept")
def accept_report(request: HttpRequest, key: int, body: DecisionText) -> Answer:
    """Accept a report."""
    row = actions.accept_report(request.user, _report(request, key), decision=body.decision)
    return {"status": row.status, "stage": row.task.stage}


@router.post("/reports/{key}/send-back")
def send_back_report(request: HttpRequest, key: int, body: DecisionText) -> Answer:
    """Send a report back."""
    return {
        "status": actions.send_back_report(request.user, _report(request, key), decision=body.decision).status
    }


class PartIn(Schema):
    organisation: int
    duty: str
    done: bool = False
    note: str = ""


@router.post("/tasks/{key}/parts")
def save_part(request: HttpRequest, key: int, body: PartIn) -> Answer:
    """Set one organisation's part in a shared task."""
    task, organisation = task_of(request, key), get_object_or_404(Organisation, pk=body.organisation)
    row = task.parts.filter(organisation=organisation).first() or TaskPart(
        task=task, organisation=organisation
    )
    row.duty, row.done, row.note = body.duty, body.done, body.note
    return {"id": actions.save_part(request.user, row).pk}


@router.post("/escalate")
def escalate(request: HttpRequest) -> Answer:
    """Pass late and silent tasks up now."""
    return {"passed_up": actions.escalate(request.user)}


@router.post("/task-lists")
def import_tasks(request: HttpRequest, file: File[UploadedFile], dry_run: bool = True) -> Answer:
    """Try a list of tasks (every fault named), or with `dry_run=false` take it in: all or nothing."""
    return taken_in(
        request.user,
        "plan.import_tasks",
        file,
        dry_run,
        partial(read_tasks, request.user),
        lambda sheet, source: actions.import_tasks(request.user, sheet.rows, source),
    )
