"""What stands behind bookings: the rules of an instrument and its problems."""

from __future__ import annotations

import json

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.web.acts import ActPage
from kechuang.facilities import actions
from kechuang.facilities.models import (
    BookingPolicy,
    Problem,
    Qualification,
    Resource,
)
from kechuang.facilities.web.booking import bookable_resource
from kechuang.facilities.web.common import RowPage


class ProblemForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("What is wrong"), widget=forms.Textarea(attrs={"rows": 4}))
    stops_use = forms.BooleanField(label=gettext_lazy("It cannot be used"), required=False)


class ReportProblem(RowPage):
    title = gettext_lazy("Report a problem")
    submit = gettext_lazy("Report the problem")
    form_class = ProblemForm
    verb = "facilities.report_problem"

    def find(self):
        return bookable_resource(self.kwargs["pk"])

    @property
    def intro(self):
        return str(self.row)

    def store(self, form) -> str:
        actions.report_problem(self.request.user, self.row, **form.cleaned_data)
        return _("The problem is reported.")

    def get_success_url(self):
        return reverse("facilities:calendar", args=[self.row.pk])


class SolveForm(forms.Form):
    solution = forms.CharField(
        label=gettext_lazy("How it was solved"), widget=forms.Textarea(attrs={"rows": 3})
    )


class SolveProblem(ActPage):
    verb = "facilities.solve_problem"
    title = button = gettext_lazy("Problem solved")
    form_class = SolveForm

    def target(self):
        return get_object_or_404(Problem, pk=self.kwargs["pk"])

    def perform(self, form) -> str:
        actions.solve_problem(self.request.user, self.object, form.cleaned_data["solution"])
        return _("The problem is solved; the instrument can be booked.")


class PolicyForm(forms.Form):
    rules = forms.CharField(
        label=gettext_lazy("Rules"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "mono"}),
        help_text=gettext_lazy(
            "As data: horizon_days, shortest, longest, step, notice_minutes, cancel_hours, hours, prime, prime_week_minutes, ahead_minutes, no_show_limit, no_show_days, recent_days, recent_minutes, recent_horizon_days."
        ),
    )
    changeover_minutes = forms.IntegerField(
        label=gettext_lazy("Changeover (minutes)"), min_value=0, initial=0
    )
    qualification = forms.ModelChoiceField(
        Qualification.objects.all(), label=gettext_lazy("Qualification"), required=False
    )

    def clean_rules(self):
        try:
            rules = json.loads(self.cleaned_data["rules"])
        except ValueError as error:
            raise forms.ValidationError(_("This is not JSON: %(error)s.") % {"error": error}) from error
        if not isinstance(rules, dict):
            raise forms.ValidationError(_("Write an object: {…}."))
        return rules


class SetPolicy(RowPage):
    title = gettext_lazy("Booking rules")
    submit = gettext_lazy("Set the rules")
    form_class = PolicyForm
    verb = "facilities.set_policy"

    def find(self):
        resource = get_object_or_404(Resource, pk=self.kwargs["pk"])
        return BookingPolicy.objects.filter(resource=resource).first() or BookingPolicy(resource=resource)

    @property
    def intro(self):
        return str(self.row.resource)

    def get_initial(self):
        shown = self.row.rules or {"horizon_days": 30, "shortest": 30, "longest": 480, "step": 30}
        return {
            "rules": json.dumps(shown, ensure_ascii=False, indent=1),
            "changeover_minutes": self.row.changeover_minutes,
            "qualification": self.row.qualification_id,
        }

    def store(self, form) -> str:
        for name, value in form.cleaned_data.items():
            setattr(self.row, name, value)
        actions.set_policy(self.request.user, self.row)
        return _("The rules hold from now on; bookings already made stand.")
