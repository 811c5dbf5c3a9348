"""Stages against brute force and hand-worked values."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import optimize, stats

from kechuang.indicators.engine.index.components import correlation_components, first_component, varimax
from kechuang.indicators.engine.index.framework import from_meta
from kechuang.indicators.engine.index.moments import box_cox_lambda, skewness_kurtosis
from kechuang.indicators.engine.index.pipeline import Pipeline
from kechuang.indicators.engine.index.ranks import ranks
from kechuang.indicators.engine.index.recipe_file import read_recipe
from kechuang.indicators.engine.index.stages.benefit import benefit_of_the_doubt
from kechuang.indicators.engine.index.stages.normalise import lowest_ranks
from kechuang.indicators.engine.index.table import read_table

from .conftest import DATA, META, RECIPE

GAPS = DATA.replace("b,north,2024,4", "b,north,2024,").replace("15,6,3", "15,NA,3")


def imputed(small, method, data=GAPS, **parameters):
    pipeline, recipe = small(data=data, impute={"method": method, **parameters})
    panel = pipeline.run(recipe).stages["impute"]
    return dict(zip(panel.codes, panel.values.T.tolist(), strict=True))


def test_impute_centres(small):
    assert imputed(small, "mean")["talent"][1] == (1 + 2 + 8 + 6) / 4
    assert imputed(small, "median")["cost"][4] == 4
    assert imputed(small, "group_mean", group="region")["talent"][1] == 1
    assert imputed(small, "group_median", group="region")["cost"][4] == 5


def test_impute_by_regression_on_the_best_correlated_complete_indicator(small):
    found = imputed(small, "regression")["talent"][1]
    talent, papers, deals = np.array([1, 2, 8, 6.0]), np.array([10, 40, 35, 15.0]), np.array([7, 1, 4, 3.0])
    best = max(((papers, 20), (deals, 9)), key=lambda c: abs(stats.pearsonr(c[0], talent)[0]))
    line = stats.linregress(best[0], talent)
    assert found == pytest.approx(line.intercept + line.slope * best[1])


def test_impute_carries_the_last_earlier_value_within_reach(small):
    data = "unit,year,talent,papers,cost,deals\na,2022,,2,2,1\na,2020,5,1,1,2\na,2021,,3,,3\nb,2021,7,4,3,4\nb,2020,,5,4,1\n"
    recipe = '[data]\nunit = ["unit", "year"]\n'
    head = recipe + '[[stage]]\nname = "impute"\nmethod = "carry"\ntime = "year"\nreach = 1\n'
    chosen = read_recipe((head + RECIPE).encode())
    panel = (
        Pipeline(read_table(data.encode(), chosen.unit), from_meta(META.encode()))
        .run(chosen)
        .stages["impute"]
    )
    talent = panel.values[:, panel.codes.index("talent")]
    assert np.isnan(talent).tolist() == [True, False, False, False, True]
    assert talent[2] == 5  # 2021 from 2020; 2022 is two years away; b has nothing before 2021
    assert panel.values[2, panel.codes.index("cost")] == 1


def test_denominate_divides_and_scales(small):
    pipeline, recipe = small(denominate={"by": {"papers": "deals"}, "scale": {"papers": 10}})
    panel = pipeline.run(recipe).stages["denominate"]
    assert panel.values[:, panel.codes.index("papers")].tolist() == pytest.approx(
        [100 / 7, 200 / 9, 400, 87.5, 50]
    )


def test_screen_by_share_of_data_with_exceptions(small):
    data = GAPS.replace("a,north,2024,1,10", "a,north,2024,,")
    pipeline, recipe = small(data=data, screen={"available": 0.75})
    assert [u[0] for u in pipeline.prepare(recipe)[0]["screen"].units] == ["b", "c", "d", "e"]
    pipeline, recipe = small(
        data=data, normalise={"method": "none"}, screen={"available": 1, "keep": ["a", "b"], "drop": ["c"]}
    )
    panel = pipeline.prepare(recipe)[0]["screen"]
    assert [u[0] for u in panel.units] == ["a", "b", "d"]
    assert "left out c, e" in panel.notes[-1]


def test_moments_are_those_of_scipy():
    x = np.random.default_rng(3).lognormal(size=40)
    skew, kurtosis = skewness_kurtosis(x)
    assert skew == pytest.approx(stats.skew(x, bias=False), rel=1e-12)
    assert kurtosis == pytest.approx(stats.kurtosis(x, bias=False), rel=1e-12)


def test_box_cox_power_is_that_of_scipy():
    x = np.random.default_rng(4).lognormal(sigma=0.8, size=60) + 1
    assert box_cox_lambda(x) == pytest.approx(stats.boxcox_normmax(x, method="mle"), abs=1e-5)


@pytest.fixture
def outliers():
    """40 synthetic units; `papers` has six far outliers, `deals` one."""
    rng = np.random.default_rng(7)
    x = rng.normal(50, 5, (40, 4))
    x[:6, 1] = [1e3, 2e4, 3e5, 4e6, 5e7, 6e8]
    x[0, 3] = 1000
    rows = [f"u{i},x,2024," + ",".join(map(repr, row.tolist())) for i, row in enumerate(x)]
    return "\n".join(["unit,region,year,talent,papers,cost,deals", *rows]), x


def test_treat_winsorises_else_transforms(small, outliers):
    data, x = outliers
    pipeline, recipe = small(data=data, treat={"winmax": 2})
    panel = pipeline.run(recipe).stages["treat"]
    done = panel.details["treat"]
    deals, papers = panel.values[:, panel.codes.index("deals")], panel.values[:, panel.codes.index("papers")]
    assert done["deals"]["points"] == 1
    assert deals[0] == np.sort(x[:, 3])[-2]
    assert done["papers"]["transform"] == "log_shifted"
    low, high = x[:, 1].min(), x[:, 1].max()
    assert papers == pytest.approx(np.log(x[:, 1] - low + 0.01 * (high - low)))
    assert "talent" not in done


def test_treat_by_box_cox(small, outliers):
    data, x = outliers
    pipeline, recipe = small(data=data, treat={"winmax": 0, "otherwise": "box_cox", "skip": ["deals"]})
    panel = pipeline.run(recipe).stages["treat"]
    shifted = x[:, 1] - x[:, 1].min() + 1
    expected, _ = stats.boxcox(shifted)
    assert panel.values[:, panel.codes.index("papers")] == pytest.approx(expected, rel=1e-4)
    assert panel.values[0, panel.codes.index("deals")] == 1000


@pytest.mark.parametrize("method", ["distance_to_best", "z", "rank", "percentile", "borda"])
def test_normalise_against_scipy(small, method):
    pipeline, recipe = small(normalise={"method": method})
    panel = pipeline.run(recipe).panel
    raw = np.array([[1, 10, -5, 7], [4, 20, -3, 9], [2, 40, -8, 1], [8, 35, -2, 4], [6, 15, -6, 3.0]])
    rank = stats.rankdata(raw, method="min", axis=0)
    expected = {
        "distance_to_best": (raw - raw.min(0)) / np.ptp(raw, axis=0),
        "z": stats.zscore(raw, ddof=1),
        "rank": rank,
        "percentile": (rank - 1) / 4,
        "borda": rank - 1,
    }[method]
    order = [panel.codes.index(code) for code in ("talent", "papers", "cost", "deals")]
    assert panel.values[:, order] == pytest.approx(expected)


def test_normalise_goalposts_count_from_the_better_end_and_take_logarithms(small):
    posts = {"talent": [0, 10], "papers": [0, 20], "cost": [2, 10], "deals": [1, 100]}
    pipeline, recipe = small(
        normalise={"method": "goalposts", "goalposts": posts, "range": [0, 1], "log": ["deals"]}
    )
    values = pipeline.run(recipe).values
    assert values["papers"].tolist() == [0.5, 1, 1, 1, 0.75]
    assert values["cost"].tolist() == [0.625, 0.875, 0.25, 1, 0.5]
    assert values["deals"] == pytest.approx(np.log([7, 9, 1, 4, 3]) / np.log(100))


def test_normalise_by_distance_to_target(small):
    meta = """iCode,Direction,Parent,Target
