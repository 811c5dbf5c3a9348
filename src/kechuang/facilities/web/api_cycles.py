"""The API of calls: terms, offers, rules, closures, form."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from kechuang.core.models import Organisation
from kechuang.core.web.api import keyset
from kechuang.facilities import actions
from kechuang.facilities.models import (
    Closure,
    Cycle,
    CycleFacility,
    CycleRule,
    Resource,
)
from kechuang.facilities.queries.proposals import (
    visible_cycles,
)
from kechuang.facilities.web.api_parts import Answer, moments, row_of

router = Router()
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
    facts = moments(body.dict(), "opens", "closes")
    facts["organiser"] = row_of(Organisation, facts["organiser"])
    return {"id": actions.save_cycle(request.user, Cycle(**facts)).pk}


@router.put("/cycles/{key}")
def edit_cycle(request: HttpRequest, key: int, body: CycleIn) -> Answer:
    """Change the terms of a call."""
    row = row_of(Cycle, key)
    for name, value in moments(body.dict(), "opens", "closes").items():
        setattr(row, name, row_of(Organisation, value) if name == "organiser" else value)
    return {"id": actions.save_cycle(request.user, row).pk}


class MoveIn(Schema):
    verb: str
    reason: str = ""


@router.post("/cycles/{key}/move")
def move_cycle(request: HttpRequest, key: int, body: MoveIn) -> Answer:
    """open, close, reopen or end."""
    return {
        "stage": actions.move_cycle(request.user, row_of(Cycle, key), body.verb, reason=body.reason).stage
    }


class OfferIn(Schema):
    resource: int
    hours: int
    machine_weekdays: list[int] = []
    reserve_percent: int = 0
    changeover: dict[str, Any] = {}


@router.post("/cycles/{key}/offers")
def save_offer(request: HttpRequest, key: int, body: OfferIn) -> Answer:
    """Offer hours of a facility, or change the offer."""
    cycle, facts = row_of(Cycle, key), body.dict()
    resource = row_of(Resource, facts.pop("resource"))
    offer = cycle.facilities.filter(resource=resource).first() or CycleFacility(
        cycle=cycle, resource=resource
    )
    for name, value in facts.items():
        setattr(offer, name, value)
    return {"id": actions.save_offer(request.user, offer).pk}


@router.delete("/offers/{key}")
def remove_offer(request: HttpRequest, key: int) -> Answer:
    """Take a facility out of a call."""
    actions.remove_offer(request.user, row_of(CycleFacility, key))
    return {"removed": key}


class RuleIn(Schema):
    kind: CycleRule.Kind
    name: str
    least: int | None = None
    most: int | None = None


@router.post("/cycles/{key}/rules")
def save_rule(request: HttpRequest, key: int, body: RuleIn) -> Answer:
    """Add a quota, cap or floor, in thousandths."""
    return {"id": actions.save_rule(request.user, CycleRule(cycle=row_of(Cycle, key), **body.dict())).pk}


@router.delete("/rules/{key}")
def remove_rule(request: HttpRequest, key: int) -> Answer:
    """Take a rule out of a call."""
    actions.remove_rule(request.user, row_of(CycleRule, key))
    return {"removed": key}


class ClosureIn(Schema):
    kind: Closure.Kind = Closure.Kind.MAINTENANCE
    start: datetime
    end: datetime
    reason: str = ""


@router.post("/resources/{key}/closures")
def save_closure(request: HttpRequest, key: int, body: ClosureIn) -> Answer:
    """Close a facility or an instrument for a time."""
    closure = Closure(resource=row_of(Resource, key), **moments(body.dict(), "start", "end"))
    return {"id": actions.save_closure(request.user, closure).pk}


@router.delete("/closures/{key}")
def remove_closure(request: HttpRequest, key: int) -> Answer:
    """Take back a closure that has not begun."""
    actions.remove_closure(request.user, row_of(Closure, key))
    return {"removed": key}


class FormIn(Schema):
    fields: list[dict[str, Any]]


@router.put("/cycles/{key}/form")
def save_form(request: HttpRequest, key: int, body: FormIn) -> Answer:
    """Write the next version of the form."""
    return {"version": actions.save_form(request.user, row_of(Cycle, key), body.dict()["fields"]).number}


@router.post("/cycles/{key}/form/publish")
def publish_form(request: HttpRequest, key: int) -> Answer:
    """Publish the form in work."""
    return {"version": actions.publish_form(request.user, row_of(Cycle, key)).number}
