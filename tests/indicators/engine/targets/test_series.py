from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.indicators.engine.targets import (
    Published,
    Stretch,
    TargetError,
    Vintages,
    chained_index,
    constant_prices,
    to_cumulative,
    to_discrete,
)

JANUARY = 2024 * 12


def test_january_and_february_stay_together():
    assert to_discrete({JANUARY + 1: 30, JANUARY + 2: 50, JANUARY + 12: 7}) == [
        Stretch(JANUARY, JANUARY + 1, 30),
        Stretch(JANUARY + 2, JANUARY + 2, 20),
        Stretch(JANUARY + 12, JANUARY + 12, 7),
    ]


@given(st.dictionaries(st.integers(JANUARY, JANUARY + 40), st.integers(-100, 100), max_size=30))
def test_there_and_back(cumulative):
    assert to_cumulative(to_discrete(cumulative)) == dict(sorted(cumulative.items()))


@given(st.dictionaries(st.integers(JANUARY, JANUARY + 40), st.integers(-100, 100), max_size=30))
def test_stretches_of_a_year_add_up_to_its_last_value(cumulative):
    for year in {period // 12 for period in cumulative}:
        last = max(period for period in cumulative if period // 12 == year)
        assert (
            sum(each.value for each in to_discrete(cumulative) if each.first // 12 == year)
            == cumulative[last]
        )


def test_gaps_and_overlaps_are_refused():
    for stretches in ([Stretch(JANUARY + 1, JANUARY + 1, 5)], [Stretch(JANUARY, JANUARY + 12, 5)]):
        with pytest.raises(TargetError, match="does not follow on"):
            to_cumulative(stretches)


def test_constant_prices_by_hand():
    """110 at prices 10 % above the base year is 100."""
    prices = chained_index({2022: 102, 2023: 110, 2024: "99.5"}, base=2022)
    assert prices == {
        2021: Fraction(100, 102),
        2022: Fraction(1),
        2023: Fraction(11, 10),
        2024: Fraction(11, 10) * Fraction(199, 200),
    }
    assert constant_prices({2022: 100, 2023: 110}, prices) == {2022: 100, 2023: 100}
    with pytest.raises(TargetError, match="no price level for 2030"):
        constant_prices({2030: 1}, prices)
    with pytest.raises(TargetError, match="2023 is missing"):
        chained_index({2022: 101, 2024: 101}, 2022)
    with pytest.raises(TargetError, match="outside the chain"):
        chained_index({2022: 101}, 2019)
    with pytest.raises(TargetError, match="above zero"):
        chained_index({2022: 0}, 2022)


def test_each_day_has_its_own_view_of_the_past():
    first, revised = date(2024, 1, 20), date(2024, 12, 27)
    vintages = Vintages(
        (
            Published(2023, revised, 129),
            Published(2022, first, 121),
            Published(2023, first, 126),
            Published(2022, revised, 121),
        )
    )
    assert vintages.as_known_on(date(2024, 1, 19)) == {}
    assert vintages.as_known_on(date(2024, 6, 1)) == {2022: 121, 2023: 126}
    assert vintages.as_known_on(revised) == {2022: 121, 2023: 129}
    assert [each.value for each in vintages.revisions(2023)] == [126, 129]
    assert [each.value for each in vintages.revisions(2022)] == [121]
    with pytest.raises(TargetError, match="published twice"):
        Vintages((Published(2023, first, 1), Published(2023, first, 2)))
