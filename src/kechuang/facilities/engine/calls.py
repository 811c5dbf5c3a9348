"""A call in days, what facilities offer in it and what is asked; its time in slots.

Slot 0 begins at midnight (in the facility's zone) of the first day; slots are equally long instants, so a clock change
moves the hour a slot shows, never its length. Open time is what no machine day and no closure touches, in whole slots.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

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
            blocked.append(slots_of_days(call, day, day))
        day += timedelta(days=1)
    first, last = slots_of_days(call, call.start, call.end)
    spans, cursor = [], first
    for start, end in sorted(blocked):
        if start > cursor:
            spans.append((cursor, min(start, last)))
        cursor = max(cursor, end)
    spans.append((cursor, last))
    return [(a, b) for a, b in spans if a < b]


def slots_of_days(call: Call, first: date, last: date) -> tuple[int, int]:
    """Slots from the beginning of `first` to the end of `last`, slots that straddle midnight included at the start."""
    ends = datetime.combine(last + timedelta(days=1), time(), call.zone)
    return slot_of(call, datetime.combine(first, time(), call.zone)), slot_of(call, ends)
