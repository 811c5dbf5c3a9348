"""The API of proposals: writing, submitting, judging."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from kechuang.core import files
from kechuang.core.models import Organisation
from kechuang.core.web.api import keyset
from kechuang.facilities import actions
from kechuang.facilities.models import CycleFacility, Grant
from kechuang.facilities.queries.proposals import shown_score, visible_cycles, visible_proposals
from kechuang.facilities.web.api_parts import Answer, PersonIn, ReasonIn, person_named, row_of
from kechuang.facilities.web.proposals import readable_proposal

router = Router()
PROPOSAL = [
    "number",
    "title_zh",
    "title_en",
    "stage",
    "cycle_id",
    "panel_id",
    "organisation_id",
    "discipline",
    "partner",
    "score",
    "synthetic",
]


@router.get("/proposals")
def proposals(
    request: HttpRequest, after: int | None = None, limit: int = 100, cycle: int | None = None
) -> Answer:
    """Proposals the caller may see; `cycle` filters."""
    rows = visible_proposals(request.user)
    page = keyset(rows.filter(cycle=cycle) if cycle else rows, after=after, limit=limit, fields=PROPOSAL)
    for item in page["items"]:
        item["score"] = shown_score(item["stage"], item["score"])
    return page


@router.get("/proposals/{key}")
def proposal(request: HttpRequest, key: int) -> Answer:
    """One proposal with answers, time asked for and time granted."""
    row = readable_proposal(request, key)
    asked = row.requests.values("id", "kind", "hours", "setup", "earliest", "latest", "together", "after_id")
    grants = Grant.objects.filter(request__proposal=row)
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in [*PROPOSAL, "abstract", "answers", "stage_reason"]},
        "score": shown_score(row.stage, row.score),
        "requests": list(asked),
        "grants": list(grants.values("id", "request_id", "resource_id", "start", "end", "status")),
    }


class ProposalIn(Schema):
    title_zh: str
    title_en: str = ""
    abstract: str = ""
    organisation: int
    discipline: str
    partner: str = ""
    proprietary: bool = False
    continues: int | None = None


@router.post("/cycles/{key}/proposals")
def start_proposal(request: HttpRequest, key: int, body: ProposalIn) -> Answer:
    """Begin a proposal."""
    cycle = get_object_or_404(visible_cycles(request.user), pk=key)
    facts = body.dict()
    organisation = row_of(Organisation, facts.pop("organisation"))
    facts["continues"] = readable_proposal(request, facts["continues"]) if facts["continues"] else None
    row = actions.start_proposal(request.user, cycle, organisation, **facts)
    return {"id": row.pk, "number": row.number}


class ProposalEdit(Schema):
    title_zh: str | None = None
    title_en: str | None = None
    abstract: str | None = None
    discipline: str | None = None
    partner: str | None = None
    proprietary: bool | None = None
    continues: int | None = None


@router.patch("/proposals/{key}")
def edit_proposal(request: HttpRequest, key: int, body: ProposalEdit) -> Answer:
    """Change what a draft says of itself."""
    facts = body.dict(exclude_none=True)
    if "continues" in facts:
        facts["continues"] = readable_proposal(request, facts["continues"])
    actions.edit_proposal(request.user, readable_proposal(request, key), **facts)
    return {"id": key}


class AnswersIn(Schema):
    answers: dict[str, Any]


@router.put("/proposals/{key}/answers")
def save_answers(request: HttpRequest, key: int, body: AnswersIn) -> Answer:
    """Keep answers of a draft."""
    return {
        "answers": actions.save_answers(request.user, readable_proposal(request, key), body.answers).answers
    }


@router.post("/proposals/{key}/files/{field}")
def attach_file(request: HttpRequest, key: int, field: str, file: File[UploadedFile]) -> Answer:
    """Answer a field with a file."""
    row = readable_proposal(request, key)
    kept = actions.attach_file(request.user, row, field, file.name, files.received(file))
    return {"digest": kept.file.digest}


class TimeIn(Schema):
    facilities: list[int]
    hours: int
    setup: str = ""
    earliest: date | None = None
    latest: date | None = None
    together: bool = False
    after: int | None = None


@router.post("/proposals/{key}/time")
def ask_time(request: HttpRequest, key: int, body: TimeIn) -> Answer:
    """Ask for one block of time on any of the offers `facilities`."""
    row, facts = readable_proposal(request, key), body.dict()
    offers = [row_of(CycleFacility, k) for k in facts.pop("facilities")]
    facts["after"] = get_object_or_404(row.requests, pk=facts["after"]) if facts["after"] else None
    return {"id": actions.ask_time(request.user, row, offers, **facts).pk}


@router.delete("/proposals/{key}/time/{time}")
def drop_time(request: HttpRequest, key: int, time: int) -> Answer:
    """Take back a block."""
    row = readable_proposal(request, key)
    actions.drop_time(request.user, row, get_object_or_404(row.requests, pk=time))
    return {"removed": time}


@router.post("/proposals/{key}/coauthors")
def add_coauthor(request: HttpRequest, key: int, body: PersonIn) -> Answer:
    """Name a co-author."""
    actions.add_coauthor(request.user, readable_proposal(request, key), person_named(body.user))
    return {"id": key}


@router.delete("/proposals/{key}/coauthors/{user}")
def drop_coauthor(request: HttpRequest, key: int, user: str) -> Answer:
    """Take a co-author out."""
    actions.drop_coauthor(request.user, readable_proposal(request, key), person_named(user))
    return {"id": key}


@router.post("/proposals/{key}/submit")
def submit_proposal(request: HttpRequest, key: int) -> Answer:
    """Submit a draft."""
    return {"stage": actions.submit_proposal(request.user, readable_proposal(request, key)).stage}


@router.post("/proposals/{key}/withdraw")
def withdraw_proposal(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Withdraw a proposal."""
    return {
        "stage": actions.withdraw_proposal(request.user, readable_proposal(request, key), body.reason).stage
    }


@router.post("/proposals/{key}/send-back")
def send_back_proposal(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Send a proposal back to its author."""
    return {
        "stage": actions.send_back_proposal(request.user, readable_proposal(request, key), body.reason).stage
    }


class CheckIn(Schema):
    kind: str
    passed: bool
    note: str = ""


@router.post("/proposals/{key}/check")
def check_proposal(request: HttpRequest, key: int, body: CheckIn) -> Answer:
    """Judge eligibility, feasibility or safety."""
    return {
        "id": actions.check_proposal(
            request.user, readable_proposal(request, key), body.kind, body.passed, body.note
        ).pk
    }


@router.post("/proposals/{key}/complete")
def complete_proposal(request: HttpRequest, key: int) -> Answer:
    """Close a proposal whose time was used."""
    return {"stage": actions.complete_proposal(request.user, readable_proposal(request, key)).stage}
