"""Laboratories and institutes: list, one institution with its parts, and their forms."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core import clock, links
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import State, formatting
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage
from kechuang.core.web.record import Record
from kechuang.facilities import actions
from kechuang.facilities.engine.charges import contract_score
from kechuang.facilities.models import (
    Contract,
    ContractIndicator,
    Direction,
    Evaluation,
    FiveYearPlan,
    Institution,
    PlanMilestone,
    Unit,
)
from kechuang.facilities.models.named import in_language
from kechuang.facilities.web.common import FileField, RowPage, YuanForm, act, kept, localised
from kechuang.facilities.web.lifecycle import LinkForm

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
    here, today = [pk], clock.today()
    unit, plan = Unit(institution=row), FiveYearPlan(institution=row)
    record = Record(
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
        events=moments(events_of(row)) if request.user.is_authenticated else (),
        breadcrumb=[(_("Institutions"), reverse("facilities:institutions")), (str(row), "")],
    )
    plans = row.plans.prefetch_related("directions", "milestones__direction")
    context = {
        "record": record,
        "row": row,
        "plans": [(p, [(m, milestone_state(m, today)) for m in p.milestones.all()]) for p in plans],
        "units": _tree(list(row.units.all())),
        "contracts": [
            _contract(c) for c in row.contracts.select_related("funder").prefetch_related("indicators")
        ],
        "evaluations": row.evaluations.all(),
        "serves": links.targets(row, "serves"),
        "keeps": may(request.user, "facilities.save_plan", plan),
        "may_contract": may(request.user, "facilities.save_contract"),
    }
    return render(request, "facilities/institution.html", context)


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


class _Part(RowPage):
    """A form for a part of an institution; afterwards back to it."""

    def institution(self) -> Institution:
        return get_object_or_404(Institution, pk=self.kwargs["pk"])

    def get_success_url(self):
        row = self.row
        while not isinstance(row, Institution):
            row = next(
                getattr(row, name) for name in ("institution", "plan", "contract") if hasattr(row, name)
            )
        return row.get_absolute_url()


class LinkPromise(_Part):
    verb = "facilities.link_promise"
    title = submit = gettext_lazy("Link a promise")
    form_class = LinkForm

    def find(self):
        return self.institution()

    def store(self, form):
        facts = form.cleaned_data
        actions.link_promise(
            self.request.user, self.row, facts["kind"], str(facts["key"]), remove=facts["remove"]
        )


class UnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = ["name_zh", "name_en", "parent", "head", "staff", "order"]


class EditUnit(_Part):
    verb = "facilities.save_unit"
    title = pgettext_lazy("part of an institution", "Unit")
    submit = gettext_lazy("Save the unit")
    form_class = UnitForm

    def find(self):
        if "unit" in self.kwargs:
            return get_object_or_404(Unit, pk=self.kwargs["unit"])
        return Unit(institution=self.institution())

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["parent"].queryset = self.row.institution.units.exclude(pk=self.row.pk)
        return form

    def store(self, form):
        actions.save_unit(self.request.user, form.instance)


class PlanForm(forms.ModelForm):
    upload = FileField(gettext_lazy("File"))

    class Meta:
        model = FiveYearPlan
        fields = ["start_year", "end_year", "mission_zh", "mission_en", "adopted_on"]
        widgets = {
            "adopted_on": DateInput,
            "mission_zh": forms.Textarea(attrs={"rows": 4}),
            "mission_en": forms.Textarea(attrs={"rows": 4}),
        }


class EditPlan(_Part):
    verb = "facilities.save_plan"
    title = gettext_lazy("Five-year plan")
    submit = gettext_lazy("Save the plan")
    form_class = PlanForm

    def find(self):
        if "plan" in self.kwargs:
            return get_object_or_404(FiveYearPlan, pk=self.kwargs["plan"])
        return FiveYearPlan(institution=self.institution())

    def store(self, form):
        form.instance.file = kept(self.request, form, "upload") or form.instance.file
        actions.save_plan(self.request.user, form.instance)


class DirectionForm(forms.ModelForm):
    class Meta:
        model = Direction
        fields = ["name_zh", "name_en", "lead", "order"]


class EditDirection(_Part):
    verb = "facilities.save_direction"
    title = submit = gettext_lazy("Add a research direction")
    form_class = DirectionForm

    def find(self):
        return Direction(plan=get_object_or_404(FiveYearPlan, pk=self.kwargs["plan"]))

    def store(self, form):
        actions.save_direction(self.request.user, form.instance)


class MilestoneForm(forms.ModelForm):
    class Meta:
        model = PlanMilestone
        fields = ["name_zh", "name_en", "direction", "due"]
        widgets = {"due": DateInput}


class EditMilestone(_Part):
    verb = "facilities.save_plan_milestone"
    title = submit = gettext_lazy("Add a milestone")
    form_class = MilestoneForm

    def find(self):
        return PlanMilestone(plan=get_object_or_404(FiveYearPlan, pk=self.kwargs["plan"]))

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["direction"].queryset = self.row.plan.directions.all()
        return form

    def store(self, form):
        actions.save_plan_milestone(self.request.user, form.instance)


class ReachForm(forms.Form):
    done_on = forms.DateField(label=gettext_lazy("Reached on"), widget=DateInput)
    evidence_url = forms.URLField(
        label=gettext_lazy("Address of the evidence"), required=False, assume_scheme="https"
    )


class ReachMilestone(_Part):
    verb = "facilities.reach_plan_milestone"
    title = submit = gettext_lazy("Milestone reached")
    form_class = ReachForm

    def find(self):
        return get_object_or_404(PlanMilestone, pk=self.kwargs["pk"])

    def get_initial(self):
        return {"done_on": clock.today()}

    def store(self, form):
        actions.reach_plan_milestone(self.request.user, self.row, **form.cleaned_data)


class ContractForm(YuanForm):
    yuan = ("amount_fen",)
    upload = FileField(gettext_lazy("File"))

    class Meta:
        model = Contract
        fields = ["title_zh", "funder", "start", "end", "signed_on", "amount_fen"]
        widgets = {"start": DateInput, "end": DateInput, "signed_on": DateInput}


class EditContract(_Part):
    verb = "facilities.save_contract"
    title = gettext_lazy("Performance contract")
    submit = gettext_lazy("Save the contract")
    form_class = ContractForm

    def find(self):
        if "contract" in self.kwargs:
            return get_object_or_404(Contract, pk=self.kwargs["contract"])
        return Contract(institution=self.institution())

    def store(self, form):
        form.instance.file = kept(self.request, form, "upload") or form.instance.file
        actions.save_contract(self.request.user, form.instance)


class IndicatorForm(forms.ModelForm):
    class Meta:
        model = ContractIndicator
        fields = ["name_zh", "name_en", "unit", "weight", "target"]


class EditIndicator(_Part):
    verb = "facilities.save_contract_indicator"
    title = submit = gettext_lazy("Add an indicator")
    form_class = IndicatorForm

    def find(self):
        return ContractIndicator(contract=get_object_or_404(Contract, pk=self.kwargs["contract"]))

    def store(self, form):
        actions.save_contract_indicator(self.request.user, form.instance)


class ReportForm(forms.Form):
    actual = forms.IntegerField(label=gettext_lazy("Reached"), min_value=0)
    measured_on = forms.DateField(label=gettext_lazy("Measured on"), widget=DateInput)
    evidence_url = forms.URLField(
        label=gettext_lazy("Address of the evidence"), required=False, assume_scheme="https"
    )


class ReportIndicator(_Part):
    verb = "facilities.report_contract_indicator"
    title = submit = gettext_lazy("Report what was reached")
    form_class = ReportForm

    def find(self):
        return get_object_or_404(ContractIndicator, pk=self.kwargs["pk"])

    def get_initial(self):
        return {"actual": self.row.actual, "measured_on": clock.today()}

    def store(self, form):
        actions.report_contract_indicator(self.request.user, self.row, **form.cleaned_data)


class EvaluationForm(forms.ModelForm):
    upload = FileField(gettext_lazy("File"))

    class Meta:
        model = Evaluation
        fields = ["contract", "start", "end", "held_on", "grade", "conclusion"]
        widgets = {
            "start": DateInput,
            "end": DateInput,
            "held_on": DateInput,
            "conclusion": forms.Textarea(attrs={"rows": 4}),
        }


class Evaluate(_Part):
    verb = "facilities.evaluate"
    title = gettext_lazy("Evaluation")
    submit = gettext_lazy("Record the evaluation")
    form_class = EvaluationForm

    def find(self):
        return Evaluation(institution=self.institution())

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["contract"].queryset = self.row.institution.contracts.all()
        return form

    def store(self, form):
        form.instance.file = kept(self.request, form, "upload")
        actions.evaluate(self.request.user, form.instance)
