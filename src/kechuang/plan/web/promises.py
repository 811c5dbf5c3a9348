"""A promise is made of sentences, amended, superseded, withdrawn: the pages of these acts."""

from __future__ import annotations

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.kinds import visible
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.plan import actions
from kechuang.plan.actions.succession import open_tasks, successor_of
from kechuang.plan.models import Commitment, Document, Statement, Task
from kechuang.plan.queries.living import visible_documents
from kechuang.plan.queries.work import similar_commitments, visible_commitments, visible_tasks
from kechuang.plan.web.choices import only_visible


def named_statements(request) -> list[Statement]:
    """The statements named in the address that the person may see, in the order of the text."""
    keys = [key for key in request.GET.getlist("statement") if key.isdecimal()]
    rows = Statement.objects.filter(pk__in=keys, document__in=visible_documents(request.user))
    return list(rows.select_related("document__issuer").order_by("start"))


class CommitmentForm(forms.ModelForm):
    class Meta:
        model = Commitment
        fields = [
            "title_zh",
            "title_en",
            "compare",
            "target_value",
            "unit",
            "due",
            "promiser",
            "programme",
            "lead",
            "supporting",
            "metric",
            "baseline_value",
            "weight",
            "secrecy",
        ]
        widgets = {"due": DateInput}


