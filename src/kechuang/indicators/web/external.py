"""Values published elsewhere about cities; two editions of one index may differ."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.language import in_language
from kechuang.core.web.importing import ImportPage
from kechuang.core.web.listing import Column, Facet, ListPage
from kechuang.core.web.record import Act
from kechuang.indicators import actions
from kechuang.indicators.models import ExternalValue
from kechuang.indicators.queries.sheets import EXTERNAL


def _missing(name: str):
    """A number, or the word that it is missing: never a zero."""

    def cell(row):
        value = row[name]
        if value is None:
            return format_html('<span class="soft">{}</span>', _("missing"))
        return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)

    return cell


def _here(row, name: str, english: str) -> str:
    """In the reader's language where the source gives it."""
    return in_language(row[name], row[english])


def _named(name: str, english: str):
    """Choices of a facet by what the reader calls them."""

    def choices(keys) -> dict[str, str]:
        rows = ExternalValue.objects.filter(**{f"{name}__in": keys}).values(name, english).distinct()
        return {row[name]: _here(row, name, english) or _("overall") for row in rows}

    return choices


class ExternalValues(ListPage):
    key = "indicators-external"
    title = gettext_lazy("City against city")
    intro = gettext_lazy(
        "Published elsewhere, with source, edition and licence. What is missing is shown as missing."
    )
    columns = [
        Column("index", gettext_lazy("Index"), sort=True),
        Column("edition", gettext_lazy("Edition"), sort=True),
        Column(
            "dimension",
            gettext_lazy("Dimension"),
            fields=("dimension", "dimension_en"),
            value=lambda row: _here(row, "dimension", "dimension_en") or _("overall"),
            sort=True,
        ),
        Column(
            "city_zh",
            gettext_lazy("City"),
            fields=("city_zh", "city_en"),
            value=lambda row: _here(row, "city_zh", "city_en"),
            sort=True,
        ),
        Column("city_en", gettext_lazy("City (English)"), sort=True, optional=True),
        Column("year", gettext_lazy("Year"), fields=("year",), value=lambda row: str(row["year"]), sort=True),
        Column("rank", gettext_lazy("Rank"), cell=_missing("rank"), sort=True),
        Column("value", gettext_lazy("Value"), cell=_missing("value"), sort=True),
        Column("source", gettext_lazy("Source")),
        Column("licence", gettext_lazy("Licence"), optional=True),
        Column(
            "synthetic",
            gettext_lazy("Synthetic"),
            choices={True: gettext_lazy("Synthetic"), False: ""},
            optional=True,
        ),
    ]
    facets = [
        Facet("index", gettext_lazy("Index")),
        Facet("edition", gettext_lazy("Edition")),
        Facet("dimension", gettext_lazy("Dimension"), choices=_named("dimension", "dimension_en")),
        Facet("city_zh", gettext_lazy("City"), choices=_named("city_zh", "city_en")),
    ]
    search_fields = ["index", "city_zh", "city_en", "source", "dimension"]
    groups = ["index", "edition", "city_zh"]
    default_sort = "index,-year,dimension,rank"
    empty_title = gettext_lazy("No published values yet")
    empty_text = gettext_lazy("Import a sheet with source, edition and licence.")

    def queryset(self):
        return ExternalValue.objects.all()

    def acts(self):
        url = reverse("indicators:external_import")
        return [Act(_("Import a sheet"), url, verb="indicators.import_external", primary=True)]


class ImportExternal(ImportPage):
    verb = "indicators.import_external"
    title = gettext_lazy("Import published values")

    def fields(self):
        return EXTERNAL

    def take(self, sheet, source):
        return actions.import_external(self.request.user, sheet.rows, source)

    def done_url(self):
        return reverse("indicators:external")
