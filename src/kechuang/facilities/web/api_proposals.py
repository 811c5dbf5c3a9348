"""The API of calls, proposals, panels, time plans and booking: everything their pages do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation, User
from kechuang.core.web.api import keyset
from kechuang.facilities import actions
from kechuang.facilities.engine.booking import BadTime, instant
from kechuang.facilities.engine.proof import prove
from kechuang.facilities.engine.windows import slot_of
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    Closure,
    Cycle,
    CycleFacility,
    CycleRule,
    Grant,
    HandRule,
    Panel,
    Problem,
    Proposal,
    Qualification,
    Resource,
    TimePlan,
    TimeRequest,
    Training,
    Waiting,
)
from kechuang.facilities.queries.allocation import call_of, left_out, placements, what_if
from kechuang.facilities.queries.proposals import (
    keeps,
    may_read,
    standing,
    visible_cycles,
    visible_panels,
    visible_plans,
    visible_proposals,
)
from kechuang.facilities.queries.words import BOOKING, said

router = Router(tags=["facilities"])
Answer = dict[str, Any]
CYCLE = [
    "name_zh",
    "name_en",
    "stage",
    "opens",
    "closes",
    "start",
    "end",
    "slot_minutes",
    "organiser_id",
    "synthetic",
]
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
BOOKED = ["resource_id", "start", "end", "held_until", "status", "purpose", "series"]


def _get(model: Any, key: int | None) -> Any:
    return get_object_or_404(model, pk=key) if key is not None else None


def _moment(value: datetime, field: str) -> datetime:
    """An instant; a time without zone is read in the house's zone. Raises Refusal for one that clocks skip or repeat."""
    if value.tzinfo:
        return value
    try:
        return instant(value, timezone.get_default_timezone())
    except BadTime as error:
        raise Refusal(said(BOOKING, error.code, {"wall": error.wall}), field=field) from error


def _moments(facts: dict[str, Any], *names: str) -> dict[str, Any]:
    return {k: _moment(v, k) if k in names and v is not None else v for k, v in facts.items()}


# ---- calls


class CycleIn(Schema):
    name_zh: str
    name_en: str = ""
    organiser: int
    conditions: str = ""
    opens: datetime
    closes: datetime
    start: date
    end: date
    slot_minutes: int = 480


@router.get("/cycles")
def cycles(request: HttpRequest, after: int | None = None, limit: int = 100) -> Answer:
    """Calls for proposals."""
    return keyset(visible_cycles(request.user), after=after, limit=limit, fields=CYCLE)


@router.post("/cycles")
def add_cycle(request: HttpRequest, body: CycleIn) -> Answer:
    """Prepare a call."""
    facts = _moments(body.dict(), "opens", "closes")
    facts["organiser"] = _get(Organisation, facts["organiser"])
    return {"id": actions.save_cycle(request.user, Cycle(**facts)).pk}


@router.put("/cycles/{key}")
def edit_cycle(request: HttpRequest, key: int, body: CycleIn) -> Answer:
    """Change the terms of a call."""
    row = _get(Cycle, key)
    for name, value in _moments(body.dict(), "opens", "closes").items():
        setattr(row, name, _get(Organisation, value) if name == "organiser" else value)
    return {"id": actions.save_cycle(request.user, row).pk}


class MoveIn(Schema):
    verb: str
    reason: str = ""


@router.post("/cycles/{key}/move")
def move_cycle(request: HttpRequest, key: int, body: MoveIn) -> Answer:
    """open, close, reopen or end."""
    return {"stage": actions.move_cycle(request.user, _get(Cycle, key), body.verb, reason=body.reason).stage}


class OfferIn(Schema):
    resource: int
    hours: int
    machine_weekdays: list[int] = []
    reserve_percent: int = 0
    changeover: dict[str, Any] = {}


@router.post("/cycles/{key}/offers")
def save_offer(request: HttpRequest, key: int, body: OfferIn) -> Answer:
    """Offer hours of a facility, or change the offer."""
    cycle, facts = _get(Cycle, key), body.dict()
    resource = _get(Resource, facts.pop("resource"))
    offer = cycle.facilities.filter(resource=resource).first() or CycleFacility(
        cycle=cycle, resource=resource
    )
    for name, value in facts.items():
        setattr(offer, name, value)
    return {"id": actions.save_offer(request.user, offer).pk}


