"""Projects, money, major decisions and briefs by API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import files
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of
from kechuang.core.models import Organisation, Person
from kechuang.core.web.api import keyset
from kechuang.plan import actions
from kechuang.plan.models import (
    FundingLine,
    MajorDecision,
    Milestone,
    Project,
)
from kechuang.plan.queries.brief import brief
from kechuang.plan.queries.decisions import how_it_stands, votes_by_member
from kechuang.plan.queries.work import visible_decisions, visible_projects
from kechuang.plan.web.api_shared import Answer, picked
from kechuang.plan.web.api_tasks import task_of
from kechuang.plan.web.brief_words import in_words

router = Router(tags=["plan"])


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
    longitude: float | None = None
    latitude: float | None = None
    lead: int | None = None
    start: date | None = None
    due: date | None = None


@router.post("/tasks/{key}/projects")
def add_project(request: HttpRequest, key: int, body: ProjectIn) -> Answer:
    """Add a project to a task."""
    row = Project(task=task_of(request, key), **picked(request, body.dict(), lead=Organisation))
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


class MilestoneEdit(Schema):
    title_zh: str | None = None
    title_en: str | None = None
    order: int | None = None
    due: date | None = None
    done_on: date | None = None


@router.patch("/milestones/{key}")
def edit_milestone(request: HttpRequest, key: int, body: MilestoneEdit) -> Answer:
    """Change a milestone."""
    row = get_object_or_404(Milestone, pk=key, project__in=visible_projects(request.user))
    for name, value in body.dict(exclude_unset=True).items():
        setattr(row, name, value)
    return {"id": actions.save_milestone(request.user, row).pk}


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


DECISION = ["title", "matter", "decided_on", "reasons", "amount_fen", "passed", "secrecy"]


@router.get("/decisions")
def decisions(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Major decisions."""
    return keyset(visible_decisions(request.user), after=after, limit=limit, fields=[*DECISION, "body_id"])


@router.get("/decisions/{key}")
def decision(request: HttpRequest, key: int) -> Answer:
    """One decision with its members, their votes and how the vote stands."""
    row = _decision(request, key)
    stands = how_it_stands(row)
    members = [
        {"person": person.pk, "name": str(person), "choice": vote.choice if vote else ""}
        | {"reason": vote.reason if vote else ""}
        for person, vote in votes_by_member(row)
    ]
    return {
        **fields_of(row, DECISION),
        "id": row.pk,
        "body_id": row.body_id,
        "members": members,
        "vote": asdict(stands) | {"present": stands.present, "quorate": stands.quorate},
    }


class MajorDecisionIn(Schema):
    title: str
    matter: str
    body: int
    decided_on: date
    reasons: str
    amount_fen: int | None = None
    project: int | None = None
    secrecy: int = 1
    members: list[int] | None = None  # people; without: those who lead the body on the day


def _members(keys: list[int] | None) -> list[Person] | None:
    """The people of these keys. Raises Refusal where one is not on record."""
    if keys is None:
        return None
    found = Person.objects.in_bulk(keys)
    if unknown := sorted(set(keys) - set(found)):
        raise Refusal(_("There is no person %(key)d.") % {"key": unknown[0]}, field="members")
    return list(found.values())


@router.post("/decisions")
def record_decision(request: HttpRequest, body: MajorDecisionIn) -> Answer:
    """Record a major decision."""
    facts = body.dict(exclude={"members"})
    row = MajorDecision(**picked(request, facts, body=Organisation, project=Project))
    return {"id": actions.record_decision(request.user, row, _members(body.members)).pk}


@router.put("/decisions/{key}")
def change_decision(request: HttpRequest, key: int, body: MajorDecisionIn) -> Answer:
    """Change a decision while its vote is open."""
    row = _decision(request, key)
    facts = body.dict(exclude={"members"})
    for name, value in picked(request, facts, body=Organisation, project=Project).items():
        setattr(row, name, value)
    return {"id": actions.record_decision(request.user, row, _members(body.members)).pk}


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


@router.get("/brief")
def brief_of(request: HttpRequest, start: date, end: date) -> Answer:
    """The brief of a period: sections of lines with numbered notes, as on its page."""
    if end < start:
        raise Refusal(_("The period ends before it begins."), field="end")
    return asdict(in_words(brief(request.user, start, end), request.build_absolute_uri))


@router.post("/brief/template")
def set_brief_template(request: HttpRequest, file: File[UploadedFile]) -> Answer:
    """Use another Word template for briefs."""
    return {"id": actions.set_brief_template(request.user, file.name, files.received(file)).pk}
