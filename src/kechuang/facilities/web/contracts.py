"""Performance contracts of an institution, and its evaluations."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.web.forms import DateInput
from kechuang.facilities import actions
from kechuang.facilities.models import (
    Contract,
    ContractIndicator,
    Evaluation,
)
from kechuang.facilities.web.common import FileField, YuanForm, kept
from kechuang.facilities.web.institution_parts import PartPage


class ContractForm(YuanForm):
    yuan = ("amount_fen",)
    upload = FileField(gettext_lazy("File"))

    class Meta:
        model = Contract
        fields = ["title_zh", "funder", "start", "end", "signed_on", "amount_fen"]
        widgets = {"start": DateInput, "end": DateInput, "signed_on": DateInput}


class EditContract(PartPage):
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


class EditIndicator(PartPage):
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


class ReportIndicator(PartPage):
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


class Evaluate(PartPage):
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
