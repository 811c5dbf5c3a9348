"""The catalogue: a public list with facets, served from columns in memory."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import search
from kechuang.core.templatetags.parts import synthetic
from kechuang.core.web.listing import Column, Facet, ListPage, View, organisation_names
from kechuang.core.web.listing.facets import Option
from kechuang.core.web.listing.paging import Page
from kechuang.facilities.models import Capability, Resource
from kechuang.facilities.models.catalogue import PRICE_BANDS
from kechuang.facilities.queries.catalogue import (
    KIND,
    catalogue,
    first_photos,
    open_hours_now,
    visible_resources,
)
from kechuang.facilities.web.common import (
    act,
    hourly,
    local_value,
    localised,
)

KINDS = dict(Resource.Kind.choices)
CAPABILITIES = dict(Capability.choices)
BANDS = dict(PRICE_BANDS)
OPEN = "open"
MOST = 24  # choices a facet shows; a search narrows the rest


class CatalogueList(ListPage):
    """Anybody may search. Rows, counts and order come from the columns kept in memory, the page's rows by key."""

    key = "facilities-catalogue"
    title = gettext_lazy("Catalogue")
    intro = gettext_lazy("Facilities, instruments, platforms, sample banks and data sets that are shared.")
    template_name = "facilities/catalogue.html"
    columns = [
        Column(
            "name",
            gettext_lazy("Name"),
            fields=("name_zh", "name_en"),
            value=lambda row: local_value(row, "name"),
            cell=lambda row: _with_photo(row),
            sort=True,
        ),
        Column("kind", gettext_lazy("Kind"), choices=KINDS),
        Column("capability", gettext_lazy("Capability"), choices=CAPABILITIES),
        Column(
            "owner",
            gettext_lazy("Owner"),
            fields=("owner__name_zh", "owner__name_en"),
            value=lambda row: row[f"owner__{localised('name')[0]}"] or row["owner__name_zh"],
        ),
        Column("place", gettext_lazy("Place")),
        Column(
            "rate",
            gettext_lazy("Academic rate"),
            fields=("rate_academic_fen",),
            align="end",
            value=lambda row: hourly(row["rate_academic_fen"]),
        ),
        Column("value_fen", gettext_lazy("Original value"), format="money", sort=True),
        Column("hours", gettext_lazy("Open hours"), optional=True),
        Column("model", gettext_lazy("Model"), optional=True),
        Column("opened_on", gettext_lazy("Opened on"), format="day", sort=True, optional=True),
        Column(
            "synthetic",
            gettext_lazy("Synthetic"),
            optional=True,
            choices={True: gettext_lazy("Synthetic"), False: ""},
        ),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=KINDS),
        Facet("capability", gettext_lazy("Capability"), choices=CAPABILITIES),
        Facet("owner", gettext_lazy("Owner"), field="owner_id", choices=organisation_names),
        Facet("place", gettext_lazy("Place")),
        Facet("price", gettext_lazy("Price"), field="price_band", choices=BANDS),
        Facet(
            OPEN,
            gettext_lazy("Open now"),
            choices={"yes": gettext_lazy("Open now")},
            where=lambda value: Q(hours__in=open_hours_now()),
        ),
    ]
    search_fields = ["name_zh"]
    views = [
        View("beam", gettext_lazy("Facilities and beamlines"), "kind=facility&kind=beamline"),
        View("bank", gettext_lazy("Sample banks and data sets"), "kind=sample_bank&kind=data_set"),
    ]
    default_sort = "-value_fen"
    page_size = 30
    empty_title = gettext_lazy("Nothing is shared yet")

    # ---- through SQL, for export and bulk

    def queryset(self):
        return visible_resources(self.request.user).filter(retired_on=None)

    def search(self, queryset, text):
        return queryset.filter(pk__in=search.matching(KIND, text))

    # ---- through the columns, for the screen

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.snapshot = catalogue.fresh()
        self.stored = self.snapshot.columns
        self.open_now = open_hours_now()

    def _selection(self) -> dict[str, list]:
        """{column: chosen values} of all facets; those outside the house see only what is opened."""
        found: dict[str, list] = {} if self.request.user.is_authenticated else {"opened": [True]}
        for facet in self.facets:
            if chosen := self.chosen(facet):
                column = "hours" if facet.key == OPEN else facet.path
                known = {str(value): value for value in self.stored.values.get(column, {})}
                found[column] = self.open_now if facet.key == OPEN else [known.get(v) for v in chosen]
        return found

    def _mask(self, without: str = ""):
        return self.stored.select(self._selection(), self.snapshot.hits(self.text), without)

    def page(self) -> Page:
        column, down = self.sorting[0]
        ends = {
            name: int(text) for name in ("after", "before") if (text := self.params.get(name, "")).isdecimal()
        }
        order = column.sort_field
        found = self.stored.page(self._mask(), order, self.page_size, descending=down, **_fit(ends))
        fields = self._fields(self.shown_columns)
        rows = {row["pk"]: row for row in Resource.objects.filter(pk__in=found.keys).values("pk", *fields)}
        photos = first_photos(found.keys)
        shown = [rows[key] | {"photo": photos.get(key)} for key in found.keys if key in rows]
        following = str(found.keys[-1]) if found.following and found.keys else ""
        preceding = str(found.keys[0]) if found.preceding and found.keys else ""
        return Page(shown, following, preceding)

    def context(self) -> dict:
        shown = super().context()
        return {**shown, "total": int(self._mask().sum()), "more_than": False}

    def _count(self, queryset) -> int:
        return 0

    def _facet(self, facet: Facet, total: int) -> dict:
        chosen = self.chosen(facet)
        if facet.key == OPEN:
            counts = self.stored.counts("hours", self._mask(without="hours"))
            found = {"yes": sum(counts.get(text, 0) for text in self.open_now)}
        else:
            found = self.stored.counts(facet.path, self._mask(without=facet.path))
        first = dict(list(found.items())[:MOST])
        labels = facet._labels([*first, *chosen])
        words = {str(value): label for value, label in labels.items()}
        texts = {str(value): count for value, count in first.items()}
        texts |= {value: 0 for value in chosen if value not in texts}
        options = [Option(v, words.get(v, v) or _("None"), n, v in chosen) for v, n in texts.items()]
        links = [(o, self.address(**{facet.key: self._toggled(chosen, o.value)})) for o in options]
        return {"facet": facet, "options": links, "chosen": chosen}

    def row_url(self, row):
        return reverse("facilities:resource", args=[row["pk"]])

    def acts(self):
        return [
            act(_("Import"), reverse("facilities:resource_import"), "import_resources"),
            act(_("Add a resource"), reverse("facilities:resource_add"), "save_resource", primary=True),
        ]


def _with_photo(row: dict) -> str:
    """The name beside the first photo."""
    photo, name = row["photo"], local_value(row, "name")
    if photo is None:
        return name
    mark = format_html("<br>{}", synthetic()) if photo.synthetic else ""
    picture = format_html('<img class="thumb" src="{}" alt="{}" loading="lazy">', photo.small_url, photo)
    return format_html("{}<span>{}{}</span>", picture, name, mark)


def _fit(ends: dict[str, int]) -> dict[str, int]:
    """A key no database could hold is no key."""
    return {name: key for name, key in ends.items() if key < 2**63}
