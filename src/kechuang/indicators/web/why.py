"""Why this number? From the cell to its definition in words, to the rows, and the proof that they give it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.web.listing import export as files
from kechuang.indicators.queries import why
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.words import column, value
from kechuang.indicators.web.common import clearance_of, kindly, metric_for

SIZE = 100


@kindly
def page(request, code: str):
    """The newest value as a whole, or the cell in the address; ?export=csv for all its rows."""
    metric = metric_for(request, code)
    observation = why.find(metric, request.GET.dict())
    trail = [(_("Indicators"), reverse("indicators:tree")), (str(metric), metric.get_absolute_url())]
    context = {"metric": metric, "trail": [*trail, (_("Why this number?"), "")]}
    if observation is None:
        if request.GET:
            raise Http404(_("This indicator has no such cell."))
        return render(request, "indicators/why.html", context)
    if Disclosure(request.user).hides(observation):
        raise Http404(_("This cell is too small to be shown."))
    clearance = clearance_of(request.user)
    if (form := request.GET.get("export")) in files.TYPES:
        return _export(metric, observation, clearance, form)
    number = request.GET.get("page", "1")
    at = max(1, int(number[:9])) if number.isdecimal() else 1
    found = why.explain(observation, clearance, (at - 1) * SIZE, SIZE)
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("export", None)
    context |= {
        "why": found,
        "observation": observation,
        "parts": [_shown(part) for part in found.parts],
        "page": at,
        "more": any(part.total - part.hidden > at * SIZE for part in found.parts),
        "query": query.urlencode(),
        "reported": metric.basis == "reported",
    }
    return render(request, "indicators/why.html", context)


def _shown(part: why.Rows) -> dict:
    """Heads and cells in words; the title opens the record."""
    at = part.columns.index("title") if "title" in part.columns else 0
    fits = [_fit(part, i) for i in range(len(part.columns))]
    said = lru_cache(maxsize=None, typed=True)(lambda cell, name: value(cell, part.table, name))
    lines = [
        [(said(cell, part.columns[i]), link if i == at else "", fits[i]) for i, cell in enumerate(row)]
        for row, link in zip(part.rows, part.links, strict=True)
    ]
    heads = [(column(name), fit) for name, fit in zip(part.columns, fits, strict=True)]
    return {"part": part, "heads": heads, "lines": lines}


def _fit(part: why.Rows, i: int) -> str:
    """How a column stands: numbers to the right, dates in one line; keys are no numbers."""
    cells = [row[i] for row in part.rows if row[i] is not None]
    if cells and all(isinstance(cell, date) for cell in cells):
        return "narrow"
    named = part.columns[i] == "id" or part.columns[i].endswith("_id")
    numbers = all(isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in cells)
    return "end" if cells and numbers and not named else ""


def _export(metric, observation, clearance: int, form: str) -> HttpResponse:
    heads, lines = why.export(observation, clearance)
    name = f"{metric.code}-rows-{clock.today()}.{form}"
    if form == "xlsx":
        answer = HttpResponse(files.to_xlsx(str(metric), heads, lines), content_type=files.TYPES[form])
    else:
        body = files.to_csv(heads, lines) if form == "csv" else files.to_json(heads, lines)
        answer = StreamingHttpResponse(body, content_type=files.TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
