"""The API of panels: seats, grades, ranks, decisions."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from kechuang.facilities import actions
from kechuang.facilities.models import (
    Cycle,
    Panel,
    Proposal,
)
from kechuang.facilities.queries.proposals import (
    standing,
    visible_panels,
)
from kechuang.facilities.web.api_parts import Answer, PersonIn, ReasonIn, person_named, row_of
from kechuang.facilities.web.proposals import readable_proposal

router = Router()


class PanelIn(Schema):
    name_zh: str
    name_en: str = ""
    disciplines: list[str] = []
    chair: str
    ceiling_hours: int | None = None


@router.post("/cycles/{key}/panels")
def add_panel(request: HttpRequest, key: int, body: PanelIn) -> Answer:
    """Set up a panel."""
    facts = body.dict()
    facts["chair"] = person_named(facts["chair"])
    return {"id": actions.save_panel(request.user, Panel(cycle=row_of(Cycle, key), **facts)).pk}


@router.post("/panels/{key}/members")
def seat_member(request: HttpRequest, key: int, body: PersonIn) -> Answer:
    """Seat a reviewer."""
    return {"id": actions.seat_member(request.user, row_of(Panel, key), person_named(body.user)).pk}


@router.delete("/panels/{key}/members/{user}")
def unseat_member(request: HttpRequest, key: int, user: str) -> Answer:
    """Take a seat away."""
    actions.unseat_member(request.user, row_of(Panel, key), person_named(user))
    return {"id": key}


@router.get("/panels/{key}/ranks")
def ranks(request: HttpRequest, key: int) -> Answer:
    """How the panel stands now."""
    rows = standing(get_object_or_404(visible_panels(request.user), pk=key), request.user)
    names = ("mean", "rank", "count", "spread", "hours", "inside", "mine", "conflict")
    return {
        "items": [
            {"proposal": r["proposal"].pk, "number": r["proposal"].number} | {n: r[n] for n in names}
            for r in rows
        ]
    }


class PanelKey(Schema):
    panel: int


@router.post("/proposals/{key}/panel")
def assign_panel(request: HttpRequest, key: int, body: PanelKey) -> Answer:
    """Put a proposal before a panel."""
    actions.assign_panel(request.user, readable_proposal(request, key), row_of(Panel, body.panel))
    return {"id": key}


class GradeIn(Schema):
    points: int
    comment: str = ""


@router.post("/proposals/{key}/grade")
def give_grade(request: HttpRequest, key: int, body: GradeIn) -> Answer:
    """Grade a proposal, 0 to 100."""
    return {"id": actions.give_grade(request.user, readable_proposal(request, key), **body.dict()).pk}


@router.post("/proposals/{key}/conflict")
def declare_conflict(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Declare a conflict of interest."""
    row = get_object_or_404(Proposal, pk=key, panel__in=visible_panels(request.user))
    return {"id": actions.declare_conflict(request.user, row, body.reason).pk}


class DecideIn(Schema):
    verb: str
    reason: str = ""
    ceiling_hours: int | None = None


@router.post("/proposals/{key}/decide")
def decide_proposal(request: HttpRequest, key: int, body: DecideIn) -> Answer:
    """recommend, decline or reconsider."""
    return {
        "stage": actions.decide_proposal(request.user, readable_proposal(request, key), **body.dict()).stage
    }
