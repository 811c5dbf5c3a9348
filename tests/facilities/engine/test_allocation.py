"""Plans against an independent checker, bounds against brute force, and the two kinds of instances."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kechuang.facilities.engine.allocation.generate import Extras, generate
from kechuang.facilities.engine.allocation.instance import BadInstance
from kechuang.facilities.engine.allocation.parse import read_instance
from kechuang.facilities.engine.allocation.solve import allocate
from kechuang.facilities.engine.proof_gap import gap_of
from tests.facilities.engine.checker import allowed_starts, certified_bound, faults
from tests.facilities.engine.oracle import Plans, wrong_reasons


def solve(data: dict, seconds: float, seed: int = 1) -> dict:
    return allocate(read_instance(json.dumps(data)), seconds, seed, time.monotonic).as_json()


@st.composite
def instances(draw) -> dict:
    """Tiny instances with every rule, small enough for brute force."""
    labels = st.sampled_from([None, "x", "y"])
    facilities = [
        {
            "id": f"f{i}",
            "open": [[0, draw(st.integers(2, 5))], [6, draw(st.integers(7, 9))]],
            "changeover": {
                "x>y": draw(st.integers(0, 2)),
                "y>x": draw(st.integers(0, 2)),
                "x>x": draw(st.integers(0, 1)),
            },
            "reserve": draw(st.sampled_from([0, 0.1, 0.3])),
        }
        for i in range(draw(st.integers(1, 2)))
    ]
    requests = []
    for i in range(draw(st.integers(1, 5))):
        windows = {f["id"]: draw(st.sampled_from([[[0, 7]], [[1, 4]], [[0, 3], [2, 7]]])) for f in facilities}
        request = {
            "id": f"r{i}",
            "proposal": f"p{i}",
            "value": draw(st.integers(0, 9)),
            "duration": draw(st.integers(1, 3)),
            "windows": windows,
            "after": [f"r{i - 1}"] if i and draw(st.integers(0, 4)) == 0 else [],
        }
        named = {key: draw(labels) for key in ("setup", "partner", "organisation", "discipline")}
        named["group"] = draw(st.sampled_from([None, None, "g"]))
        requests.append(request | {key: name for key, name in named.items() if name})
    extra = {
        "quotas": [{"partner": "x", "min": draw(st.sampled_from([0, 0.2, 0.5])), "max": 0.8}],
        "floors": [{"discipline": "y", "min": draw(st.sampled_from([0, 0.1, 0.3]))}],
        "caps": [{"organisation": "x", "max": draw(st.sampled_from([0.2, 0.5]))}],
        "forbid": [{"request": "r0", "facility": "f0"}] if draw(st.booleans()) else [],
    }
    data = {"slot_minutes": 60, "facilities": facilities, "requests": requests, **extra}
    held = draw(st.lists(st.sampled_from(requests), max_size=2, unique_by=lambda r: r["id"]))
    places = {r["id"]: sorted(allowed_starts(data, r)) for r in held}
    data["frozen"] = [
        {"request": name, "facility": f, "start": start}
        for name, starts in places.items()
        if starts
        for f, start in [draw(st.sampled_from(starts))]
    ]
    return data


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(instances())
def test_against_brute_force(data):
    """The plan is valid, its proof is right, and no plan at all beats the bound; infeasible means infeasible."""
    horizon = max(f["open"][-1][1] for f in data["facilities"])
    assert horizon >= 7
    plans = Plans(data)
    best = plans.best_value()
    try:
        plan = solve(data, 10.0)
    except BadInstance:
        assert best is None and data["frozen"], "only frozen requests may contradict one another"
        return
    if best is None:
        assert len(plan["relax"]) == plans.fewest_to_relax()
        assert plans.best_value(tuple(plan["relax"])) is not None
        return
    assert plan["relax"] == []
    assert faults(data, plan) == []
    assert plan["value"] == best <= plan["bound"]
    assert wrong_reasons(data, plan) == []
    parts = gap_of(data, plan)
    assert min(parts.free, parts.limits, parts.places) >= -1e-6
    assert parts.whole == pytest.approx(float(certified_bound(data, plan["certificate"])) - best, abs=1e-6)


EXTRAS = Extras(partners=3, organisations=6, disciplines=4, setups=3, groups=12, chains=8, reserve=0.05)


@pytest.mark.parametrize("kind", ["beamlines", "telescopes"])
@pytest.mark.parametrize("extras", [Extras(), EXTRAS], ids=["plain", "all rules"])
def test_generated_instances_keep_every_rule(kind, extras):
    data = generate(kind, 120, 3, 1.3, 7, extras)
    plan = solve(data, 3.0)
    assert faults(data, plan) == []
    assert plan["relax"] == []
    assert plan["gap"] < 0.3
    assert wrong_reasons(data, plan) == []


@pytest.mark.parametrize("name", ["beamlines-200-8", "telescopes-200-4"])
def test_light_instances_are_placed_whole(shared, name):
    data = json.loads((shared / f"data/allocation/{name}.json").read_bytes())
    plan = solve(data, 30.0)
    assert faults(data, plan) == []
    assert plan["unplaced"] == []
    assert plan["gap"] == 0
