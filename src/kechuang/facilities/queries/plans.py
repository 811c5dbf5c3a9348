"""A time plan in words: who stands where, who is left out and why, who moves, what is free, who is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from kechuang.core.models import Organisation
from kechuang.facilities.engine.calls import moment_of, open_slots
from kechuang.facilities.models import Cycle, CycleFacility, TimePlan, TimeRequest
from kechuang.facilities.models.proposals import DISCIPLINES
from kechuang.facilities.queries.allocation import call_of, facility_code, names_of, offers_of

REASONS = {
    "window": gettext_lazy("no open time lies in its window"),
    "capacity": gettext_lazy("what is placed there leaves no room of this length"),
    "quota": gettext_lazy("the share of its partner is used up"),
    "cap": gettext_lazy("the share of its organisation or panel is used up"),
    "floor": gettext_lazy("those in its way are needed for the least share of a discipline"),
    "reserve": gettext_lazy("the facility keeps the rest for open access"),
    "group": gettext_lazy("its blocks do not all fit, and it asked for all or none"),
    "after": gettext_lazy("the block it must follow is not placed"),
    "outranked": gettext_lazy("those placed there have a higher grade"),
}
WHY = {
    "closed": gettext_lazy("its place is closed now"),
    "made_room": gettext_lazy("makes room"),
    "added": gettext_lazy("was on the reserve list"),
}
RULES = {
    "reserve": gettext_lazy("Open-access reserve"),
    "quota": gettext_lazy("Partner quota"),
    "cap": gettext_lazy("Upper share"),
    "floor": gettext_lazy("Floor of a discipline"),
    "frozen": gettext_lazy("Pinned place"),
}
SIDES = {"min": gettext_lazy("At least"), "max": gettext_lazy("At most")}


def placements(plan: TimePlan) -> list[dict[str, Any]]:
    """Where everybody stands: request, proposal, facility, start and end as instants, value."""
    return described(plan, plan.result.get("placed", []))


def described(plan: TimePlan, placed: Sequence[dict]) -> list[dict[str, Any]]:
    offers = {facility_code(f): f for f in plan.cycle.facilities.select_related("resource")}
    requests = requests_of(p["request"] for p in placed)
    return [
        {
            **p,
            "request_row": requests[p["request"]],
            "proposal": requests[p["request"]].proposal,
            "offer": offers[p["facility"]],
            "from": moment(plan, p["start"]),
            "to": moment(plan, p["end"]),
        }
        for p in placed
        if p["request"] in requests and p["facility"] in offers
    ]


def requests_of(codes: Iterable[str]) -> dict[str, TimeRequest]:
    """Requests by their code in instances and plans."""
    rows = TimeRequest.objects.filter(pk__in=[int(code[1:]) for code in codes])
    return {row.code: row for row in rows.select_related("proposal__author", "proposal__organisation")}


def numbers_of(codes: Iterable[str]) -> dict[str, str]:
    """The proposal numbers of requests, by code."""
    rows = TimeRequest.objects.filter(pk__in=[int(code[1:]) for code in codes])
    return {f"r{pk}": number for pk, number in rows.values_list("pk", "proposal__number")}


def moment(plan: TimePlan, slot: int) -> datetime:
    """When a slot of the plan begins, in local time."""
    return moment_of(timezone.localtime(plan.origin), plan.instance["slot_minutes"], slot)


def left_out(plan: TimePlan) -> list[dict[str, Any]]:
    """Who was not placed, with the reason and the proposals in the way."""
    rows = plan.result.get("unplaced", [])
    requests = requests_of(row["request"] for row in rows)
    blockers = {name for row in rows for name in row["blocked_by"]}
    numbers = numbers_of(blockers)
    return [
        {
            "request": requests[row["request"]],
            "proposal": requests[row["request"]].proposal,
            "reason": row["reason"],
            "blocked_by": [numbers[b] for b in row["blocked_by"] if b in numbers],
        }
        for row in rows
        if row["request"] in requests
    ]


def described_changes(plan: TimePlan, changes: Sequence[dict]) -> list[dict[str, Any]]:
    """Who moves in a changed plan, from where to where, and why."""
    rows = []
    numbers = numbers_of({c["request"] for c in changes} | {r for c in changes for r in c["gives_way_to"]})
    for change in changes:
        shown = {
            "why": change["why"],
            "words": WHY[change["why"]],
            "number": numbers.get(change["request"], ""),
        }
        shown["gives_way_to"] = [numbers.get(r, r) for r in change["gives_way_to"]]
        for side in ("before", "after"):
            place = change[side]
            shown[side] = described(plan, [{"request": change["request"], **place}])[0] if place else None
        rows.append(shown)
    return rows


def free_time(cycle: Cycle, offer: CycleFacility, plan: TimePlan | None) -> list[tuple[int, int]]:
    """Open spans (in slots) of a facility that the plan leaves empty."""
    call = call_of(cycle)
    spans = open_slots(call, next(o for o in offers_of(cycle) if o.id == facility_code(offer)))
    taken = sorted(
        (p["start"], p["end"])
        for p in (plan.result.get("placed", []) if plan else [])
        if p["facility"] == facility_code(offer)
    )
    free = []
    for start, end in spans:
        cursor = start
        for a, b in taken:
            if b <= cursor or a >= end:
                continue
            if a > cursor:
                free.append((cursor, a))
            cursor = max(cursor, b)
        if cursor < end:
            free.append((cursor, end))
    return free


def rule_words(plan: TimePlan, name: str) -> str:
    """A rule's name in the instance with names a person knows."""
    kind, _colon, rest = name.partition(":")
    whom, _colon, side = rest.partition(":") if kind == "quota" else (rest, "", "")
    found = names_of(plan.cycle).get(whom.removeprefix("panel:"), dict(DISCIPLINES).get(whom, whom))
    if kind == "cap" and whom.isdecimal():
        found = Organisation.objects.filter(pk=whom).first() or whom
    return " · ".join(str(part) for part in (RULES.get(kind, kind), found, SIDES.get(side, "")) if part)


def change_as_json(change: Any) -> dict[str, Any]:
    """A change of the engine as plans store it."""

    def place(p: Any) -> dict | None:
        return {"facility": p.facility, "start": p.start, "end": p.end} if p else None

    return {
        "request": change.request,
        "before": place(change.before),
        "after": place(change.after),
        "why": change.why,
        "gives_way_to": list(change.gives_way_to),
    }


def published_plan(cycle: Cycle) -> TimePlan | None:
    """The version in force."""
    return cycle.plans.filter(stage=TimePlan.Stage.PUBLISHED).first()
