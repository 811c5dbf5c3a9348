"""One indicator: definition, series against target, published beside measured, breakdown, versions, downloads."""

from __future__ import annotations

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kechuang.core.events import events_of
from kechuang.core.kernel import Period, formatting
from kechuang.core.web.charts import Chart, Series
from kechuang.core.web.figures import Figure
from kechuang.core.web.history import moments
from kechuang.core.web.record import Act, Record
from kechuang.core.web.times import local_day
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries import breakdown, conventions, words
from kechuang.indicators.queries.calculate import catalogue, declaration
from kechuang.indicators.queries.cells import code_of, id_of
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.observed import series
from kechuang.indicators.queries.series import METHODS, outlook
from kechuang.indicators.queries.standing import Standing, standings
from kechuang.indicators.queries.why import address
from kechuang.indicators.templatetags.measured import measured
from kechuang.indicators.web.common import kindly, metric_for
from kechuang.indicators.web.downloads import FORMS
from kechuang.indicators.web.outlook_chart import chart

BARS = 15  # cells of a breakdown that are drawn
SHOWN = 13  # periods within the year: a year and the same month before


@kindly
def page(request, code: str):
    metric = metric_for(request, code)
    disclosure = Disclosure(request.user)
    standing = standings([metric], disclosure)[metric.pk]
    version = metric.versions.first()
    found = outlook(metric, standing.target, disclosure)
    declared = declaration(version.declaration) if version else None
    within = catalogue(instead=[declared]) if declared else None
    published = [pair.published for pair in standing.published]
    context = {
        "record": _record(request, metric, standing),
        "metric": metric,
        "standing": standing,
        "figure": _figure(metric, standing),
        "outlook": found,
        "method": METHODS.get(found.method, ""),
        "chart": chart(metric, found, published, address(metric)),
        "definition": words.definition(declared, within) if declared else "",
        "parts": _parts(words.parts(declared, within)) if declared else [],
        "version": version,
        "versions": metric.versions.all(),
        "tables": _tables(metric, disclosure),
        "vintages": [] if disclosure.guarded(metric) else _vintages(metric, standing.latest),
        "targets": metric.targets.all(),
        "children": metric.children.all(),
        "downloads": [(form, label) for form, (_kind, _ending, label) in FORMS.items()],
    }
    return render(request, "indicators/metric.html", context | _conventions(request, metric, disclosure))


def _parts(counted: list) -> list[tuple[Metric | None, str]]:
    """The counted indicators that a derived one is made of, each with its definition in words."""
    rows = {id_of(row.code): row for row in Metric.objects.filter(code__in=[code_of(c.id) for c in counted])}
    return [(rows.get(part.id), words.measure(part)) for part in counted]


def _record(request, metric: Metric, standing: Standing) -> Record:
    here = [metric.code]
    trail = [(_("Indicators"), reverse("indicators:tree"))]
    if metric.parent:
        trail.append((str(metric.parent), metric.parent.get_absolute_url()))
    return Record(
        title=str(metric),
        kind=metric.get_basis_display(),
        state=standing.state or "",
        synthetic=metric.synthetic,
        acts=[
            Act(
                _("Change the definition"),
                reverse("indicators:redefine", args=here),
                verb="indicators.redefine",
                obj=metric,
            ),
            Act(_("Set a target"), reverse("indicators:set_target", args=here), verb="indicators.set_target"),
            Act(
                _("Record a published figure"),
                reverse("indicators:publish", args=here),
                verb="indicators.publish_value",
            ),
        ],
        facts=_facts(metric, standing.latest),
        events=moments(events_of(metric)[:20]) if request.user.is_authenticated else [],
        breadcrumb=[*trail, (str(metric), "")],
    )


def _facts(metric: Metric, latest: Observation | None) -> list[tuple]:
    found = [
        (_("Code"), metric.code),
        (_("Unit"), metric.unit_here or "—"),
        (_("Direction"), metric.get_better_display()),
        (pgettext("indicator", "Owner"), metric.owner or "—"),
        (_("Source of the definition"), metric.definition_source or "—"),
    ]
    if latest and latest.version:
        found += [
            (_("Version of the definition"), latest.version.version),
            (_("Snapshot"), latest.snapshot.name[:12] if latest.snapshot else "—"),
            (_("Table"), latest.snapshot.table if latest.snapshot else "—"),
            (
                _("Rows behind it"),
                formatting.grouped(latest.digest_count) if latest.digest_count is not None else "—",
            ),
            (_("Known since"), formatting.day(local_day(latest.known_at))),
        ]
    return found


