"""The two kinds of synthetic instances: beamlines (weeks of shifts) and telescopes (nights of minutes)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

Span = tuple[int, int]

# half a year of 8-hour shifts, the first day of each week for the machine
WEEKS, WEEK, MACHINE_DAY = 26, 21, 3
NIGHTS, DAY, NIGHT = 7, 288, 120  # a week of 300-second slots with nights of ten hours
LONG = 8  # weeks from which on there is a shutdown of two
WIDTHS = (23, 35, 47)  # slots a target is well placed in one night


@dataclass(frozen=True)
class Kind:
    """`durations`: slots → weight; `density`: value a slot from, to, step; `changeover`: slots between set-ups.

    `periods`: how many weeks or nights; `openings` and `windows` draw open time and windows over them.
    """

    prefix: str
    slot_minutes: int
    durations: dict[int, float]
    density: tuple[float, float, float]
    changeover: int
    periods: int
    openings: Callable[[random.Random, int], list[Span]]
    windows: Callable[[random.Random, list[dict], int, int], dict[str, list[Span]]]


def _weeks(rng: random.Random, weeks: int) -> list[Span]:
    shutdown = rng.randrange(3, weeks - 4) if weeks >= LONG else weeks
    return [
        (week * WEEK + MACHINE_DAY, (week + 1) * WEEK)
        for week in range(weeks)
        if week not in (shutdown, shutdown + 1)
    ]


def _week_windows(rng: random.Random, chosen: list[dict], duration: int, weeks: int) -> dict[str, list[Span]]:
    first = rng.randrange(0, max(1, weeks - 4))
    last = rng.randint(min(first + 4, weeks), weeks)
    return {
        place["id"]: [span for span in place["open"] if first * WEEK <= span[0] < last * WEEK]
        for place in chosen
    }


def _nights(rng: random.Random, nights: int) -> list[Span]:
    dusk = 12 * rng.randrange(6, 14)
    spans = []
    for night in range(nights):
        start, length = night * DAY + dusk, NIGHT - 12 * (rng.random() < 0.6)
        fate = rng.random()
        if fate < 0.08:
            start, length = start + 36, length - 36
        if fate < 0.96:
            spans.append((start, start + length))
    return spans


def _night_windows(
    rng: random.Random, chosen: list[dict], duration: int, total: int
) -> dict[str, list[Span]]:
    """The target culminates at the same hour of the night everywhere, on some of the nights."""
    hour = rng.randrange(8, NIGHT - 16)
    nights = rng.sample(range(total), rng.randint(1, total))
    table = {}
    for place in chosen:
        spans = []
        for start, end in place["open"]:
            width, centre = rng.choice(WIDTHS), start + hour + rng.choice((-4, 0, 0, 4))
            span = (max(start, centre - width // 2), min(end, centre + width // 2 + 1))
            if start // DAY in nights and span[1] - span[0] >= duration:
                spans.append(span)
        table[place["id"]] = spans
    return {facility: spans for facility, spans in table.items() if spans}


BEAMLINES = Kind(
    "b",
    480,
    {3: 20, 6: 34, 9: 19, 12: 14, 15: 9, 18: 4},
    (3.0, 10.0, 0.1),
    1,
    WEEKS,
    _weeks,
    _week_windows,
)
TELESCOPES = Kind(
    "t",
    5,
    {2: 18, 4: 20, 6: 28, 9: 14, 12: 14, 18: 6},
    (50.0, 150.0, 5.0),
    1,
    NIGHTS,
    _nights,
    _night_windows,
)
