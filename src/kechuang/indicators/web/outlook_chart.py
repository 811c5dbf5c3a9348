"""The chart of a metric over time; its title says the finding."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kechuang.core.kernel import formatting
from kechuang.core.language import current
from kechuang.core.web.charts import Chart, Series
from kechuang.indicators.engine.metrics.periods import index_of, label
from kechuang.indicators.models import Metric, PublishedValue
from kechuang.indicators.queries.series import Outlook


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
