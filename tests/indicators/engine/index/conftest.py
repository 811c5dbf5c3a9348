"""A small made-up index (synthetic), and the public ASEM and TAI tables where `shared/` stands beside the checkout."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from kechuang.indicators.engine.index.framework import from_meta
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.recipe import with_change
from kechuang.indicators.engine.index.recipe_file import read_recipe
from kechuang.indicators.engine.index.table import read_table

CHECKOUT = Path(__file__).resolve().parents[4]
RECIPES = CHECKOUT / "bench" / "recipes"

META = """Level,iCode,Direction,Weight,Parent,Type
1,talent,1,1,power,Indicator
1,papers,1,2,power,Indicator
1,cost,-1,1,reach,Indicator
1,deals,1,3,reach,Indicator
2,power,1,1,index,Aggregate
2,reach,1,2,index,Aggregate
3,index,1,1,,Aggregate
"""
DATA = """unit,region,year,talent,papers,cost,deals
a,north,2024,1,10,5,7
b,north,2024,4,20,3,9
c,south,2024,2,40,8,1
d,south,2024,8,35,2,4
e,south,2024,6,15,6,3
"""
RECIPE = """
[[stage]]
name = "normalise"
method = "minmax"
range = [1, 100]
[[stage]]
name = "weigh"
[[stage]]
name = "aggregate"
[[uncertain]]
name = "mean"
change = "aggregate.method"
choices = ["arithmetic", "geometric"]
[[uncertain]]
name = "scale"
change = "normalise"
choices = [{ method = "minmax", range = [1, 100] }, { method = "z", mean = 50, sd = 10 }]
[[uncertain]]
name = "weights"
change = "weights"
noise = 0.5
sets = 20
"""


@pytest.fixture
def small():
    """(pipeline, recipe) of the synthetic index; `small(data=…, meta=…, **changes)` varies it."""

    def make(data: str = DATA, meta: str = META, recipe: str = RECIPE, **changes):
        chosen = read_recipe(recipe.encode())
        for address, value in changes.items():
            chosen = with_change(chosen, address.replace("__", "."), value)
        return Pipeline(read_table(data.encode()), from_meta(meta.encode())), chosen

    return make


@pytest.fixture(scope="session")
def shared(shared):
    """The public tables."""
    return shared / "data"


@pytest.fixture(scope="session")
def asem(shared):
    """(pipeline, recipe) of the ASEM index."""
    recipe = read_recipe((RECIPES / "asem.toml").read_bytes())
    table = read_table((shared / "asem/iData.csv").read_bytes(), recipe.unit)
    return Pipeline(table, from_meta((shared / "asem/iMeta.csv").read_bytes())), recipe


@pytest.fixture(scope="session")
def numbers():
    """Reads a reference table into {(unit, column): value}."""

    def read(path: Path) -> dict[tuple[str, str], float]:
        with path.open(encoding="utf-8") as file:
            header, *rows = list(csv.reader(file))
        return {
            (row[0], code): float(cell) if cell not in ("NA", "") else math.nan
            for row in rows
            for code, cell in zip(header[1:], row[1:], strict=True)
        }

    return read
