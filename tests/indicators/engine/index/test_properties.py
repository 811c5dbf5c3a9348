"""What must hold for any data: ranges, order, scaling of weights, intervals around ranks."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kechuang.indicators.engine.index.framework import from_meta
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.ranks import ranks
from kechuang.indicators.engine.index.recipe import with_change
from kechuang.indicators.engine.index.recipe_file import read_recipe
from kechuang.indicators.engine.index.replicates import draw
from kechuang.indicators.engine.index.sensitivity import intervals
from kechuang.indicators.engine.index.table import read_table
from kechuang.indicators.engine.index.uncertainty import evaluate, rank_intervals

from .conftest import META, RECIPE

CODES = ("talent", "papers", "cost", "deals")
matrices = (
    st.integers(3, 9)
    .flatmap(
        lambda n: st.lists(st.lists(st.integers(-1000, 1000), min_size=4, max_size=4), min_size=n, max_size=n)
    )
    .filter(lambda rows: all(len(set(column)) > 1 for column in zip(*rows, strict=True)))
)


def pipeline(rows, order=None, meta=META):
    order = range(len(rows)) if order is None else order
    lines = [f"u{i}," + ",".join(map(str, rows[i])) for i in order]
    return Pipeline(
        read_table("\n".join(["unit," + ",".join(CODES), *lines]).encode()), from_meta(meta.encode())
    )


@settings(max_examples=60)
@given(matrices)
def test_minmax_fills_its_range_and_means_stay_within_their_children(rows):
    result = pipeline(rows).run(read_recipe(RECIPE.encode()))
    values = result.panel.values
    assert np.allclose(values.min(axis=0), 1) and np.allclose(values.max(axis=0), 100)
    for parent, children in result.framework.children.items():
        below = np.column_stack([result.values[child] for child in children])
        assert (result.values[parent] >= below.min(axis=1) - 1e-9).all()
        assert (result.values[parent] <= below.max(axis=1) + 1e-9).all()


@settings(max_examples=60)
@given(matrices, st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    recipe = read_recipe(RECIPE.encode())
    plain, mixed = pipeline(rows).run(recipe), pipeline(rows, order).run(recipe)
    expected = dict(zip(plain.units, plain.ranks["index"], strict=True))
    assert dict(zip(mixed.units, mixed.ranks["index"], strict=True)) == expected


@settings(max_examples=40)
@given(
    matrices,
    st.floats(0.01, 100),
    st.sampled_from(["arithmetic", "geometric", "harmonic", "median", "copeland"]),
)
def test_scaling_the_weights_of_siblings_changes_nothing(rows, factor, method):
    recipe = with_change(read_recipe(RECIPE.encode()), "aggregate.method", method)
    scaled = with_change(recipe, "weigh.weights", {"cost": factor, "deals": 3 * factor})
    p = pipeline(rows)
    assert np.allclose(p.run(recipe).scores, p.run(scaled).scores, rtol=1e-9)


@settings(max_examples=25)
@given(matrices)
def test_rank_intervals_contain_the_ranks_they_are_made_of(rows):
    recipe = read_recipe(RECIPE.encode())
    p = pipeline(rows)
    rng = np.random.default_rng(1)
    drawn = ranks(evaluate(p, recipe, draw(recipe, p.framework, rng.random((50, 3)), rng)))
    found = rank_intervals(p.run(recipe).ranks["index"], drawn)
    assert (found.best[:, None] <= drawn).all() and (drawn <= found.worst[:, None]).all()
    within = ((found.q5[:, None] <= drawn) & (drawn <= found.q95[:, None])).mean(axis=1)
    assert (within >= 0.88).all()


@settings(max_examples=25)
@given(matrices)
def test_without_uncertainty_the_interval_is_the_rank(rows):
    text = RECIPE.split("[[uncertain]]")[0]
    recipe = read_recipe(
        (text + '[[uncertain]]\nname = "m"\nchange = "aggregate.method"\nchoices = ["arithmetic"]\n').encode()
    )
    found = intervals(pipeline(rows), recipe, draws=5)
    assert found.q5.tolist() == found.q95.tolist() == found.rank.tolist()


@settings(max_examples=40)
@given(matrices, st.integers(0, 3))
def test_turning_an_indicator_and_its_direction_changes_nothing(rows, j):
    turned = [[-v if i == j else v for i, v in enumerate(row)] for row in rows]
    line = next(line for line in META.splitlines() if f",{CODES[j]}," in line)
    level, code, direction, rest = line.split(",", 3)
    meta = META.replace(line, f"{level},{code},{-int(direction)},{rest}")
    assume(meta != META)
    recipe = read_recipe(RECIPE.encode())
    assert np.allclose(pipeline(rows).run(recipe).scores, pipeline(turned, meta=meta).run(recipe).scores)
