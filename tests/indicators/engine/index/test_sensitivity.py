"""Uncertainty and sensitivity: SALib as oracle, replays equal single runs, rank intervals, warnings."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import sobol as salib

from kechuang.indicators.engine.index.recipe import with_change
from kechuang.indicators.engine.index.replicates import draw, read_settings, read_weights
from kechuang.indicators.engine.index.sensitivity import intervals, sobol, study
from kechuang.indicators.engine.index.uncertainty import ahead, evaluate


def ishigami(x):
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


@pytest.fixture
def design():
    rng = np.random.default_rng(11)
    a, b = rng.uniform(-np.pi, np.pi, (2, 4000, 3))
    mixed = []
    for i in range(3):
        columns = a.copy()
        columns[:, i] = b[:, i]
        mixed.append(ishigami(columns))
    return ishigami(a), ishigami(b), np.column_stack(mixed)


def test_indices_are_those_of_salib(design):
    a, b, mixed = design
    found = sobol(a, b, mixed, np.random.default_rng(0))
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
    y = np.column_stack([a, mixed, b]).ravel()
    expected = salib.analyze(problem, y, calc_second_order=False, seed=1)
    assert found.first == pytest.approx(expected["S1"], abs=1e-9)
    assert found.total == pytest.approx(expected["ST"], abs=1e-9)


def test_intervals_hold_the_known_indices(design):
    """Analytic values of the Ishigami function (Ishigami and Homma 1990)."""
    found = sobol(*design, np.random.default_rng(0))
    for low, high, true in zip(found.first_low, found.first_high, (0.3139, 0.4424, 0.0), strict=True):
        assert low - 0.02 <= true <= high + 0.02
    for low, high, true in zip(found.total_low, found.total_high, (0.5576, 0.4424, 0.2437), strict=True):
        assert low - 0.02 <= true <= high + 0.02


def test_each_draw_equals_the_recipe_run_with_its_settings(small):
    pipeline, recipe = small()
    rng = np.random.default_rng(3)
    replicates = draw(recipe, pipeline.framework, rng.random((40, 3)), rng)
    scores = evaluate(pipeline, recipe, replicates)
    for r in range(40):
        single = recipe
        for uncertain, alternatives, place in zip(
            replicates.inputs, replicates.alternatives, replicates.chosen[r], strict=True
        ):
            single = with_change(single, uncertain.change, alternatives[place])
        weights = pipeline.run(recipe).weights * replicates.weights.table[replicates.weight_rows[r]]
        single = with_change(
            single, "weigh", {"weights": dict(zip(pipeline.framework.codes, weights.tolist(), strict=True))}
        )
        assert scores[:, r] == pytest.approx(pipeline.run(single).scores, rel=1e-12)


def test_settings_from_a_file(small):
    pipeline, recipe = small()
    nodes = list(pipeline.framework.codes)
    weights = "rep,iCode,Level,Weight\n" + "".join(
        f"{rep},{code},1,{rep}\n" for rep in (1, 2) for code in nodes
    )
    settings = "replicate,weights,mean(0=arithmetic),scale,remark\nr1,2,1,0,x\nr2,1,geometric,1,y\n"
    sets = read_weights(weights.encode(), pipeline.framework)
    replicates = read_settings(settings.encode(), recipe, sets)
    scores = evaluate(pipeline, recipe, replicates)
    equal = with_change(with_change(recipe, "weigh.method", "equal"), "aggregate.method", "geometric")
    assert scores[:, 0] == pytest.approx(pipeline.run(equal).scores)
    z = with_change(equal, "normalise", {"method": "z", "mean": 50, "sd": 10})
    assert scores[:, 1] == pytest.approx(pipeline.run(z).scores)


def test_study_is_reproducible_and_warns_when_draws_are_few(small):
    pipeline, recipe = small()
    first, again, other = (study(pipeline, recipe, 50, seed) for seed in (1, 1, 2))
    assert first.scores.tolist() == again.scores.tolist() != other.scores.tolist()
    assert first.scores.shape == (5, 50)
    assert "too few draws" in first.notes[0]
    assert not study(pipeline, recipe, 20_000, 1).notes


def test_no_input_moves_a_rank(small):
    pipeline, recipe = small(
        recipe='[[stage]]\nname = "normalise"\n[[uncertain]]\nname = "m"\nchange = "normalise.range"\nchoices = [[0, 1], [0, 2]]\n'
    )
    found = study(pipeline, recipe, 60, 1)
    assert "no setting changes any rank" in found.notes[0]
    assert np.isnan(found.sobol.first).all()


def test_a_uniform_number_stays_between(small):
    recipe = '[[stage]]\nname = "normalise"\nrange = [1, 100]\n[[uncertain]]\nname = "p"\nchange = "aggregate.power"\nbetween = [0.5, 2]\n'
    pipeline, chosen = small(recipe=recipe, aggregate={"method": "generalised"})
    rng = np.random.default_rng(1)
    replicates = draw(chosen, pipeline.framework, rng.random((30, 1)), rng)
    assert 0.5 <= min(replicates.alternatives[0]) <= max(replicates.alternatives[0]) <= 2
    assert evaluate(pipeline, chosen, replicates).shape == (5, 30)


def test_intervals_and_pairs(small):
    pipeline, recipe = small()
    found = intervals(pipeline, recipe, draws=200)
    assert (found.best <= found.q5).all() and (found.q5 <= found.median).all()
    assert (found.median <= found.q95).all() and (found.q95 <= found.worst).all()
    drawn = np.array([[1, 1, 2, 1], [2, 2, 1, 1]])
    assert ahead(drawn).tolist() == [[0.5, 0.625], [0.375, 0.5]]
