"""Conventions of published series: year to date, constant prices, revised vintages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kechuang.indicators.engine.targets.errors import TargetError


@dataclass(frozen=True, slots=True)
class Stretch:
    """What fell in periods `first` to `last` together: more than one where a publication was skipped.

    January and February, say, which Chinese statistics publish as one.
    """

    first: int
    last: int
    value: int


def to_discrete(cumulative: Mapping[int, int], per_year: int = 12) -> list[Stretch]:
    """Year-to-date values by period (12·year + 0…11 for months) to what each stretch added.

    A missing period is not guessed: the next stretch covers it too.
    """
    found: list[Stretch] = []
    for period in sorted(cumulative):
        year_start = period - period % per_year
        earlier = [past for past in cumulative if year_start <= past < period]
        first = max(earlier) + 1 if earlier else year_start
        before = cumulative[max(earlier)] if earlier else 0
        found.append(Stretch(first, period, cumulative[period] - before))
    return found


def to_cumulative(stretches: Iterable[Stretch], per_year: int = 12) -> dict[int, int]:
    """Inverse of `to_discrete`. Raises TargetError where stretches leave a gap, overlap or cross a year."""
    found: dict[int, int] = {}
    expected, running = None, 0
    for stretch in sorted(stretches, key=lambda each: each.first):
        year_start = stretch.first - stretch.first % per_year
        if stretch.first == year_start:
            expected, running = year_start, 0
        if stretch.first != expected or not stretch.first <= stretch.last < year_start + per_year:
            raise TargetError(
                f"period {stretch.first} does not follow on: give every stretch of the year once"
            )
        running += stretch.value
        found[stretch.last] = running
        expected = stretch.last + 1
    return found


def chained_index(changes: Mapping[int, Fraction | int | str], base: int) -> dict[int, Fraction]:
    """Price levels with `base` = 1 from yearly indices "last year = 100" (上年=100), exact.

    Raises TargetError for a year missing within the chain or an index of zero or less.
    """
    years = sorted(changes)
    if not years or not years[0] - 1 <= base <= years[-1]:
        raise TargetError(f"base year {base} lies outside the chain of price indices")
    if missing := set(range(years[0], years[-1])) - set(years):
        raise TargetError(f"the price index of {min(missing)} is missing: a chain needs every year")
    level = {years[0] - 1: Fraction(1)}
    for year in years:
        change = Fraction(changes[year])
        if change <= 0:
            raise TargetError(
                f"the price index of {year} is {changes[year]}: it must be above zero, last year = 100"
            )
        level[year] = level[year - 1] * change / 100
    return {year: each / level[base] for year, each in level.items()}


def constant_prices(current: Mapping[int, int], prices: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """Values at the prices of the year whose level is 1. Raises TargetError where a year has no price level."""
    if missing := sorted(set(current) - set(prices)):
        raise TargetError(f"no price level for {missing[0]}: extend the price index or leave that year out")
    return {year: value / prices[year] for year, value in current.items()}


@dataclass(frozen=True, slots=True)
class Published:
    """A value of a period as published on a day."""

    period: int
    published_on: date
    value: Fraction | int


@dataclass(frozen=True, slots=True)
class Vintages:
    """All that was ever published of a series. Raises TargetError when a day gives a period two values."""

    published: tuple[Published, ...]

    def __post_init__(self) -> None:
        seen: dict[tuple[int, date], Fraction | int] = {}
        for each in self.published:
            if seen.setdefault((each.period, each.published_on), each.value) != each.value:
                raise TargetError(
                    f"period {each.period} was published twice on {each.published_on}: keep one"
                )

    def as_known_on(self, day: date) -> dict[int, Fraction | int]:
        """The series as a reader of that day saw it."""
        known = sorted((each for each in self.published if each.published_on <= day), key=_order)
        return {each.period: each.value for each in known}

    def revisions(self, period: int) -> list[Published]:
        """What was published of a period, first release first; repeats of an unchanged value left out."""
        found: list[Published] = []
        for each in sorted((each for each in self.published if each.period == period), key=_order):
            if not found or found[-1].value != each.value:
                found.append(each)
        return found


def _order(each: Published) -> tuple[int, date]:
    return each.period, each.published_on
