"""From a call to an instance: open time, shares, ceilings, the frozen past; and the proof of a plan."""

from __future__ import annotations

import json
import time
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.core.engine.workflow import step, verbs
from kechuang.facilities.engine.allocation.certificate import bound_from
from kechuang.facilities.engine.allocation.generate import Extras, generate
from kechuang.facilities.engine.allocation.parse import read_instance
from kechuang.facilities.engine.allocation.solve import allocate
from kechuang.facilities.engine.calls import Ask, BadCall, Call, Offer, moment_of, open_slots, origin_of
from kechuang.facilities.engine.conflicts import above_the_line, conflict, ranking
from kechuang.facilities.engine.cycle import CYCLE, PROPOSAL, CycleStage, ProposalStage
from kechuang.facilities.engine.proof import prove
from kechuang.facilities.engine.windows import build, from_now

BEIJING = ZoneInfo("Asia/Shanghai")
CALL = Call(date(2026, 3, 2), date(2026, 3, 15), 480, BEIJING)  # two weeks from a Monday
LINE = Offer("f1", 200, machine_weekdays=[0], reserve_percent=10)


def ask(name: str, hours: int = 24, **facts) -> Ask:
    return Ask(name, f"P{name}", 8000, hours, facts.pop("facilities", ["f1"]), **facts)


def test_open_time_leaves_out_machine_days_and_closures():
    shut = (datetime(2026, 3, 4, 10, tzinfo=BEIJING), datetime(2026, 3, 5, 0, tzinfo=BEIJING))
    offer = Offer("f1", 999, machine_weekdays=[0], closed=[shut])
    assert open_slots(CALL, offer) == [(3, 7), (9, 21), (24, 42)]


@given(
    st.lists(st.tuples(st.integers(-50, 400), st.integers(1, 100)), max_size=5),
    st.sets(st.integers(0, 6), max_size=6),
)
def test_open_time_against_slot_by_slot(closures, machine):
    origin = origin_of(CALL)
    closed = [(origin + timedelta(hours=a), origin + timedelta(hours=a + n)) for a, n in closures]
    spans = open_slots(CALL, Offer("f", 1, machine_weekdays=sorted(machine), closed=closed))
    opened = {s for a, b in spans for s in range(a, b)}
    for slot in range(42):
        begin, end = moment_of(origin, 480, slot), moment_of(origin, 480, slot + 1)
        free = begin.weekday() not in machine and not any(a < end and begin < b for a, b in closed)
        assert (slot in opened) == free
    assert all(a[1] < b[0] for a, b in pairwise(spans))


def test_clock_change_keeps_slots_equally_long():
    berlin = Call(date(2026, 3, 28), date(2026, 3, 30), 60, ZoneInfo("Europe/Berlin"))
    assert open_slots(berlin, Offer("f", 1)) == [(0, 71)]
    assert moment_of(origin_of(berlin), 60, 26).hour == 3  # 02:00 is skipped on the 29th


def test_hours_offered_and_reserve():
    data = build(CALL, [LINE], [ask("r1")])
    assert sum(b - a for a, b in data["facilities"][0]["open"]) == 36
    assert data["facilities"][0]["reserve"] == pytest.approx(1 - 200 / 288, abs=1e-6)
    read_instance(json.dumps(data))


def test_values_follow_grade_and_length():
    data = build(CALL, [LINE], [ask("r1", 20)])
    assert (data["requests"][0]["duration"], data["requests"][0]["value"]) == (3, 240.0)


def test_what_does_not_fit_is_named():
    with pytest.raises(BadCall) as error:
        build(
            CALL,
            [Offer("f0", 9, machine_weekdays=range(7)), LINE],
            [ask("r1", 400), ask("r2", latest=date(2025, 1, 1))],
        )
    assert [code for code, _ in error.value.problems] == ["never_open", "block_too_long", "window_outside"]


def test_panel_ceiling_takes_the_rule_that_is_free():
    call = Call(CALL.start, CALL.end, 480, BEIJING, caps={"cas": 300}, panels={"a": 48})
    data = build(call, [LINE], [ask("r1", organisation="cas", panel="a"), ask("r2", panel="a")])
    assert data["quotas"][0]["partner"] == "panel:a"
    problem = read_instance(json.dumps(data))
    assert float(data["quotas"][0]["max"] * problem.allocatable) == pytest.approx(6, abs=1e-3)
    full = Call(
        CALL.start, CALL.end, 480, BEIJING, quotas={"p": (None, 500)}, caps={"cas": 300}, panels={"a": 48}
    )
    with pytest.raises(BadCall, match="panel_over_ruled"):
        build(full, [LINE], [ask("r1", organisation="cas", partner="p", panel="a")])


