"""From a call to an instance of the allocation command: dates, hours and grades become slots, shares and values.

Slot 0 begins at midnight (in the facility's zone) of the first day; slots are equally long instants, so a clock change
moves the hour a slot shows, never its length. Open time is what no machine day and no closure touches, in whole slots.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a facility offers: hours at most, machine weekdays (0 = Monday), reserve (percent), changeover in slots."""

    id: str
    hours: int
    machine_weekdays: Sequence[int] = ()
    reserve_percent: int = 0
    changeover: dict[str, int] = field(default_factory=dict)
    closed: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One block. `score`: grade in hundredths; `ceiling`: hours at most; `panel`: name of a panel with a ceiling."""

    id: str
    proposal: str
    score: int
    hours: int
    facilities: Sequence[str]
    earliest: date | None = None
    latest: date | None = None
    setup: str = ""
    partner: str = ""
    organisation: str = ""
    discipline: str = ""
    group: str = ""
    after: Sequence[str] = ()
    panel: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A cycle in days (both inclusive) with its rules; shares in thousandths: name → (least, most)."""

    start: date
    end: date
    slot_minutes: int
    zone: tzinfo
    quotas: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    caps: dict[str, int] = field(default_factory=dict)
    floors: dict[str, int] = field(default_factory=dict)
    panels: dict[str, int] = field(default_factory=dict)  # panel → hours at most


class BadCall(ValueError):
    """The call cannot become an instance; `problems` are (code, facts)."""

    def __init__(self, problems: list[tuple[str, dict]]):
        super().__init__("; ".join(f"{code} {facts}" for code, facts in problems))
        self.problems = problems


def origin_of(call: Call) -> datetime:
    """When slot 0 begins."""
    return datetime.combine(call.start, time(), call.zone)


def slot_of(call: Call, moment: datetime, *, up: bool = False) -> int:
    """The slot that holds `moment`; with `up`, the first one that begins at or after it."""
    position = (moment.timestamp() - origin_of(call).timestamp()) / (60 * call.slot_minutes)
    return math.ceil(position) if up else math.floor(position)


def moment_of(origin: datetime, slot_minutes: int, slot: int) -> datetime:
    """When a slot begins, in the zone of `origin`."""
    return datetime.fromtimestamp(origin.timestamp() + 60 * slot_minutes * slot, origin.tzinfo)


def open_slots(call: Call, offer: Offer) -> list[tuple[int, int]]:
    """Maximal spans of whole slots inside the cycle that no machine day and no closure touches."""
    blocked = [(slot_of(call, a), slot_of(call, b, up=True)) for a, b in offer.closed]
    day = call.start
    while day <= call.end:
        if day.weekday() in offer.machine_weekdays:
            blocked.append(_days(call, day, day))
        day += timedelta(days=1)
    first, last = _days(call, call.start, call.end)
    spans, cursor = [], first
    for start, end in sorted(blocked):
        if start > cursor:
            spans.append((cursor, min(start, last)))
        cursor = max(cursor, end)
    spans.append((cursor, last))
    return [(a, b) for a, b in spans if a < b]


def _days(call: Call, first: date, last: date) -> tuple[int, int]:
    """Slots from the beginning of `first` to the end of `last`, slots that straddle midnight included at the start."""
    ends = datetime.combine(last + timedelta(days=1), time(), call.zone)
    return slot_of(call, datetime.combine(first, time(), call.zone)), slot_of(call, ends)


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
    low, high = _days(call, first, last)
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
