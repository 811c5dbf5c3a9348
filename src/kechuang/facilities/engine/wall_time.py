"""Wall times of a zone and the instants they are.

A wall time that a clock change skips or repeats is refused by name, never shifted in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

SLOT_SECONDS = 900
MOST_REPEATS, MOST_APART = 60, 366  # bookings of a series, days between two of them
Weekly = tuple[tuple[int, time, time], ...]
Span = tuple[datetime, datetime]


class BadTime(ValueError):
    """A wall time that does not exist, or exists twice, on that day in that zone."""

    def __init__(self, code: str, wall: datetime):
        super().__init__(f"{code}: {wall:%Y-%m-%d %H:%M}")
        self.code, self.wall = code, wall


def slots(start: datetime, end: datetime) -> range:
    """Quarters of an hour since 1970 that [start, end) touches."""
    return range(int(start.timestamp()) // SLOT_SECONDS, -(-int(end.timestamp()) // SLOT_SECONDS))


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The instant of a wall time. Raises BadTime when clocks skip it (no_such_time) or show it twice (time_twice)."""
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if back != wall:
        raise BadTime("no_such_time", wall)
    if first.utcoffset() != second.utcoffset():
        raise BadTime("time_twice", wall)
    return first


def repeat(start: datetime, end: datetime, days: int, count: int, zone: tzinfo) -> list[Span]:
    """`count` spans, one every `days` days at the same wall time. Raises BadTime at a clock change, ValueError
    when count is not 1 to MOST_REPEATS or days not 1 to MOST_APART."""
    if not 1 <= count <= MOST_REPEATS or not 1 <= days <= MOST_APART:
        raise ValueError(f"a series has 1 to {MOST_REPEATS} bookings, 1 to {MOST_APART} days apart")
    walls = [t.astimezone(zone).replace(tzinfo=None) for t in (start, end)]
    return [
        (
            instant(walls[0] + timedelta(days=days * i), zone),
            instant(walls[1] + timedelta(days=days * i), zone),
        )
        for i in range(count)
    ]


def spans_of(weekly: Weekly, start: datetime, end: datetime, zone: tzinfo) -> list[Span]:
    """The weekly hours around [start, end) as instants; an end that is not after its start is on the next day."""
    day, last = start.astimezone(zone).date() - timedelta(days=1), end.astimezone(zone).date()
    found = []
    while day <= last:
        for weekday, opens, closes in weekly:
            if weekday == day.weekday():
                until = day if closes > opens else day + timedelta(days=1)
                found.append(
                    (
                        datetime.combine(day, opens, zone).astimezone(UTC),
                        datetime.combine(until, closes, zone).astimezone(UTC),
                    )
                )
        day += timedelta(days=1)
    return sorted(found)


def overlap(spans: Sequence[Span], start: datetime, end: datetime) -> timedelta:
    """How much of [start, end) the (disjoint) spans cover."""
    return sum((max(min(end, b) - max(start, a), timedelta()) for a, b in spans), timedelta())


def joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
