"""The API of time plans: make, prove, change by hand, repair, publish."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.web.api import keyset
from kechuang.facilities import actions
from kechuang.facilities.engine.calls import slot_of
from kechuang.facilities.engine.proof import prove
from kechuang.facilities.engine.proof_gap import gap_of
from kechuang.facilities.models import (
    Cycle,
    CycleFacility,
    Grant,
    HandRule,
    TimePlan,
    TimeRequest,
)
from kechuang.facilities.queries.allocation import call_of
from kechuang.facilities.queries.plan_changes import reserve_list_of, what_if
from kechuang.facilities.queries.plans import left_out, placements
from kechuang.facilities.queries.proposals import (
    keeps,
    visible_plans,
)
from kechuang.facilities.web.api_parts import Answer, moment, moments, row_of
from kechuang.facilities.web.proposals import readable_proposal

router = Router()
PLAN = [
    "number",
    "kind",
    "stage",
    "cause",
    "cost",
    "seconds",
    "seed",
    "published_at",
    "parent_id",
    "synthetic",
]


def _plan(request: HttpRequest, key: int) -> TimePlan:
    return get_object_or_404(visible_plans(request.user), pk=key)


@router.get("/cycles/{key}/plans")
def time_plans(request: HttpRequest, key: int, after: int | None = None, limit: int = 100) -> Answer:
    """Versions of a call's plan."""
    return keyset(visible_plans(request.user).filter(cycle=key), after=after, limit=limit, fields=PLAN)


class MakeIn(Schema):
    seconds: int = 60
    seed: int = 1


@router.post("/cycles/{key}/plans")
def make_time_plan(request: HttpRequest, key: int, body: MakeIn) -> Answer:
    """Begin to compute a plan; follow it at /time-plans/{id}."""
    return {"id": actions.make_time_plan(request.user, row_of(Cycle, key), body.seconds, body.seed).pk}


@router.get("/time-plans/{key}")
def time_plan(request: HttpRequest, key: int) -> Answer:
    """One version: progress, result, who stands where, who is left out and why."""
    plan = _plan(request, key)
    placed = [
        {
            "proposal": p["proposal"].number,
            "facility": p["offer"].resource_id,
            "start": p["from"],
            "end": p["to"],
        }
        for p in placements(plan)
    ]
    out = [
        {"proposal": r["proposal"].number, "reason": r["reason"], "blocked_by": r["blocked_by"]}
        for r in left_out(plan)
    ]
    facts = {name: getattr(plan, name) for name in [*PLAN, "progress", "fault", "changes"]}
    return {"id": plan.pk, **facts, "placed": placed, "left_out": out, "relax": plan.result.get("relax", [])}


@router.get("/time-plans/{key}/reserve")
def reserve_list(request: HttpRequest, key: int) -> Answer:
    """Who is next when time falls free: in order, with the reason and where it would fit."""
    plan = _plan(request, key)
    if plan.stage not in (TimePlan.Stage.DONE, TimePlan.Stage.PUBLISHED):
        raise Refusal(_("Only a computed or published plan has a reserve list."))

    def place(found: dict | None) -> dict | None:
        return found and {"facility": found["offer"].pk, "start": found["from"], "end": found["to"]}

    rows = [
        {
            "rank": row["rank"],
            "request": row["request"].pk,
            "proposal": row["proposal"].number,
            "reason": row["reason"],
            "blocked_by": row["blocked_by"],
            "fits": place(row["fits"]),
            "instead": place(row["instead"]),
            "in_place_of": row["in_place_of"],
        }
        for row in reserve_list_of(plan)
    ]
    return {"waiting": rows}


@router.get("/time-plans/{key}/plan.json")
def plan_json(request: HttpRequest, key: int) -> Answer:
    """PLAN.json as the command writes it."""
    return _plan(request, key).result


@router.get("/time-plans/{key}/instance.json")
def instance_json(request: HttpRequest, key: int) -> Answer:
    """INSTANCE.json as the command reads it; for managers."""
    if not keeps(request.user):
        raise PermissionDenied
    return _plan(request, key).instance


