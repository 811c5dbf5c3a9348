"""The plan office's API, second part: tasks, reports, projects, decisions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import actions as core
from kechuang.core import files
from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.models import Organisation, Person
from kechuang.core.web.api import keyset
from kechuang.plan import actions
from kechuang.plan.actions.imports import try_import
from kechuang.plan.models import (
    Commitment,
    FundingLine,
    MajorDecision,
    Milestone,
    Programme,
    ProgressReport,
    Project,
    Statement,
    Task,
    TaskPart,
)
from kechuang.plan.queries.brief import brief
from kechuang.plan.queries.work import visible_decisions, visible_projects, visible_tasks
from kechuang.plan.web.api import TASK, Answer, ReasonIn, _picked
from kechuang.plan.web.brief_words import in_words
from kechuang.plan.web.comments import VISIBLE

router = Router(tags=["plan"])


@router.get("/tasks")
def tasks(request: HttpRequest, after: int | None = None, limit: int = 100, state: str = "") -> Answer:
    """Tasks; `state` filters."""
    rows = visible_tasks(request.user)
    return keyset(rows.filter(state=state) if state else rows, after=after, limit=limit, fields=TASK)


class TaskIn(Schema):
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
    return {"id": actions.make_task(request.user, **_picked(body.dict(), **_MODELS)).pk}


def _task(request: HttpRequest, key: int) -> Task:
    return get_object_or_404(visible_tasks(request.user), pk=key)


class TaskEdit(Schema):
    title_zh: str | None = None
    title_en: str | None = None
    commitment: int | None = None
    programme: int | None = None
    lead: int | None = None
    weight: int | None = None
    start: date | None = None
    due: date | None = None


@router.patch("/tasks/{key}")
def edit_task(request: HttpRequest, key: int, body: TaskEdit) -> Answer:
    """Edit a task."""
    facts = _picked(body.dict(exclude_unset=True), **_MODELS)
    return {"id": actions.edit_task(request.user, _task(request, key), **facts).pk}


@router.post("/tasks/{key}/steps/{verb}")
def move_task(request: HttpRequest, key: int, verb: str, body: ReasonIn) -> Answer:
    """Take a step of a task's life."""
    row = actions.move_task(request.user, _task(request, key), verb, reason=body.reason)
    return {"stage": row.stage, "state": row.state}


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
    row, proof = _task(request, key), []
    if file is not None:
        proof.append(
            {
                "file": files.keep(request.user, file.name, file.read(), secrecy=row.secrecy),
                "note": facts.note,
            }
        )
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
    task, organisation = _task(request, key), get_object_or_404(Organisation, pk=body.organisation)
    row = task.parts.filter(organisation=organisation).first() or TaskPart(
        task=task, organisation=organisation
    )
    row.duty, row.done, row.note = body.duty, body.done, body.note
    return {"id": actions.save_part(request.user, row).pk}


@router.post("/escalate")
def escalate(request: HttpRequest) -> Answer:
    """Pass late and silent tasks up now."""
    return {"passed_up": actions.escalate(request.user)}


