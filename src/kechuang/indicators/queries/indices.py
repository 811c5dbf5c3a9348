"""Indices composed for pages: ranks with their intervals within a year, and who cannot be told apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from kechuang.core.language import is_english
from kechuang.indicators.engine.index import (
    Framework,
    Pipeline,
    Result,
    ahead,
    evaluate,
    from_entries,
    from_meta,
    rank_intervals,
    read_recipe,
    read_table,
)
from kechuang.indicators.engine.index import Recipe as EngineRecipe
from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.ranks import ranks
from kechuang.indicators.engine.index.replicates import draw
from kechuang.indicators.models import Recipe

DRAWS = 1000
SEED = 1
UNSURE = 0.05  # two units whose order holds in less than 95 % of the draws cannot be told apart


def visible_recipes(user: Any) -> QuerySet[Recipe]:
    """Visitors see public indices; members all that are public or their own; analysts all."""
    from kechuang.core.models import Role
    from kechuang.core.roles import roles_of

    rows = Recipe.objects.all()
    if not getattr(user, "is_authenticated", False):
        return rows.filter(public=True)
    if roles_of(user) & {Role.ANALYST, Role.ADMIN, Role.OFFICER, Role.LEADER}:
        return rows
    return rows.filter(Q(public=True) | Q(owner=user))


@dataclass(frozen=True)
class Place:
    """A unit's place within a year: rank with the interval that holds it in 90 % of the draws."""

    at: int  # among result.units
    label: str  # the key of the unit
    name: str  # in the reader's language
    year: str
    score: float
    rank: int
    low: int | None
    high: int | None
    like: tuple[str, ...]  # names of those ranked next to it and not to be told apart from it


class Composed:
    """A recipe run on its data, with draws of its uncertain inputs."""

    def __init__(self, text: str, data: str, meta: str) -> None:
        self.recipe = read_recipe(text.encode())
        table = read_table(data.encode(), self.recipe.unit)
        self.pipeline = Pipeline(table, framework_of(self.recipe, meta))
        self.result: Result = self.pipeline.run(self.recipe)
        for column in self.recipe.names.values():
            table.text(column)

    @property
    def framework(self) -> Framework:
        return self.result.framework

    @cached_property
    def drawn(self) -> np.ndarray | None:
        """Scores (units, draws); None where the recipe declares nothing uncertain."""
        if not self.recipe.uncertain:
            return None
        rng = np.random.default_rng(SEED)
        uniform = rng.random((DRAWS, len(self.recipe.uncertain)))
        scores = evaluate(self.pipeline, self.recipe, draw(self.recipe, self.framework, uniform, rng))
        return scores[self.result.panel.rows]

    @property
    def years(self) -> list[str]:
        """Years of a panel, newest first; [""] where units have one key."""
        return sorted({year_of(unit) for unit in self.result.units}, reverse=True)

    def units_of(self, year: str) -> list[int]:
        return [i for i, unit in enumerate(self.result.units) if year_of(unit) == year]

    def places(self, year: str) -> list[Place]:
        """Units of a year by rank."""
        here = [i for i in self.units_of(year) if not np.isnan(self.result.scores[i])]
        if not here:
            return []
        scores = self.result.scores[here]
        own = ranks(scores[:, None])[:, 0]
        found = None if self.drawn is None else ranks(self.drawn[here])
        spread = None if found is None else rank_intervals(own, found)
        before = None if found is None else ahead(found)
        order = sorted(range(len(here)), key=lambda k: (own[k], self.result.units[here[k]]))
        rows = []
        for place, k in enumerate(order):
            near = [order[place + step] for step in (-1, 1) if 0 <= place + step < len(order)]
            like = (
                ()
                if before is None
                else tuple(
                    self.unit_name(self.result.units[here[other]][0])
                    for other in near
                    if UNSURE < before[k, other] < 1 - UNSURE
                )
            )
            low, high = (None, None) if spread is None else (int(spread.q5[k]), int(np.ceil(spread.q95[k])))
            unit = self.result.units[here[k]]
            name = self.unit_name(unit[0])
            rows.append(Place(here[k], unit[0], name, year, float(scores[k]), int(own[k]), low, high, like))
        return rows

    def rank_in(self, code: str, year: str) -> dict[int, int | None]:
        """Ranks of a year's units in one code of the tree."""
        here = self.units_of(year)
        direction = 1 if "normalise" in self.result.stages else self.framework.by_code[code].direction
        found = ranks(self.result.values[code][here][:, None] * direction)[:, 0]
        return {i: None if np.isnan(rank) else int(rank) for i, rank in zip(here, found, strict=True)}

    def name(self, code: str) -> str:
        """A node's name in the reader's language."""
        node = self.framework.by_code[code]
        return (node.name if is_english() else node.name_zh or node.name) or code

    @cached_property
    def _unit_names(self) -> dict[str, dict[str, str]]:
        """{unit: {language: name}} from the columns of the data that the recipe names."""
        table, found = self.pipeline.table, {}
        for language, column in self.recipe.names.items():
            for unit, name in zip(table.units, table.text(column), strict=True):
                if name:
                    found.setdefault(unit[0], {})[language] = name
        return found

    def unit_names(self, label: str) -> dict[str, str]:
        """What a unit is called in each language that the data know."""
        return self._unit_names.get(label, {})

    def unit_name(self, label: str) -> str:
        """A unit's name in the reader's language; its key where the data give none."""
        return self.unit_names(label).get("en" if is_english() else "zh", label)

    def words_of(self, unit: tuple[str, ...]) -> str:
        """A unit with its further keys, such as the year."""
        return " ".join((self.unit_name(unit[0]), *unit[1:]))

    @property
    def pillars(self) -> tuple[str, ...]:
        return self.framework.children.get(self.framework.index, ())

    @property
    def focus(self) -> tuple[str, ...]:
        """The unit the index is about; empty for none."""
        return self.recipe.focus


def year_of(unit: tuple[str, ...]) -> str:
    return unit[1] if len(unit) > 1 else ""


def framework_of(recipe: EngineRecipe, meta: str) -> Framework:
    """From the iMeta table or the recipe's own entries. Raises IndexInputError."""
    if meta.strip():
        return from_meta(meta.encode(), "the framework")
    if not recipe.framework:
        raise refuse("the recipe holds no framework", "add [[framework]] tables or give a framework CSV")
    return from_entries(recipe.framework)


@lru_cache(maxsize=32)
def composed(text: str, data: str, meta: str = "") -> Composed:
    """Raises IndexInputError naming what is wrong with recipe, data or framework."""
    return Composed(text, data, meta)


def of(recipe: Recipe) -> Composed:
    return composed(recipe.text, recipe.data, recipe.meta)


def digest_of(recipe: Recipe) -> str:
    return hashlib.sha256("\0".join((recipe.text, recipe.data, recipe.meta)).encode()).hexdigest()


def number(value: Any) -> float | None:
    """For JSON: missing is null."""
    return None if value is None or np.isnan(value) else float(value)