def test_the_past_is_frozen_and_the_rest_comes_later():
    data = build(CALL, [LINE], [ask("r1"), ask("r2"), ask("r3", latest=date(2026, 3, 4))])
    placed = [{"request": "r1", "facility": "f1", "start": 3, "end": 6}]
    later = from_now(data, placed, 8)
    assert later["frozen"] == [{"request": "r1", "facility": "f1", "start": 3}]
    rows = {r["id"]: r for r in later["requests"]}
    assert rows["r2"]["windows"]["f1"][0][0] == 8
    assert rows["r3"]["windows"] == {}
    read_instance(json.dumps(later))


@settings(max_examples=6)
@given(st.integers(0, 10**6))
def test_the_proof_agrees_with_the_engine(seed):
    data = generate("beamlines", 25, 2, 1.3, seed, Extras(2, 3, 2, 0, 2, 1, 0.1))
    problem = read_instance(json.dumps(data))
    plan = allocate(problem, 1.0, seed, time.monotonic)
    if plan.relax:
        return
    proof = prove(data, plan.as_json())
    assert proof.faults == ()
    assert proof.bound == pytest.approx(bound_from(problem, plan.certificate))
    assert proof.bound >= proof.value


def test_the_proof_finds_lies():
    data = generate("beamlines", 20, 2, 1.3, 5, Extras())
    plan = allocate(read_instance(json.dumps(data)), 1.0, 1, time.monotonic).as_json()
    assert prove(data, plan).holds
    assert not prove(data, {**plan, "bound": plan["bound"] * 0.8}).holds
    assert not prove(data, {**plan, "value": plan["value"] + 50}).holds
    moved = [
        {**p, "facility": data["facilities"][0]["id"], "start": 0, "end": p["end"] - p["start"]}
        for p in plan["placed"]
    ]
    assert not prove(data, {**plan, "placed": moved}).holds


# ---- the two tables, conflicts and ranks


def test_every_stage_can_be_left_or_is_an_end():
    ends = {"completed", "ineligible", "infeasible", "declined", "withdrawn"}
    assert {s for s in ProposalStage if not verbs(PROPOSAL, s)} == ends
    assert {s for s in CycleStage if not verbs(CYCLE, s)} == {"ended"}


def test_every_stage_is_reached_from_the_start():
    for table, first, stages in (
        (CYCLE, CycleStage.PREPARED, CycleStage),
        (PROPOSAL, ProposalStage.DRAFT, ProposalStage),
    ):
        reached, waiting = {first}, [first]
        while waiting:
            stage = waiting.pop()
            for (source, _), taken in table.items():
                if source == stage and taken.next not in reached:
                    reached.add(taken.next)
                    waiting.append(taken.next)
        assert reached == set(stages)


def test_steps_that_do_not_exist_name_what_does():
    with pytest.raises(ValueError, match="submit, withdraw"):
        step(PROPOSAL, ProposalStage.DRAFT, "grant")
    with pytest.raises(ValueError, match="reason"):
        step(PROPOSAL, ProposalStage.PANEL, "decline")


def test_conflicts_strongest_first():
    assert conflict(1, {9}, {1}, {9}, {1}) == "author"
    assert conflict(1, {9}, {2}, {9}, set(), {1}) == "coauthor"
    assert conflict(1, {9}, {2}, {9, 8}, {1}) == "organisation"
    assert conflict(1, {9}, {2}, {8}, {1}) == "declared"
    assert conflict(1, {9}, {2}, {8}, set()) == ""


def test_ranks_share_and_skip():
    assert ranking({1: [80, 90], 2: [85], 3: [70], 4: []}) == [(1, 8500, 1), (2, 8500, 1), (3, 7000, 3)]
    assert ranking({1: [66, 67, 67]}) == [(1, 6667, 1)]


def test_the_line_of_a_panel():
    assert above_the_line([(1, 30), (2, 30), (3, 10)], 45) == {1, 3}
    assert above_the_line([(1, 30), (2, 30)], None) == {1, 2}
