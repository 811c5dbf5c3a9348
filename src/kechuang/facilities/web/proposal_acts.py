"""Acts on one proposal: submit, withdraw, judge, co-authors."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.errors import Refusal
from kechuang.core.models import User
from kechuang.core.web.acts import ActPage
from kechuang.facilities import actions
from kechuang.facilities.models import TimeRequest
from kechuang.facilities.web.proposals import CHECK_NAMES, readable_proposal


class ProposalAct(ActPage):
    """An act on one proposal."""

    def target(self):
        return readable_proposal(self.request, self.kwargs["pk"])


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class OptionalReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False)


class Submit(ProposalAct):
    verb = "facilities.submit_proposal"
    title = button = gettext_lazy("Submit the proposal")
    undo = gettext_lazy("You may withdraw it; time that was granted needs a reason.")

    def what(self):
        return [
            _("The organiser checks it, then a panel grades it."),
            _("It cannot be changed any more, unless it is sent back to you."),
        ]

    def perform(self, form) -> str:
        actions.submit_proposal(self.request.user, self.object)
        return _("The proposal is submitted.")


class Withdraw(ProposalAct):
    verb = "facilities.withdraw_proposal"
    title = button = gettext_lazy("Withdraw the proposal")
    danger = True
    form_class = OptionalReasonForm

    def perform(self, form) -> str:
        actions.withdraw_proposal(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The proposal is withdrawn.")


class SendBack(ProposalAct):
    verb = "facilities.send_back_proposal"
    title = button = gettext_lazy("Send the proposal back")
    form_class = ReasonForm

    def perform(self, form) -> str:
        actions.send_back_proposal(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The proposal is with its author again.")


class Complete(ProposalAct):
    verb = "facilities.complete_proposal"
    title = button = gettext_lazy("Close as completed")

    def perform(self, form) -> str:
        actions.complete_proposal(self.request.user, self.object)
        return _("The proposal is completed.")


class CheckForm(forms.Form):
    passed = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=[("yes", gettext_lazy("Passed")), ("no", gettext_lazy("Not passed"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed when it does not pass; the author reads it."),
    )


class CheckPage(ProposalAct):
    verb = "facilities.check_proposal"
    button = gettext_lazy("Record the verdict")
    form_class = CheckForm

    def heading(self):
        return _("Judge: %(check)s") % {"check": CHECK_NAMES.get(self.kwargs["kind"], "")}

    def perform(self, form) -> str:
        given = form.cleaned_data
        actions.check_proposal(
            self.request.user, self.object, self.kwargs["kind"], given["passed"] == "yes", given["note"]
        )
        return _("The verdict is recorded.")


class CoAuthorForm(forms.Form):
    user = forms.CharField(label=gettext_lazy("User name"), max_length=150)


class AddCoAuthor(ProposalAct):
    verb = "facilities.add_coauthor"
    title = button = gettext_lazy("Add a co-author")
    form_class = CoAuthorForm
    undo = gettext_lazy("A co-author can be taken out of a draft again.")

    def perform(self, form) -> str:
        person = User.objects.filter(username=form.cleaned_data["user"], is_active=True).first()
        if person is None:
            raise Refusal(_("Nobody has this user name."), field="user")
        actions.add_coauthor(self.request.user, self.object, person)
        return _("%(person)s is a co-author.") % {"person": person}


class DropCoAuthor(ProposalAct):
    verb = "facilities.drop_coauthor"
    title = button = gettext_lazy("Take the co-author out")
    undo = gettext_lazy("A co-author can be added again.")

    def whom(self):
        return [get_object_or_404(User, pk=self.kwargs["user"])]

    def perform(self, form) -> str:
        person = get_object_or_404(User, pk=self.kwargs["user"])
        actions.drop_coauthor(self.request.user, self.object, person)
        return _("%(person)s is no co-author any more.") % {"person": person}


class DropTime(ProposalAct):
    verb = "facilities.drop_time"
    title = button = gettext_lazy("Take the block back")
    danger = True

    def perform(self, form) -> str:
        request = get_object_or_404(TimeRequest, pk=self.kwargs["time"], proposal=self.object)
        actions.drop_time(self.request.user, self.object, request)
        return _("The block is taken back.")