@router.delete("/offers/{key}")
def remove_offer(request: HttpRequest, key: int) -> Answer:
    """Take a facility out of a call."""
    actions.remove_offer(request.user, _get(CycleFacility, key))
    return {"removed": key}


class RuleIn(Schema):
    kind: CycleRule.Kind
    name: str
    least: int | None = None
    most: int | None = None


@router.post("/cycles/{key}/rules")
def save_rule(request: HttpRequest, key: int, body: RuleIn) -> Answer:
    """Add a quota, cap or floor, in thousandths."""
    return {"id": actions.save_rule(request.user, CycleRule(cycle=_get(Cycle, key), **body.dict())).pk}


@router.delete("/rules/{key}")
def remove_rule(request: HttpRequest, key: int) -> Answer:
    """Take a rule out of a call."""
    actions.remove_rule(request.user, _get(CycleRule, key))
    return {"removed": key}


class ClosureIn(Schema):
    kind: Closure.Kind = Closure.Kind.MAINTENANCE
    start: datetime
    end: datetime
    reason: str = ""


@router.post("/resources/{key}/closures")
def save_closure(request: HttpRequest, key: int, body: ClosureIn) -> Answer:
    """Close a facility or an instrument for a time."""
    closure = Closure(resource=_get(Resource, key), **_moments(body.dict(), "start", "end"))
    return {"id": actions.save_closure(request.user, closure).pk}


@router.delete("/closures/{key}")
def remove_closure(request: HttpRequest, key: int) -> Answer:
    """Take back a closure that has not begun."""
    actions.remove_closure(request.user, _get(Closure, key))
    return {"removed": key}


class FormIn(Schema):
    fields: list[dict[str, Any]]


@router.put("/cycles/{key}/form")
def save_form(request: HttpRequest, key: int, body: FormIn) -> Answer:
    """Write the next version of the form."""
    return {"version": actions.save_form(request.user, _get(Cycle, key), body.dict()["fields"]).number}


@router.post("/cycles/{key}/form/publish")
def publish_form(request: HttpRequest, key: int) -> Answer:
    """Publish the form in work."""
    return {"version": actions.publish_form(request.user, _get(Cycle, key)).number}


# ---- proposals


def _proposal(request: HttpRequest, key: int) -> Proposal:
    row = get_object_or_404(visible_proposals(request.user), pk=key)
    if not may_read(request.user, row):
        raise PermissionDenied(_("You have a conflict of interest with this proposal."))
    return row


@router.get("/proposals")
def proposals(
    request: HttpRequest, after: int | None = None, limit: int = 100, cycle: int | None = None
) -> Answer:
    """Proposals the caller may see; `cycle` filters."""
    rows = visible_proposals(request.user)
    return keyset(rows.filter(cycle=cycle) if cycle else rows, after=after, limit=limit, fields=PROPOSAL)


@router.get("/proposals/{key}")
def proposal(request: HttpRequest, key: int) -> Answer:
    """One proposal with answers, time asked for and time granted."""
    row = _proposal(request, key)
    asked = row.requests.values("id", "kind", "hours", "setup", "earliest", "latest", "together", "after_id")
    grants = Grant.objects.filter(request__proposal=row)
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in [*PROPOSAL, "abstract", "answers", "stage_reason"]},
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
    organisation = _get(Organisation, facts.pop("organisation"))
    facts["continues"] = _proposal(request, facts["continues"]) if facts["continues"] else None
    row = actions.start_proposal(request.user, cycle, organisation, **facts)
    return {"id": row.pk, "number": row.number}


class ProposalEdit(Schema):
    title_zh: str | None = None
    title_en: str | None = None
    abstract: str | None = None
    discipline: str | None = None
    partner: str | None = None


@router.patch("/proposals/{key}")
def edit_proposal(request: HttpRequest, key: int, body: ProposalEdit) -> Answer:
    """Change title, abstract, discipline, partner of a draft."""
    actions.edit_proposal(request.user, _proposal(request, key), **body.dict(exclude_none=True))
    return {"id": key}


class AnswersIn(Schema):
    answers: dict[str, Any]


@router.put("/proposals/{key}/answers")
def save_answers(request: HttpRequest, key: int, body: AnswersIn) -> Answer:
    """Keep answers of a draft."""
    return {"answers": actions.save_answers(request.user, _proposal(request, key), body.answers).answers}


