"""Qualifications and the trainings that give them."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import User
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, ListPage, named
from kechuang.core.web.record import Record
from kechuang.facilities import actions
from kechuang.facilities.models import (
    Qualification,
    Training,
)
from kechuang.facilities.web.common import RowPage, act


class Qualifications(LoginRequiredMixin, ListPage):
    key = "facilities-qualifications"
    title = gettext_lazy("Qualifications")
    columns = [
        named("name", gettext_lazy("Qualification"), "name", sort=True),
        Column("months", gettext_lazy("Valid for (months)"), format="number", sort=True),
        Column("people", gettext_lazy("Trained"), fields=("trained",), format="number"),
    ]
    facets = []
    search_fields = ["name_zh", "name_en"]
    default_sort = "name"

    def queryset(self):
        return Qualification.objects.annotate(trained=Count("trainings__user", distinct=True))

    def row_url(self, row):
        return reverse("facilities:qualification", args=[row["pk"]])

    def acts(self):
        return [
            act(
                _("Add a qualification"),
                reverse("facilities:qualification_add"),
                "save_qualification",
                primary=True,
            )
        ]


@login_required
def qualification(request, pk: int):
    """One qualification: for managers everybody trained in it, for others their own trainings."""
    row = get_object_or_404(Qualification, pk=pk)
    manages = may(request.user, "facilities.record_training")
    trainings = row.trainings.select_related("user__person", "trainer__person")
    record = Record(
        title=str(row),
        kind=_("Qualification"),
        synthetic=row.synthetic,
        acts=[
            act(
                _("Record a training"),
                reverse("facilities:training_add", args=[pk]),
                "record_training",
                primary=True,
            ),
            act(_("Edit"), reverse("facilities:qualification_edit", args=[pk]), "save_qualification"),
        ],
        facts=[
            (_("Valid for (months)"), row.months or _("for good")),
            (
                _("Asked for by"),
                " · ".join(str(p.resource) for p in row.policies.select_related("resource")) or "—",
            ),
        ],
        events=moments(events_of(row)) if manages else [],
        breadcrumb=[(_("Qualifications"), reverse("facilities:qualifications")), (str(row), "")],
    )
    context = {
        "record": record,
        "trainings": trainings if manages else trainings.filter(user=request.user),
        "manages": manages,
        "today": clock.today(),
    }
    return render(request, "facilities/qualification.html", context)


class QualificationForm(forms.ModelForm):
    class Meta:
        model = Qualification
        fields = ["name_zh", "name_en", "months"]


class EditQualification(RowPage):
    title = gettext_lazy("Qualification")
    submit = gettext_lazy("Save the qualification")
    form_class = QualificationForm
    verb = "facilities.save_qualification"

    def find(self):
        return (
            get_object_or_404(Qualification, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Qualification()
        )

    def store(self, form) -> str:
        actions.save_qualification(self.request.user, form.instance)
        return _("The qualification is saved.")


class TrainingForm(forms.Form):
    user = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    trained_on = forms.DateField(label=gettext_lazy("Trained on"), widget=DateInput)

    def clean_user(self):
        person = User.objects.filter(username=self.cleaned_data["user"], is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this user name."))
        return person


class RecordTraining(RowPage):
    title = gettext_lazy("Record a training")
    submit = gettext_lazy("Record the training")
    form_class = TrainingForm
    verb = "facilities.record_training"

    def find(self):
        return get_object_or_404(Qualification, pk=self.kwargs["pk"])

    @property
    def intro(self):
        return str(self.row)

    def store(self, form) -> str:
        training = actions.record_training(self.request.user, self.row, **form.cleaned_data)
        return _("The training is recorded; it holds up to %(day)s.") % {
            "day": formatting.day(training.valid_to) if training.valid_to else "∞"
        }


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class WithdrawTraining(ActPage):
    verb = "facilities.withdraw_training"
    title = button = gettext_lazy("Withdraw the qualification")
    danger = True
    form_class = WithdrawForm

    def target(self):
        return get_object_or_404(Training, pk=self.kwargs["pk"])

    def perform(self, form) -> str:
        actions.withdraw_training(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The qualification is withdrawn.")

    def done_url(self):
        return self.object.qualification.get_absolute_url()
