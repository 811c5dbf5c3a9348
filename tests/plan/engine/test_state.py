"""States: the rule table against an independent reading of its meaning, and what must hold for every input."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.kernel import State
from kechuang.plan.engine.state import RULES, Evidence, Promise, state

TODAY = date(2025, 6, 30)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
values = st.decimals(-1000, 1000, places=2)
promises = st.builds(
    Promise,
    compare=st.sampled_from(["done", "at_least", "at_most"]),
    target=st.none() | values,
    due=st.none() | days,
    path_value=st.none() | values,
    report_every=st.integers(1, 400),
    owed=st.booleans(),
)
evidence = st.builds(
    Evidence,
    measured=st.none() | values,
    accepted_on=st.none() | days,
    started_on=st.none() | days,
    last_report_on=st.none() | days,
    forecast=st.none() | days,
    suspended=st.booleans(),
)


def expected(p: Promise, e: Evidence, on: date) -> State:
    """The meaning of the five states, written from the definition and not from the table."""
    if p.compare == "done":
        reached = e.accepted_on is not None
    elif e.measured is None or p.target is None:
        reached = False
    else:
        reached = e.measured >= p.target if p.compare == "at_least" else e.measured <= p.target
    over = p.due is not None and on > p.due
    ceiling_still_open = p.compare == "at_most" and p.due is not None and on < p.due
    if reached and not ceiling_still_open:
        return State.KEPT
    silent_all_along = not any([e.measured is not None, e.accepted_on, e.started_on, e.last_report_on])
    if silent_all_along and not (p.owed and over):
        return State.UNMEASURED
    if over and not reached:
        return State.LATE
    heard = e.last_report_on or e.started_on
    behind = (
        p.path_value is not None
        and e.measured is not None
        and (e.measured > p.path_value if p.compare == "at_most" else e.measured < p.path_value)
    )
    risks = [
        e.suspended,
        bool(p.due and e.forecast and e.forecast > p.due),
        behind,
        e.measured is None and heard is not None and (on - heard).days > p.report_every,
    ]
    return State.AT_RISK if any(risks) else State.ON_THE_WAY


@given(promises, evidence, days)
def test_the_table_says_what_the_states_mean(promise, known, on):
    assert state(promise, known, on).state == expected(promise, known, on)


@given(promises, evidence, days)
def test_time_alone_never_makes_a_late_promise_better(promise, known, on):
    if state(promise, known, on).state == State.LATE:
        assert state(promise, known, on + timedelta(days=400)).state == State.LATE


@given(promises, days)
def test_more_is_never_worse_for_a_floor(promise, on):
    lower = Evidence(measured=Decimal(1))
    higher = Evidence(measured=Decimal(2))
    if promise.compare == "at_least":
        assert state(promise, higher, on).state.severity <= state(promise, lower, on).state.severity


def test_every_rule_can_decide():
    due = date(2025, 12, 31)
    floor = Promise("at_least", Decimal(10), due, path_value=Decimal(5))
    begun = Evidence(started_on=TODAY - timedelta(days=10))
    cases = {
        "reached": (Promise(), Evidence(accepted_on=TODAY)),
        "nothing_known": (Promise(), Evidence()),
        "overdue": (Promise(due=TODAY - timedelta(days=1)), begun),
        "suspended": (Promise(due=due), Evidence(started_on=TODAY, suspended=True)),
        "forecast_after_due": (Promise(due=due), Evidence(started_on=TODAY, forecast=date(2026, 1, 1))),
        "behind_path": (floor, Evidence(measured=Decimal(4))),
        "no_report": (Promise(report_every=9), begun),
        "on_the_way": (Promise(report_every=10), begun),
    }
    assert list(cases) == [name for name, _state, _test in RULES]
    for name, (promise, known) in cases.items():
        assert state(promise, known, TODAY).rule == name


@pytest.mark.parametrize(
    ("on", "verdict"), [(date(2025, 12, 31), State.ON_THE_WAY), (date(2026, 1, 1), State.LATE)]
)
def test_the_due_date_itself_is_in_time(on, verdict):
    assert state(Promise(due=date(2025, 12, 31)), Evidence(last_report_on=on), on).state == verdict


def test_a_ceiling_is_kept_only_when_its_time_is_over():
    ceiling = Promise("at_most", Decimal(10), date(2025, 12, 31))
    low = Evidence(measured=Decimal(3))
    assert state(ceiling, low, TODAY).state == State.ON_THE_WAY
    assert state(ceiling, low, date(2025, 12, 31)).state == State.KEPT


def test_silence_of_an_owed_task_past_its_day_is_late():
    assert state(Promise(due=TODAY - timedelta(days=1), owed=True), Evidence(), TODAY).state == State.LATE
    assert state(Promise(due=TODAY - timedelta(days=1)), Evidence(), TODAY).state == State.UNMEASURED