@router.post("/proposals/{key}/files/{field}")
def attach_file(request: HttpRequest, key: int, field: str, file: File[UploadedFile]) -> Answer:
    """Answer a field with a file."""
    kept = actions.attach_file(request.user, _proposal(request, key), field, file.name, file.read())
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
    row, facts = _proposal(request, key), body.dict()
    offers = [_get(CycleFacility, k) for k in facts.pop("facilities")]
    facts["after"] = get_object_or_404(row.requests, pk=facts["after"]) if facts["after"] else None
    return {"id": actions.ask_time(request.user, row, offers, **facts).pk}


@router.delete("/proposals/{key}/time/{time}")
def drop_time(request: HttpRequest, key: int, time: int) -> Answer:
    """Take back a block."""
    row = _proposal(request, key)
    actions.drop_time(request.user, row, get_object_or_404(row.requests, pk=time))
    return {"removed": time}


class PersonIn(Schema):
    user: str


def _person(name: str) -> User:
    return get_object_or_404(User, username=name, is_active=True)


@router.post("/proposals/{key}/coauthors")
def add_coauthor(request: HttpRequest, key: int, body: PersonIn) -> Answer:
    """Name a co-author."""
    actions.add_coauthor(request.user, _proposal(request, key), _person(body.user))
    return {"id": key}


@router.delete("/proposals/{key}/coauthors/{user}")
def drop_coauthor(request: HttpRequest, key: int, user: str) -> Answer:
    """Take a co-author out."""
    actions.drop_coauthor(request.user, _proposal(request, key), _person(user))
    return {"id": key}


class ReasonIn(Schema):
    reason: str = ""


@router.post("/proposals/{key}/submit")
def submit_proposal(request: HttpRequest, key: int) -> Answer:
    """Submit a draft."""
    return {"stage": actions.submit_proposal(request.user, _proposal(request, key)).stage}


