"""Reading an index: one unit within a year, what weighs how much, and two recipes side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kechuang.indicators.engine.index import (
    IndexInputError,
    Result,
    audit,
    contributions,
    effective_weights,
    implied_weights,
    peers,
    to_gain_a_rank,
)
from kechuang.indicators.queries.indices import Composed, Place

SHOWN = 3


@dataclass(frozen=True)
class Line:
    code: str
    name: str
    score: float
    rank: int | None


@dataclass(frozen=True)
class Lift:
    """How far one indicator alone must rise, in points of the common scale, for the next rank."""

    name: str
    present: float
    needed: float


@dataclass(frozen=True)
class Profile:
    pillars: list[Line]
    strengths: list[Line]
    weaknesses: list[Line]
    alike: list[str]
    lifts: list[Lift]
    above: str


def of(found: Composed, place: Place, places: list[Place]) -> Profile:
    """Strengths and weaknesses by rank within the year; lifts by the recipe's own aggregation."""
    lines = [line for code in found.framework.indicators if (line := _line(found, code, place)) is not None]
    ordered = sorted(lines, key=lambda line: (line.rank, -line.score))
    by_year = [other.at for other in places]
    near = [i for i, _distance in peers(found.result, place.at, len(found.result.units)) if i in by_year]
    above = [other for other in places if other.rank < place.rank]
    return Profile(
        pillars=[line for code in found.pillars if (line := _line(found, code, place)) is not None],
        strengths=ordered[:SHOWN],
        weaknesses=ordered[::-1][:SHOWN],
        alike=[found.unit_name(found.result.units[i][0]) for i in near[:SHOWN]],
        lifts=_lifts(found, place) if above else [],
        above=above[-1].name if above else "",
    )


def _line(found: Composed, code: str, place: Place) -> Line | None:
    score = found.result.values[code][place.at]
    if np.isnan(score):
        return None
    return Line(code, found.name(code), float(score), found.rank_in(code, place.year)[place.at])


def _lifts(found: Composed, place: Place) -> list[Lift]:
    """Against the next score of the same year: the panel is cut to that year first."""
    keep = found.units_of(place.year)
    steps = to_gain_a_rank(found.pipeline, _only(found.result, keep), keep.index(place.at))
    return [Lift(found.name(step.code), step.present, step.needed) for step in steps[:SHOWN]]


def _only(result: Result, keep: list[int]) -> Result:
    """The result for some of its units, on the common scale of all."""
    last = list(result.stages)[-1]
    cut = replace(result.panel, rows=result.panel.rows[keep], values=result.panel.values[keep])
    values = {code: each[keep] for code, each in result.values.items()}
    return replace(result, stages={**result.stages, last: cut}, values=values)


def by_pillar(found: Composed, unit: int) -> dict[str, float]:
    """Contributions of the indicators summed up by pillar."""
    parts = contributions(found.result, unit)
    return {
        pillar: sum(parts.get(code, 0.0) for code in found.framework.leaves(pillar))
        for pillar in found.pillars
    }


def weights(found: Composed) -> list[dict[str, Any]]:
    """What each indicator weighs by the recipe, and what it counts for in fact."""
    given, implied = effective_weights(found.result), implied_weights(found.result)
    return [
        {"code": code, "name": found.name(code), "given": given[code], "implied": implied[code]}
        for code in found.framework.indicators
    ]


def audited(found: Composed) -> dict[str, Any] | None:
    """Pairs of neighbours that say the same or the opposite, and what the first component explains."""
    try:
        seen = audit(found.result)
    except IndexInputError:
        return None
    pairs = [(found.name(a), found.name(b), value) for a, b, value in (*seen.redundant, *seen.opposed)]
    return {"pairs": pairs, "first": float(seen.eigenvalues[0] / seen.eigenvalues.sum())}


def compared(first: Composed, second: Composed, year: str) -> dict[str, Any]:
    """Ranks of a year under two recipes, those that move most first."""
    one, two = ({place.label: place for place in each.places(year)} for each in (first, second))
    both = [(one[label], two[label]) for label in one if label in two]
    moved = sorted(both, key=lambda pair: (-abs(pair[0].rank - pair[1].rank), pair[0].rank))
    names = dict.fromkeys(stage.name for each in (first, second) for stage in each.recipe.stages)
    a, b = first.recipe, second.recipe
    changed = [name for name in names if a.stage(name).parameters != b.stage(name).parameters]
    ranks = np.array([[x.rank, y.rank] for x, y in both], dtype=float)
    same = float(np.corrcoef(ranks, rowvar=False)[0, 1]) if len(both) > 2 else None
    pairs = [{"first": x, "second": y, "moved": x.rank - y.rank} for x, y in moved]
    return {"pairs": pairs, "changed": changed, "correlation": same}