class NewCommitment(LoginRequiredMixin, FormPage):
    """Make a commitment from the statements named in the address."""

    title = gettext_lazy("Make a commitment")
    submit = gettext_lazy("Make the commitment")
    form_class = CommitmentForm
    template_name = "plan/commitment_new.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, "plan.make_commitment"):
            raise PermissionDenied
        self.statements = named_statements(request)
        return super().dispatch(request, *args, **kwargs)

    @property
    def cancel_url(self):
        return self.statements[0].get_absolute_url() if self.statements else reverse("plan:commitments")

    def get_initial(self):
        if not self.statements:
            return {}
        first = self.statements[0]
        return {
            "title_zh": first.as_title,
            "compare": "at_least" if first.value is not None else "done",
            "target_value": first.value,
            "unit": first.unit,
            "due": first.time_end,
            "promiser": first.document.issuer,
            "secrecy": first.document.secrecy,
        }

    def get_context_data(self, **kwargs):
        text = " ".join(s.as_read for s in self.statements)
        return super().get_context_data(
            **kwargs, statements=self.statements, similar=similar_commitments(text, self.request.user)
        )

    def perform(self, form) -> str:
        facts = dict(form.cleaned_data)
        supporting = list(facts.pop("supporting"))
        self.row = actions.make_commitment(self.request.user, self.statements, supporting=supporting, **facts)
        return _("The commitment is made.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class AddSource(ActPage):
    """Say that statements make a promise that is already there."""

    verb = "plan.add_source"
    title = button = gettext_lazy("Add as a source")

    def target(self):
        return get_object_or_404(visible_commitments(self.request.user), pk=self.kwargs["pk"])

    def what(self):
        return [_("The same promise then has several sentences that make it.")]

    def perform(self, form) -> str:
        rows = named_statements(self.request)
        if not rows:
            raise Refusal(_("Choose at least one statement."))
        for statement in rows:
            actions.add_source(self.request.user, self.object, statement)
        return _("The sentences are added as sources.")


class CommitmentAct(ActPage):
    def _form(self, *data):
        return only_visible(super()._form(*data), self.request.user)

    def target(self):
        return get_object_or_404(visible_commitments(self.request.user), pk=self.kwargs["pk"])


class EditForm(forms.ModelForm):
    class Meta:
        model = Commitment
        fields = [
            "title_zh",
            "title_en",
            "promiser",
            "programme",
            "lead",
            "supporting",
            "metric",
            "baseline_value",
            "weight",
            "secrecy",
        ]


class EditCommitment(CommitmentAct):
    verb = "plan.edit_commitment"
    undo = gettext_lazy("It can be changed again at any time.")
    title = gettext_lazy("Edit the commitment")
    button = gettext_lazy("Save")
    form_class = EditForm

    def form_arguments(self):
        return {"instance": get_object_or_404(Commitment, pk=self.object.pk)}

    def what(self):
        return [_("Value and due date change only by amendment.")]

    def perform(self, form) -> str:
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.edit_commitment(self.request.user, Commitment.objects.get(pk=self.object.pk), **facts)
        return _("Saved.")


class AmendForm(forms.Form):
    value = forms.DecimalField(label=gettext_lazy("New value"), required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=40)
    due = forms.DateField(label=gettext_lazy("New due date"), required=False, widget=DateInput)
    document = forms.ModelChoiceField(
        Document.objects.all(), label=gettext_lazy("Document that changes it"), required=False
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class AmendCommitment(CommitmentAct):
    verb = "plan.amend_commitment"
    title = button = gettext_lazy("Amend the promise")
    form_class = AmendForm

    def initial(self):
        return {"value": self.object.target_value, "unit": self.object.unit, "due": self.object.due}

    def what(self):
        return [_("The old target is kept and stays visible.")]

    def perform(self, form) -> str:
        actions.amend_commitment(self.request.user, self.object, **form.cleaned_data)
        return _("The promise is amended.")


class SupersedeForm(forms.Form):
    by = forms.ModelChoiceField(
        Commitment.objects.filter(status="active"), label=gettext_lazy("Superseded by")
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    tasks = forms.ModelMultipleChoiceField(
        Task.objects.none(),
        label=gettext_lazy("Open tasks that go on for the later promise"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What is not ticked stays with this promise."),
    )

    def __init__(self, *args, tasks: QuerySet[Task], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].queryset = tasks
        self.initial["tasks"] = tasks
        if not tasks:
            del self.fields["tasks"]


class SupersedeCommitment(CommitmentAct):
    verb = "plan.supersede_commitment"
    title = button = gettext_lazy("Supersede")
    form_class = SupersedeForm

    def form_arguments(self) -> dict:
        seen = visible_tasks(self.request.user).values("pk")
        return {"tasks": open_tasks(self.object).filter(pk__in=seen)}

    def initial(self):
        return {"by": self.request.GET.get("by")}

    def what(self):
        told = [_("It is no longer in force; its page and its documents name the later promise.")]
        if self.form_arguments()["tasks"]:
            told.append(_("The tasks you tick serve the later promise from today; both promises name them."))
        return told

    def chosen(self, form) -> list[Task] | None:
        """The ticked tasks; None where all are, so that what this person may not see goes along."""
        ticked = form.cleaned_data.get("tasks")
        return None if ticked is None or len(ticked) == len(form.fields["tasks"].queryset) else list(ticked)

    def perform(self, form) -> str:
        later, reason = form.cleaned_data["by"], form.cleaned_data["reason"]
        actions.supersede_commitment(self.request.user, self.object, later, reason, tasks=self.chosen(form))
        return _("The promise is superseded.")


class CarryForm(SupersedeForm):
    by = reason = None


class CarryTasks(SupersedeCommitment):
    verb = "plan.carry_tasks"
    title = button = gettext_lazy("Carry its tasks over")
    form_class = CarryForm

    def initial(self):
        return {}

    def what(self):
        later = successor_of(self.object)
        if later is None or not visible(self.request.user, later):
            return []
        return [
            _("The tasks you tick serve “%(promise)s” from today; both promises name them.")
            % {"promise": later}
        ]

    def perform(self, form) -> str:
        count = actions.carry_tasks(self.request.user, self.object, self.chosen(form))
        return ngettext("%(n)d task is carried over.", "%(n)d tasks are carried over.", count) % {"n": count}


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Commitment.objects.filter(status="active"), label=gettext_lazy("The promise that stays")
    )


class MergeCommitment(CommitmentAct):
    verb = "plan.merge_commitments"
    title = button = gettext_lazy("Merge with the same promise")
    form_class = MergeForm

    def _form(self, *data):
        """Only promises of its own level can take it in."""
        form = super()._form(*data)
        alike = form.fields["into"].queryset.filter(secrecy=self.object.secrecy)
        form.fields["into"].queryset = alike.exclude(pk=self.object.pk)
        return form

    def initial(self):
        alike = similar_commitments(self.object.title_zh, self.request.user, limit=2)
        return {"into": next((c for c in alike if c.pk != self.object.pk), None)}

    def what(self):
        return [_("Its sentences and tasks go over to the promise that stays; this record is closed.")]

    def perform(self, form) -> str:
        self.kept = actions.merge_commitments(self.request.user, self.object, form.cleaned_data["into"])
        return _("The promises are one now.")

    def done_url(self):
        return self.kept.get_absolute_url()


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawCommitment(CommitmentAct):
    verb = "plan.withdraw_commitment"
    title = button = gettext_lazy("Withdraw the promise")
    danger = True
    form_class = WithdrawForm

    def what(self):
        return [_("The promise stays on record with the reason; it no longer counts.")]

    def perform(self, form) -> str:
        actions.withdraw_commitment(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The promise is withdrawn.")
