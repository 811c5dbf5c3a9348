"""Bad input is named with its place and remedy; rules that cannot all hold are named for relaxing."""

from __future__ import annotations

import copy
import json
import time

import pytest

from kechuang.facilities.engine.allocation.instance import BadInstance
from kechuang.facilities.engine.allocation.parse import read_instance
from kechuang.facilities.engine.allocation.solve import allocate

GOOD = {
    "slot_minutes": 60,
    "facilities": [
        {"id": "f", "open": [[0, 10], [12, 20]], "changeover": {"x>y": 2}, "reserve": 0.1},
        {"id": "g", "open": [[0, 10]]},
    ],
    "requests": [
        {"id": "a", "proposal": "p", "value": 5, "duration": 4, "windows": {"f": [[0, 20]]}, "partner": "m"},
        {
            "id": "b",
            "proposal": "p",
            "value": 3,
            "duration": 2,
            "windows": {"f": [[0, 8]], "g": [[2, 9]]},
            "after": [],
        },
        {"id": "c", "proposal": "q", "value": 2, "duration": 3, "windows": {"g": [[0, 10]]}, "after": ["b"]},
    ],
    "quotas": [{"partner": "m", "min": 0.1, "max": 0.5}],
}


def broken(*path, value) -> dict:
    data = copy.deepcopy(GOOD)
    spot = data
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    return data


