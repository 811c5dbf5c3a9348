"""Organisations: list, record, form."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import actions, clock, search
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation, OrganisationName
from kechuang.core.roles import in_force
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage, named
from kechuang.core.web.record import Act, Record, ask_about, linked

STANDINGS = dict(Organisation.Standing.choices)
ADDRESSES = {"ror": "https://ror.org/", "wikidata": "https://www.wikidata.org/wiki/"}


class Organisations(ListPage):
    key = "core-organisations"
    title = gettext_lazy("Organisations")
    columns = [
        named("name", gettext_lazy("Name"), "name", sort=True),
        Column("name_en", gettext_lazy("English name"), sort=True, optional=True),
        Column("name_zh", gettext_lazy("Chinese name"), sort=True, optional=True),
        Column("kind", gettext_lazy("Kind"), choices=dict(Organisation.Kind.choices), sort=True),
        Column("level", gettext_lazy("Level"), choices={**dict(Organisation.Level.choices), "": "—"}),
        named("parent", gettext_lazy("Above it"), "parent__name", sort=True),
        Column("standing", gettext_lazy("Standing"), choices={**STANDINGS, "active": ""}),
        Column("region", gettext_lazy("Region"), optional=True),
        Column("founded", gettext_lazy("Founded"), format="day", optional=True, sort=True),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=dict(Organisation.Kind.choices)),
        Facet("level", gettext_lazy("Level"), choices=dict(Organisation.Level.choices)),
        Facet("standing", gettext_lazy("Standing"), choices=STANDINGS),
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
    """One organisation: names over time, identifiers, what stands above and below it, who works there."""
    row = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    here = [pk]
    record = Record(
        title=str(row),
        kind=_("Organisation"),
        synthetic=row.synthetic,
        summary=row.duties,
        acts=[
            Act(
                _("Edit"),
                reverse("core:organisation_edit", args=here),
                verb="core.save_organisation",
                obj=row,
            ),
            Act(_("Add a name"), reverse("core:name_add", args=here), verb="core.add_name", obj=row),
            ask_about(row),
        ],
        facts=_facts(row),
        events=moments(events_of(row)) if request.user.is_authenticated else (),
        breadcrumb=[(_("Organisations"), reverse("core:organisations")), (str(row), "")],
    )
    context = {
        "record": record,
        "names": row.names.order_by("alias", "-valid_to", "name"),
        "below": row.children.filter(ended=None),
        "people": _people(row) if request.user.is_authenticated else [],
        "may_change": may(request.user, "core.remove_name", row),
    }
    return render(request, "core/organisation.html", context)


def _facts(row: Organisation) -> list[tuple]:
    above = format_html_join(" › ", "{}", ((linked(o),) for o in reversed(row.line()[1:])))
    return [
        (_("Kind"), row.get_kind_display()),
        (_("Level"), row.get_level_display() if row.level else ""),
        (_("English name"), row.name_en),
        (_("Above it"), above),
        *((i.scheme.upper(), _identifier(i)) for i in row.identifiers.order_by("scheme")),
        (_("Region"), row.region),
        (_("Founded on"), formatting.day(row.founded) if row.founded else ""),
        (_("Ended on"), formatting.day(row.ended) if row.ended else ""),
        (_("Standing"), row.get_standing_display()),
    ]


def _identifier(identifier):
    """ROR and Wikidata open what they identify."""
    if address := ADDRESSES.get(identifier.scheme):
        return format_html('<a href="{}{}">{}</a>', address, identifier.value, identifier.value)
    return identifier.value


def _people(row: Organisation) -> list:
    """(person, role) of who holds a role here today."""
    held = row.memberships.filter(*in_force(clock.today()), user__is_active=True)
    return [(m.user, m.get_role_display()) for m in held.select_related("user__person").order_by("role")]


class OrganisationForm(forms.ModelForm):
    uscc = forms.CharField(label=gettext_lazy("Unified social credit code"), required=False, max_length=18)
    ror = forms.CharField(label="ROR", required=False, max_length=60)

    class Meta:
        model = Organisation
        fields = [
            "name_zh",
            "name_en",
            "kind",
            "level",
            "parent",
            "region",
            "duties",
            "founded",
            "ended",
            "standing",
        ]
        widgets = {"founded": DateInput, "ended": DateInput}


class EditOrganisation(FormPage):
    submit = gettext_lazy("Save the organisation")
    form_class = OrganisationForm

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(Organisation, pk=kwargs["pk"]) if "pk" in kwargs else Organisation()
        if not may(request.user, "core.save_organisation", self.row if self.row.pk else None):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def title(self) -> str:
        return _("Edit the organisation") if self.row.pk else _("Add an organisation")

    @property
    def cancel_url(self) -> str:
        return self.row.get_absolute_url() if self.row.pk else reverse("core:organisations")

    def get_form_kwargs(self):
        known = {i.scheme: i.value for i in self.row.identifiers.all()} if self.row.pk else {}
        return {**super().get_form_kwargs(), "instance": self.row, "initial": known}

    def perform(self, form) -> str:
        given = {name: form.cleaned_data[name] for name in ("uscc", "ror") if name in form.changed_data}
        actions.save_organisation(self.request.user, form.instance, identifiers=given)
        return _("The organisation is saved.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[
            ("", gettext_lazy("Not said")),
            ("zh", gettext_lazy("Chinese")),
            ("en", gettext_lazy("English")),
        ],
    )
    alias = forms.TypedChoiceField(
        label=gettext_lazy("What kind of name"),
        coerce=lambda text: text == "alias",
        choices=[("alias", gettext_lazy("Alias")), ("former", gettext_lazy("Former official name"))],
    )
    valid_from = forms.DateField(label=gettext_lazy("From"), required=False, widget=DateInput)
    valid_to = forms.DateField(label=gettext_lazy("To"), required=False, widget=DateInput)


class _OrganisationAct(ActPage):
    def target(self):
        return get_object_or_404(Organisation, pk=self.kwargs["pk"])


class AddName(_OrganisationAct):
    verb = "core.add_name"
    title = button = gettext_lazy("Add a name")
    undo = gettext_lazy("A name can be removed again.")
    form_class = NameForm

    def what(self):
        return [_("The organisation is then found by this name too.")]

    def perform(self, form) -> str:
        actions.add_name(self.request.user, self.object, **form.cleaned_data)
        return _("The name is added.")


class RemoveName(_OrganisationAct):
    verb = "core.remove_name"
    title = button = gettext_lazy("Remove the name")
    undo = gettext_lazy("The name can be added again.")

    def whom(self):
        return [self._row()]

    def what(self):
        return [
            _(
                "The organisation is no longer found by this name. For a name that was borne once, keep it with its period."
            )
        ]

    def _row(self):
        return get_object_or_404(OrganisationName, pk=self.kwargs["name"], organisation=self.object)

    def perform(self, form) -> str:
        actions.remove_name(self.request.user, self.object, self._row())
        return _("The name is removed.")
