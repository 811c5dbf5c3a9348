"""Synthetic instances to plan for, with as many further rules as are asked for."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from .generated_kinds import BEAMLINES, TELESCOPES, Kind


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


STRETCH = 1.25  # how far the mean duration may be drawn out before weeks or nights are left out instead


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
