"""Stages are cached by what they depend on; a change re-runs only what follows; recipes and frameworks read alike."""

from __future__ import annotations

import numpy as np
import pytest

from kechuang.indicators.engine.index.framework import from_entries, from_meta
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.recipe import parse_change, with_change
from kechuang.indicators.engine.index.table import read_table
from kechuang.indicators.engine.index.writing import csv_lines

from .conftest import DATA, META


def test_a_change_reruns_only_what_follows(small):
    pipeline, recipe = small(impute={"method": "mean"}, treat={"winmax": 3})
    first = pipeline.run(recipe)
    second = pipeline.run(with_change(recipe, "normalise.range", [0, 1]))
    for stage in ("raw", "impute", "treat"):
        assert second.stages[stage] is first.stages[stage]
    assert second.panel is not first.panel
    third = pipeline.run(with_change(recipe, "impute.method", "median"))
    assert third.stages["raw"] is first.stages["raw"]
    assert third.stages["treat"] is not first.stages["treat"]


def test_a_shared_cache_does_not_mix_data(small):
    pipeline, recipe = small()
    other = Pipeline(read_table(DATA.replace("40,8", "41,8").encode()), pipeline.framework, pipeline.cache)
    assert pipeline.run(recipe).scores.tolist() != other.run(recipe).scores.tolist()


def test_a_stage_that_the_recipe_lacks_is_put_in_its_place(small):
    _, recipe = small()
    added = with_change(recipe, "impute.method", "median")
    assert [stage.name for stage in added.stages] == ["impute", "normalise", "weigh", "aggregate"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("treat.winmax=3", ("treat.winmax", 3)),
        ("normalise.range=[1, 100]", ("normalise.range", [1, 100])),
        ("aggregate.method=geometric", ("aggregate.method", "geometric")),
        ('aggregate.method="geometric"', ("aggregate.method", "geometric")),
        ("normalise.goalposts.le=[20,85]", ("normalise.goalposts.le", [20, 85])),
    ],
)
def test_changes_are_toml_or_plain_text(text, expected):
    assert parse_change(text) == expected


def test_framework_from_entries_equals_that_from_meta():
    entries = [
        {"code": "index"},
        {"code": "power", "parent": "index"},
        {"code": "reach", "parent": "index", "weight": 2},
        {"code": "talent", "parent": "power"},
        {"code": "papers", "parent": "power", "weight": 2},
        {"code": "cost", "parent": "reach", "direction": -1},
        {"code": "deals", "parent": "reach", "weight": 3},
    ]
    assert from_entries(entries) == from_meta(META.encode())


def test_levels_and_leaves_of_a_lopsided_tree():
    tree = from_entries(
        [
            {"code": "i"},
            {"code": "a", "parent": "i"},
            {"code": "p", "parent": "i"},
            {"code": "b", "parent": "p"},
        ]
    )
    assert tree.levels == {"a": 1, "b": 1, "p": 2, "i": 3}
    assert tree.index == "i" and set(tree.leaves("i")) == {"a", "b"}


def test_table_reads_semicolons_marks_of_byte_order_and_missing_values():
    table = read_table("\ufeffcountry;x;y\n甲;1.5;NA\n乙;..;-2e3\n".encode())
    assert table.units == (("甲",), ("乙",))
    assert table.number("x")[0] == 1.5 and table.number("y")[1] == -2000
    assert str(table.number("x")[1]) == str(table.number("y")[0]) == "nan"


def test_numbers_are_written_in_full_and_read_back_the_same():
    values = np.array([[1 / 3, 7.0, -0.5], [np.nan, 1e-300, 1e22]])
    text = csv_lines(("unit", "year"), (("a, b", "2020"), ("c", "2021")), ("x", "y", "z"), values)
    assert text.splitlines()[:2] == ["unit,year,x,y,z", '"a, b",2020,0.3333333333333333,7,-0.5']
    back = read_table(text.encode(), ("unit", "year"))
    found = np.column_stack([back.number(code) for code in "xyz"])
    assert np.array_equal(found, values, equal_nan=True)
