from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.indicators.engine.targets import TargetError, TargetPath, required

START, END = date(2020, 12, 31), date(2025, 12, 31)


def path(kind, base=100.0, target=161.051):
    return TargetPath(kind, ((START, base), (END, target)))


@pytest.mark.parametrize(("kind", "value"), [("linear", 100 + 61.051 * 365 / 1826), ("stepped", 100)])
def test_value_after_a_year(kind, value):
    assert path(kind).value_on(date(2021, 12, 31)) == pytest.approx(value)


def test_a_compound_path_grows_at_one_rate():
    """161.051 = 100 · 1.1⁵, so half of the days give √1.61051."""
    assert path("compound").value_on(START + timedelta(days=913)) == pytest.approx(100 * 1.61051**0.5)


def test_steps_fall_due_on_their_day():
    steps = TargetPath("stepped", ((START, 0), (date(2023, 6, 30), 10), (END, 29)))
    days = [date(2020, 1, 1), date(2023, 6, 29), date(2023, 6, 30), date(2025, 12, 30), END, date(2030, 1, 1)]
    assert [steps.value_on(day) for day in days] == [0, 0, 10, 10, 29, 29]


@given(
    kind=st.sampled_from(["linear", "compound", "stepped"]), day=st.dates(date(2019, 1, 1), date(2027, 1, 1))
)
def test_paths_rise_from_base_to_target(kind, day):
    way = path(kind)
    assert way.value_on(START) == 100 and way.value_on(END) == way.target
    assert 100 <= way.value_on(day) <= way.value_on(day + timedelta(days=1)) <= way.target


def test_gap_follows_the_better_direction():
    assert path("linear").gap(END, 171.051) == pytest.approx(10)
    assert path("linear").gap(END, 171.051, "lower") == pytest.approx(-10)


def test_bad_paths_are_refused():
    for kind, points, message in [
        ("curved", ((START, 1), (END, 2)), "unknown path"),
        ("linear", ((START, 1),), "two points"),
        ("linear", ((END, 1), (START, 2)), "order of date"),
        ("compound", ((START, 0), (END, 2)), "above zero"),
    ]:
        with pytest.raises(TargetError, match=message):
            TargetPath(kind, points)


def test_required_from_now_on():
    need = required(100, 121, 2, recent=5)
    assert (need.reached, need.amount, need.pace) == (False, 10.5, 2.1)
    assert need.rate == pytest.approx(0.1)
    down = required(50, 40, 4, "lower", recent=1)
    assert down.amount == -2.5 and down.pace is None and down.rate == pytest.approx(0.8**0.25 - 1)
    assert required(-5, 5, 1).rate is None
    assert required(10, 9, 0).reached


@given(now=st.floats(1, 1e6), target=st.floats(1, 1e6), periods=st.integers(1, 40))
def test_what_is_required_arrives(now, target, periods):
    need = required(now, target, periods)
    if not need.reached:
        assert now + need.amount * periods == pytest.approx(target)
        assert now * (1 + need.rate) ** periods == pytest.approx(target)


def test_no_time_left_is_said():
    with pytest.raises(TargetError, match="no time is left"):
        required(1, 2, 0)
    with pytest.raises(TargetError, match="better direction"):
        required(1, 2, 1, "neither")
