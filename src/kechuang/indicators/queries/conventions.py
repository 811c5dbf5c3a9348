"""A series as statistics print it: single periods beside the year to date, current beside constant prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kechuang.indicators.engine.metrics import Metric as Counted
from kechuang.indicators.engine.metrics.periods import PER_YEAR, index_of, label
from kechuang.indicators.engine.targets import (
    Stretch,
    chained_index,
    constant_prices,
    to_cumulative,
    to_discrete,
)
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries.calculate import declaration

Values = Mapping[int, int]


@dataclass(frozen=True)
class Line:
    """A period: what fell in it alone, what the year had by its end, and both against a year before (1.05 = +5 %).

    `single` covers the periods of `where`: more than one after a period that nobody reported.
    """

    where: str
    until: str
    single: int
    to_date: int | None
    single_change: Fraction | None
    to_date_change: Fraction | None


@dataclass(frozen=True)
class Priced:
    """A year at its own prices and at those of one year for all, with the changes on the year before."""

    year: int
    current: int
    price: Fraction | None
    constant: Fraction
    change: Fraction | None
    real_change: Fraction | None


def counted(metric: Metric) -> Counted | None:
    """The definition in force, where it adds up rows; None for what cannot be added up over time."""
    version = metric.versions.first()
    declared = declaration(version.declaration) if version else None
    if not isinstance(declared, Counted) or declared.measure.how not in ("count", "sum") or not declared.time:
        return None
    return declared


def within_the_year(metric: Metric, rows: Iterable[Observation]) -> list[Line]:
    """Months or quarters, newest first; [] for yearly numbers and for those that do not add up."""
    declared = counted(metric)
    if declared is None or declared.grain == "year":
        return []
    values = {index_of(row.end, declared.grain): int(row.value) for row in rows}
    per_year = PER_YEAR[declared.grain]
    if metric.accumulates:
        stretches, to_date = to_discrete(values, per_year), dict(values)
    else:
        stretches = [Stretch(period, period, value) for period, value in sorted(values.items())]
        to_date = _to_date(values, per_year)
    return [
        Line(
            where=_span(each, declared.grain),
            until=label(each.last, declared.grain),
            single=each.value,
            to_date=to_date.get(each.last),
            single_change=_change(each.value, _same(stretches, each, per_year)),
            to_date_change=_change(to_date.get(each.last), to_date.get(each.last - per_year)),
        )
        for each in reversed(stretches)
    ]


def at_constant_prices(metric: Metric, rows: Iterable[Observation], base: int | None = None) -> list[Priced]:
    """Years that have a price level, newest first, at the prices of `base` (the first year without).

    Raises TargetError for a base outside the chain or a year missing within it.
    """
    declared = counted(metric)
    changes = price_changes(metric)
    if declared is None or declared.grain != "year" or not changes:
        return []
    values = {row.end.year: int(row.value) for row in rows}
    chain = chained_index(changes, base if base is not None else min(changes) - 1)
    current = {year: value for year, value in values.items() if year in chain}
    constant = constant_prices(current, chain)
    return [
        Priced(
            year=year,
            current=current[year],
            price=changes.get(year),
            constant=constant[year],
            change=_change(current[year], current.get(year - 1)),
            real_change=_change(constant[year], constant.get(year - 1)),
        )
        for year in sorted(current, reverse=True)
    ]


def price_changes(metric: Metric) -> dict[int, Fraction]:
    """The price index of a metric by year, last year = 100: published, else measured."""
    if metric.prices_id is None:
        return {}
    published = metric.prices.published_values.filter(cell={}).exclude(end=None).order_by("end", "id")
    found = {row.end.year: Fraction(row.value) for row in published}
    measured = metric.prices.observations.filter(cell_key="", current=True).exclude(value=None)
    return {**{row.end.year: Fraction(row.value) for row in measured.order_by("end", "known_at")}, **found}


def _to_date(values: Values, per_year: int) -> dict[int, int]:
    """Sums from the beginning of the year; a period without rows counts as nothing, a year without any is left out."""
    found = {}
    for year in sorted({period - period % per_year for period in values}):
        here = [period for period in values if year <= period < year + per_year]
        filled = [Stretch(period, period, values.get(period, 0)) for period in range(year, max(here) + 1)]
        found |= to_cumulative(filled, per_year)
    return found


def _same(stretches: list[Stretch], each: Stretch, per_year: int) -> int | None:
    """The same stretch of the year before."""
    wanted = (each.first - per_year, each.last - per_year)
    return next((other.value for other in stretches if (other.first, other.last) == wanted), None)


def _change(now: Fraction | int | None, before: Fraction | int | None) -> Fraction | None:
    return None if now is None or not before else Fraction(now) / Fraction(before) - 1


def _span(stretch: Stretch, grain: str) -> str:
    last = label(stretch.last, grain)
    return last if stretch.first == stretch.last else f"{label(stretch.first, grain)} – {last}"