def _figure(metric: Metric, standing: Standing) -> Figure | None:
    seen = standing.latest
    if seen is None:
        return None
    change = standing.change and standing.change / metric.per_unit
    return Figure(
        seen.value / metric.per_unit,
        unit=metric.unit_here,
        period=Period(seen.start, seen.end) if seen.start else formatting.day(seen.end),
        change=change,
        change_since=_("on the period before") if change is not None else "",
        why=address(metric, seen),
        state=standing.state or "",
        synthetic=metric.synthetic,
        big=True,
    )


def _tables(metric: Metric, disclosure: Disclosure) -> list[dict]:
    """One table or chart a dimension for the newest period, small cells hidden from visitors."""
    found = []
    for name, cells in breakdown.by_dimension(metric, disclosure).items():
        shown = [cell for cell in cells if not cell.hidden]
        title = _("%(metric)s by %(dimension)s") % {"metric": metric, "dimension": words.column(name).lower()}
        if shown:
            facts = {"title": title, "first": shown[0].words}
            facts["value"] = measured(shown[0].observation.value, metric)
            level = len(shown) > 1 and shown[0].observation.value == shown[-1].observation.value
            finding = _("%(title)s: all at %(value)s") if level else ""
            title = (finding or _("%(title)s: %(first)s comes first with %(value)s")) % facts
        drawn = None
        if len(shown) > 1:
            largest = shown[:BARS]
            drawn = Chart(
                title=title,
                subtitle=_("The %(n)d largest of %(all)d") % {"n": BARS, "all": len(shown)}
                if len(shown) > BARS
                else "",
                x=[cell.words for cell in largest],
                series=[
                    Series(str(metric), [float(cell.observation.value / metric.per_unit) for cell in largest])
                ],
                unit=metric.unit_here,
                kind="hbar",
                id=f"by-{name}",
                synthetic=metric.synthetic,
                source=metric.definition_source,
            )
        found.append({"title": title, "chart": drawn, "cells": cells, "name": words.column(name)})
    return found


def _vintages(metric: Metric, latest: Observation | None) -> list[Observation]:
    """Former values of the newest cell: what was known when."""
    if latest is None:
        return []
    rows = metric.observations.filter(cell_key="", end=latest.end).select_related("version")
    return list(rows.order_by("-known_at", "-id")[:20])


def _conventions(request, metric: Metric, disclosure: Disclosure) -> dict:
    """Single periods beside the year to date, and values at the prices of one year."""
    rows = series(metric.pk, reader=disclosure)
    lines = conventions.within_the_year(metric, rows)[:SHOWN]
    changes = conventions.price_changes(metric)
    if not changes:
        return {"lines": lines}
    bases = list(range(min(changes) - 1, max(changes) + 1))
    given = request.GET.get("base", "")
    base = int(given[:4]) if given.isdecimal() else bases[0]
    priced = conventions.at_constant_prices(metric, rows, base)
    drawn = _priced_chart(metric, priced, base) if len(priced) > 1 else None
    return {"lines": lines, "priced": priced, "priced_chart": drawn, "base": base, "bases": bases}


def _priced_chart(metric: Metric, priced: list[conventions.Priced], base: int) -> Chart:
    """Both series over the years; the title says how fast each grew."""
    years = priced[::-1]
    span = years[-1].year - years[0].year
    rates = [
        (float(getattr(years[-1], name)) / float(getattr(years[0], name))) ** (1 / span) - 1
        if getattr(years[0], name) > 0 and getattr(years[-1], name) > 0
        else 0.0
        for name in ("constant", "current")
    ]
    words = _("At prices of %(base)s it grew %(real)s a year since %(first)s, at current prices %(current)s")
    real, current = map(formatting.percent, rates)
    return Chart(
        title=words % {"base": base, "real": real, "current": current, "first": years[0].year},
        x=[str(row.year) for row in years],
        series=[
            Series(
                _("Prices of %(base)s") % {"base": base},
                [float(row.constant) / metric.per_unit for row in years],
            ),
            Series(_("Current prices"), [row.current / metric.per_unit for row in years], grey=True),
        ],
        unit=metric.unit_here,
        source=metric.definition_source,
        synthetic=metric.synthetic or metric.prices.synthetic,
        id="constant-prices-chart",
    )
