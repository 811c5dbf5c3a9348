"""The life of a task, escalation and working days."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from kechuang.core.engine.workflow import step, verbs
from kechuang.plan.engine.escalation import OVERDUE_DAYS, level_due
from kechuang.plan.engine.workdays import is_workday, workday_after, workdays_between
from kechuang.plan.engine.workflow import TRANSITIONS, TaskStage

VERBS = sorted({verb for _stage, verb in TRANSITIONS})
days = st.dates(date(2019, 1, 1), date(2026, 6, 30))


class Life(RuleBasedStateMachine):
    """Whatever people try, a task is accepted only from completion and an ended task stays ended."""

    @initialize()
    def begin(self):
        self.path = [TaskStage.PROPOSED]

    @rule(verb=st.sampled_from(VERBS), reason=st.sampled_from(["", "资金未到位"]))
    def attempt(self, verb, reason):
        with suppress(ValueError):
            self.path.append(step(TRANSITIONS, self.path[-1], verb, reason=reason).next)
        if self.path[-1] == TaskStage.ACCEPTED and len(self.path) > 1 and self.path[-2] != TaskStage.ACCEPTED:
            assert self.path[-2] == TaskStage.COMPLETED
        for ended in (TaskStage.ACCEPTED, TaskStage.TERMINATED):
            if ended in self.path:
                assert self.path[-1] == ended


TestLife = Life.TestCase


def test_every_stage_can_be_reached_and_only_two_end():
    reached, edge = {TaskStage.PROPOSED}, [TaskStage.PROPOSED]
    while edge:
        stage = edge.pop()
        for verb in verbs(TRANSITIONS, stage):
            found = TRANSITIONS[stage, verb].next
            if found not in reached:
                reached.add(found)
                edge.append(found)
    assert reached == set(TaskStage)
    assert {stage for stage in TaskStage if not verbs(TRANSITIONS, stage)} == {
        TaskStage.ACCEPTED,
        TaskStage.TERMINATED,
    }


@pytest.mark.parametrize("verb", ["suspend", "terminate"])
def test_stopping_needs_a_reason(verb):
    with pytest.raises(ValueError, match="needs a reason"):
        step(TRANSITIONS, "started", verb, reason="  ")
    assert step(TRANSITIONS, "started", verb, reason="预算调整").who == "officer"


def test_a_refusal_names_what_is_possible():
    with pytest.raises(ValueError, match="accept is not possible; possible: confirm, terminate"):
        step(TRANSITIONS, "proposed", "accept")


@given(days, st.integers(0, 400), st.integers(1, 400))
def test_escalation_rises_with_days_and_never_falls(due, late, more):
    now = level_due(due, due, 90, due + timedelta(days=late))
    later = level_due(due, due, 90, due + timedelta(days=late + more))
    assert (now.level if now else -1) <= (later.level if later else -1)


@pytest.mark.parametrize(("late", "level"), [(0, None), (1, 0), (14, 0), (15, 1), (44, 1), (45, 2), (999, 2)])
def test_overdue_levels_at_their_edges(late, level):
    found = level_due(date(2025, 1, 1), None, 90, date(2025, 1, 1) + timedelta(days=late))
    assert (found.level if found else None) == level
    assert OVERDUE_DAYS == (1, 15, 45)


def test_silence_counts_after_the_report_period():
    heard = date(2025, 1, 1)
    assert level_due(None, heard, 30, heard + timedelta(days=30)) is None
    assert level_due(None, heard, 30, heard + timedelta(days=31)).rule == "silent"


# As announced by the State Council: https://www.gov.cn/zhengce/zhengceku (holidays of 2024 and 2025).
KNOWN = [
    (date(2024, 2, 4), True),  # Sunday worked for Spring Festival
    (date(2024, 2, 12), False),
    (date(2024, 10, 12), True),  # Saturday worked for National Day
    (date(2024, 10, 7), False),
    (date(2025, 1, 26), True),
    (date(2025, 5, 5), False),
    (date(2025, 5, 6), True),
]


@pytest.mark.parametrize(("day", "worked"), KNOWN)
def test_shifted_working_days(day, worked):
    assert is_workday(day) is worked


def test_a_year_not_announced_yet_is_monday_to_friday():
    assert [is_workday(date(2099, 1, d)) for d in (1, 2, 3, 4, 5)] == [False, True, False, False, True]
    assert not any(is_workday(date(2099, 10, d)) for d in (1, 2, 3))


@given(days, st.integers(1, 30))
def test_working_days_after_and_between_agree(day, count):
    end = workday_after(day, count)
    assert is_workday(end)
    assert workdays_between(day + timedelta(days=1), end) == count


def test_nothing_lies_between_reversed_days():
    assert workdays_between(date(2025, 1, 9), date(2025, 1, 8)) == 0
