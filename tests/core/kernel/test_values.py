"""Money, periods and quantities are exact."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.kernel import Money, Period, Quantity, State

fen = st.integers(-(10**18), 10**18)
days = st.dates(date(1949, 10, 1), date(2100, 1, 1))


@given(fen, fen, st.integers(-1000, 1000))
def test_money_adds_like_integers(a, b, n):
    assert (Money(a) + Money(b) - Money(b)).fen == a
    assert (Money(a) * n).fen == a * n
    assert Money.yuan(Money(a).in_yuan) == Money(a)


@given(fen, st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_rounded_half_to_even(amount, part, whole):
    assert Money(amount).share(part, whole).fen == round(Fraction(amount * part, whole))


@pytest.mark.parametrize("bad", [0.1, "0.001", "1e-3"])
def test_no_fraction_of_a_fen(bad):
    with pytest.raises(ValueError):
        Money.yuan(bad)


def test_money_is_multiplied_by_whole_numbers_only():
    with pytest.raises(TypeError):
        Money(1) * 0.5


@given(days, days, days)
def test_a_period_holds_its_ends(a, b, day):
    start, end = sorted((a, b))
    period = Period(start, end)
    assert start in period and end in period and period.days == (end - start).days + 1
    assert (day in period) == (start <= day <= end)
    assert start - timedelta(days=1) not in period and end + timedelta(days=1) not in period


ends = st.none() | days


@given(ends, ends, ends, ends)
def test_periods_overlap_when_they_share_a_day(a, b, c, d):
    if (a and b and b < a) or (c and d and d < c):
        return
    one, other = Period(a, b), Period(c, d)
    shared = [x for x in (a or date.min, c or date.min) if x in one and x in other]
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


def test_a_period_does_not_run_backwards():
    with pytest.raises(ValueError):
        Period(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ValueError):
        Quantity(Decimal(2), "", Decimal(1))


def test_named_periods():
    assert Period.quarter(2024, 1) == Period(date(2024, 1, 1), date(2024, 3, 31))
    assert Period.month(2024, 2).days == 29
    assert sum(Period.quarter(2025, n).days for n in range(1, 5)) == Period.year(2025).days == 365


def test_late_is_the_worst_and_kept_the_best():
    assert (
        max(State, key=lambda s: s.severity) is State.LATE
        and min(State, key=lambda s: s.severity) is State.KEPT
    )
    assert len({s.mark for s in State}) == len(State) == 5
