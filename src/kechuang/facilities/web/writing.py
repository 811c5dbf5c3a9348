"""Writing a proposal: terms, answers with autosave, time, files."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kechuang.core import clock, files
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation
from kechuang.core.roles import organisations_of
from kechuang.core.web.forms import DateInput
from kechuang.facilities import actions
from kechuang.facilities.engine.answers import asked
from kechuang.facilities.models import Proposal, TimeRequest
from kechuang.facilities.queries.proposals import visible_cycles, visible_proposals
from kechuang.facilities.web.answers import AnswersForm
from kechuang.facilities.web.common import RowPage
from kechuang.facilities.web.proposals import readable_proposal


class ProposalForm(forms.ModelForm):
    class Meta:
        model = Proposal
        fields = [
            "title_zh",
            "title_en",
            "abstract",
            "organisation",
            "discipline",
            "partner",
            "proprietary",
            "continues",
        ]
        widgets = {"abstract": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=organisations_of(person))
        self.fields["continues"].queryset = (
            visible_proposals(person).filter(author=person).exclude(pk=self.instance.pk)
        )
        if self.instance.pk:
            del self.fields["organisation"]
        elif self.fields["organisation"].queryset.count() == 1:
            self.initial["organisation"] = self.fields["organisation"].queryset.first()


class Propose(RowPage):
    title = gettext_lazy("Write a proposal")
    submit = gettext_lazy("Begin the proposal")
    form_class = ProposalForm
    verb = "facilities.start_proposal"
    autosave = "proposal"

    def find(self):
        return Proposal(cycle=get_object_or_404(visible_cycles(self.request.user), pk=self.kwargs["pk"]))

    def about(self):
        return None

    @property
    def intro(self):
        return str(self.row.cycle)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.request.user}

    def store(self, form) -> str:
        given = dict(form.cleaned_data)
        self.row = actions.start_proposal(
            self.request.user, self.row.cycle, given.pop("organisation"), **given
        )
        return _("The proposal is begun as a draft; now answer the questions and ask for time.")

    def get_success_url(self):
        return (
            reverse("facilities:proposal_write", args=[self.row.pk])
            if self.row.pk
            else self.row.cycle.get_absolute_url()
        )


class EditProposal(RowPage):
    title = gettext_lazy("Title and abstract")
    submit = gettext_lazy("Save the proposal")
    form_class = ProposalForm
    verb = "facilities.edit_proposal"

    def find(self):
        return readable_proposal(self.request, self.kwargs["pk"])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.request.user}

    def store(self, form) -> str:
        stored = Proposal.objects.get(pk=self.row.pk)
        actions.edit_proposal(self.request.user, stored, **form.cleaned_data)
        return _("The proposal is saved.")


class WriteProposal(RowPage):
    """The questions of the call; what is written is kept while one writes."""

    title = gettext_lazy("Answer the questions")
    submit = gettext_lazy("Save the answers")
    form_class = AnswersForm
    verb = "facilities.save_answers"
    template_name = "facilities/proposal_write.html"

    def find(self):
        return readable_proposal(self.request, self.kwargs["pk"])

    def get_form_kwargs(self):
        given = super().get_form_kwargs()
        definition = self.row.form.fields if self.row.form else []
        return {**given, "definition": definition, "answers": {**self.row.answers, **self._posted()}}

    def _posted(self) -> dict:
        """Choices as they are now, so that the fields they call for are read too."""
        fields = self.row.form.fields if self.row.form else []
        return {
            f["key"]: self.request.POST.getlist(f["key"])
            for f in fields
            if f["key"] in self.request.POST and f["kind"] == "choice"
        }

    def store(self, form) -> str:
        actions.save_answers(self.request.user, self.row, form.answers())
        for key, upload in form.uploads():
            actions.attach_file(self.request.user, self.row, key, upload.name, files.received(upload))
        return _("The answers are saved.")

    def get_success_url(self):
        before = {f["key"] for f in self.get_form().definition}
        row = Proposal.objects.select_related("form").get(pk=self.row.pk)
        new = {f["key"] for f in asked(row.form.fields, row.answers)} - before if row.form else set()
        return self.request.path if new else self.row.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, saved_at=None, **kwargs)


@require_POST
@login_required
def autosave(request, pk: int):
    """Keep what stands in the form now; the page reloads itself when other questions are asked."""
    row = readable_proposal(request, pk)
    definition = row.form.fields if row.form else []
    before = [f["key"] for f in asked(definition, row.answers)]
    form = AnswersForm(request.POST, definition=definition, answers=row.answers)
    form.is_valid()
    answers = {key: value for key, value in form.answers().items() if key not in form.errors}
    try:
        actions.save_answers(request.user, row, answers, quiet=True)
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=422)
    words = _("Kept at %(time)s") % {"time": f"{timezone.localtime(clock.now()):%H:%M:%S}"}
    answer = HttpResponse(words)
    if [f["key"] for f in asked(definition, row.answers)] != before:
        answer["HX-Refresh"] = "true"
    return answer


class TimeForm(forms.ModelForm):
    class Meta:
        model = TimeRequest
        fields = ["facilities", "hours", "setup", "earliest", "latest", "together", "after"]
        widgets = {"facilities": forms.CheckboxSelectMultiple, "earliest": DateInput, "latest": DateInput}
        help_texts = {
            "facilities": gettext_lazy("The block can run on any of these."),
            "hours": gettext_lazy("One block without interruption; ask for several blocks one by one."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        proposal = self.instance.proposal
        self.fields["facilities"].queryset = proposal.cycle.facilities.select_related("resource")
        self.fields["after"].queryset = proposal.requests.all() if proposal.pk else TimeRequest.objects.none()

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""


class AskTime(RowPage):
    title = gettext_lazy("Ask for time")
    submit = gettext_lazy("Ask for this block")
    form_class = TimeForm
    verb = "facilities.ask_time"

    def find(self):
        self.proposal = readable_proposal(self.request, self.kwargs["pk"])
        return TimeRequest(proposal=self.proposal)

    def about(self):
        return self.proposal

    def store(self, form) -> str:
        given = dict(form.cleaned_data)
        actions.ask_time(self.request.user, self.proposal, list(given.pop("facilities")), **given)
        return _("The block is asked for.")

    def get_success_url(self):
        return self.proposal.get_absolute_url()


@login_required
def file(request, pk: int, key: str):
    """A file that answers a question."""
    row = readable_proposal(request, pk)
    kept = get_object_or_404(row.files.select_related("file"), key=key)
    return FileResponse(kept.file.content.open("rb"), as_attachment=True, filename=kept.file.name)
