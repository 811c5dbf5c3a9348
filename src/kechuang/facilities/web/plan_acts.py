"""Making and publishing a plan; rapid access and lost time given back."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.web.acts import ActPage
from kechuang.facilities import actions
from kechuang.facilities.models import Cycle, CycleFacility, Grant, TimePlan
from kechuang.facilities.queries.plans import published_plan
from kechuang.facilities.web.parts import MomentField
from kechuang.facilities.web.proposal_acts import ProposalAct


class MakeForm(forms.Form):
    seconds = forms.IntegerField(label=gettext_lazy("Seconds"), initial=60, min_value=1, max_value=1800)
    seed = forms.IntegerField(label=gettext_lazy("Seed"), initial=1, min_value=0)


class MakePlan(ActPage):
    verb = "facilities.make_time_plan"
    title = button = gettext_lazy("Make a plan")
    form_class = MakeForm
    undo = gettext_lazy("Nothing is granted before you publish a plan.")

    def target(self):
        return get_object_or_404(Cycle, pk=self.kwargs["pk"])

    def what(self):
        return [
            _("Grades, windows, quotas, caps, floors, closures and pins become an instance."),
            _("The plan is computed in the background; you can stop it and keep the best found."),
        ]

    def whom(self):
        return []

    def perform(self, form) -> str:
        self.plan = actions.make_time_plan(self.request.user, self.object, **form.cleaned_data)
        return _("The plan is being computed.")

    def done_url(self):
        return self.plan.get_absolute_url()


class PublishPlan(ActPage):
    verb = "facilities.publish_time_plan"
    title = button = gettext_lazy("Publish the plan")

    def target(self):
        return get_object_or_404(TimePlan, pk=self.kwargs["pk"])

    def what(self):
        former = published_plan(self.object.cycle)
        result = self.object.result
        return [
            _("%(count)s blocks of time are granted.") % {"count": len(result.get("placed", []))},
            _("Whoever is left out goes on the reserve list and is told the reason."),
            *([_("Version %(number)s is replaced.") % {"number": former.number}] if former else []),
        ]

    def perform(self, form) -> str:
        actions.publish_time_plan(self.request.user, self.object)
        return _("The plan is published; everybody was told.")


class RapidForm(forms.Form):
    facility = forms.ModelChoiceField(CycleFacility.objects.none(), label=gettext_lazy("Facility"))
    start = MomentField(label=gettext_lazy("Begins at"))
    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args, cycle=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = CycleFacility.objects.filter(cycle=cycle).select_related(
            "resource"
        )


class Rapid(ProposalAct):
    verb = "facilities.grant_rapid"
    title = button = gettext_lazy("Give rapid access")
    form_class = RapidForm

    def form_arguments(self):
        return {"cycle": self.object.cycle}

    def what(self):
        return [
            _("The time is taken from the open-access reserve and stands at once; later plans go around it.")
        ]

    def perform(self, form) -> str:
        actions.grant_rapid(self.request.user, self.object, **form.cleaned_data)
        return _("Rapid access is granted.")


class GiveBackForm(forms.Form):
    hours = forms.IntegerField(label=gettext_lazy("Hours lost"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Why the time was lost"), max_length=300)


class GiveBack(ActPage):
    verb = "facilities.give_back_time"
    title = button = gettext_lazy("Give lost time back")
    form_class = GiveBackForm

    def target(self):
        return get_object_or_404(Grant.objects.select_related("request__proposal"), pk=self.kwargs["pk"])

    def what(self):
        return [_("The hours are asked for again and count double in the next plan.")]

    def perform(self, form) -> str:
        actions.give_back_time(self.request.user, self.object, **form.cleaned_data)
        return _("The hours are asked for again.")

    def done_url(self):
        return self.object.request.proposal.get_absolute_url()
