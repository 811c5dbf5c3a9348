"""The human development recipe against published worked values and an independent formula."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.indicators.engine.index.framework import from_entries
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.recipe_file import read_recipe
from kechuang.indicators.engine.index.table import read_table

from .conftest import RECIPES

# UNDP, Human Development Report 2021/22, table 1: life expectancy, schooling expected and mean, income, index for 2021.
PUBLISHED = {
    ("Norway", "2021"): (83.2, 18.2, 13.0, 64660, 0.961),
    ("Australia", "2021"): (84.5, 21.1, 12.7, 49238, 0.951),
    ("Costa Rica", "2021"): (77.0, 16.5, 8.8, 19974, 0.809),
}


def scores(rows):
    recipe = read_recipe((RECIPES / "hdi.toml").read_bytes())
    lines = [",".join(["unit,year,le,eys,mys,gnipc"])] + [",".join(map(str, row)) for row in rows]
    table = read_table("\n".join(lines).encode(), recipe.unit)
    return Pipeline(table, from_entries(recipe.framework)).run(recipe).scores


def test_published_values():
    found = scores([(*unit, *values[:4]) for unit, values in PUBLISHED.items()])
    for score, values in zip(found, PUBLISHED.values(), strict=True):
        assert abs(score - values[4]) < 0.0015  # the components are published with one decimal


def test_a_missing_component_leaves_the_score_missing():
    found = scores(
        [("A", 2020, 70, 12, 8, 9000), ("A", 2021, 70, "", 8, 9000), ("B", 2021, "..", 12, 8, 9000)]
    )
    assert np.isnan(found).tolist() == [False, True, True]


def test_a_value_below_the_lowest_goalpost_counts_as_zero():
    assert scores([("A", 2020, 12, 12, 8, 9000), ("B", 2020, 70, 12, 8, 9000)])[0] == 0


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.floats(25, 95), st.floats(0.5, 25), st.floats(0.5, 18), st.floats(150, 200_000)),
        min_size=1,
        max_size=8,
    )
)
def test_formula(rows):
    found = scores([(f"u{i}", 2020, *map(repr, row)) for i, row in enumerate(rows)])
    for score, (le, eys, mys, income) in zip(found, rows, strict=True):
        health = min(1, (le - 20) / 65)
        education = (min(1, eys / 18) + min(1, mys / 15)) / 2
        wealth = min(1, math.log(income / 100) / math.log(750))
        assert score == pytest.approx((health * education * wealth) ** (1 / 3), rel=1e-12)
