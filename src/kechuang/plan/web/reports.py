"""Progress reports: handed in with evidence, accepted or sent back by another person."""

from __future__ import annotations

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core.acts import may
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import FormPage
from kechuang.plan import actions
from kechuang.plan.models import ProgressReport
from kechuang.plan.queries.work import visible_tasks
from kechuang.plan.web.evidence import ReportForm


class Report(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Report progress")
    intro = gettext_lazy("Another person than you accepts the report; completion needs evidence.")
    submit = gettext_lazy("Send the report")
    form_class = ReportForm
    autosave = "progress-report"

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(visible_tasks(request.user), pk=kwargs["pk"])
        if request.user.is_authenticated and not may(request.user, "plan.report_progress", self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"percent": self.row.percent}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form) -> str:
        user, facts = self.request.user, {n: form.cleaned_data[n] for n in ("percent", "text", "forecast")}
        actions.report_progress(user, self.row, evidence=form.proof(user, self.row), **facts)
        return _("The report is sent.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class DecisionForm(forms.Form):
    decision = forms.CharField(
        label=pgettext_lazy("acceptance", "Remark"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AcceptReport(ActPage):
    verb = "plan.accept_report"
    title = button = gettext_lazy("Accept the report")
    form_class = DecisionForm

    def target(self):
        return get_object_or_404(
            ProgressReport, pk=self.kwargs["pk"], task__in=visible_tasks(self.request.user)
        )

    def what(self):
        if self.object.percent == 100:
            return [_("The task is accepted as complete; the living document shows it within seconds.")]
        return [_("The report counts as evidence.")]

    def perform(self, form) -> str:
        actions.accept_report(self.request.user, self.object, decision=form.cleaned_data["decision"])
        return _("The report is accepted.")


class SendBackReport(AcceptReport):
    verb = "plan.send_back_report"
    title = button = gettext_lazy("Send the report back")

    def what(self):
        return [_("The reporter is told what is missing.")]

    def perform(self, form) -> str:
        actions.send_back_report(self.request.user, self.object, decision=form.cleaned_data["decision"])
        return _("The report is sent back.")
