"""Readings of an index, each checked by recomputing what it claims."""

from __future__ import annotations

import numpy as np
import pytest

from kechuang.indicators.engine.index.analysis import (
    audit,
    compare,
    peers,
    strengths,
    to_gain_a_rank,
)
from kechuang.indicators.engine.index.importance import contributions, effective_weights, implied_weights
from kechuang.indicators.engine.index.recipe import with_change

from .conftest import DATA


@pytest.fixture
def result(small):
    pipeline, recipe = small()
    return pipeline.run(recipe)


def test_strengths_and_weaknesses(result):
    best, worst = strengths(
        result, unit=2, count=1
    )  # c has the most papers, the highest cost and the fewest deals
    assert (best[0].code, best[0].rank) == ("papers", 1)
    assert worst[0].rank == 5 and worst[0].code in ("cost", "deals")


def test_peers_are_nearest_first(result):
    found = peers(result, unit=0, count=4)
    assert len(found) == 4 and 0 not in [place for place, _ in found]
    x = result.panel.values / result.panel.values.std(axis=0)
    expected = {i: np.sqrt(((x[i] - x[0]) ** 2).mean()) for i in range(1, 5)}
    assert dict(found) == pytest.approx(expected)
    assert [d for _, d in found] == pytest.approx(sorted(expected.values()))


def test_contributions_sum_to_the_score(small):
    gaps = DATA.replace("b,north,2024,4", "b,north,2024,")
    for data in (DATA, gaps):
        pipeline, recipe = small(data=data)
        result = pipeline.run(recipe)
        for unit in range(5):
            assert sum(contributions(result, unit).values()) == pytest.approx(result.scores[unit])


def test_effective_weights_are_products_along_the_path(result):
    found = effective_weights(result)
    assert found["deals"] == pytest.approx(2 / 3 * 3 / 4)
    assert sum(found[code] for code in result.framework.indicators) == pytest.approx(1)


def test_implied_weights_favour_what_moves_the_index(small):
    pipeline, recipe = small(weigh={"weights": {"reach": 1000, "deals": 1000}})
    found = implied_weights(pipeline.run(recipe))
    assert sum(found.values()) == pytest.approx(1)
    assert max(found, key=found.get) == "deals"


def test_audit_names_redundant_and_opposed_siblings(small):
    data = "unit,talent,papers,cost,deals\na,1,2,1,5\nb,2,4,3,6\nc,3,6,4,9\nd,4,8,8,10\n"
    found = audit(small(data=data)[0].run(small(data=data)[1]))
    assert [pair[:2] for pair in found.redundant] == [("talent", "papers")]
    assert [pair[:2] for pair in found.opposed] == [("cost", "deals")]  # less cost is better
    assert found.eigenvalues.sum() == pytest.approx(4)


@pytest.mark.parametrize("method", ["arithmetic", "geometric"])
def test_a_named_improvement_does_gain_the_rank(small, method):
    pipeline, recipe = small(aggregate={"method": method})
    result = pipeline.run(recipe)
    last = int(np.argmax(result.ranks["index"]))
    steps = to_gain_a_rank(pipeline, result, last)
    assert steps
    for step in steps:
        panel = result.panel
        values = panel.values.copy()
        j = panel.codes.index(step.code)
        target = np.sort(result.scores)[1]
        for change, reaches in ((step.needed, True), (step.needed - 1e-6, False)):
            values[last, j] = change
            scores = pipeline.aggregate(recipe, panel.with_values(values), result.weights[None])["index"][
                :, 0
            ]
            assert (scores[last] >= target) == reaches
    best = int(np.argmin(result.ranks["index"]))
    assert to_gain_a_rank(pipeline, result, best) == []


def test_compare_two_recipes(small):
    pipeline, recipe = small()
    other = with_change(recipe, "aggregate.method", "geometric")
    found = compare(pipeline, recipe, other)
    assert found.changed == ("aggregate",)
    assert found.scores[:, 0].tolist() == pipeline.run(recipe).scores.tolist()
    assert found.ranks[:, 1].tolist() == pipeline.run(other).ranks["index"].tolist()
    assert compare(pipeline, recipe, recipe).rank_correlation == pytest.approx(1)
