"""The Technology Achievement Index against the ranks that the OECD/JRC handbook publishes."""

from __future__ import annotations

import csv

import pytest

from kechuang.indicators.engine.index.framework import from_entries
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.recipe import with_change
from kechuang.indicators.engine.index.recipe_file import read_recipe
from kechuang.indicators.engine.index.table import read_table

from .conftest import RECIPES


@pytest.mark.parametrize(("method", "column"), [("equal", "EW"), ("budget", "BAP")])
def test_published_ranks(shared, method, column):
    recipe = with_change(read_recipe((RECIPES / "tai.toml").read_bytes()), "weigh.method", method)
    table = read_table((shared / "tai/tai_23_raw.csv").read_bytes(), recipe.unit)
    result = Pipeline(table, from_entries(recipe.framework)).run(recipe)
    published = csv.DictReader((shared / "tai/tai_published_ranks.csv").open(encoding="utf-8"))
    expected = {row["country"]: int(row[column]) for row in published}
    assert {unit[0]: rank for unit, rank in zip(result.units, result.ranks["TAI"], strict=True)} == expected


def test_factor_weights_are_near_the_handbook(shared):
    """Published to two decimals from loadings rounded to two decimals."""
    recipe = with_change(read_recipe((RECIPES / "tai.toml").read_bytes()), "weigh.method", "pca")
    table = read_table((shared / "tai/tai_23_raw.csv").read_bytes(), recipe.unit)
    # The handbook analyses the data themselves; goalposts would cap four of them.
    recipe = with_change(recipe, "normalise.method", "z")
    result = Pipeline(table, from_entries(recipe.framework)).run(recipe)
    with (shared / "tai/tai_weights.csv").open(encoding="utf-8") as file:
        published = next(row for row in csv.DictReader(file) if row[""] == "FA")
    found = dict(zip(result.framework.codes, result.weights, strict=True))
    for code in result.framework.indicators:
        assert found[code] == pytest.approx(float(published[code]), abs=0.02), code
