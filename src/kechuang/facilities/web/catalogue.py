"""The catalogue: public list with facets, one resource, its acts, import, and metadata for the world."""

from __future__ import annotations

import csv
import io

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kechuang.core import search
from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation
from kechuang.core.roles import organisations_of
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage, View
from kechuang.core.web.listing.facets import Option
from kechuang.core.web.listing.paging import Page
from kechuang.core.web.record import Record
from kechuang.facilities import actions
from kechuang.facilities.engine import pidinst as metadata
from kechuang.facilities.engine.resource_table import HEADINGS
from kechuang.facilities.models import Agreement, AgreementMember, Capability, Photo, Resource
from kechuang.facilities.models.catalogue import PRICE_BANDS, RATES
from kechuang.facilities.models.sessions import ACCESS
from kechuang.facilities.queries.catalogue import KIND, catalogue, open_hours_now, visible_resources
from kechuang.facilities.web.common import (
    FileField,
    RowPage,
    YuanForm,
    act,
    hourly,
    kept,
    local_value,
    localised,
    money,
    organisation_names,
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
            name: int(text) for name in ("after", "before") if (text := self.params.get(name, "")).isdigit()
        }
        order = column.sort_field
        found = self.stored.page(self._mask(), order, self.page_size, descending=down, **_fit(ends))
        fields = self._fields(self.shown_columns)
        rows = {row["pk"]: row for row in Resource.objects.filter(pk__in=found.keys).values("pk", *fields)}
        shown = [rows[key] for key in found.keys if key in rows]
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


def _fit(ends: dict[str, int]) -> dict[str, int]:
    """A key no database could hold is no key."""
    return {name: key for name, key in ends.items() if key < 2**63}


def _visible(request, pk: int) -> Resource:
    rows = visible_resources(request.user).select_related("owner", "facility__cluster", "part_of")
    return get_object_or_404(rows, pk=pk)


def resource(request, pk: int):
    """One resource, for everybody."""
    row = _visible(request, pk)
    here, keeps = [pk], may(request.user, "facilities.save_resource", row)
    running = row.sessions.filter(end=None).first() if request.user.is_authenticated else None
    record = Record(
        title=str(row),
        kind=row.get_kind_display(),
        summary=row.capability_text,
        synthetic=row.synthetic,
        acts=_acts(row, here, running),
        facts=_facts(row),
        events=moments(events_of(row)) if keeps else (),
        breadcrumb=[(_("Catalogue"), reverse("facilities:catalogue")), (str(row), "")],
    )
    context = {
        "record": record,
        "row": row,
        "keeps": keeps,
        "running": running,
        "rates": [(label, hourly(row.rate(access))) for access, label in ACCESS],
        "photos": row.photos.select_related("file"),
        "agreements": row.agreements.prefetch_related("members__organisation"),
        "holdings": row.holdings.all(),
        "parts": visible_resources(request.user).filter(part_of=row, retired_on=None)[:50],
    }
    return render(request, "facilities/resource.html", context)


def _acts(row: Resource, here: list[int], running) -> list:
    found = []
    if running is None and row.kind not in (Resource.Kind.SAMPLE_BANK, Resource.Kind.DATA_SET):
        url = reverse("facilities:session_start", args=here)
        found.append(act(_("Start a session"), url, "start_session", primary=True))
    found.append(act(_("Edit"), reverse("facilities:resource_edit", args=here), "save_resource", row))
    if row.opened:
        found.append(
            act(_("Close to others"), reverse("facilities:resource_close", args=here), "close_resource", row)
        )
    elif not row.retired_on:
        found.append(
            act(_("Open for sharing"), reverse("facilities:resource_open", args=here), "open_resource", row)
        )
    found.append(act(_("Add a photo"), reverse("facilities:photo_add", args=here), "add_photo", row))
    if row.kind in (Resource.Kind.JOINT_LAB, Resource.Kind.TRAINING_BASE):
        url = reverse("facilities:agreement_add", args=here)
        found.append(act(_("Add an agreement"), url, "save_resource", row))
    if row.kind in (Resource.Kind.SAMPLE_BANK, Resource.Kind.DATA_SET):
        found.append(
            act(_("Add a holding"), reverse("facilities:holding_add", args=here), "save_resource", row)
        )
    if not row.retired_on:
        url = reverse("facilities:resource_retire", args=here)
        found.append(act(_("Retire"), url, "retire_resource", row, danger=True))
    return found


