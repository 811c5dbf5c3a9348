"""The tree of indicators with where each stands."""

from __future__ import annotations

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core.web.record import Act
from kechuang.indicators.models import Metric
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.series import outlook
from kechuang.indicators.queries.standing import Standing, standings, tree, visible_metrics


def page(request):
    """Value beside target, published beside computed or reported, domain by domain."""
    rows = tree(request.user)
    text = request.GET.get("q", "").strip().lower()
    basis = request.GET.get("basis", "")
    if basis in Metric.Basis.values:
        rows = [row for row in rows if row.metric.basis == basis]
    if text:
        rows = [
            row
            for row in rows
            if text in f"{row.metric.name_zh} {row.metric.name_en} {row.metric.code}".lower()
        ]
    counts = dict.fromkeys(Metric.Basis.values, 0)
    for row in tree(request.user) if text or basis else rows:
        counts[row.metric.basis] += 1
    context = {
        "rows": rows,
        "sources": _sources(rows),
        "text": request.GET.get("q", ""),
        "basis": basis,
        "bases": [
            (value, label, counts[value])
            for value, label in Metric.Basis.choices
            if value != Metric.Basis.GROUP and counts[value]
        ],
        "acts": [
            Act(_("Declare an indicator"), reverse("indicators:declare"), verb="indicators.declare_metric"),
            Act(_("Compute all"), reverse("indicators:recompute"), verb="indicators.recompute"),
        ],
    }
    return render(request, "indicators/tree.html", context)


def _sources(rows: list[Standing]) -> list[str]:
    """Where the published figures stand, numbered for the table's notes; each row is told its number."""
    found: dict[str, int] = {}
    for row in rows:
        if row.published:
            row.note = found.setdefault(row.published[0].published.source, len(found) + 1)
    return list(found)


def targets(request):
    """All targets of indicators with value, path, chance and what it takes."""
    metrics = list(visible_metrics(request.user).filter(targets__isnull=False).distinct())
    disclosure = Disclosure(request.user)
    found = standings(metrics, disclosure)
    rows = []
    for metric in metrics:
        standing = found[metric.pk]
        if standing.target:
            rows.append((standing, outlook(metric, standing.target, disclosure)))
    return render(
        request, "indicators/targets.html", {"rows": sorted(rows, key=lambda row: row[0].target.due)}
    )
