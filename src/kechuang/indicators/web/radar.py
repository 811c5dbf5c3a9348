"""A radar of a unit beside the leader: an SVG by attributes alone, with its table in the profile."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np

from kechuang.indicators.models import Recipe
from kechuang.indicators.queries.indices import Composed, Place, number

SIZE, RADIUS = 360, 116
LATIN, CHINESE, LINE = 18, 9, 13  # signs of a label's line, and its height
RINGS = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Radar:
    """Ready to draw: rings, spokes with labels, and one polygon a unit; `table` says the same in numbers."""

    rings: list[str]
    spokes: list[dict]
    own: str
    leader: str
    label: str
    leader_label: str
    table: list[tuple[str, float | None, float | None]]
    source: str
    size: int = SIZE


def radar(found: Composed, place: Place, first: Place, recipe: Recipe) -> Radar | None:
    """By indicator, on the scale from the year's worst to its best; None with fewer than three axes."""
    codes = found.framework.indicators if len(found.framework.indicators) <= 12 else found.pillars
    if len(codes) < 3:
        return None
    here = found.units_of(place.year)
    spokes, own, leader = [], [], []
    for k, code in enumerate(codes):
        values = found.result.values[code]
        low, high = np.nanmin(values[here]), np.nanmax(values[here])
        spread = high - low or 1.0
        angle = 2 * pi * k / len(codes) - pi / 2
        own.append(_point(angle, _share(values[place.at], low, spread)))
        leader.append(_point(angle, _share(values[first.at], low, spread)))
        x, y = _xy(angle, 1.1)
        anchor = "middle" if abs(cos(angle)) < 0.3 else "start" if cos(angle) > 0 else "end"
        end = _xy(angle, 1.0)
        spokes.append(
            {"x": x, "x2": end[0], "y2": end[1], "anchor": anchor, "lines": _lines(found.name(code), y)}
        )
    rings = [" ".join(_point(2 * pi * k / len(codes) - pi / 2, r) for k in range(len(codes))) for r in RINGS]
    same = first.at == place.at
    return Radar(
        rings,
        spokes,
        " ".join(own),
        "" if same else " ".join(leader),
        place.name,
        "" if same else first.name,
        [
            (found.name(code), *(number(found.result.values[code][unit.at]) for unit in (place, first)))
            for code in codes
        ],
        recipe.source,
    )


def _lines(name: str, y: float) -> list[tuple[float, str]]:
    """A label in two lines at most, around its height."""
    width = CHINESE if any(sign >= "\u2e80" for sign in name) else LATIN
    lines = textwrap.wrap(name, width, max_lines=2, placeholder="…") or [""]
    return [(round(y + 4 + LINE * (i - (len(lines) - 1) / 2), 1), text) for i, text in enumerate(lines)]


def _share(value: float, low: float, spread: float) -> float:
    return 0.0 if np.isnan(value) else float((value - low) / spread)


def _xy(angle: float, share: float) -> tuple[float, float]:
    middle = SIZE / 2
    return round(middle + RADIUS * share * cos(angle), 1), round(middle + RADIUS * share * sin(angle), 1)


def _point(angle: float, share: float) -> str:
    return ",".join(map(str, _xy(angle, share)))