@router.post("/proposals/{key}/withdraw")
def withdraw_proposal(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Withdraw a proposal."""
    return {"stage": actions.withdraw_proposal(request.user, _proposal(request, key), body.reason).stage}


@router.post("/proposals/{key}/send-back")
def send_back_proposal(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Send a proposal back to its author."""
    return {"stage": actions.send_back_proposal(request.user, _proposal(request, key), body.reason).stage}


class CheckIn(Schema):
    kind: str
    passed: bool
    note: str = ""


@router.post("/proposals/{key}/check")
def check_proposal(request: HttpRequest, key: int, body: CheckIn) -> Answer:
    """Judge eligibility, feasibility or safety."""
    return {
        "id": actions.check_proposal(
            request.user, _proposal(request, key), body.kind, body.passed, body.note
        ).pk
    }


@router.post("/proposals/{key}/complete")
def complete_proposal(request: HttpRequest, key: int) -> Answer:
    """Close a proposal whose time was used."""
    return {"stage": actions.complete_proposal(request.user, _proposal(request, key)).stage}


# ---- panels


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
    facts["chair"] = _person(facts["chair"])
    return {"id": actions.save_panel(request.user, Panel(cycle=_get(Cycle, key), **facts)).pk}


@router.post("/panels/{key}/members")
def seat_member(request: HttpRequest, key: int, body: PersonIn) -> Answer:
    """Seat a reviewer."""
    return {"id": actions.seat_member(request.user, _get(Panel, key), _person(body.user)).pk}


@router.delete("/panels/{key}/members/{user}")
def unseat_member(request: HttpRequest, key: int, user: str) -> Answer:
    """Take a seat away."""
    actions.unseat_member(request.user, _get(Panel, key), _person(user))
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
    actions.assign_panel(request.user, _proposal(request, key), _get(Panel, body.panel))
    return {"id": key}


class GradeIn(Schema):
    points: int
    comment: str = ""


@router.post("/proposals/{key}/grade")
def give_grade(request: HttpRequest, key: int, body: GradeIn) -> Answer:
    """Grade a proposal, 0 to 100."""
    return {"id": actions.give_grade(request.user, _proposal(request, key), **body.dict()).pk}


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
    return {"stage": actions.decide_proposal(request.user, _proposal(request, key), **body.dict()).stage}


# ---- plans


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
    return {"id": actions.make_time_plan(request.user, _get(Cycle, key), body.seconds, body.seed).pk}


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
    return {"holds": found.holds, "bound": found.bound, "value": found.value, "faults": list(found.faults)}


@router.post("/time-plans/{key}/stop")
def stop_time_plan(request: HttpRequest, key: int) -> Answer:
    """Stop a run and keep the best."""
    actions.stop_time_plan(request.user, _get(TimePlan, key))
    return {"id": key}


class HandIn(Schema):
    kind: str
    request: int
    facility: int | None = None
    start: datetime | None = None
    reason: str = ""


def _hand(plan: TimePlan, body: HandIn) -> tuple[TimeRequest, CycleFacility | None, int | None]:
    slot = slot_of(call_of(plan.cycle), _moment(body.start, "start")) if body.start else None
    return _get(TimeRequest, body.request), _get(CycleFacility, body.facility), slot


@router.post("/time-plans/{key}/what-if")
def cost_by_hand(request: HttpRequest, key: int, body: HandIn) -> Answer:
    """What a pin, move or ban would cost; nothing is stored."""
    plan = _get(TimePlan, key)
    if not may(request.user, "facilities.change_by_hand", plan):
        raise PermissionDenied
    if body.kind == "pin" and (body.facility is None or body.start is None):
        raise Refusal(_("Say where the request is to stand."), field="facility")
    found = what_if(plan, body.kind, *_hand(plan, body))
    moves = [{"request": c.request, "why": c.why} for c in found.changes]
    return {"cost": found.cost, "value": found.plan.value, "changes": moves, "relax": list(found.plan.relax)}


@router.post("/time-plans/{key}/hand")
def change_by_hand(request: HttpRequest, key: int, body: HandIn) -> Answer:
    """Pin, move or keep off; a new version follows."""
    plan = _get(TimePlan, key)
    made = actions.change_by_hand(request.user, plan, body.kind, *_hand(plan, body), body.reason)
    return {"id": made.pk}


@router.delete("/hand-rules/{key}")
def release_hand_rule(request: HttpRequest, key: int) -> Answer:
    """Take back a pin or ban."""
    actions.release_hand_rule(request.user, _get(HandRule, key))
    return {"removed": key}


class RepairIn(Schema):
    facility: int
    start: datetime
    end: datetime
    reason: str


@router.post("/time-plans/{key}/repair")
def repair_time_plan(request: HttpRequest, key: int, body: RepairIn) -> Answer:
    """Close a facility and plan again with the least change."""
    facts = _moments(body.dict(), "start", "end")
    facts["facility"] = _get(CycleFacility, facts["facility"])
    return {"id": actions.repair_time_plan(request.user, _get(TimePlan, key), **facts).pk}


@router.post("/time-plans/{key}/publish")
def publish_time_plan(request: HttpRequest, key: int) -> Answer:
    """Publish a plan."""
    return {"stage": actions.publish_time_plan(request.user, _get(TimePlan, key)).stage}


class RapidIn(Schema):
    facility: int
    start: datetime
    hours: int
    reason: str


@router.post("/proposals/{key}/rapid")
def grant_rapid(request: HttpRequest, key: int, body: RapidIn) -> Answer:
    """Rapid access from the reserve."""
    facts = _moments(body.dict(), "start")
    facts["facility"] = _get(CycleFacility, facts["facility"])
    return {"id": actions.grant_rapid(request.user, _proposal(request, key), **facts).pk}


class LostIn(Schema):
    hours: int
    reason: str


@router.post("/grants/{key}/give-back")
def give_back_time(request: HttpRequest, key: int, body: LostIn) -> Answer:
    """Give lost time back."""
    return {"id": actions.give_back_time(request.user, _get(Grant, key), **body.dict()).pk}


# ---- booking


@router.get("/bookings")
def bookings(
    request: HttpRequest, after: int | None = None, limit: int = 100, resource: int | None = None
) -> Answer:
    """One's own bookings; with `resource` all that stand on an instrument (times only)."""
    if resource is not None:
        rows = Booking.objects.filter(resource=resource, status=Booking.Status.BOOKED)
        return keyset(rows, after=after, limit=limit, fields=["start", "end", "held_until", "status"])
    return keyset(Booking.objects.filter(user=request.user), after=after, limit=limit, fields=BOOKED)


class BookIn(Schema):
    start: datetime
    end: datetime
    purpose: str = ""
    organisation: int | None = None
    every_days: int = 0
    count: int = 1


@router.post("/resources/{key}/bookings")
def book(request: HttpRequest, key: int, body: BookIn) -> Answer:
    """Book an instrument once, or in a series (`every_days`, `count`)."""
    facts = _moments(body.dict(), "start", "end")
    facts["organisation"] = _get(Organisation, facts["organisation"])
    every, count = facts.pop("every_days"), facts.pop("count")
    if every:
        made = actions.book_series(request.user, _get(Resource, key), every_days=every, count=count, **facts)
    else:
        made = [actions.book(request.user, _get(Resource, key), **facts)]
    return {"ids": [b.pk for b in made]}


class CancelIn(Schema):
    reason: str = ""
    whole_series: bool = False


@router.post("/bookings/{key}/cancel")
def cancel_booking(request: HttpRequest, key: int, body: CancelIn) -> Answer:
    """Cancel a booking; whoever waits gets the time."""
    return {
        "cancelled": [b.pk for b in actions.cancel_booking(request.user, _get(Booking, key), **body.dict())]
    }


@router.post("/bookings/{key}/no-show")
def mark_no_show(request: HttpRequest, key: int) -> Answer:
    """Nobody came."""
    return {"status": actions.mark_no_show(request.user, _get(Booking, key)).status}


class WaitIn(Schema):
    start: datetime
    end: datetime
    purpose: str = ""


@router.post("/resources/{key}/waiting")
def join_waiting(request: HttpRequest, key: int, body: WaitIn) -> Answer:
    """Wait for a time that is taken."""
    facts = _moments(body.dict(), "start", "end")
    return {"id": actions.join_waiting(request.user, _get(Resource, key), **facts).pk}


@router.delete("/waiting/{key}")
def leave_waiting(request: HttpRequest, key: int) -> Answer:
    """Leave the wait list."""
    actions.leave_waiting(request.user, _get(Waiting, key))
    return {"removed": key}


class ProblemIn(Schema):
    text: str
    stops_use: bool = False


@router.post("/resources/{key}/problems")
def report_problem(request: HttpRequest, key: int, body: ProblemIn) -> Answer:
    """Report a problem."""
    return {"id": actions.report_problem(request.user, _get(Resource, key), **body.dict()).pk}


class SolveIn(Schema):
    solution: str


@router.post("/problems/{key}/solve")
def solve_problem(request: HttpRequest, key: int, body: SolveIn) -> Answer:
    """Say how a problem was solved."""
    return {"id": actions.solve_problem(request.user, _get(Problem, key), body.solution).pk}


class PolicyIn(Schema):
    rules: dict[str, Any]
    changeover_minutes: int = 0
    qualification: int | None = None


@router.put("/resources/{key}/policy")
def set_policy(request: HttpRequest, key: int, body: PolicyIn) -> Answer:
    """Set the booking rules of an instrument."""
    resource = _get(Resource, key)
    row = BookingPolicy.objects.filter(resource=resource).first() or BookingPolicy(resource=resource)
    row.rules, row.changeover_minutes = body.rules, body.changeover_minutes
    row.qualification = _get(Qualification, body.qualification)
    return {"id": actions.set_policy(request.user, row).pk}


class QualificationIn(Schema):
    name_zh: str
    name_en: str = ""
    months: int = 24


@router.post("/qualifications")
def save_qualification(request: HttpRequest, body: QualificationIn) -> Answer:
    """Name a qualification."""
    return {"id": actions.save_qualification(request.user, Qualification(**body.dict())).pk}


class TrainingIn(Schema):
    user: str
    trained_on: date


@router.post("/qualifications/{key}/trainings")
def record_training(request: HttpRequest, key: int, body: TrainingIn) -> Answer:
    """Record that a person was trained."""
    made = actions.record_training(
        request.user, _get(Qualification, key), _person(body.user), body.trained_on
    )
    return {"id": made.pk, "valid_to": made.valid_to}


@router.post("/trainings/{key}/withdraw")
def withdraw_training(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Withdraw a qualification."""
    return {"id": actions.withdraw_training(request.user, _get(Training, key), body.reason).pk}


class FeedIn(Schema):
    resource: int | None = None


@router.post("/feeds")
def make_feed(request: HttpRequest, body: FeedIn) -> Answer:
    """Make a secret calendar address; the former one ends."""
    return {"token": actions.make_feed(request.user, _get(Resource, body.resource)).token}
