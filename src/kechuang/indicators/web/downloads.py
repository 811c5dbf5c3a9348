"""A metric's values and description as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.indicators.queries import open_data
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.web.common import metric_for

FORMS = {
    "csv": ("text/csv; charset=utf-8", "csv", gettext_lazy("Values (CSV)")),
    "json": ("application/json", "json", gettext_lazy("Values (JSON)")),
    "sdmx": ("application/vnd.sdmx.data+csv;version=2.0.0", "csv", gettext_lazy("Values (SDMX-CSV)")),
    "csvw": ("application/csvm+json", "json", gettext_lazy("Description of the CSV (CSVW)")),
    "dcat": ("application/ld+json", "jsonld", gettext_lazy("Description of the data set (DCAT)")),
}


def download(request, code: str, form: str):
    metric = metric_for(request, code)
    if form not in FORMS:
        raise Http404(_("There is no such download."))
    kind, ending, _label = FORMS[form]
    base = request.build_absolute_uri(reverse("indicators:metric", args=[code])) + "data/"
    rows = open_data.observations(metric, Disclosure(request.user))
    content = {
        "csv": lambda: open_data.as_csv(metric, rows),
        "json": lambda: open_data.as_json(metric, rows),
        "sdmx": lambda: open_data.as_sdmx(metric, rows),
        "csvw": lambda: open_data.as_csvw(metric, base),
        "dcat": lambda: open_data.as_dcat(metric, base, max((str(r.known_at) for r in rows), default="")),
    }[form]()
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{code}-{form}-{clock.today()}.{ending}"'
    return answer
