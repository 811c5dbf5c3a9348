"""Replicates of a composite index beside rebuilding the index for each of them, which is how COINr (R) works.

    python -m bench.index [--data FOLDER] [--hdi FILE]

FOLDER holds iData.csv, iMeta.csv, SA_N100_replicate_settings.csv and noisy_weights_100.csv (by default
../shared/data/asem). Prints CPU time, ratios and the largest difference between the two ways. COINr itself needs R
and is not run here. FILE is the United Nations' table of composite indices as time series (a row a country, columns
hdi_1990, le_1990, …): each published human development index is computed again and compared to three decimals.
"""

from __future__ import annotations

import argparse
import csv
import re
import statistics
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np

from kechuang.indicators.engine.index.framework import from_entries, from_meta
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.recipe import Recipe, with_change
from kechuang.indicators.engine.index.recipe_file import read_recipe
from kechuang.indicators.engine.index.replicates import Replicates, read_settings, read_weights
from kechuang.indicators.engine.index.sensitivity import study
from kechuang.indicators.engine.index.table import read_table
from kechuang.indicators.engine.index.uncertainty import evaluate

ROOT = Path(__file__).resolve().parents[1]
REBUILT = 60  # replicates rebuilt one by one; the whole is in proportion
REPEATS = 5
INPUTS = ("le", "eys", "mys", "gnipc")
TABLE = "Give the United Nations' composite indices as complete time series (CSV), from the Human Development Report."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/asem")
    parser.add_argument("--hdi", type=Path)
    given = parser.parse_args()
    if given.hdi:
        human_development(given.hdi)
    folder = given.data
    if not (folder / "iData.csv").is_file():
        print(f"index: skipped, no iData.csv in {folder.name}; give --data")
        return
    recipe = read_recipe((ROOT / "bench/recipes/asem.toml").read_bytes())
    replicates = _replicates(folder, recipe)
    together, scores = _cpu(lambda: evaluate(_pipeline(folder, recipe), recipe, replicates))
    alone, rebuilt = _cpu(lambda: _rebuild(folder, recipe, replicates), repeats=1)
    count = len(replicates.names)
    alone *= count / REBUILT
    many, found = _cpu(lambda: study(_pipeline(folder, recipe), recipe, 10_000, 1))
    print(f"{'composite index':34}{'CPU s':>10}{'target':>10}{'ratio':>10}")
    print(f"{f'{count} replicates, together':34}{together:>10.3f}{0.1:>10.1f}{1.0:>10.1f}")
    print(f"{f'{count} replicates, one by one':34}{alone:>10.3f}{'':>10}{alone / together:>10.1f}")
    print(f"{f'{found.scores.shape[1]} draws, with Sobol indices':34}{many:>10.3f}{1.0:>10.1f}{'':>10}")
    print(f"largest difference between the two ways: {np.abs(scores[:, :REBUILT] - rebuilt).max():.1e}")


def human_development(path: Path) -> None:
    """How many published values the recipe gives again, rounded half up to three decimals."""
    recipe = read_recipe((ROOT / "bench/recipes/hdi.toml").read_bytes())
    if fault := _unusable(path):
        print(f"human development: skipped, {fault}. {TABLE}")
        return
    countries = _countries(path)
    years = _years(countries)
    keys = [(row, year) for row in countries for year in years]
    lines = [",".join(("unit", "year", *INPUTS))]
    lines += [",".join((_iso(row), year, *(row[f"{name}_{year}"] for name in INPUTS))) for row, year in keys]
    table = read_table("\n".join(lines).encode(), recipe.unit)
    scores = Pipeline(table, from_entries(recipe.framework)).run(recipe).scores
    published = [(row[f"hdi_{year}"], score) for (row, year), score in zip(keys, scores, strict=True)]
    equal = sum(Decimal(text) == _rounded(score) for text, score in published if text)
    print(f"human development: {equal} of {sum(bool(text) for text, _ in published)} published values equal")


def _unusable(path: Path) -> str:
    """What keeps a file from being the table; "" for nothing."""
    if not path.is_file():
        return f"there is no file {path}"
    countries = _countries(path)
    wanted = [f"{name}_{year}" for year in _years(countries) for name in INPUTS] or ["hdi_1990"]
    absent = [name for name in wanted if not countries or name not in countries[0]]
    return f"{path.name} has no column {absent[0]}" if absent else ""


def _countries(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="latin-1", newline="") as file:
        return list(csv.DictReader(file))


def _years(countries: list[dict[str, str]]) -> list[str]:
    heads = countries[0] if countries else ()
    return sorted(name[4:] for name in heads if re.fullmatch(r"hdi_\d{4}", name))


def _iso(row: dict[str, str]) -> str:
    return next(iter(row.values()))


def _rounded(score: float) -> Decimal | None:
    return None if np.isnan(score) else Decimal(float(score)).quantize(Decimal("0.001"), ROUND_HALF_UP)


def _pipeline(folder: Path, recipe: Recipe) -> Pipeline:
    table = read_table((folder / "iData.csv").read_bytes(), recipe.unit)
    return Pipeline(table, from_meta((folder / "iMeta.csv").read_bytes()))


def _replicates(folder: Path, recipe: Recipe) -> Replicates:
    framework = _pipeline(folder, recipe).framework
    weights = read_weights((folder / "noisy_weights_100.csv").read_bytes(), framework)
    return read_settings((folder / "SA_N100_replicate_settings.csv").read_bytes(), recipe, weights)


def _rebuild(folder: Path, recipe: Recipe, replicates: Replicates) -> np.ndarray:
    """Scores of the first replicates, each by a pipeline of its own that shares nothing."""
    scores = []
    for r in range(REBUILT):
        pipeline, changed = _pipeline(folder, recipe), recipe
        for uncertain, alternatives, place in zip(
            replicates.inputs, replicates.alternatives, replicates.chosen[r], strict=True
        ):
            changed = with_change(changed, uncertain.change, alternatives[place])
        weights = replicates.weights.table[replicates.weight_rows[r]]
        given = dict(zip(pipeline.framework.codes, weights.tolist(), strict=True))
        scores.append(pipeline.run(with_change(changed, "weigh", {"weights": given})).scores)
    return np.column_stack(scores)


def _cpu(act: Callable, repeats: int = REPEATS) -> tuple[float, object]:
    """Median CPU seconds of all threads, and the last result."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        result = act()
        times.append(time.process_time() - start)
    return statistics.median(times), result


if __name__ == "__main__":
    main()
