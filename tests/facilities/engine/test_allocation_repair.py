"""Changing a plan people rely on: the rest stays, and the cost of a hand's move is told."""

from __future__ import annotations

import json
import time

import pytest

from kechuang.facilities.engine.allocation.generate import Extras, generate
from kechuang.facilities.engine.allocation.instance import BadInstance
from kechuang.facilities.engine.allocation.parse import read_instance
from kechuang.facilities.engine.allocation.repair import forbidden, pinned, repair, with_past, without
from kechuang.facilities.engine.allocation.solve import allocate

SMALL = {
    "slot_minutes": 60,
    "facilities": [{"id": "f", "open": [[0, 6], [8, 14]]}, {"id": "g", "open": [[0, 6]]}],
    "requests": [
        {"id": "a", "proposal": "p", "value": 9, "duration": 6, "windows": {"f": [[0, 14]]}},
        {"id": "b", "proposal": "p", "value": 4, "duration": 6, "windows": {"f": [[0, 14]], "g": [[0, 6]]}},
        {"id": "c", "proposal": "p", "value": 1, "duration": 6, "windows": {"f": [[0, 14]], "g": [[0, 6]]}},
    ],
}


def plan_of(instance, seconds=20.0):
    return allocate(instance, seconds, 1, time.monotonic)


def test_a_breakdown_moves_whom_it_must_and_says_why():
    instance = read_instance(json.dumps(SMALL))
    before = plan_of(instance)
    assert before.value == 14
    shut = without(instance, "f", (8, 10))
    after = repair(shut, before.placed, 20.0, 1, time.monotonic)
    assert after.plan.value == 13 and after.cost == 1
    assert {p.request for p in after.plan.placed} == {"a", "b"}
    lost = {p.request for p in before.placed if p.start == 8}
    assert {c.request for c in after.changes if c.why == "closed"} == lost


def test_nothing_changes_when_nothing_broke():
    data = generate("beamlines", 80, 3, 1.3, 3, Extras(setups=2, groups=6, chains=4))
    instance = read_instance(json.dumps(data))
    before = plan_of(instance, 2.0)
    after = repair(instance, before.placed, 2.0, 1, time.monotonic)
    kept = sum(change.before is not None for change in after.changes)
    assert kept <= len(before.placed) * 0.1
    assert after.plan.value >= before.value


def test_the_past_stays():
    instance = read_instance(json.dumps(SMALL))
    before = plan_of(instance)
    past = with_past(without(instance, "f", (8, 14)), before.placed, 4)
    after = repair(past, before.placed, 20.0, 1, time.monotonic)
    assert {p for p in before.placed if p.start < 4} <= set(after.plan.placed)


def test_what_a_pin_and_a_ban_cost():
    instance = read_instance(json.dumps(SMALL))
    before = plan_of(instance)
    ban = repair(forbidden(instance, "a"), before.placed, 20.0, 1, time.monotonic)
    assert ban.cost == 9
    pin = repair(pinned(instance, "c", "g", 0), before.placed, 20.0, 1, time.monotonic)
    assert pin.plan.value == 14 and ("c", "g", 0) in {
        (p.request, p.facility, p.start) for p in pin.plan.placed
    }
    with pytest.raises(BadInstance, match="cannot start at 3"):
        pinned(instance, "c", "g", 3)
    with pytest.raises(BadInstance, match="unknown"):
        pinned(instance, "z", "g", 0)
