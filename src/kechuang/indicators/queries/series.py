"""A metric over time: measured, the target's path, the forecast with its interval and the chance of arriving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.kernel import formatting
from kechuang.core.language import current
from kechuang.core.web.charts import Chart, Series
from kechuang.indicators.engine.metrics.periods import index_of, label
from kechuang.indicators.engine.targets import TargetError, chance, forecast, required
from kechuang.indicators.models import Metric, Observation, PublishedValue, Target
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


def chart(metric: Metric, found: Outlook, published: Sequence[PublishedValue], why: str) -> Chart | None:
    """Measured, target, forecast with interval and published figures in one frame; its title says the finding.

    None where no line has two points: a figure says a single value better.
    """
    figures = {index_of(p.end, found.grain): float(p.value) for p in published if p.end and not p.cell}
    if max(map(len, (found.periods, found.path, figures))) < 2:
        return None
    every = sorted({*found.periods, *found.path, *found.means, *figures})
    measured = dict(zip(found.periods, found.values, strict=True))

    def shown(values: dict[int, float]) -> list[float | None]:
        return [values[p] / metric.per_unit if p in values else None for p in every]

    lines = [Series(_("Measured"), shown(measured))] if measured else []
    if figures:
        lines.append(Series(_("Published"), shown(figures), grey=bool(measured)))
    if found.path:
        lines.append(Series(_("Target path"), shown(found.path), role="target"))
    if found.means:
        last = {found.periods[-1]: found.values[-1]}
        lines.append(Series(_("Forecast"), shown(last | found.means), role="forecast"))
        low, high = shown(last | found.low), shown(last | found.high)
        lines.append(Series(_("80 % interval"), role="band", low=low, high=high))
    return Chart(
        title=finding(metric, found),
        x=[label(p, found.grain) for p in every],
        series=lines,
        unit=metric.unit_here,
        source=metric.definition_source,
        why=why if measured else "",
        synthetic=metric.synthetic,
        id=f"m-{metric.code}",
    )


def finding(metric: Metric, found: Outlook) -> str:
    """The chart's title: what it shows, in a sentence."""
    if not found.periods:
        return str(metric)
    last, now = label(found.periods[-1], found.grain), found.values[-1]
    value = formatting.number(now / metric.per_unit, current(), metric.unit_here)
    facts = {"metric": metric, "when": last, "value": value}
    due = found.path.get(found.periods[-1])
    if due is None:
        return _("%(metric)s: %(value)s in %(when)s") % facts
    ahead = (due - now if metric.better == Metric.Better.DOWN else now - due) >= 0
    words = _("%(metric)s: %(value)s in %(when)s, ahead of the path") if ahead else ""
    return (words or _("%(metric)s: %(value)s in %(when)s, behind the path")) % facts
