"""Laboratories and institutes: list, one institution with its parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock, links
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import State, formatting
from kechuang.core.language import in_language
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage
from kechuang.core.web.record import Record
from kechuang.facilities import actions
from kechuang.facilities.engine.charges import contract_score
from kechuang.facilities.models import (
    Contract,
    FiveYearPlan,
    Institution,
    PlanMilestone,
    Unit,
)
from kechuang.facilities.web.common import RowPage, act, localised

KINDS = dict(Institution.Kind.choices)


class Institutions(ListPage):
    key = "facilities-institutions"
    title = gettext_lazy("Institutions")
    intro = gettext_lazy("National laboratories, key laboratories and new R&D institutes.")
    columns = [
        Column(
            "name",
            gettext_lazy("Institution"),
            fields=("organisation__name_zh", "organisation__name_en"),
            value=lambda row: row[f"organisation__{localised('name')[0]}"] or row["organisation__name_zh"],
            sort=True,
        ),
        Column("kind", gettext_lazy("Kind"), choices=KINDS, sort=True),
        Column(
            "field",
            gettext_lazy("Field"),
            fields=("field_zh", "field_en"),
            value=lambda row: in_language(row["field_zh"], row["field_en"]),
        ),
        Column("place", gettext_lazy("Place"), sort=True),
        Column("founded", gettext_lazy("Founded"), format="day", sort=True),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=KINDS),
        Facet("place", gettext_lazy("Place")),
    ]
    search_fields = ["organisation__name_zh", "organisation__name_en", "field_zh", "field_en"]
    default_sort = "kind,name"
    groups = ["kind"]
    empty_title = gettext_lazy("No institutions yet")

    def queryset(self):
        return Institution.objects.all()

    def row_url(self, row):
        return reverse("facilities:institution", args=[row["pk"]])

    def acts(self):
        url = reverse("facilities:institution_add")
        return [act(_("Register an institution"), url, "save_institution", primary=True)]


def institution(request, pk: int):
    """One institution with plan, units, contracts, evaluations."""
    row = get_object_or_404(Institution.objects.select_related("organisation"), pk=pk)
    today = clock.today()
    plans = row.plans.prefetch_related("directions", "milestones__direction")
    context = {
        "record": _record(row, request.user),
        "row": row,
        "plans": [(p, [(m, milestone_state(m, today)) for m in p.milestones.all()]) for p in plans],
        "units": _tree(list(row.units.all())),
        "contracts": [
            _contract(c) for c in row.contracts.select_related("funder").prefetch_related("indicators")
        ],
        "evaluations": row.evaluations.all(),
        "serves": links.targets(row, "serves"),
        "keeps": may(request.user, "facilities.save_plan", FiveYearPlan(institution=row)),
        "may_contract": may(request.user, "facilities.save_contract"),
    }
    return render(request, "facilities/institution.html", context)


def _record(row: Institution, user: Any) -> Record:
    here, unit, plan = [row.pk], Unit(institution=row), FiveYearPlan(institution=row)
    return Record(
        title=str(row),
        kind=row.get_kind_display(),
        summary=in_language(row.field_zh, row.field_en),
        synthetic=row.synthetic,
        acts=[
            act(_("Add a five-year plan"), reverse("facilities:plan_add", args=here), "save_plan", plan),
            act(_("Add a unit"), reverse("facilities:unit_add", args=here), "save_unit", unit),
            act(_("Record a contract"), reverse("facilities:contract_add", args=here), "save_contract"),
            act(_("Evaluate"), reverse("facilities:evaluate", args=here), "evaluate", primary=True),
            act(_("Link a promise"), reverse("facilities:institution_link", args=here), "link_promise", row),
            act(_("Edit"), reverse("facilities:institution_edit", args=here), "save_institution", row),
        ],
        facts=[
            (_("Organisation"), row.organisation),
            (_("Place"), row.place or "—"),
            (_("Founded"), formatting.day(row.founded)),
            (_("Facilities"), row.organisation.facilities.count()),
        ],
        events=moments(events_of(row)) if user.is_authenticated else (),
        breadcrumb=[(_("Institutions"), reverse("facilities:institutions")), (str(row), "")],
    )


def milestone_state(row: PlanMilestone, today) -> State:
    """kept when reached, late after its day, at risk within 90 days, else on the way."""
    if row.done_on:
        return State.KEPT
    if row.due < today:
        return State.LATE
    return State.AT_RISK if (row.due - today).days <= 90 else State.ON_THE_WAY


def _tree(units: list[Unit]) -> list[tuple[Unit, int]]:
    """Units below their parents, each with its depth."""
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: int | None, level: int) -> list[tuple[Unit, int]]:
        return [
            pair for unit in children.get(parent, []) for pair in [(unit, level), *walk(unit.pk, level + 1)]
        ]

    return walk(None, 0)


def _contract(row: Contract) -> dict:
    rows = [(i, min((i.actual or 0) / i.target, 1)) for i in row.indicators.all()]
    score = contract_score((i.weight, i.target, i.actual or 0) for i, _share in rows)
    return {"row": row, "indicators": rows, "score": None if score is None else score / 1000}


class InstitutionForm(forms.ModelForm):
    class Meta:
        model = Institution
        fields = ["organisation", "kind", "field_zh", "field_en", "place", "founded"]
        widgets = {"founded": DateInput}


class EditInstitution(RowPage):
    verb = "facilities.save_institution"
    title = gettext_lazy("Institution")
    submit = gettext_lazy("Save the institution")
    form_class = InstitutionForm

    def find(self):
        return get_object_or_404(Institution, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Institution()

    def store(self, form):
        actions.save_institution(self.request.user, form.instance)
