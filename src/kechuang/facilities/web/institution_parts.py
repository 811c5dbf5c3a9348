"""Parts of an institution: units, five-year plan, directions, milestones, promises."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core import clock
from kechuang.core.web.forms import DateInput
from kechuang.facilities import actions
from kechuang.facilities.models import (
    Direction,
    FiveYearPlan,
    Institution,
    PlanMilestone,
    Unit,
)
from kechuang.facilities.web.common import FileField, RowPage, kept
from kechuang.facilities.web.lifecycle import LinkForm


class PartPage(RowPage):
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


class LinkPromise(PartPage):
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


class EditUnit(PartPage):
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


class EditPlan(PartPage):
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


class EditDirection(PartPage):
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


class EditMilestone(PartPage):
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


class ReachMilestone(PartPage):
    verb = "facilities.reach_plan_milestone"
    title = submit = gettext_lazy("Milestone reached")
    form_class = ReachForm

    def find(self):
        return get_object_or_404(PlanMilestone, pk=self.kwargs["pk"])

    def get_initial(self):
        return {"done_on": clock.today()}

    def store(self, form):
        actions.reach_plan_milestone(self.request.user, self.row, **form.cleaned_data)