BAD = {
    "windows outside the horizon": (
        broken("requests", 0, "windows", value={"f": [[0, 21]]}),
        ["requests[0]", "horizon"],
    ),
    "duration longer than any window": (
        broken("requests", 1, "duration", value=9),
        ["requests[1]", "longest window, 8"],
    ),
    "unknown facility": (
        broken("requests", 1, "windows", value={"h": [[0, 5]]}),
        ["requests[1]", "'h'", "unknown"],
    ),
    "negative value": (broken("requests", 2, "value", value=-1), ["requests[2].value", "-1"]),
    "negative start": (broken("requests", 2, "windows", value={"g": [[-1, 9]]}), ["windows['g'][0]", "-1"]),
    "not a number": (broken("requests", 2, "value", value=float("nan")), ["requests[2].value", "nan"]),
    "duration is no integer": (broken("requests", 0, "duration", value=1.5), ["requests[0].duration", "1.5"]),
    "window runs backwards": (
        broken("requests", 0, "windows", value={"f": [[5, 5]]}),
        ["requests[0]", "[5, 5]"],
    ),
    "overlapping open time": (
        broken("facilities", 0, "open", value=[[0, 10], [8, 20]]),
        ["facilities[0]", "overlap"],
    ),
    "far too many slots": (
        broken("facilities", 0, "open", value=[[0, 10**9]]),
        ["1,000,000", "longer slots"],
    ),
    "bad changeover": (
        broken("facilities", 0, "changeover", value={"xy": 2}),
        ["changeover['xy']", "from>to"],
    ),
    "negative changeover": (
        broken("facilities", 0, "changeover", value={"x>y": -2}),
        ["changeover['x>y']", "-2"],
    ),
    "reserve above one": (broken("facilities", 0, "reserve", value=1.5), ["facilities[0].reserve", "1.5"]),
    "same id twice": (broken("requests", 1, "id", value="a"), ["'a'", "2 times"]),
    "a ring of after": (broken("requests", 1, "after", value=["c"]), ["after", "wait for one another"]),
    "after nobody": (broken("requests", 1, "after", value=["z"]), ["requests[1]", "'z'"]),
    "min above max": (
        broken("quotas", value=[{"partner": "m", "min": 0.6, "max": 0.5}]),
        ["quotas[0]", "above max"],
    ),
    "share above one": (broken("quotas", value=[{"partner": "m", "max": 1.5}]), ["quotas[0].max"]),
    "empty quota": (broken("quotas", value=[{"partner": "m"}]), ["quotas[0]", "neither"]),
    "quota twice": (broken("quotas", value=[{"partner": "m", "max": 1}] * 2), ["quotas", "2 entries"]),
    "frozen outside": (
        broken("slot_minutes", value=60) | {"frozen": [{"request": "a", "facility": "f", "start": 9}]},
        ["frozen[0]", "cannot start at 9"],
    ),
    "frozen twice": (
        broken("slot_minutes", value=60)
        | {"frozen": [{"request": "a", "facility": "f", "start": s} for s in (0, 4)]},
        ["frozen 2 times"],
    ),
    "frozen on one another": (
        broken("slot_minutes", value=60)
        | {"frozen": [{"request": r, "facility": "f", "start": s} for r, s in (("a", 0), ("b", 3))]},
        ["a and b contradict", "move or release"],
    ),
    "frozen and forbidden": (
        broken("slot_minutes", value=60)
        | {"frozen": [{"request": "a", "facility": "f", "start": 0}], "forbid": [{"request": "a"}]},
        ["frozen[0]", "forbidden"],
    ),
    "forbid nobody": (
        broken("slot_minutes", value=60) | {"forbid": [{"request": "z"}]},
        ["forbid[0]", "'z'"],
    ),
    "slot of no length": (broken("slot_minutes", value=0), ["slot_minutes"]),
    "requests missing": ({k: v for k, v in GOOD.items() if k != "requests"}, ["requests"]),
    "facilities empty": (broken("facilities", value=[]), ["facilities"]),
    "a row is no object": (broken("requests", 0, value=7), ["requests[0]", "7"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_with_place_and_remedy(name):
    data, words = BAD[name]
    with pytest.raises(BadInstance) as refused:
        read_instance(json.dumps(data))
    text = str(refused.value)
    assert all(word in text for word in words), text
    assert all(";" in line for line in refused.value.problems), "each problem says how to mend it"


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[1]", b"null", b'"x"', b"[" * 100_000])
def test_what_is_not_an_instance_at_all(data):
    with pytest.raises(BadInstance):
        read_instance(data)


def test_all_problems_are_named_at_once():
    data = broken("requests", 0, "value", value=-1)
    data["requests"][1]["duration"] = 0
    with pytest.raises(BadInstance) as refused:
        read_instance(json.dumps(data))
    assert len(refused.value.problems) == 2


def solve(data: dict):
    return allocate(read_instance(json.dumps(data)), 20.0, 1, time.monotonic)


def test_the_smallest_set_of_rules_to_relax():
    """Three minima ask for more than there is; giving up the right one is enough, so one is named."""
    requests = [
        {"id": f"r{i}", "proposal": "p", "value": 1, "duration": 5, "windows": {"f": [[0, 10]]}, "partner": p}
        for i, p in enumerate(["k", "l", "m", "m"])
    ]
    data = {
        "slot_minutes": 60,
        "facilities": [{"id": "f", "open": [[0, 10]]}],
        "requests": requests,
        "quotas": [{"partner": "k", "min": 0.5}, {"partner": "l", "min": 0.5}, {"partner": "m", "min": 1.0}],
    }
    plan = solve(data)
    assert plan.relax == ("quota:m:min",)
    assert plan.placed == ()


def test_frozen_against_a_cap():
    data = copy.deepcopy(GOOD) | {
        "frozen": [{"request": "a", "facility": "f", "start": 0}],
        "caps": [{"organisation": "o", "max": 0.05}],
    }
    data["requests"][0]["organisation"] = "o"
    assert solve(data).relax == ("cap:o",)


def test_a_frozen_request_that_is_released_may_run_elsewhere():
    """It stands before what it must follow; moved, it lets its follower serve the minimum."""
    request = {"proposal": "p", "value": 0, "duration": 1, "windows": {"f": [[0, 7]]}}
    data = {
        "slot_minutes": 60,
        "facilities": [{"id": "f", "open": [[0, 2], [6, 7]]}],
        "requests": [
            {"id": "first", **request},
            {"id": "second", **request, "after": ["first"]},
            {"id": "third", **request, "after": ["second"], "partner": "m"},
        ],
        "quotas": [{"partner": "m", "min": 0.2}],
        "frozen": [{"request": "second", "facility": "f", "start": 0}],
    }
    assert solve(data).relax == ("frozen:second",)


def test_no_requests_and_nothing_open():
    empty = {"slot_minutes": 60, "facilities": [{"id": "f", "open": []}], "requests": []}
    plan = solve(empty)
    assert (plan.value, plan.bound, plan.gap, plan.placed) == (0.0, 0.0, 0.0, ())
    lost = empty | {"facilities": [{"id": "f", "open": []}, {"id": "g", "open": [[0, 9]]}]}
    lost["requests"] = [{"id": "a", "proposal": "p", "value": 1, "duration": 2, "windows": {"f": [[0, 5]]}}]
    assert [(u.request, u.reason) for u in solve(lost).unplaced] == [("a", "window")]
