"""Agreements of joint laboratories and training bases, and their members."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from kechuang.core.web.forms import DateInput
from kechuang.facilities import actions
from kechuang.facilities.models import Agreement, AgreementMember
from kechuang.facilities.web.common import (
    FileField,
    RowPage,
    kept,
)
from kechuang.facilities.web.resources import visible_resource


class AgreementForm(forms.ModelForm):
    upload = FileField(gettext_lazy("Signed agreement"))

    class Meta:
        model = Agreement
        fields = ["title", "signed_on", "ends_on", "terms"]
        widgets = {"signed_on": DateInput, "ends_on": DateInput, "terms": forms.Textarea(attrs={"rows": 4})}


class EditAgreement(RowPage):
    verb = "facilities.save_agreement"
    title = gettext_lazy("Agreement")
    submit = gettext_lazy("Save the agreement")
    form_class = AgreementForm

    def find(self):
        if "agreements/add" in self.request.path:
            return Agreement(resource=visible_resource(self.request, self.kwargs["pk"]))
        return get_object_or_404(Agreement, pk=self.kwargs["pk"])

    def store(self, form):
        form.instance.file = kept(self.request, form, "upload") or form.instance.file
        actions.save_agreement(self.request.user, form.instance)

    def get_success_url(self):
        return self.row.resource.get_absolute_url()


class MemberForm(forms.ModelForm):
    class Meta:
        model = AgreementMember
        fields = ["organisation", "part"]


class AddMember(RowPage):
    verb = "facilities.add_member"
    title = submit = gettext_lazy("Add a member")
    form_class = MemberForm

    def find(self):
        return AgreementMember(agreement=get_object_or_404(Agreement, pk=self.kwargs["pk"]))

    def store(self, form):
        actions.add_member(self.request.user, form.instance)

    def get_success_url(self):
        return self.row.agreement.resource.get_absolute_url()
