"""From the records of a cycle to the instance of the allocation, and from plans back to people and hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.errors import Refusal
from kechuang.facilities.engine.calls import Ask, BadCall, Call, Offer, origin_of, slot_of
from kechuang.facilities.engine.cycle import GRADED
from kechuang.facilities.engine.windows import build, from_now
from kechuang.facilities.models import Booking, Closure, Cycle, CycleFacility, Grant, HandRule, TimeRequest
from kechuang.facilities.queries.bookings import HELD
from kechuang.facilities.queries.words import CALL, said

GIVEN_BACK_WEIGHT = 2  # time that was lost counts twice when it is asked for again


def call_of(cycle: Cycle) -> Call:
    """The cycle with its rules, for the engine."""
    rules: dict[str, dict] = {"quota": {}, "cap": {}, "floor": {}}
    for rule in cycle.rules.all():
        rules[rule.kind][rule.name] = (
            (rule.least, rule.most)
            if rule.kind == "quota"
            else rule.most
            if rule.kind == "cap"
            else rule.least
        )
    ceilings = {str(p.pk): p.ceiling_hours for p in cycle.panels.all() if p.ceiling_hours}
    return Call(
        cycle.start,
        cycle.end,
        cycle.slot_minutes,
        timezone.get_default_timezone(),
        rules["quota"],
        rules["cap"],
        rules["floor"],
        ceilings,
    )


def closed_time(cycle: Cycle) -> dict[int, list[tuple[datetime, datetime]]]:
    """Of each resource of the call: closures, rapid access already granted and what is booked directly."""
    closed: dict[int, list] = {row.resource_id: [] for row in cycle.facilities.all()}
    for c in Closure.objects.filter(resource__in=closed):
        closed[c.resource_id].append((c.start, c.end))
    rapid = Grant.objects.filter(resource__in=closed, request__kind=TimeRequest.Kind.RAPID, status="planned")
    for g in rapid:
        closed[g.resource_id].append((g.start, g.end))
    for b in Booking.objects.filter(resource__in=closed, status__in=HELD):
        closed[b.resource_id].append((b.start, b.held_until))
    return closed


def offers_of(cycle: Cycle) -> list[Offer]:
    """What the facilities offer."""
    rows, closed = list(cycle.facilities.select_related("resource")), closed_time(cycle)
    return [
        Offer(
            facility_code(row),
            row.hours,
            row.machine_weekdays,
            row.reserve_percent,
            row.changeover,
            closed[row.resource_id],
        )
        for row in rows
    ]


def facility_code(row: CycleFacility) -> str:
    """The facility's id in instances and plans."""
    return f"f{row.pk}"


def asks_of(cycle: Cycle) -> list[Ask]:
    """Every block of the proposals that passed their panel, cut to the panel's ceiling."""
    requests = (
        TimeRequest.objects.filter(proposal__cycle=cycle, proposal__stage__in=GRADED)
        .exclude(kind=TimeRequest.Kind.RAPID)
        .select_related("proposal__panel", "after")
        .prefetch_related("facilities")
    )
    left: dict[int, int] = {}
    asks = []
    for request in requests:
        proposal = request.proposal
        room = left.setdefault(proposal.pk, proposal.ceiling_hours or 10**9)
        hours = min(request.hours, room)
        if hours <= 0 or proposal.score is None:
            continue
        left[proposal.pk] = room - hours
        asks.append(_ask(request, hours))
    kept = {ask.id for ask in asks}
    return [ask for ask in asks if set(ask.after) <= kept]


def _ask(request: TimeRequest, hours: int) -> Ask:
    proposal = request.proposal
    weight = GIVEN_BACK_WEIGHT if request.kind == TimeRequest.Kind.GIVEN_BACK else 1
    panel = proposal.panel
    return Ask(
        id=request.code,
        proposal=proposal.number,
        score=weight * max(proposal.score, 1),
        hours=hours,
        facilities=[facility_code(f) for f in request.facilities.all()],
        earliest=request.earliest,
        latest=request.latest,
        setup=request.setup,
        partner=proposal.partner,
        organisation=str(proposal.organisation_id),
        discipline=proposal.discipline,
        group=proposal.number if request.together else "",
        after=[request.after.code] if request.after else [],
        panel=str(panel.pk) if panel and panel.ceiling_hours else "",
    )


def instance_of(cycle: Cycle, *, placed: Sequence[dict] | None = None) -> dict[str, Any]:
    """The instance in the command's format. With `placed` (a plan in force) the past is frozen.

    Raises Refusal naming everything that does not fit.
    """
    call = call_of(cycle)
    asks = asks_of(cycle)
    if not asks:
        raise Refusal(_("No proposal is recommended by its panel yet; there is nothing to place."))
    try:
        data = build(call, offers_of(cycle), asks)
    except BadCall as error:
        raise Refusal(
            "\n".join(said(CALL, code, _named(cycle, facts)) for code, facts in error.problems)
        ) from error
    _add_hand_rules(cycle, data)
    if placed is not None:
        data = from_now(data, placed, slot_of(call, clock.now(), up=True))
    _check(data)
    return data


def _named(cycle: Cycle, facts: dict[str, Any]) -> dict[str, Any]:
    """Ids of the instance as names a person knows."""
    names = names_of(cycle)
    return {key: names.get(value, value) if isinstance(value, str) else value for key, value in facts.items()}


def names_of(cycle: Cycle) -> dict[str, str]:
    """Ids of facilities, requests and panels in instances → what they are called."""
    names = {facility_code(f): str(f.resource) for f in cycle.facilities.select_related("resource")}
    requests = TimeRequest.objects.filter(proposal__cycle=cycle).values_list("pk", "proposal__number")
    return (
        names
        | {f"r{pk}": f"{number}/r{pk}" for pk, number in requests}
        | {str(p.pk): str(p) for p in cycle.panels.all()}
    )


def _add_hand_rules(cycle: Cycle, data: dict[str, Any]) -> None:
    known = {r["id"] for r in data["requests"]}
    rules = [r for r in cycle.hand_rules.select_related("request", "facility") if r.request.code in known]
    pins = [
        {"request": r.request.code, "facility": facility_code(r.facility), "start": r.slot}
        for r in rules
        if r.kind == HandRule.Kind.PIN
    ]
    bans = [
        {"request": r.request.code} | ({"facility": facility_code(r.facility)} if r.facility else {})
        for r in rules
        if r.kind == HandRule.Kind.FORBID
    ]
    data |= {key: rows for key, rows in (("frozen", pins), ("forbid", bans)) if rows}


def _check(data: dict[str, Any]) -> None:
    """Let the command's own reader look at it, so that a plan never starts on an instance it would refuse."""
    import json

    from kechuang.facilities.engine.allocation.instance import BadInstance
    from kechuang.facilities.engine.allocation.parse import read_instance

    try:
        read_instance(json.dumps(data))
    except BadInstance as error:
        raise Refusal("\n".join(error.problems[:20])) from error


def origin(cycle: Cycle) -> datetime:
    return origin_of(call_of(cycle))