@router.get("/projects")
def projects(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Projects."""
    fields = ["title_zh", "title_en", "kind", "place", "task_id", "lead_id", "start", "due", "synthetic"]
    return keyset(visible_projects(request.user), after=after, limit=limit, fields=fields)


class ProjectIn(Schema):
    title_zh: str
    title_en: str = ""
    kind: str = "research"
    place: str = ""
    lead: int | None = None
    start: date | None = None
    due: date | None = None


@router.post("/tasks/{key}/projects")
def add_project(request: HttpRequest, key: int, body: ProjectIn) -> Answer:
    """Add a project to a task."""
    row = Project(task=_task(request, key), **_picked(body.dict(), lead=Organisation))
    return {"id": actions.save_project(request.user, row).pk}


def _project(request: HttpRequest, key: int) -> Project:
    return get_object_or_404(visible_projects(request.user), pk=key)


class MilestoneIn(Schema):
    title_zh: str
    title_en: str = ""
    order: int = 0
    due: date | None = None


@router.post("/projects/{key}/milestones")
def add_milestone(request: HttpRequest, key: int, body: MilestoneIn) -> Answer:
    """Add a milestone."""
    return {
        "id": actions.save_milestone(
            request.user, Milestone(project=_project(request, key), **body.dict())
        ).pk
    }


@router.post("/milestones/{key}/reach")
def reach_milestone(request: HttpRequest, key: int, done_on: date | None = None) -> Answer:
    """Say that a milestone was reached."""
    row = get_object_or_404(Milestone, pk=key, project__in=visible_projects(request.user))
    return {"done_on": actions.reach_milestone(request.user, row, done_on).done_on}


class FundingIn(Schema):
    source: str
    budget_fen: int
    committed_fen: int = 0
    spent_fen: int = 0


@router.post("/projects/{key}/funding")
def save_funding(request: HttpRequest, key: int, body: FundingIn) -> Answer:
    """Set the money of one source, in fen."""
    project = _project(request, key)
    row = project.funding.filter(source=body.source).first() or FundingLine(
        project=project, source=body.source
    )
    row.budget_fen, row.committed_fen, row.spent_fen = body.budget_fen, body.committed_fen, body.spent_fen
    return {"id": actions.save_funding(request.user, row).pk}


@router.get("/decisions")
def decisions(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Major decisions."""
    fields = ["title", "matter", "body_id", "decided_on", "reasons", "amount_fen", "passed"]
    return keyset(visible_decisions(request.user), after=after, limit=limit, fields=fields)


class MajorDecisionIn(Schema):
    title: str
    matter: str
    body: int
    decided_on: date
    reasons: str
    amount_fen: int | None = None
    project: int | None = None
    secrecy: int = 1


@router.post("/decisions")
def record_decision(request: HttpRequest, body: MajorDecisionIn) -> Answer:
    """Record a major decision."""
    row = MajorDecision(**_picked(body.dict(), body=Organisation, project=Project))
    return {"id": actions.record_decision(request.user, row).pk}


class VoteIn(Schema):
    voter: int
    choice: str
    reason: str = ""


def _decision(request: HttpRequest, key: int) -> MajorDecision:
    return get_object_or_404(visible_decisions(request.user), pk=key)


@router.post("/decisions/{key}/votes")
def cast_vote(request: HttpRequest, key: int, body: VoteIn) -> Answer:
    """Record a vote."""
    voter: Any = get_object_or_404(Person, pk=body.voter)
    return {
        "id": actions.cast_vote(request.user, _decision(request, key), voter, body.choice, body.reason).pk
    }


@router.post("/decisions/{key}/close")
def close_vote(request: HttpRequest, key: int) -> Answer:
    """Close the vote."""
    return {"passed": actions.close_vote(request.user, _decision(request, key)).passed}


# ---- lists, brief, comments


@router.post("/task-lists")
def import_tasks(request: HttpRequest, file: File[UploadedFile], dry_run: bool = True) -> Answer:
    """Try a list of tasks (every fault named), or with `dry_run=false` take it in: all or nothing."""
    if not may(request.user, "plan.import_tasks"):
        raise NotPermitted("plan.import_tasks")
    stored = files.keep(request.user, file.name, file.read())
    with stored.content.open("rb") as data:
        done = try_import(data.read(), stored.name)
    if not dry_run and not done.faults:
        done = actions.import_tasks(request.user, stored)
    return asdict(done)


@router.get("/brief")
def brief_of(request: HttpRequest, start: date, end: date) -> Answer:
    """The brief of a period: sections of lines with numbered notes, as on its page."""
    if end < start:
        raise Refusal(_("The period ends before it begins."), field="end")
    return asdict(in_words(brief(request.user, start, end), request.build_absolute_uri))


@router.post("/brief/template")
def set_brief_template(request: HttpRequest, file: File[UploadedFile]) -> Answer:
    """Use another Word template for briefs."""
    return {"id": actions.set_brief_template(request.user, file.name, file.read()).pk}


class CommentIn(Schema):
    text: str


@router.post("/comments/{kind}/{key}")
def comment(request: HttpRequest, kind: str, key: int, body: CommentIn) -> Answer:
    """Comment on a task, commitment or document; people named with @ are told."""
    if kind not in VISIBLE:
        raise Http404
    row = get_object_or_404(VISIBLE[kind](request.user), pk=key)
    return {"id": core.comment(request.user, row, body.text).pk}
