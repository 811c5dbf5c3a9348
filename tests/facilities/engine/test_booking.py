"""Booking policies: each rule, time zones, clock changes, series."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.facilities.engine.booking import Facts, decide, may_cancel_freely
from kechuang.facilities.engine.policies import BadPolicy, Policy, read_policy
from kechuang.facilities.engine.wall_time import BadTime, instant, overlap, repeat, slots

BEIJING, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)  # a Monday


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BEIJING)


def verdict(policy: Policy, start: datetime, end: datetime, **facts) -> str:
    return decide(policy, start, end, Facts(NOW, BEIJING, **facts)).code


WEEKDAYS = tuple((d, datetime(1, 1, 1, 9).time(), datetime(1, 1, 1, 18).time()) for d in range(5))


@pytest.mark.parametrize(
    ("policy", "start", "end", "facts", "code"),
    [
        (Policy(), at(3, 10), at(3, 12), {}, ""),
        (Policy(), at(3, 12), at(3, 10), {}, "ends_before_start"),
        (Policy(), at(3, 10, 5), at(3, 12), {}, "not_quarters"),
        (Policy(step=60), at(3, 10, 30), at(3, 12), {}, "not_on_step"),
        (Policy(shortest=60), at(3, 10), at(3, 10, 45), {}, "too_short"),
        (Policy(longest=120), at(3, 10), at(3, 12, 15), {}, "too_long"),
        (Policy(), at(2, 8), at(2, 10), {}, "past"),
        (Policy(notice_minutes=120), at(2, 10), at(2, 12), {}, "notice"),
        (Policy(), at(3, 10), at(3, 12), {"stopped": True}, "problem_open"),
        (Policy(), at(3, 10), at(3, 12), {"qualified": False}, "not_qualified"),
        (Policy(horizon_days=1), at(4, 10), at(4, 12), {}, "beyond_horizon"),
        (Policy(horizon_days=1), at(3, 23), at(4, 2), {}, ""),
        (Policy(), at(3, 10), at(3, 12), {"closed": [(at(3, 11), at(3, 13))]}, "closed"),
        (Policy(), at(3, 10), at(3, 11), {"closed": [(at(3, 11), at(3, 13))]}, ""),
        (Policy(hours=WEEKDAYS), at(3, 9), at(3, 17), {}, ""),
        (Policy(hours=WEEKDAYS), at(3, 17), at(3, 19), {}, "outside_hours"),
        (Policy(hours=WEEKDAYS), at(7, 10), at(7, 12), {}, "outside_hours"),
        (
            Policy(no_show_limit=2),
            at(3, 10),
            at(3, 12),
            {"missed": [date(2026, 2, 1), date(2026, 2, 2)]},
            "no_shows",
        ),
        (Policy(no_show_limit=2), at(3, 10), at(3, 12), {"missed": [date(2025, 2, 1), date(2026, 2, 2)]}, ""),
        (
            Policy(ahead_minutes=180),
            at(3, 10),
            at(3, 12),
            {"mine": [(at(4, 10), at(4, 12))]},
            "too_much_ahead",
        ),
    ],
)
def test_each_rule(policy, start, end, facts, code):
    assert verdict(policy, start, end, **facts) == code


def test_prime_time_counts_the_week():
    policy = Policy(prime=WEEKDAYS, prime_week_minutes=240)
    held = [(at(3, 10), at(3, 13))]
    assert verdict(policy, at(4, 10), at(4, 11), mine=held) == ""
    assert verdict(policy, at(4, 10), at(4, 12), mine=held) == "prime_time"
    assert verdict(policy, at(4, 18), at(4, 23), mine=held) == ""  # the evening is not prime
    assert verdict(policy, at(10, 10), at(10, 13), mine=held) == ""  # the next week counts anew


def test_recent_use_shortens_the_horizon():
    policy = Policy(recent_minutes=600, recent_horizon_days=3)
    much = [(NOW - timedelta(days=2), NOW - timedelta(days=2) + timedelta(hours=11))]
    assert verdict(policy, at(20, 10), at(20, 12)) == ""
    assert verdict(policy, at(20, 10), at(20, 12), mine=much) == "recent_use"
    assert verdict(policy, at(5, 10), at(5, 12), mine=much) == ""


def test_overnight_hours_join_across_midnight():
    nights = read_policy({"hours": [[0, "20:00", "08:00"], [1, "08:00", "20:00"]], "longest": 1440})
    assert verdict(nights, at(2, 22), at(3, 12)) == ""
    assert verdict(nights, at(3, 22), at(3, 23)) == "outside_hours"


def test_no_show_says_from_when():
    facts = Facts(NOW, BEIJING, missed=[date(2026, 2, 1), date(2026, 2, 20)])
    decision = decide(Policy(no_show_limit=2, no_show_days=30), at(3, 10), at(3, 12), facts)
    assert decision.facts["until"] == date(2026, 3, 4)  # the first of the two drops out after its 30 days
    later = Facts(datetime(2026, 3, 4, 9, tzinfo=BEIJING), BEIJING, missed=facts.missed)
    assert decide(Policy(no_show_limit=2, no_show_days=30), at(5, 10), at(5, 12), later).allowed


# ---- clock changes


def test_a_skipped_hour_is_refused_by_name():
    with pytest.raises(BadTime) as error:
        instant(datetime(2026, 3, 29, 2, 30), BERLIN)
    assert error.value.code == "no_such_time"


def test_a_repeated_hour_is_refused_by_name():
    with pytest.raises(BadTime) as error:
        instant(datetime(2026, 10, 25, 2, 30), BERLIN)
    assert error.value.code == "time_twice"


def test_beijing_keeps_its_clock():
    assert instant(datetime(2026, 3, 29, 2, 30), BEIJING).astimezone(UTC).hour == 18


def test_a_series_keeps_the_wall_time_over_a_clock_change():
    start = instant(datetime(2026, 3, 23, 9, 0), BERLIN)
    spans = repeat(start, start + timedelta(hours=2), 7, 2, BERLIN)
    assert [s.astimezone(BERLIN).hour for s, _ in spans] == [9, 9]
    assert spans[1][0].astimezone(UTC) - spans[0][0].astimezone(UTC) == timedelta(days=7, hours=-1)


def test_slots_of_the_night_of_a_clock_change():
    first = datetime(2026, 10, 25, 0, 0, tzinfo=BERLIN).astimezone(UTC)
    last = datetime(2026, 10, 26, 0, 0, tzinfo=BERLIN).astimezone(UTC)
    assert len(slots(first, last)) == 25 * 4


@pytest.mark.parametrize(("days", "count"), [(7, 0), (7, 61), (0, 3), (367, 3), (10**30, 3)])
def test_a_series_has_an_end(days, count):
    with pytest.raises(ValueError):
        repeat(at(3, 10), at(3, 11), days, count, BEIJING)


# ---- policies


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"horizont": 3}, "unknown"),
        ({"longest": -1}, "not_a_number"),
        ({"longest": True}, "not_a_number"),
        ({"step": 10}, "step_not_quarters"),
        ({"shortest": 20}, "not_quarters"),
        ({"shortest": 60, "longest": 30}, "longest_below_shortest"),
        ({"hours": [[7, "09:00", "18:00"]]}, "bad_hours"),
        ({"hours": [[1, "nine", "18:00"]]}, "bad_hours"),
        ({"hours": "always"}, "bad_hours"),
        ({"horizon_days": 0}, "no_horizon"),
    ],
)
def test_bad_policies_are_named(data, code):
    with pytest.raises(BadPolicy) as error:
        read_policy(data)
    assert code in [found for _, found, _ in error.value.problems]


def test_cancelling_in_time():
    assert may_cancel_freely(Policy(cancel_hours=24), at(3, 9), NOW)
    assert not may_cancel_freely(Policy(cancel_hours=24), at(3, 8, 45), NOW)


quarters = st.integers(0, 4000)


@given(quarters, st.integers(1, 200), quarters, st.integers(1, 200))
def test_slots_meet_exactly_when_times_overlap(a, length, b, other):
    origin = datetime(2026, 1, 1, tzinfo=UTC)
    quarter = timedelta(minutes=15)
    first = (origin + a * quarter, origin + (a + length) * quarter)
    second = (origin + b * quarter, origin + (b + other) * quarter)
    assert bool(set(slots(*first)) & set(slots(*second))) == (overlap([first], *second) > timedelta())


@given(st.integers(-3000, 3000), st.integers(-10, 3000), st.integers(15, 1440), st.integers(1, 60))
def test_an_allowed_booking_keeps_every_plain_rule(begin, minutes, longest, horizon):
    policy = Policy(shortest=15, longest=longest // 15 * 15, horizon_days=horizon)
    start = NOW + timedelta(minutes=begin)
    end = start + timedelta(minutes=minutes)
    if decide(policy, start, end, Facts(NOW, BEIJING)).allowed:
        assert start >= NOW and 15 <= minutes <= longest
        assert (start.date() - NOW.date()).days <= horizon
        assert start.minute % 15 == end.minute % 15 == 0
