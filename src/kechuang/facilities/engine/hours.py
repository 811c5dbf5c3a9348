"""Open hours as short text: "1-5 09:00-17:00; 6 10:00-12:00" (1 = Monday), "24/7", "" = by appointment."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

DAY = 24 * 60
ALWAYS = "24/7"
_PART = re.compile(r"([1-7])(?:-([1-7]))?\s+(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
Week = tuple[tuple[tuple[int, int], ...], ...]


@lru_cache(maxsize=1024)
def parse(text: str) -> Week:
    """For each weekday (Monday first) its open intervals in minutes, half-open, in order.

    Raises ValueError naming the part that cannot be read, that ends before it begins, or that overlaps another.
    """
    if text.strip() == ALWAYS:
        return ((((0, DAY),)),) * 7
    days: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for part in filter(None, (p.strip() for p in re.split(r"[;；]", text))):
        found = _PART.fullmatch(part)
        if not found:
            raise ValueError(f"{part!r} is not of the form 1-5 09:00-17:00")
        first, last = int(found[1]), int(found[2] or found[1])
        start, end = int(found[3]) * 60 + int(found[4]), int(found[5]) * 60 + int(found[6])
        if last < first or not 0 <= start < end <= DAY or int(found[4]) > 59 or int(found[6]) > 59:
            raise ValueError(f"{part!r} ends before it begins")
        for weekday in range(first - 1, last):
            if any(start < e and s < end for s, e in days[weekday]):
                raise ValueError(f"{part!r} overlaps another part on day {weekday + 1}")
            days[weekday].append((start, end))
    return tuple(tuple(sorted(day)) for day in days)


def canonical(text: str) -> str:
    """The same hours in one spelling, so that equal hours are equal texts. Raises ValueError like parse."""
    week = parse(text)
    if all(day == ((0, DAY),) for day in week):
        return ALWAYS
    spans: dict[tuple[int, int], list[int]] = {}
    for number, day in enumerate(week, 1):
        for interval in day:
            spans.setdefault(interval, []).append(number)
    parts = [(run, span) for span, numbers in spans.items() for run in _runs(numbers)]
    return "; ".join(f"{_days(run)} {_clock(s)}-{_clock(e)}" for run, (s, e) in sorted(parts))


def is_open(text: str, at: datetime) -> bool:
    """Is it open at this local moment? Raises ValueError like parse."""
    minute = at.hour * 60 + at.minute
    return any(start <= minute < end for start, end in parse(text)[at.weekday()])


def open_minutes(text: str, first: date, last: date) -> int:
    """Open minutes from first to last day, both inclusive."""
    lengths = [sum(end - start for start, end in day) for day in parse(text)]
    days = max((last - first).days + 1, 0)
    whole = days // 7 * sum(lengths)
    return whole + sum(lengths[(first + timedelta(days=i)).weekday()] for i in range(days % 7))


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _days(run: tuple[int, int]) -> str:
    return str(run[0]) if run[0] == run[1] else f"{run[0]}-{run[1]}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
