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
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries import breakdown, words
from kechuang.indicators.queries.calculate import catalogue, declaration
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.series import METHODS, chart, outlook
from kechuang.indicators.queries.standing import Standing, standings
from kechuang.indicators.queries.why import address
from kechuang.indicators.web.common import kindly, metric_for
from kechuang.indicators.web.downloads import FORMS


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
        "chart": chart(metric, found, published, address(metric), metric.synthetic)
        if found.periods or published
        else None,
        "definition": words.definition(declared, within) if declared else "",
        "parts": [(part.table, words.measure(part)) for part in words.parts(declared, within)]
        if declared
        else [],
        "version": version,
        "versions": metric.versions.all(),
        "tables": _tables(metric, disclosure),
        "vintages": [] if disclosure.guarded(metric) else _vintages(metric, standing.latest),
        "targets": metric.targets.all(),
        "children": metric.children.all(),
        "downloads": [(form, label) for form, (_kind, _ending, label) in FORMS.items()],
    }
    return render(request, "indicators/metric.html", context)


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
            (_("Known since"), formatting.day(latest.known_at)),
        ]
    return found


def _figure(metric: Metric, standing: Standing) -> Figure | None:
    seen = standing.latest
    if seen is None:
        return None
    change = standing.change
    return Figure(
        seen.value,
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
        drawn = None
        if 1 < len(shown) <= 20:
            drawn = Chart(
                title=title,
                x=[cell.words for cell in shown],
                series=[Series(str(metric), [float(cell.observation.value) for cell in shown])],
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
