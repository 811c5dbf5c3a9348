"""Synthetic instances of two kinds: beamlines (weeks of shifts) and telescopes (nights of minutes)."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Extras:
    """How many of each to add beside the plain requests; 0 adds none."""

    partners: int = 0
    organisations: int = 0
    disciplines: int = 0
    setups: int = 0
    groups: int = 0
    chains: int = 0
    reserve: float = 0.0


WEEKS, WEEK, MACHINE_DAY = (
    26,
    21,
    3,
)  # half a year of 8-hour shifts, the first day of each week for the machine
NIGHTS, DAY, NIGHT = 7, 288, 120  # a week of 300-second slots with nights of ten hours
LONG = 8  # weeks from which on there is a shutdown of two
STRETCH = 1.25  # how far the mean duration may be drawn out before weeks or nights are left out instead
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


def generate(kind: str, requests: int, facilities: int, load: float, seed: int, extras: Extras) -> dict:
    """An instance in the command's format. `load` = slots asked for / open slots, reached through the durations,
    and by fewer weeks or nights when the requests are too few for the usual ones.

    Raises ValueError when no mix of durations can reach the load.
    """
    shape = BEAMLINES if kind == "beamlines" else TELESCOPES
    usual = sum(d * w for d, w in shape.durations.items()) / sum(shape.durations.values())
    for periods in range(shape.periods, 0, -1):
        rng = random.Random(f"{kind}-{seed}")
        places = [
            {"id": f"{shape.prefix}{i}", "open": shape.openings(rng, periods)} for i in range(facilities)
        ]
        total = sum(end - start for place in places for start, end in place["open"])
        if load * total / requests <= STRETCH * usual:
            break
    weights = _tilted(shape.durations, load * total / requests)
    rows = []
    for i in range(requests):
        duration = rng.choices(list(weights), list(weights.values()))[0]
        chosen = rng.sample(places, min(facilities, rng.randint(1, 3)))
        low, high, step = shape.density
        density = low + step * rng.randint(0, round((high - low) / step))
        row = {
            "id": f"r{i}",
            "proposal": f"p{i}",
            "value": round(density * duration, 1),
            "duration": duration,
        }
        rows.append({**row, "windows": shape.windows(rng, chosen, duration, periods)})
    data = {"slot_minutes": shape.slot_minutes, "facilities": places, "requests": rows}
    _add_extras(rng, data, extras, shape)
    return data


def _tilted(durations: dict[int, float], mean: float) -> dict[int, float]:
    """The same weights, tilted towards short or long so that their mean is `mean`."""
    if not min(durations) < mean < max(durations):
        raise ValueError(
            f"the load asks for {mean:.1f} slots a request, outside {min(durations)}–{max(durations)}; "
            "change --load, --requests or --facilities"
        )
    low, high = -5.0, 5.0
    for _ in range(60):
        tilt = (low + high) / 2
        weights = {d: w * math.exp(tilt * (d - mean)) for d, w in durations.items()}
        if sum(d * w for d, w in weights.items()) < mean * sum(weights.values()):
            low = tilt
        else:
            high = tilt
    return weights


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


def _add_extras(rng: random.Random, data: dict, extras: Extras, shape: Kind) -> None:
    rows, places = data["requests"], data["facilities"]
    for key, count in (
        ("partner", extras.partners),
        ("organisation", extras.organisations),
        ("discipline", extras.disciplines),
        ("setup", extras.setups),
    ):
        for row in rows if count else ():
            row[key] = f"{key}{rng.randrange(count)}"
    if extras.setups:
        names = [f"setup{i}" for i in range(extras.setups)]
        for place in places:
            place["changeover"] = {f"{a}>{b}": shape.changeover for a in names for b in names if a != b}
    if extras.reserve:
        for place in places:
            place["reserve"] = extras.reserve
    if extras.partners:
        low, high = round(0.6 / extras.partners, 3), round(min(1.0, 1.2 / extras.partners), 3)
        data["quotas"] = [{"partner": f"partner{i}", "min": low, "max": high} for i in range(extras.partners)]
    if extras.organisations:
        most = round(min(1.0, 1.1 / extras.organisations), 3)
        data["caps"] = [
            {"organisation": f"organisation{i}", "max": most} for i in range(extras.organisations)
        ]
    if extras.disciplines:
        least = round(0.5 / extras.disciplines, 3)
        data["floors"] = [{"discipline": f"discipline{i}", "min": least} for i in range(extras.disciplines)]
    _tie(rng, rows, extras)


def _tie(rng: random.Random, rows: list[dict], extras: Extras) -> None:
    """Bind pairs into groups, and others into an order."""
    loose = rng.sample(rows, len(rows))
    for g in range(min(extras.groups, len(rows) // 4)):
        for row in (loose.pop(), loose.pop()):
            row["group"] = f"g{g}"
    for _ in range(min(extras.chains, len(rows) // 4)):
        before, behind = loose.pop(), loose.pop()
        behind["after"] = [before["id"]]


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
