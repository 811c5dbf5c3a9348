"""A metric over time: measured, the target's path, the forecast with its interval and the chance of arriving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.indicators.engine.metrics.periods import index_of
from kechuang.indicators.engine.targets import TargetError, chance, forecast, required
from kechuang.indicators.models import Metric, Observation, Target
from kechuang.indicators.queries.calculate import catalogue, declaration
from kechuang.indicators.queries.cells import bounds
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.observed import series
from kechuang.indicators.queries.standing import path_of

LEVEL = 0.8
FARTHEST = 40  # periods that a forecast may reach
METHODS = {
    "naive": gettext_lazy("the last value stays"),
    "drift": gettext_lazy("the average step goes on"),
    "damped_trend": gettext_lazy("the trend goes on and fades"),
}


@dataclass
class Outlook:
    """A series and where it is heading. `periods` are the engine's whole numbers."""

    grain: str
    periods: list[int]
    values: list[float]
    target: Target | None = None
    path: dict[int, float] = field(default_factory=dict)
    means: dict[int, float] = field(default_factory=dict)
    low: dict[int, float] = field(default_factory=dict)
    high: dict[int, float] = field(default_factory=dict)
    method: str = ""
    chance: float | None = None
    amount: float | None = None
    rate: float | None = None
    pace: float | None = None
    fault: str = ""


def grain_of(metric: Metric) -> str:
    """year, quarter or month; month for a metric without time, whose states are taken at the end of each month."""
    version = metric.versions.first()
    if version is None:
        return "year"
    declared = declaration(version.declaration)
    base = catalogue(instead=[declared]).base(declared)
    return base.grain if base.time else "month"


def by_period(rows: Sequence[Observation], grain: str) -> dict[int, float]:
    """Values by the engine's periods. A state without time stands until the next one, up to today."""
    found = {index_of(row.end, grain): float(row.value) for row in rows}
    if not rows or rows[-1].start is not None:
        return found
    value = 0.0
    for period in range(min(found), index_of(clock.today(), grain) + 1):
        found[period] = value = found.get(period, value)
    return dict(sorted(found.items()))


def outlook(metric: Metric, target: Target | None, disclosure: Disclosure) -> Outlook:
    """The series of the whole with its target's path, forecast and chance; faults are said, not raised."""
    grain = grain_of(metric)
    rows = [row for row in series(metric.pk, reader=disclosure) if row.end <= clock.today()]
    values = by_period(rows, grain)
    found = Outlook(grain, list(values), list(values.values()), target)
    if target is None or not found.periods:
        return found
    better = "lower" if metric.better == Metric.Better.DOWN else "higher"
    try:
        _add_target(found, target, better)
    except TargetError as fault:
        found.fault = str(fault)
    return found


def _add_target(found: Outlook, target: Target, better: str) -> None:
    path, due, last = path_of(target), index_of(target.due, found.grain), found.periods[-1]
    for period in range(index_of(target.base_date, found.grain), due + 1):
        found.path[period] = path.value_on(_end(period, found.grain))
    ahead = due - last
    if ahead < 1:
        return
    steps = [b - a for a, b in zip(found.values, found.values[1:], strict=False)]
    needed = required(
        found.values[-1], float(target.value), ahead, better, sum(steps) / len(steps) if steps else None
    )
    found.amount, found.rate, found.pace = needed.amount, needed.rate, needed.pace
    even = found.periods == list(range(found.periods[0], last + 1))
    if ahead > FARTHEST or len(found.values) < 3 or not even:
        return
    made = forecast(found.values, ahead)
    found.method = made.method
    for step in range(1, ahead + 1):
        found.means[last + step] = made.fit.means[step - 1]
        found.low[last + step], found.high[last + step] = made.interval(step, LEVEL)
    found.chance = chance(made, ahead, float(target.value), better)


def _end(period: int, grain: str) -> date:
    return bounds(period, grain)[1]
