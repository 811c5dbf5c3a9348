"""From a call to an instance of the allocation command: dates, hours and grades become slots, shares and values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from kechuang.facilities.engine.calls import Ask, BadCall, Call, Offer, open_slots, slots_of_days


def build(call: Call, offers: Sequence[Offer], asks: Sequence[Ask]) -> dict[str, Any]:
    """The instance, in the command's format.

    value = grade × slots; a facility keeps back what exceeds its hours, on top of its reserve; a panel's ceiling
    is a quota or a cap, whichever no other rule uses for its proposals. Raises BadCall naming what does not fit.
    """
    problems: list[tuple[str, dict]] = []
    opened = {offer.id: open_slots(call, offer) for offer in offers}
    for offer in offers:
        if not opened[offer.id]:
            problems.append(("never_open", {"facility": offer.id}))
    rows = [_row(call, ask, opened, problems) for ask in asks]
    limits = _panel_limits(call, asks, rows, problems)
    if problems:
        raise BadCall(problems)
    places = [_place(call, offer, opened[offer.id]) for offer in offers]
    total = sum(
        (1 - p.get("reserve", 0)) * sum(b - a for a, b in p["open"]) * call.slot_minutes / 60 for p in places
    )
    data: dict[str, Any] = {"slot_minutes": call.slot_minutes, "facilities": places, "requests": rows}
    _rules(data, call, limits, total)
    return data


def _place(call: Call, offer: Offer, spans: list[tuple[int, int]]) -> dict[str, Any]:
    place: dict[str, Any] = {"id": offer.id, "open": [list(span) for span in spans]}
    if offer.changeover:
        place["changeover"] = offer.changeover
    hours = sum(b - a for a, b in spans) * call.slot_minutes / 60
    kept = max(offer.reserve_percent / 100, 1 - offer.hours / hours)
    if kept > 0:
        place["reserve"] = min(round(kept, 6), 1.0)
    return place


def _row(call: Call, ask: Ask, opened: dict, problems: list) -> dict[str, Any]:
    duration = max(1, math.ceil(ask.hours * 60 / call.slot_minutes))
    first, last = max(ask.earliest or call.start, call.start), min(ask.latest or call.end, call.end)
    if first > last:
        problems.append(("window_outside", {"request": ask.id, "first": ask.earliest, "last": ask.latest}))
        return {"id": ask.id}
    low, high = slots_of_days(call, first, last)
    windows = {
        name: spans
        for name in ask.facilities
        if (
            spans := [
                [max(a, low), min(b, high)] for a, b in opened.get(name, []) if max(a, low) < min(b, high)
            ]
        )
    }
    longest = max((b - a for spans in windows.values() for a, b in spans), default=0)
    if duration > longest:
        asked, most = duration * call.slot_minutes / 60, longest * call.slot_minutes / 60
        problems.append(("block_too_long", {"request": ask.id, "hours": asked, "longest": most}))
    row: dict[str, Any] = {
        "id": ask.id,
        "proposal": ask.proposal,
        "value": round(ask.score * duration / 100, 2),
        "duration": duration,
        "windows": windows,
    }
    for key in ("setup", "partner", "organisation", "discipline", "group"):
        if given := getattr(ask, key):
            row[key] = given
    if ask.after:
        row["after"] = list(ask.after)
    return row


def _panel_limits(
    call: Call, asks: Sequence[Ask], rows: list[dict], problems: list
) -> dict[str, dict[str, int]]:
    """Give each request of a panel with a ceiling the panel's name where no other rule counts it."""
    limits: dict[str, dict[str, int]] = {"partner": {}, "organisation": {}}
    for name, hours in call.panels.items():
        members = [row for ask, row in zip(asks, rows, strict=True) if ask.panel == name]
        for key, ruled in (("partner", call.quotas), ("organisation", call.caps)):
            if all(row.get(key) not in ruled for row in members):
                for row in members:
                    row[key] = f"panel:{name}"
                limits[key][f"panel:{name}"] = hours
                break
        else:
            problems.append(("panel_over_ruled", {"panel": name}))
    return limits


def _rules(data: dict, call: Call, limits: dict[str, dict[str, int]], total: float) -> None:
    def share(hours: int) -> float:
        return min(1.0, math.floor(hours / total * 10**6) / 10**6) if total else 0.0

    quotas = [
        {"partner": name}
        | ({"min": low / 1000} if low else {})
        | ({"max": high / 1000} if high is not None else {})
        for name, (low, high) in call.quotas.items()
    ]
    quotas += [{"partner": name, "max": share(hours)} for name, hours in limits["partner"].items()]
    caps = [{"organisation": name, "max": most / 1000} for name, most in call.caps.items()]
    caps += [{"organisation": name, "max": share(hours)} for name, hours in limits["organisation"].items()]
    floors = [{"discipline": name, "min": least / 1000} for name, least in call.floors.items()]
    data |= {key: rows for key, rows in (("quotas", quotas), ("caps", caps), ("floors", floors)) if rows}


def from_now(data: dict[str, Any], placed: Sequence[dict[str, Any]], now: int) -> dict[str, Any]:
    """The instance for a plan changed at slot `now`: what has begun stays where it is (if its place is still open),
    everything else can only be placed from `now` on."""
    opened = {f["id"]: f["open"] for f in data["facilities"]}
    begun = {
        p["request"]: p
        for p in placed
        if p["start"] < now
        and any(a <= p["start"] and p["end"] <= b for a, b in opened.get(p["facility"], []))
    }
    pinned = {f["request"] for f in data.get("frozen", [])}
    known = {r["id"]: r for r in data["requests"]}
    frozen = [
        {"request": name, "facility": p["facility"], "start": p["start"]}
        for name, p in begun.items()
        if name in known and name not in pinned
    ]
    rows = [_later(r, now) if r["id"] not in begun and r["id"] not in pinned else r for r in data["requests"]]
    return {**data, "requests": rows, "frozen": [*data.get("frozen", []), *frozen]}


def _later(row: dict[str, Any], now: int) -> dict[str, Any]:
    windows = {
        name: cut
        for name, spans in row["windows"].items()
        if (cut := [[max(a, now), b] for a, b in spans if b - max(a, now) >= row["duration"]])
    }
    return {**row, "windows": windows}