def _facts(row: Resource) -> list[tuple]:
    contact = "，".join(filter(None, [row.contact, row.contact_phone, row.contact_email]))
    found = [
        (pgettext("number of a thing", "Code"), row.code),
        (_("Owner"), row.owner),
        (_("Facility"), row.facility or ""),
        (_("Part of"), row.part_of or ""),
        (_("Place"), row.place),
        (_("Capability"), row.get_capability_display()),
        (_("Maker"), row.maker),
        (_("Model"), row.model),
        (_("Serial number"), row.serial),
        (_("DOI or handle"), row.handle),
        (_("Acquired on"), formatting.day(row.acquired_on) if row.acquired_on else ""),
        (_("Original value"), money(row.value_fen) if row.value_fen else ""),
        (_("Open hours"), row.hours or _("By appointment")),
        (_("Contact"), contact),
        (_("Opened on"), formatting.day(row.opened_on) if row.opened_on else ""),
        (_("Retired on"), formatting.day(row.retired_on) if row.retired_on else ""),
    ]
    return [(label, value) for label, value in found if value != ""]


# ---- metadata


def instrument(request, row: Resource) -> metadata.Instrument:
    ror = row.owner.identifiers.filter(scheme="ror").values_list("value", flat=True).first()
    return metadata.Instrument(
        code=row.code,
        landing_page=request.build_absolute_uri(row.get_absolute_url()),
        name_zh=row.name_zh,
        name_en=row.name_en,
        owner_zh=row.owner.name_zh,
        owner_en=row.owner.name_en,
        owner_ror=ror or "",
        contact=row.contact_email,
        kind=str(Resource.Kind(row.kind).label),
        maker=row.maker,
        model=row.model,
        serial=row.serial,
        doi=row.handle if row.handle.startswith("10.") else "",
        about_zh=row.capability_zh,
        about_en=row.capability_en,
        measures=str(Capability(row.capability).label),
        since=row.acquired_on,
        until=row.retired_on,
    )


def pidinst(request, pk: int):
    """PIDINST 1.0 as JSON."""
    found = metadata.to_pidinst(instrument(request, _visible(request, pk)))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


def datacite(request, pk: int):
    """DataCite 4.5 as XML."""
    found = metadata.to_datacite(instrument(request, _visible(request, pk)))
    return HttpResponse(found, content_type="application/xml; charset=utf-8")


def photo(request, pk: int):
    """A photo of a resource the visitor may see."""
    row = get_object_or_404(Photo.objects.select_related("file"), pk=pk)
    _visible(request, row.resource_id)
    return FileResponse(row.file.content.open(), content_type=row.file.media_type)


# ---- acts


class ResourceForm(YuanForm):
    yuan = ("value_fen", *RATES.values())

    class Meta:
        model = Resource
        fields = [
            "code",
            "kind",
            "name_zh",
            "name_en",
            "capability",
            "capability_zh",
            "capability_en",
            "owner",
            "facility",
            "place",
            "maker",
            "model",
            "serial",
            "handle",
            "acquired_on",
            "value_fen",
            "hours",
            *RATES.values(),
            "contact",
            "contact_phone",
            "contact_email",
        ]
        widgets = {
            "acquired_on": DateInput,
            "capability_zh": forms.Textarea(attrs={"rows": 3}),
            "capability_en": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "hours": gettext_lazy(
                "Like 1-5 09:00-17:00; 6 10:00-12:00, or 24/7; empty means by appointment."
            ),
            "handle": gettext_lazy("Like 10.1234/abc."),
        }


class EditResource(RowPage):
    verb = "facilities.save_resource"
    title = gettext_lazy("Resource")
    submit = gettext_lazy("Save the resource")
    form_class = ResourceForm
    autosave = "resource"

    def find(self):
        if "pk" in self.kwargs:
            return _visible(self.request, self.kwargs["pk"])
        owner = Organisation.objects.filter(pk__in=organisations_of(self.request.user, "manager")).first()
        return Resource(owner=owner) if owner else Resource()

    def store(self, form):
        actions.save_resource(self.request.user, form.instance)


class OpenResource(ActPage):
    verb = "facilities.open_resource"
    title = button = gettext_lazy("Open for sharing")
    undo = gettext_lazy("You can close it again at any time.")

    def target(self):
        return _visible(self.request, self.kwargs["pk"])

    def what(self):
        return [_("It appears in the public catalogue and counts as shared.")]

    def perform(self, form):
        actions.open_resource(self.request.user, self.object)
        return _("It is open for sharing.")