talent,1,power,4
papers,1,power,40
cost,-1,reach,3
deals,1,reach,9
power,1,index,
reach,1,index,
index,1,,
"""
    pipeline, recipe = small(meta=meta, normalise={"method": "distance_to_target"})
    values = pipeline.run(recipe).values
    assert values["talent"].tolist() == pytest.approx([0, 1, 1 / 3, 1, 1])
    assert values["cost"].tolist() == pytest.approx([0.6, 1, 0, 1, 0.4])


def combined(small, method, **parameters):
    pipeline, recipe = small(aggregate={"method": method, **parameters})
    result = pipeline.run(recipe)
    children = np.column_stack([result.values["cost"], result.values["deals"]])
    return children, result.values["reach"], result


@pytest.mark.parametrize(
    ("method", "formula"),
    [
        ("arithmetic", lambda x: (x[0] + 3 * x[1]) / 4),
        ("geometric", lambda x: (x[0] * x[1] ** 3) ** 0.25),
        ("harmonic", lambda x: 4 / (1 / x[0] + 3 / x[1])),
        ("generalised", lambda x: ((x[0] ** 0.5 + 3 * x[1] ** 0.5) / 4) ** 2),
        ("median", lambda x: np.median([x[0], x[1], x[1], x[1]])),
    ],
)
def test_means(small, method, formula):
    children, parent, _ = combined(small, method)
    assert parent.tolist() == pytest.approx([formula(x) for x in children])


def test_copeland_by_brute_force(small):
    children, parent, _ = combined(small, "copeland")
    for i, j in itertools.product(range(5), repeat=2):
        assert i == j or children[i].tolist() != children[j].tolist()
    expected = [sum(np.sign((np.sign(a - b) * [1, 3]).sum()) for b in children) for a in children]
    assert parent.tolist() == expected


def test_missing_children_are_skipped_or_propagate(small):
    for missing, expected in (("skip", False), ("propagate", True)):
        pipeline, recipe = small(data=GAPS, aggregate={"missing": missing})
        result = pipeline.run(recipe)
        assert np.isnan(result.scores).tolist() == [False, expected, False, False, expected]
    skipped = small(data=GAPS)[0].run(small(data=GAPS)[1])
    assert skipped.values["power"][1] == skipped.values["papers"][1]


@pytest.mark.parametrize(
    "method", ["arithmetic", "geometric", "harmonic", "generalised", "median", "copeland"]
)
def test_a_batch_of_weights_equals_one_by_one(small, method):
    pipeline, recipe = small(data=GAPS, aggregate={"method": method})
    panel = pipeline.run(recipe).panel
    weights = np.random.default_rng(5).uniform(0.5, 2, (6, len(panel.framework.codes)))
    batch = pipeline.aggregate(recipe, panel, weights)["index"]
    single = [pipeline.aggregate(recipe, panel, row[None])["index"][:, 0] for row in weights]
    assert batch == pytest.approx(np.column_stack(single), nan_ok=True, rel=1e-12)


def test_budget_is_the_mean_share_of_the_experts(small):
    points = {"ann": {"talent": 30, "papers": 10}, "bo": {"talent": 1, "papers": 1}}
    pipeline, recipe = small(weigh={"method": "budget", "points": points})
    weights = dict(zip(pipeline.framework.codes, pipeline.run(recipe).weights, strict=True))
    assert (weights["talent"], weights["papers"], weights["deals"]) == (0.625, 0.375, 3)


def test_hierarchy_recovers_consistent_judgements_and_notes_contradictions(small):
    meta = (
        "iCode,Parent\n" + "".join(f"{c},index\n" for c in ("talent", "papers", "cost", "deals")) + "index,\n"
    )
    true = {"talent": 0.4, "papers": 0.3, "cost": 0.2, "deals": 0.1}
    pairs = {f"{a}/{b}": true[a] / true[b] for a, b in itertools.combinations(true, 2)}
    pipeline, recipe = small(meta=meta, weigh={"method": "ahp", "pairs": {"index": pairs}})
    result = pipeline.run(recipe)
    assert dict(zip(pipeline.framework.codes, result.weights, strict=True)) == pytest.approx(
        true | {"index": 1}
    )
    assert not result.notes
    _, recipe = small(meta=meta, weigh={"method": "ahp", "pairs": {"index": pairs | {"talent/deals": 1 / 9}}})
    assert "contradict" in pipeline.run(recipe).notes[0]


def test_components(small):
    x = np.random.default_rng(6).normal(size=(50, 5)) @ np.random.default_rng(8).normal(size=(5, 5))
    values, loadings = correlation_components(x)
    assert loadings @ loadings.T == pytest.approx(np.corrcoef(x, rowvar=False))
    assert values.sum() == pytest.approx(5)
    rotated = varimax(loadings[:, :2])
    assert (rotated**2).sum(axis=1) == pytest.approx((loadings[:, :2] ** 2).sum(axis=1))
    assert (rotated**2).var(axis=0).sum() >= (loadings[:, :2] ** 2).var(axis=0).sum() - 1e-9
    assert first_component(x).sum() == pytest.approx(1)
    pipeline, recipe = small(weigh={"method": "pca"})
    shares = pipeline.run(recipe).weights
    assert shares[0] + shares[1] == pytest.approx(1)


@pytest.mark.parametrize(("least", "most"), [(0, 1), (0.2, 0.6)])
def test_benefit_of_the_doubt_against_another_solver(least, most):
    x = np.random.default_rng(9).uniform(1, 100, (8, 3))
    scores, weights = benefit_of_the_doubt(x, least, most)
    for own, score, weight in zip(x, scores, weights, strict=True):
        rows, bounds = [*x], [1.0] * len(x)
        for c in range(3):
            unit = np.eye(3)[c] * own
            rows += [least * own - unit, unit - most * own]
            bounds += [0.0, 0.0]
        best = optimize.linprog(-own, A_ub=rows, b_ub=bounds)
        assert score == pytest.approx(-best.fun, abs=1e-7)
        assert (x @ weight).max() <= 1 + 1e-9
    assert scores.max() == pytest.approx(1)


def test_benefit_of_the_doubt_in_a_recipe(small):
    pipeline, recipe = small(weigh={"method": "benefit_of_the_doubt"})
    result = pipeline.run(recipe)
    assert result.scores.max() == pytest.approx(1)
    assert (result.values["power"] <= 1 + 1e-9).all()


def test_ranks_share_ties_that_only_rounding_splits():
    scores = np.array([[0.1 + 0.2], [0.3], [0.5], [np.nan]])
    assert ranks(scores)[:, 0].tolist()[:3] == [2, 2, 1]
    assert np.isnan(ranks(scores)[3, 0])
    x = np.random.default_rng(2).integers(0, 5, (12, 7)).astype(float)
    assert lowest_ranks(x).tolist() == stats.rankdata(x, method="min", axis=0).tolist()
