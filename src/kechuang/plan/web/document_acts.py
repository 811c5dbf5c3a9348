"""What is done to a document: edited, read again, reviewed to the end, published, withdrawn."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.plan import actions
from kechuang.plan.actions.documents import made_by
from kechuang.plan.models import Commitment, Document
from kechuang.plan.queries.living import visible_documents
from kechuang.plan.web.choices import only_visible


class _DocumentAct(ActPage):
    def target(self):
        return get_object_or_404(visible_documents(self.request.user), pk=self.kwargs["pk"])


def kept_back(document: Document) -> list[str]:
    """How many of its promises the public will not see."""
    count = made_by(document).filter(secrecy__gt=0, status=Commitment.Status.ACTIVE).count()
    if not count:
        return []
    words = ngettext(
        "%(n)d of its promises is not public and will not be shown.",
        "%(n)d of its promises are not public and will not be shown.",
        count,
    )
    return [words % {"n": count}]


class AskPublication(_DocumentAct):
    verb = "plan.ask_publication"
    title = button = gettext_lazy("Ask for publication")
    undo = gettext_lazy("Publication can be taken back at any time.")

    def what(self):
        return [
            _("Leaders are asked; another person than you decides."),
            _("Once approved, anybody can read the living document."),
            *kept_back(self.object),
        ]

    def perform(self, form) -> str:
        actions.ask_publication(self.request.user, self.object)
        return _("Publication is asked for.")


class ApprovePublication(_DocumentAct):
    verb = "plan.approve_publication"
    title = button = gettext_lazy("Approve publication")
    undo = gettext_lazy("Publication can be taken back at any time.")

    def what(self):
        return [
            _("Anybody can read the living document, with the state of every public promise."),
            *kept_back(self.object),
        ]

    def perform(self, form) -> str:
        actions.approve_publication(self.request.user, self.object)
        return _("The document is public.")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class EndPublication(_DocumentAct):
    verb = "plan.end_publication"
    title = button = gettext_lazy("Take back from the public")
    danger = True
    form_class = ReasonForm

    def perform(self, form) -> str:
        actions.end_publication(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The document is no longer public.")


class WithdrawDocument(_DocumentAct):
    verb = "plan.withdraw_document"
    title = button = gettext_lazy("Mark as withdrawn")
    danger = True
    form_class = ReasonForm

    def perform(self, form) -> str:
        actions.withdraw_document(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The document is marked as withdrawn.")


class EditForm(forms.ModelForm):
    promises_follow = forms.BooleanField(
        label=gettext_lazy("Where the level is lowered: also of its promises at the same level"),
        required=False,
        initial=True,
    )

    class Meta:
        model = Document
        fields = ["title", "title_en", "kind", "issuer", "source", "secrecy", "former_edition"]


class EditDocument(_DocumentAct):
    verb = "plan.edit_document"
    undo = gettext_lazy("It can be changed again at any time.")
    title = gettext_lazy("Edit the document")
    button = gettext_lazy("Save")
    form_class = EditForm

    def form_arguments(self):
        return {"instance": get_object_or_404(Document, pk=self.object.pk)}

    def _form(self, *data):
        return only_visible(super()._form(*data), self.request.user)

    def what(self):
        return [_("The text stays as it is; to correct the day of publication, read the text again.")]

    def perform(self, form) -> str:
        changed = set(form.changed_data) - {"promises_follow"}
        facts = {name: form.cleaned_data[name] for name in EditForm.Meta.fields if name in changed}
        document = Document.objects.get(pk=self.object.pk)
        follow = form.cleaned_data["promises_follow"]
        actions.edit_document(self.request.user, document, promises_follow=follow, **facts)
        return _("Saved.")


class ReadAgainForm(forms.Form):
    published_on = forms.DateField(
        label=gettext_lazy("Published on"),
        widget=DateInput,
        required=False,
        help_text=gettext_lazy("“This year”, “by the end of the year” are told from this day."),
    )


class ReadAgain(_DocumentAct):
    verb = "plan.read_again"
    title = button = gettext_lazy("Read the text again")
    form_class = ReadAgainForm

    def initial(self):
        return {"published_on": self.object.published_on}

    def what(self):
        return [_("Statements are read anew; your decisions and corrections are applied again.")]

    def perform(self, form) -> str:
        row = actions.read_again(self.request.user, self.object, form.cleaned_data["published_on"])
        being_read = row.stage == Document.Stage.READING
        return _("The text is being read.") if being_read else _("The text was read again.")

    def done_url(self):
        return reverse("plan:review", args=[self.object.pk])


class FinishReview(_DocumentAct):
    verb = "plan.finish_review"
    title = button = gettext_lazy("Close the review")

    def perform(self, form) -> str:
        actions.finish_review(self.request.user, self.object)
        return _("The review is closed.")
