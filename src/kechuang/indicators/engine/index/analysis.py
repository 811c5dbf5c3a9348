"""Reading an index: what a unit is good at, whom it resembles, and what would lift it a rank."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kechuang.indicators.engine.index.components import correlation_components
from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.pipeline import Pipeline, Result
from kechuang.indicators.engine.index.recipe import Recipe


@dataclass(frozen=True)
class Standing:
    """A unit's value and rank in one code."""

    code: str
    value: float
    rank: int


@dataclass(frozen=True)
class Audit:
    """Correlations (indicators, indicators) of normalised indicators, and their components' eigenvalues and loadings.

    `redundant` are pairs of siblings correlated above the limit, `opposed` pairs of siblings below minus the limit.
    """

    codes: tuple[str, ...]
    correlation: np.ndarray
    eigenvalues: np.ndarray
    loadings: np.ndarray
    redundant: tuple[tuple[str, str, float], ...]
    opposed: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Improvement:
    """The value of one indicator, normalised and others unchanged, at which the unit's index reaches the next unit's."""

    code: str
    present: float
    needed: float


@dataclass(frozen=True)
class Comparison:
    """Two recipes on the same data: stages that differ, and score and rank of the units under each."""

    changed: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    scores: np.ndarray  # (units, 2)
    ranks: np.ndarray  # (units, 2)
    rank_correlation: float


def strengths(result: Result, unit: int, count: int = 5) -> tuple[list[Standing], list[Standing]]:
    """The unit's best and worst indicators by rank among the units, best first and worst first."""
    standings = [
        Standing(code, float(result.values[code][unit]), int(result.ranks[code][unit]))
        for code in result.framework.indicators
        if not np.isnan(result.values[code][unit])
    ]
    ordered = sorted(standings, key=lambda standing: standing.rank)
    return ordered[:count], ordered[::-1][:count]


def peers(result: Result, unit: int, count: int = 5) -> list[tuple[int, float]]:
    """The most similar units: (place, distance), the root mean square difference of standardised indicators."""
    x = result.panel.values
    spread = np.nanstd(x, axis=0)
    difference = (x - x[unit]) / np.where(spread > 0, spread, 1)
    known = ~np.isnan(difference)
    squares = np.where(known, difference, 0) ** 2
    shared = known.sum(axis=1)
    distance = np.sqrt(squares.sum(axis=1) / np.where(shared > 0, shared, np.nan))
    order = [i for i in np.argsort(distance, kind="stable") if i != unit and not np.isnan(distance[i])]
    return [(int(i), float(distance[i])) for i in order[:count]]


def audit(result: Result, limit: float = 0.9) -> Audit:
    """Correlation and principal components of the complete units (OECD/JRC handbook 2008, step 4)."""
    codes, x = result.framework.indicators, result.panel.values
    x = x[~np.isnan(x).any(axis=1)]
    if len(x) < 3:
        raise refuse("audit: fewer than 3 units are complete", "impute missing values first")
    eigenvalues, loadings = correlation_components(x)
    correlation = np.corrcoef(x, rowvar=False)
    siblings = [
        (a, b, float(correlation[codes.index(a), codes.index(b)]))
        for below in result.framework.children.values()
        for i, a in enumerate(below)
        for b in below[i + 1 :]
        if a in codes and b in codes
    ]
    redundant = tuple(pair for pair in siblings if pair[2] > limit)
    return Audit(
        codes, correlation, eigenvalues, loadings, redundant, tuple(p for p in siblings if p[2] < -limit)
    )


def to_gain_a_rank(pipeline: Pipeline, result: Result, unit: int) -> list[Improvement]:
    """For each indicator, how far it alone must rise for the unit to reach the next score above; nearest first.

    Only rises within the best value any unit has are listed. The rise is found by bisection on the recipe's own
    aggregation, so it holds for every kind of mean.
    """
    above = result.scores[result.scores > result.scores[unit]]
    if not len(above):
        return []
    target, found = above.min(), []
    for j, code in enumerate(result.framework.indicators):
        low, high = result.panel.values[unit, j], np.nanmax(result.panel.values[:, j])
        if np.isnan(low) or _score_with(pipeline, result, unit, j, high) < target:
            continue
        needed = _bisect(
            lambda value, j=j: _score_with(pipeline, result, unit, j, value) >= target, low, high
        )
        found.append(Improvement(code, float(low), float(needed)))
    spread = np.nanmax(result.panel.values, axis=0) - np.nanmin(result.panel.values, axis=0)
    size = dict(zip(result.framework.indicators, spread, strict=True))
    return sorted(found, key=lambda step: (step.needed - step.present) / size[step.code])


def compare(pipeline: Pipeline, first: Recipe, second: Recipe) -> Comparison:
    """Both recipes on the pipeline's data, for the units that both keep."""
    a, b = pipeline.run(first), pipeline.run(second)
    names = dict.fromkeys(stage.name for recipe in (first, second) for stage in recipe.stages)
    changed = tuple(name for name in names if first.stage(name).parameters != second.stage(name).parameters)
    _, of_a, of_b = np.intersect1d(a.panel.rows, b.panel.rows, return_indices=True)
    ranks = np.column_stack([a.ranks[a.framework.index][of_a], b.ranks[b.framework.index][of_b]])
    known = ranks[~np.isnan(ranks).any(axis=1)]
    return Comparison(
        changed,
        tuple(a.units[i] for i in of_a),
        np.column_stack([a.scores[of_a], b.scores[of_b]]),
        ranks,
        float(np.corrcoef(known, rowvar=False)[0, 1]),
    )


def _score_with(pipeline: Pipeline, result: Result, unit: int, j: int, value: float) -> float:
    values = result.panel.values.copy()
    values[unit, j] = value
    panel = replace(result.panel, values=values)
    return float(
        pipeline.aggregate(result.recipe, panel, result.weights[None])[result.framework.index][unit, 0]
    )


def _bisect(reached, low: float, high: float) -> float:
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high
