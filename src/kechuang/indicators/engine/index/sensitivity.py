"""Which uncertain input moves the ranking: Sobol indices of first and total order, with bootstrap intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.ranks import ranks
from kechuang.indicators.engine.index.recipe import Recipe
from kechuang.indicators.engine.index.replicates import Replicates, draw, split_inputs
from kechuang.indicators.engine.index.uncertainty import RankIntervals, evaluate, rank_intervals, rank_shift

WIDE = 0.2  # a 90 % interval of an index of 0..1 wider than this settles no order of importance
RESAMPLES = 1000


@dataclass(frozen=True)
class Sobol:
    """Indices (inputs,) with the bounds of their 90 % bootstrap intervals."""

    first: np.ndarray
    first_low: np.ndarray
    first_high: np.ndarray
    total: np.ndarray
    total_low: np.ndarray
    total_high: np.ndarray


@dataclass(frozen=True)
class Study:
    """`scores` are (rows of the table, evaluations): A, B, then A with each input's column from B."""

    replicates: Replicates
    nominal: np.ndarray
    scores: np.ndarray
    intervals: RankIntervals
    sobol: Sobol
    notes: tuple[str, ...]


def study(pipeline: Pipeline, recipe: Recipe, draws: int, seed: int) -> Study:
    """Evaluate the recipe `draws` times at most and explain the mean absolute change of rank.

    n = draws // (inputs + 2) base points. Rank intervals rest on the 2 n independent ones. Design and estimators:
    Saltelli et al. (2010), Jansen (1999) for the total order.
    """
    split_inputs(recipe)
    d = len(recipe.uncertain)
    n = draws // (d + 2)
    if n < 2:
        raise refuse(
            f"{draws} draws are too few for {d} uncertain inputs", f"give --draws {2 * (d + 2)} or more"
        )
    rng = np.random.default_rng(seed)
    replicates = draw(recipe, pipeline.framework, _design(rng.random((2 * n, d))), rng)
    scores = evaluate(pipeline, recipe, replicates)
    nominal = nominal_scores(pipeline, recipe)
    rank, drawn = ranks(nominal[:, None])[:, 0], ranks(scores)
    shift = rank_shift(rank, drawn)
    a, b, mixed = shift[:n], shift[n : 2 * n], shift[2 * n :].reshape(d, n).T
    indices = sobol(a, b, mixed, rng)
    ranges = rank_intervals(rank, drawn[:, : 2 * n])
    return Study(replicates, nominal, scores, ranges, indices, _warnings(recipe, indices, n * (d + 2)))


def intervals(pipeline: Pipeline, recipe: Recipe, draws: int = 1000, seed: int = 1) -> RankIntervals:
    """Rank intervals of the recipe's uncertain inputs from independent draws, without explaining them."""
    split_inputs(recipe)
    rng = np.random.default_rng(seed)
    replicates = draw(recipe, pipeline.framework, rng.random((draws, len(recipe.uncertain))), rng)
    drawn = ranks(evaluate(pipeline, recipe, replicates))
    return rank_intervals(ranks(nominal_scores(pipeline, recipe)[:, None])[:, 0], drawn)


def nominal_scores(pipeline: Pipeline, recipe: Recipe) -> np.ndarray:
    """Scores of the recipe as it stands (rows of the table,), NaN for units that were screened out."""
    result = pipeline.run(recipe)
    scores = np.full(len(pipeline.table.units), np.nan)
    scores[result.panel.rows] = result.scores
    return scores


def sobol(a: np.ndarray, b: np.ndarray, mixed: np.ndarray, rng: np.random.Generator) -> Sobol:
    """Indices from outputs at A (n,), at B (n,), and at A with input i from B (n, inputs).

    First order: mean b (m − a) / V; total order: mean (a − m)² / 2 V. Outputs are centred first, which keeps the
    first order from losing digits. Rows are resampled together, V included.
    """
    centre = np.concatenate([a, b, mixed.ravel()]).mean()
    a, b, mixed = a - centre, b - centre, mixed - centre
    products = np.column_stack(
        [b[:, None] * (mixed - a[:, None]), (a[:, None] - mixed) ** 2 / 2, a + b, a**2 + b**2]
    )
    n, d = mixed.shape
    point = _indices(np.ones((1, n)), products, d)[0]
    places = rng.integers(n, size=(RESAMPLES, n)) + n * np.arange(RESAMPLES)[:, None]
    counts = np.bincount(places.ravel(), minlength=RESAMPLES * n).reshape(RESAMPLES, n)
    resampled = _indices(counts.astype(float), products, d)
    spread = resampled[
        ~np.isnan(resampled).any(axis=1)
    ]  # a resample of equal outputs has no variance to share
    low, high = np.quantile(spread, [0.05, 0.95], axis=0) if len(spread) else np.full((2, 2 * d), np.nan)
    return Sobol(point[:d], low[:d], high[:d], point[d:], low[d:], high[d:])


def _indices(counts: np.ndarray, products: np.ndarray, d: int) -> np.ndarray:
    n = counts.shape[1]
    means = counts @ products / n
    variance = means[:, 2 * d + 1] / 2 - (means[:, 2 * d] / 2) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return means[:, : 2 * d] / np.where(variance > 0, variance, np.nan)[:, None]


def _design(base: np.ndarray) -> np.ndarray:
    a, b = np.split(base, 2)
    mixed = []
    for i in range(base.shape[1]):
        columns = a.copy()
        columns[:, i] = b[:, i]
        mixed.append(columns)
    return np.vstack([a, b, *mixed])


def _warnings(recipe: Recipe, indices: Sobol, draws: int) -> tuple[str, ...]:
    if np.isnan(indices.total).any():
        return ("sensitivity: no setting changes any rank, so there is nothing to explain",)
    widths = np.maximum(indices.total_high - indices.total_low, indices.first_high - indices.first_low)
    widest = int(np.argmax(widths))
    if widths[widest] <= WIDE:
        return ()
    needed = int(np.ceil(draws * (widths[widest] / WIDE) ** 2 / 1000) * 1000)
    name = recipe.uncertain[widest].name
    return (
        f"sensitivity: too few draws: the 90 % interval of '{name}' is {widths[widest]:.2f} wide; "
        f"about {needed} draws would bring it to {WIDE:g}",
    )
