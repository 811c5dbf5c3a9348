"""The ASEM index against every stage, variant and replicate that COINr (R) computed on the same data."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kechuang.indicators.engine.index.recipe import with_change
from kechuang.indicators.engine.index.replicates import read_settings, read_weights
from kechuang.indicators.engine.index.sensitivity import sobol
from kechuang.indicators.engine.index.uncertainty import evaluate

BOUND = 1e-9
# Ties in the CSV that COINr's full-precision source split; and what is aggregated from them (see the data's README).
SPLIT_TIES = {
    (unit, code) for unit in ("BGR", "CZE", "NOR") for code in ("TolMin", "Social", "Sust", "Index")
}
STAGES = {
    "denominate": "Denominated",
    "impute": "Imputed",
    "screen": "Screened",
    "treat": "Treated",
    "normalise": "Normalised",
}


def check(expected, found, exempt=()):
    assert set(expected) == set(found)
    for cell, value in expected.items():
        if cell not in exempt:
            both_missing = math.isnan(value) and math.isnan(found[cell])
            assert both_missing or abs(value - found[cell]) <= BOUND, cell


def by_cell(units, columns):
    return {
        (unit[0], code): float(v) for code, x in columns.items() for unit, v in zip(units, x, strict=True)
    }


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage(asem, shared, numbers, stage):
    pipeline, recipe = asem
    panel = pipeline.run(recipe).stages[stage]
    found = by_cell(panel.units, dict(zip(panel.codes, panel.values.T, strict=True)))
    check(numbers(shared / f"asem/stage_{STAGES[stage]}.csv"), found)


def test_aggregated(asem, shared, numbers):
    pipeline, recipe = asem
    result = pipeline.run(recipe)
    check(numbers(shared / "asem/stage_Aggregated.csv"), by_cell(result.units, result.values))
    ranks = numbers(shared / "asem/results_full_ranks.csv")
    assert all(ranks[u[0], "Index"] == r for u, r in zip(result.units, result.ranks["Index"], strict=True))


def test_treatment_details(asem, shared, numbers):
    """The same indicators treated, with the same number of winsorised points."""
    pipeline, recipe = asem
    points = {code: d["points"] for code, d in pipeline.run(recipe).stages["treat"].details["treat"].items()}
    reference = (shared / "asem/treat_details.csv").read_text().replace('"', "").splitlines()[1:]
    expected = {row.split(",")[0]: int(row.split(",")[4]) for row in reference if row.split(",")[4] != "NA"}
    assert points == expected


@pytest.mark.parametrize(
    ("normalised", "aggregated", "changes"),
    [
        ("N1_100", "g", {"normalise.range": [1, 100], "aggregate.method": "geometric"}),
        ("N1_100", "h", {"normalise.range": [1, 100], "aggregate.method": "harmonic"}),
        ("NB", "b", {"normalise.method": "borda"}),
        ("NP", "p", {"normalise.method": "percentile"}),
        ("NZ", "z", {"normalise.method": "z", "normalise.mean": 50, "normalise.sd": 10}),
    ],
)
def test_variants(asem, shared, numbers, normalised, aggregated, changes):
    pipeline, recipe = asem
    for address, value in changes.items():
        recipe = with_change(recipe, address, value)
    result = pipeline.run(recipe)
    found = by_cell(result.units, result.values)
    exempt = SPLIT_TIES if normalised in ("NB", "NP") else ()
    indicators = {cell: value for cell, value in found.items() if cell[1] in result.framework.indicators}
    check(numbers(shared / f"asem/variant_{normalised}.csv"), indicators, exempt)
    check(numbers(shared / f"asem/variant_Agg_{aggregated}.csv"), found, exempt)


@pytest.fixture(scope="module")
def replayed(asem, shared):
    pipeline, recipe = asem
    weights = read_weights((shared / "asem/noisy_weights_100.csv").read_bytes(), pipeline.framework)
    replicates = read_settings((shared / "asem/SA_N100_replicate_settings.csv").read_bytes(), recipe, weights)
    return replicates, evaluate(pipeline, recipe, replicates)


def test_all_replicates(asem, shared, numbers, replayed):
    replicates, scores = replayed
    reference = numbers(shared / "asem/SA_N100_scores.csv")
    units = [unit[0] for unit in asem[0].table.units]
    expected = np.array([[reference[unit, name] for name in replicates.names] for unit in units])
    assert len(replicates.names) == 600
    assert np.abs(scores - expected).max() <= BOUND


def test_total_order_of_coinr_from_its_replicates(shared, asem, replayed):
    """COINr's own design (A, B, A with one column of B) and scores, its total-order indices."""
    rank = np.array([_min_rank(column) for column in replayed[1].T]).T
    nominal = _min_rank(asem[0].run(asem[1]).scores)
    shift = np.abs(rank - nominal[:, None]).mean(axis=0)
    a, b, mixed = shift[:100], shift[100:200], shift[200:].reshape(4, 100).T
    found = sobol(a, b, mixed, np.random.default_rng(0))
    # COINr divides by the sample variance (n − 1).
    rows = (shared / "asem/SA_N100_sensitivity.csv").read_text().splitlines()[1:]
    expected = [float(row.split(",")[2]) for row in rows]
    assert found.total * 199 / 200 == pytest.approx(expected, abs=1e-9)


def _min_rank(scores):
    return np.array([1 + (scores > score).sum() for score in scores])
