"""Run a recipe: stages cached by a hash of their input and parameters, so that a change re-runs only what follows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from kechuang.indicators.engine.index.framework import Framework
from kechuang.indicators.engine.index.panel import Panel, raw_panel
from kechuang.indicators.engine.index.ranks import ranks
from kechuang.indicators.engine.index.recipe import Recipe
from kechuang.indicators.engine.index.stages.aggregate import aggregate
from kechuang.indicators.engine.index.stages.denominate import denominate
from kechuang.indicators.engine.index.stages.impute import impute
from kechuang.indicators.engine.index.stages.normalise import normalise
from kechuang.indicators.engine.index.stages.screen import screen
from kechuang.indicators.engine.index.stages.treat import treat
from kechuang.indicators.engine.index.stages.weigh import weigh
from kechuang.indicators.engine.index.table import Table

PREPARE = {
    "denominate": denominate,
    "impute": impute,
    "screen": screen,
    "treat": treat,
    "normalise": normalise,
}

KEPT = 500  # stage results in memory; the oldest goes first


@dataclass(frozen=True)
class Result:
    """A composed index: the panel after each stage in order, weights (codes,) and values of every code."""

    recipe: Recipe
    framework: Framework
    stages: dict[str, Panel]
    weights: np.ndarray
    values: dict[str, np.ndarray]
    notes: tuple[str, ...]

    @property
    def panel(self) -> Panel:
        """The normalised panel: what is aggregated."""
        return list(self.stages.values())[-1]

    @property
    def units(self) -> tuple[tuple[str, ...], ...]:
        return self.panel.units

    @property
    def scores(self) -> np.ndarray:
        """The index (units,)."""
        return self.values[self.framework.index]

    @cached_property
    def ranks(self) -> dict[str, np.ndarray]:
        """Ranks of the units in every code, 1 the best; NaN where the value is missing."""
        directions = {code: self._better(code) for code in self.values}
        return {code: ranks(values[:, None] * directions[code])[:, 0] for code, values in self.values.items()}

    def _better(self, code: str) -> int:
        """Normalised values rise with what is better, unless nothing was normalised."""
        return self.framework.by_code[code].direction if "normalise" not in self.stages else 1


class Pipeline:
    """Runs recipes on one table and framework; a shared `cache` makes runs share their common stages."""

    def __init__(self, table: Table, framework: Framework, cache: MutableMapping[str, Any] | None = None):
        self.table = table
        self.framework = framework
        self.cache: MutableMapping[str, Any] = {} if cache is None else cache
        self.root = _digest(table.digest, repr(framework.nodes))

    def run(self, recipe: Recipe) -> Result:
        """Every stage, weights and values of the recipe."""
        stages, key = self.prepare(recipe)
        panel = list(stages.values())[-1]
        weights, notes = self.weights(recipe, panel, key)
        values = self.aggregate(recipe, panel, weights[None])
        return Result(
            recipe,
            self.framework,
            stages,
            weights,
            {code: batch[:, 0] for code, batch in values.items()},
            (*panel.notes, *notes),
        )

    def prepare(self, recipe: Recipe) -> tuple[dict[str, Panel], str]:
        """Panels from `raw` to the last stage before weights, and the hash of the last."""
        key = self.root
        panel = self._cached(key, lambda: raw_panel(self.table, self.framework))
        stages = {"raw": panel}
        for stage in recipe.stages:
            if stage.name in PREPARE:
                parameters, before, act = stage.parameters, panel, PREPARE[stage.name]
                key = _digest(key, stage.name, json.dumps(parameters, sort_keys=True, ensure_ascii=False))
                panel = self._cached(key, lambda act=act, before=before, p=parameters: act(before, p))
                stages[stage.name] = panel
        return stages, key

    def weights(self, recipe: Recipe, panel: Panel, key: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """Weights (codes,) of the recipe's weigh stage on the panel with that hash, and notes."""
        parameters = recipe.stage("weigh").parameters
        key = _digest(key, "weigh", json.dumps(parameters, sort_keys=True, ensure_ascii=False))
        return self._cached(key, lambda: weigh(panel, parameters))

    def aggregate(self, recipe: Recipe, panel: Panel, weights: np.ndarray) -> dict[str, np.ndarray]:
        """Values of every code under each set of weights (sets, codes); see stages.aggregate."""
        weighing = recipe.stage("weigh").parameters
        bounds = (weighing["least_share"], weighing["most_share"])
        shares = bounds if weighing["method"] == "benefit_of_the_doubt" else None
        return aggregate(panel, weights, recipe.stage("aggregate").parameters, shares)

    def _cached(self, key: str, make: Any) -> Any:
        if key not in self.cache:
            if len(self.cache) >= KEPT:
                del self.cache[next(iter(self.cache))]
            self.cache[key] = make()
        return self.cache[key]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
