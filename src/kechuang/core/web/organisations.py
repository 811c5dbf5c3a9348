"""Organisations: list, record, form."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import actions, search
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.models import Organisation
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage
from kechuang.core.web.record import Act, Record


class Organisations(ListPage):
    key = "core-organisations"
    title = gettext_lazy("Organisations")
    columns = [
        Column("name", gettext_lazy("Name"), fields=("name_zh",), sort=True),
        Column("name_en", gettext_lazy("English name"), fields=("name_en",), sort=True),
        Column("kind", gettext_lazy("Kind"), choices=dict(Organisation.Kind.choices), sort=True),
        Column("level", gettext_lazy("Level"), choices=dict(Organisation.Level.choices)),
        Column("parent", gettext_lazy("Above it"), fields=("parent__name_zh",), sort=True),
        Column("region", gettext_lazy("Region"), optional=True),
        Column("founded", gettext_lazy("Founded"), format="day", optional=True, sort=True),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=dict(Organisation.Kind.choices)),
        Facet("level", gettext_lazy("Level"), choices=dict(Organisation.Level.choices)),
    ]
    search_fields = ["name_zh", "name_en"]
    default_sort = "name"

    def queryset(self):
        return Organisation.objects.all()

    def search(self, queryset, text):
        found = search.matching("core.organisation", text)
        return queryset.filter(Q(pk__in=found) | Q(name_zh__icontains=text) | Q(name_en__icontains=text))

    def row_url(self, row):
        return reverse("core:organisation", args=[row["pk"]])

    def acts(self):
        return [
            Act(_("Show as a tree"), reverse("core:organisation_tree")),
            Act(
                _("Import ROR records"),
                reverse("core:organisations_import"),
                verb="core.import_organisations",
            ),
            Act(
                _("Add an organisation"),
                reverse("core:organisation_add"),
                verb="core.save_organisation",
                primary=True,
            ),
        ]


def organisation(request, pk: int):
    """One organisation: names, identifiers, what stands above and below it."""
    row = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    names = [f"{n.name} ({n.valid_from or '…'} – {n.valid_to or '…'})" for n in row.names.all()]
    record = Record(
        title=str(row),
        kind=_("Organisation"),
        synthetic=row.synthetic,
        acts=[
            Act(
                _("Edit"),
                reverse("core:organisation_edit", args=[pk]),
                verb="core.save_organisation",
                obj=row,
            )
        ],
        facts=[
            (_("Kind"), row.get_kind_display()),
            (_("Level"), row.get_level_display() if row.level else ""),
            (_("English name"), row.name_en),
            (_("Above it"), " › ".join(str(o) for o in reversed(row.line()[1:]))),
            (_("Offices and bodies below it"), "、".join(str(child) for child in row.children.all())),
            (_("Duties"), row.duties),
            (_("Other names"), "、".join(names)),
            (_("Identifiers"), "、".join(str(i) for i in row.identifiers.all())),
            (_("Region"), row.region),
        ],
        events=moments(events_of(row)) if request.user.is_authenticated else (),
        breadcrumb=[(_("Organisations"), reverse("core:organisations")), (str(row), "")],
    )
    return render(request, "core/record.html", {"record": record})


class OrganisationForm(forms.ModelForm):
    uscc = forms.CharField(label=gettext_lazy("Unified social credit code"), required=False, max_length=18)
    ror = forms.CharField(label="ROR", required=False, max_length=60)

    class Meta:
        model = Organisation
        fields = ["name_zh", "name_en", "kind", "level", "parent", "region", "duties", "founded", "ended"]
        widgets = {"founded": DateInput, "ended": DateInput}


class EditOrganisation(FormPage):
    title = gettext_lazy("Organisation")
    submit = gettext_lazy("Save the organisation")
    form_class = OrganisationForm

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(Organisation, pk=kwargs["pk"]) if "pk" in kwargs else Organisation()
        if not may(request.user, "core.save_organisation", self.row if self.row.pk else None):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        known = {i.scheme: i.value for i in self.row.identifiers.all()} if self.row.pk else {}
        return {**super().get_form_kwargs(), "instance": self.row, "initial": known}

    def perform(self, form) -> str:
        given = {name: form.cleaned_data[name] for name in ("uscc", "ror") if form.cleaned_data[name]}
        actions.save_organisation(self.request.user, form.instance, identifiers=given)
        return _("The organisation is saved.")

    def get_success_url(self):
        return self.row.get_absolute_url()
