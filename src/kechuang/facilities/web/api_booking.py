"""The API of direct access: bookings, wait list, problems, rules, trainings, feeds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from kechuang.core.models import Organisation
from kechuang.core.web.api import keyset
from kechuang.facilities import actions
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    Problem,
    Qualification,
    Resource,
    Training,
    Waiting,
)
from kechuang.facilities.web.api_parts import Answer, ReasonIn, moments, person_named, row_of

router = Router()
BOOKED = ["resource_id", "start", "end", "held_until", "status", "purpose", "series"]


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
    facts = moments(body.dict(), "start", "end")
    facts["organisation"] = row_of(Organisation, facts["organisation"])
    every, count = facts.pop("every_days"), facts.pop("count")
    if every:
        made = actions.book_series(
            request.user, row_of(Resource, key), every_days=every, count=count, **facts
        )
    else:
        made = [actions.book(request.user, row_of(Resource, key), **facts)]
    return {"ids": [b.pk for b in made]}


class CancelIn(Schema):
    reason: str = ""
    whole_series: bool = False


@router.post("/bookings/{key}/cancel")
def cancel_booking(request: HttpRequest, key: int, body: CancelIn) -> Answer:
    """Cancel a booking; whoever waits gets the time."""
    return {
        "cancelled": [b.pk for b in actions.cancel_booking(request.user, row_of(Booking, key), **body.dict())]
    }


@router.post("/bookings/{key}/no-show")
def mark_no_show(request: HttpRequest, key: int) -> Answer:
    """Nobody came."""
    return {"status": actions.mark_no_show(request.user, row_of(Booking, key)).status}


class WaitIn(Schema):
    start: datetime
    end: datetime
    purpose: str = ""


@router.post("/resources/{key}/waiting")
def join_waiting(request: HttpRequest, key: int, body: WaitIn) -> Answer:
    """Wait for a time that is taken."""
    facts = moments(body.dict(), "start", "end")
    return {"id": actions.join_waiting(request.user, row_of(Resource, key), **facts).pk}


@router.delete("/waiting/{key}")
def leave_waiting(request: HttpRequest, key: int) -> Answer:
    """Leave the wait list."""
    actions.leave_waiting(request.user, row_of(Waiting, key))
    return {"removed": key}


class ProblemIn(Schema):
    text: str
    stops_use: bool = False


@router.post("/resources/{key}/problems")
def report_problem(request: HttpRequest, key: int, body: ProblemIn) -> Answer:
    """Report a problem."""
    return {"id": actions.report_problem(request.user, row_of(Resource, key), **body.dict()).pk}


class SolveIn(Schema):
    solution: str


@router.post("/problems/{key}/solve")
def solve_problem(request: HttpRequest, key: int, body: SolveIn) -> Answer:
    """Say how a problem was solved."""
    return {"id": actions.solve_problem(request.user, row_of(Problem, key), body.solution).pk}


class PolicyIn(Schema):
    rules: dict[str, Any]
    changeover_minutes: int = 0
    qualification: int | None = None


@router.put("/resources/{key}/policy")
def set_policy(request: HttpRequest, key: int, body: PolicyIn) -> Answer:
    """Set the booking rules of an instrument."""
    resource = row_of(Resource, key)
    row = BookingPolicy.objects.filter(resource=resource).first() or BookingPolicy(resource=resource)
    row.rules, row.changeover_minutes = body.rules, body.changeover_minutes
    row.qualification = row_of(Qualification, body.qualification)
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
        request.user, row_of(Qualification, key), person_named(body.user), body.trained_on
    )
    return {"id": made.pk, "valid_to": made.valid_to}


@router.post("/trainings/{key}/withdraw")
def withdraw_training(request: HttpRequest, key: int, body: ReasonIn) -> Answer:
    """Withdraw a qualification."""
    return {"id": actions.withdraw_training(request.user, row_of(Training, key), body.reason).pk}


class FeedIn(Schema):
    resource: int | None = None


@router.post("/feeds")
def make_feed(request: HttpRequest, body: FeedIn) -> Answer:
    """Make a secret calendar address; the former one ends."""
    return {"token": actions.make_feed(request.user, row_of(Resource, body.resource)).token}
