"""One resource: its page and the acts on it."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.record import Record, ask_about
from kechuang.facilities import actions
from kechuang.facilities.models import Agreement, Holding, Resource
from kechuang.facilities.models.catalogue import RATES, RESOURCE_FACTS
from kechuang.facilities.models.sessions import ACCESS
from kechuang.facilities.queries.catalogue import visible_resources
from kechuang.facilities.web.common import (
    RowPage,
    YuanForm,
    act,
    hourly,
    managed_by,
    money,
)


def visible_resource(request, pk: int) -> Resource:
    rows = visible_resources(request.user).select_related("owner", "facility__cluster", "part_of")
    return get_object_or_404(rows, pk=pk)


def resource(request, pk: int):
    """One resource, for everybody."""
    row = visible_resource(request, pk)
    here, keeps = [pk], may(request.user, "facilities.save_resource", row)
    running = row.sessions.filter(end=None).first() if request.user.is_authenticated else None
    record = Record(
        title=str(row),
        kind=row.get_kind_display(),
        summary=row.capability_text,
        synthetic=row.synthetic,
        acts=[*_acts(row, here, running), ask_about(row)],
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
        "photos": row.photos.select_related("file", "small"),
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
        found.append(act(_("Add an agreement"), url, "save_agreement", Agreement(resource=row)))
    if row.kind in (Resource.Kind.SAMPLE_BANK, Resource.Kind.DATA_SET):
        url = reverse("facilities:holding_add", args=here)
        found.append(act(_("Add a holding"), url, "save_holding", Holding(resource=row)))
    if not row.retired_on:
        url = reverse("facilities:resource_retire", args=here)
        found.append(act(_("Retire"), url, "retire_resource", row, danger=True))
    return found


def _facts(row: Resource) -> list[tuple]:
    contact = " · ".join(filter(None, [row.contact, row.contact_phone, row.contact_email]))
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


class ResourceForm(YuanForm):
    yuan = ("value_fen", *RATES.values())

    class Meta:
        model = Resource
        fields = [name for name in RESOURCE_FACTS if name != "part_of"]
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
            return visible_resource(self.request, self.kwargs["pk"])
        return Resource(owner=managed_by(self.request.user))

    def store(self, form):
        actions.save_resource(self.request.user, form.instance)


class OpenResource(ActPage):
    verb = "facilities.open_resource"
    title = button = gettext_lazy("Open for sharing")
    undo = gettext_lazy("You can close it again at any time.")

    def target(self):
        return visible_resource(self.request, self.kwargs["pk"])

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
