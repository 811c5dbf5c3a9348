"""The responsible office's right of reply before “late” shows publicly."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.web.acts import ActPage
from kechuang.plan import actions
from kechuang.plan.models import RightOfReply
from kechuang.plan.queries.work import visible_commitments
from kechuang.plan.web.promises import CommitmentAct


class OpenReply(CommitmentAct):
    verb = "plan.open_reply"
    title = button = gettext_lazy("Open the right of reply")

    def what(self):
        return [
            _(
                "The responsible office is asked; “late” shows publicly only after its reply or the end of its time."
            )
        ]

    def perform(self, form) -> str:
        row = actions.open_reply(self.request.user, self.object)
        return _("The office may reply until %(day)s.") % {"day": row.until}


class ReplyForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Reply"), widget=forms.Textarea)


class GiveReply(ActPage):
    verb = "plan.give_reply"
    title = button = gettext_lazy("Reply")
    form_class = ReplyForm

    def target(self):
        return get_object_or_404(
            RightOfReply, pk=self.kwargs["pk"], commitment__in=visible_commitments(self.request.user)
        )

    def what(self):
        return [_("Your reply shows beside the promise, also publicly.")]

    def perform(self, form) -> str:
        actions.give_reply(self.request.user, self.object, form.cleaned_data["text"])
        return _("The reply is kept.")

    def whom(self):
        return [self.object.commitment]

    def done_url(self):
        return self.object.commitment.get_absolute_url()


class CloseReply(GiveReply):
    verb = "plan.close_reply"
    title = button = gettext_lazy("Close the right of reply")
    form_class = forms.Form

    def what(self):
        return [_("From now on “late” shows publicly.")]

    def perform(self, form) -> str:
        actions.close_reply(self.request.user, self.object)
        return _("The right of reply is closed on %(day)s.") % {"day": clock.today()}
