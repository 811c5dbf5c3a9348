"""Scores and ranks under many settings at once; what replicates share is computed once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kechuang.indicators.engine.index.errors import IndexInputError, refuse
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.recipe import Recipe, with_change
from kechuang.indicators.engine.index.replicates import Replicates


@dataclass(frozen=True)
class RankIntervals:
    """Statistics of each unit's rank over the replicates, all (units,); NaN for a unit that has no score."""

    rank: np.ndarray  # under the recipe as it stands
    mean: np.ndarray
    median: np.ndarray
    q5: np.ndarray
    q95: np.ndarray
    best: np.ndarray
    worst: np.ndarray


def evaluate(pipeline: Pipeline, recipe: Recipe, replicates: Replicates) -> np.ndarray:
    """Scores of the index (rows of the table, replicates); NaN where a replicate has no score for a unit.

    Replicates with the same alternatives share their stages; their sets of weights are aggregated together.
    """
    _check_weights(recipe, replicates)
    scores = np.full((len(pipeline.table.units), len(replicates.names)), np.nan)
    groups, members = np.unique(replicates.chosen, axis=0, return_inverse=True)
    order = np.argsort(members.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(members.ravel(), minlength=len(groups)))
    for group, here in zip(groups, np.split(order, ends[:-1]), strict=True):
        try:
            rows, columns = _group_scores(pipeline, recipe, replicates, group, here)
        except IndexInputError as fault:
            settings = ", ".join(f"{name} = {value}" for name, value in _settings(replicates, group))
            raise IndexInputError(f"{replicates.names[here[0]]} ({settings}): {fault}") from None
        scores[np.ix_(rows, here)] = columns
    return scores


def rank_intervals(nominal: np.ndarray, drawn: np.ndarray) -> RankIntervals:
    """Intervals from ranks: nominal (units,) and drawn (units, replicates); 5 % and 95 % quantiles, type 7."""
    found = np.full((6, len(nominal)), np.nan)
    known = ~np.isnan(drawn).all(axis=1)
    some = drawn[known]
    statistics = (
        [np.nanmean(some, axis=1), *np.nanquantile(some, [0.5, 0.05, 0.95], axis=1)]
        if np.isnan(some).any()
        else [some.mean(axis=1), *np.quantile(some, [0.5, 0.05, 0.95], axis=1)]
    )
    found[:, known] = [*statistics, np.nanmin(some, axis=1), np.nanmax(some, axis=1)]
    return RankIntervals(nominal, *found)


def rank_shift(nominal: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Mean absolute change of the drawn ranks (units, replicates) against nominal (units,): what COINr explains."""
    return np.nanmean(np.abs(drawn - nominal[:, None]), axis=0)


def ahead(drawn: np.ndarray) -> np.ndarray:
    """Share of replicates in which the row's unit ranks before the column's (ties count half), (units, units).

    `drawn` are ranks (units, replicates). Where the share lies between 0.05 and 0.95 the two cannot be told apart.
    """
    share = np.empty((len(drawn), len(drawn)))
    for i, own in enumerate(drawn):
        share[i] = ((own < drawn) + 0.5 * (own == drawn)).mean(axis=1)
    return share


def _check_weights(recipe: Recipe, replicates: Replicates) -> None:
    if (
        replicates.weights is not None
        and recipe.stage("weigh").parameters["method"] == "benefit_of_the_doubt"
    ):
        raise refuse(
            "benefit of the doubt finds weights for each unit, so varying the shared weights changes nothing",
            "remove the uncertain input of weights",
        )


def _settings(replicates: Replicates, group: np.ndarray) -> list[tuple[str, object]]:
    return [
        (uncertain.name, alternatives[place])
        for uncertain, alternatives, place in zip(
            replicates.inputs, replicates.alternatives, group, strict=True
        )
    ]


def _group_scores(
    pipeline: Pipeline, recipe: Recipe, replicates: Replicates, group: np.ndarray, here: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    for uncertain, alternatives, place in zip(replicates.inputs, replicates.alternatives, group, strict=True):
        recipe = with_change(recipe, uncertain.change, alternatives[place])
    stages, key = pipeline.prepare(recipe)
    panel = list(stages.values())[-1]
    weights, inverse = pipeline.weights(recipe, panel, key)[0][None], np.zeros(len(here), dtype=int)
    if replicates.weights is not None:
        used, inverse = np.unique(replicates.weight_rows[here], return_inverse=True)
        table = replicates.weights.table[used]
        weights = weights * table if replicates.weights.factors else table
    values = pipeline.aggregate(recipe, panel, weights)[pipeline.framework.index]
    return panel.rows, np.broadcast_to(values, (len(values), len(weights)))[:, inverse]