@router.get("/time-plans/{key}/proof")
def proof(request: HttpRequest, key: int) -> Answer:
    """The bound computed again from the printed prices."""
    plan = _plan(request, key)
    if not plan.result or plan.result["relax"]:
        raise Refusal(_("This version has no plan to prove."))
    found = prove(plan.instance, plan.result)
    gap = gap_of(plan.instance, plan.result)
    return {
        "holds": found.holds,
        "bound": found.bound,
        "value": found.value,
        "gap_from": {"free": gap.free, "limits": gap.limits, "places": gap.places},
        "faults": list(found.faults),
    }


@router.post("/time-plans/{key}/stop")
def stop_time_plan(request: HttpRequest, key: int) -> Answer:
    """Stop a run and keep the best."""
    actions.stop_time_plan(request.user, row_of(TimePlan, key))
    return {"id": key}


class HandIn(Schema):
    kind: str
    request: int
    facility: int | None = None
    start: datetime | None = None
    reason: str = ""


def _hand(plan: TimePlan, body: HandIn) -> tuple[TimeRequest, CycleFacility | None, int | None]:
    slot = slot_of(call_of(plan.cycle), moment(body.start, "start")) if body.start else None
    return row_of(TimeRequest, body.request), row_of(CycleFacility, body.facility), slot


@router.post("/time-plans/{key}/what-if")
def cost_by_hand(request: HttpRequest, key: int, body: HandIn) -> Answer:
    """What a pin, move or ban would cost; nothing is stored."""
    plan = row_of(TimePlan, key)
    if not may(request.user, "facilities.change_by_hand", plan):
        raise PermissionDenied
    if body.kind == "pin" and (body.facility is None or body.start is None):
        raise Refusal(_("Say where the request is to stand."), field="facility")
    found = what_if(plan, body.kind, *_hand(plan, body))
    moves = [{"request": c.request, "why": c.why} for c in found.changes]
    return {"cost": found.cost, "value": found.value, "changes": moves, "broken": list(found.broken)}


@router.post("/time-plans/{key}/hand")
def change_by_hand(request: HttpRequest, key: int, body: HandIn) -> Answer:
    """Pin, move or keep off; a new version follows."""
    plan = row_of(TimePlan, key)
    made = actions.change_by_hand(request.user, plan, body.kind, *_hand(plan, body), body.reason)
    return {"id": made.pk}


@router.delete("/hand-rules/{key}")
def release_hand_rule(request: HttpRequest, key: int) -> Answer:
    """Take back a pin or ban."""
    actions.release_hand_rule(request.user, row_of(HandRule, key))
    return {"removed": key}


class RepairIn(Schema):
    facility: int
    start: datetime
    end: datetime
    reason: str


@router.post("/time-plans/{key}/repair")
def repair_time_plan(request: HttpRequest, key: int, body: RepairIn) -> Answer:
    """Close a facility and plan again with the least change."""
    facts = moments(body.dict(), "start", "end")
    facts["facility"] = row_of(CycleFacility, facts["facility"])
    return {"id": actions.repair_time_plan(request.user, row_of(TimePlan, key), **facts).pk}


@router.post("/time-plans/{key}/publish")
def publish_time_plan(request: HttpRequest, key: int) -> Answer:
    """Publish a plan."""
    return {"stage": actions.publish_time_plan(request.user, row_of(TimePlan, key)).stage}


class RapidIn(Schema):
    facility: int
    start: datetime
    hours: int
    reason: str


@router.post("/proposals/{key}/rapid")
def grant_rapid(request: HttpRequest, key: int, body: RapidIn) -> Answer:
    """Rapid access from the reserve."""
    facts = moments(body.dict(), "start")
    facts["facility"] = row_of(CycleFacility, facts["facility"])
    return {"id": actions.grant_rapid(request.user, readable_proposal(request, key), **facts).pk}


class LostIn(Schema):
    hours: int
    reason: str


@router.post("/grants/{key}/give-back")
def give_back_time(request: HttpRequest, key: int, body: LostIn) -> Answer:
    """Give lost time back."""
    return {"id": actions.give_back_time(request.user, row_of(Grant, key), **body.dict()).pk}