class CloseResource(OpenResource):
    verb = "facilities.close_resource"
    title = button = gettext_lazy("Close to others")
    undo = gettext_lazy("You can open it again at any time.")

    def what(self):
        return [_("It leaves the public catalogue and no longer counts as shared.")]

    def perform(self, form):
        actions.close_resource(self.request.user, self.object)
        return _("It is closed to others.")


class RetireResource(OpenResource):
    verb = "facilities.retire_resource"
    title = button = gettext_lazy("Retire")
    undo = ""
    danger = True

    def what(self):
        return [_("It leaves the catalogue for good; its records stay.")]

    def perform(self, form):
        actions.retire_resource(self.request.user, self.object)
        return _("It is retired.")


class PhotoForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Picture (PNG or JPEG)"))
    caption = forms.CharField(label=gettext_lazy("Caption"), required=False, max_length=200)


class AddPhoto(RowPage):
    verb = "facilities.add_photo"
    title = submit = gettext_lazy("Add a photo")
    form_class = PhotoForm

    def find(self):
        return _visible(self.request, self.kwargs["pk"])

    def store(self, form):
        file = kept(self.request, form, secrecy=0)
        actions.add_photo(self.request.user, self.row, file, form.cleaned_data["caption"])


class RemovePhoto(ActPage):
    verb = "facilities.remove_photo"
    title = button = gettext_lazy("Remove the photo")
    danger = True

    def target(self):
        return get_object_or_404(Photo, pk=self.kwargs["pk"])

    def perform(self, form):
        actions.remove_photo(self.request.user, self.object)
        return _("The photo is removed.")

    def done_url(self):
        return self.object.resource.get_absolute_url()


class AgreementForm(forms.ModelForm):
    upload = FileField(gettext_lazy("Signed agreement"))

    class Meta:
        model = Agreement
        fields = ["title", "signed_on", "ends_on", "terms"]
        widgets = {"signed_on": DateInput, "ends_on": DateInput, "terms": forms.Textarea(attrs={"rows": 4})}


class EditAgreement(RowPage):
    verb = "facilities.save_agreement"
    title = gettext_lazy("Agreement")
    submit = gettext_lazy("Save the agreement")
    form_class = AgreementForm

    def find(self):
        if "agreements/add" in self.request.path:
            return Agreement(resource=_visible(self.request, self.kwargs["pk"]))
        return get_object_or_404(Agreement, pk=self.kwargs["pk"])

    def store(self, form):
        form.instance.file = kept(self.request, form, "upload") or form.instance.file
        actions.save_agreement(self.request.user, form.instance)

    def get_success_url(self):
        return self.row.resource.get_absolute_url()


class MemberForm(forms.ModelForm):
    class Meta:
        model = AgreementMember
        fields = ["organisation", "part"]


class AddMember(RowPage):
    verb = "facilities.add_member"
    title = submit = gettext_lazy("Add a member")
    form_class = MemberForm

    def find(self):
        return AgreementMember(agreement=get_object_or_404(Agreement, pk=self.kwargs["pk"]))

    def store(self, form):
        actions.add_member(self.request.user, form.instance)

    def get_success_url(self):
        return self.row.agreement.resource.get_absolute_url()


class ImportForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Table (xlsx or csv)"))
    store = forms.BooleanField(
        label=gettext_lazy("Store the rows"),
        required=False,
        help_text=gettext_lazy("Without this the table is only checked."),
    )


class ImportResources(RowPage):
    """Check first; store when nothing is wrong."""

    verb = "facilities.import_resources"
    template_name = "facilities/import.html"
    title = gettext_lazy("Import resources")
    submit = gettext_lazy("Read the table")
    form_class = ImportForm

    def find(self):
        return None

    def form_valid(self, form):
        upload = form.cleaned_data["file"]
        try:
            found = actions.import_resources(
                self.request.user, upload.read(), upload.name, dry_run=not form.cleaned_data["store"]
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        stored = form.cleaned_data["store"] and not found.wrong
        return self.render_to_response(self.get_context_data(form=form, found=found, stored=stored))


def template(request):
    """An empty table with the headings the import reads."""
    if not may(request.user, "facilities.import_resources"):
        raise PermissionDenied
    buffer = io.StringIO()
    csv.writer(buffer).writerow([words[0] for words in HEADINGS.values()])
    answer = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="resources.csv"'
    return answer
