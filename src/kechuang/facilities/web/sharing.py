"""What each institution shares: utilisation, use by others, value opened, outputs; public."""

from __future__ import annotations

from datetime import date, timedelta

from django.shortcuts import render

from kechuang.core import clock
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation
from kechuang.core.web.times import day_of
from kechuang.facilities.engine.charges import WEIGHTS
from kechuang.facilities.queries.use import sharing
from kechuang.facilities.web.common import duration

MOST = 100


def _days(request) -> tuple[date, date]:
    """The chosen stretch, else the year up to yesterday."""
    last = clock.today() - timedelta(days=1)
    first = day_of(request.GET.get("from", ""), last - timedelta(days=364))
    end = day_of(request.GET.get("to", ""), last)
    return min(first, end), max(first, end)


def scores(request):
    """The scores of all owners of what is opened, best first."""
    first, last = _days(request)
    owners = {
        row.pk: row for row in Organisation.objects.filter(resources__opened=True).distinct()[: MOST * 20]
    }
    found = sharing(owners, first, last)
    rows = [
        {
            "owner": owners[key],
            "facts": facts,
            "score": score,
            "used": duration(facts.used),
            "total": formatting.grouped(score.total / 10, 1),
            **{name: getattr(score, name) / 1000 for name in ("utilisation", "outside", "opened")},
        }
        for key, (facts, score) in found.items()
    ]
    rows.sort(key=lambda row: (-row["score"].total, str(row["owner"])))
    context = {"rows": rows[:MOST], "first": first, "last": last, "weights": WEIGHTS, "count": len(rows)}
    return render(request, "facilities/sharing.html", context)
