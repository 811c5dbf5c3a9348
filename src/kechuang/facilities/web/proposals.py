"""Proposals: list, record, writing with autosave, time, co-authors, checks."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation, User
from kechuang.core.roles import organisations_of
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage
from kechuang.core.web.record import Act, Record
from kechuang.facilities import actions
from kechuang.facilities.engine.cycle import CHECKS, PROPOSAL, ProposalStage, verbs
from kechuang.facilities.engine.forms import asked, not_asked
from kechuang.facilities.models import Check, Cycle, Grant, Panel, Proposal, TimeRequest
from kechuang.facilities.models.proposals import DISCIPLINES, PROPOSAL_STAGES
from kechuang.facilities.queries.proposals import keeps, may_read, visible_cycles, visible_proposals
from kechuang.facilities.web.answers import AnswersForm, shown
from kechuang.facilities.web.cycles import cycle_tabs
from kechuang.facilities.web.parts import RowForm

STAGES, FIELDS = dict(PROPOSAL_STAGES), dict(DISCIPLINES)
CHECK_NAMES = dict(Check.Kind.choices)


class Proposals(LoginRequiredMixin, ListPage):
    key = "facilities-proposals"
    title = gettext_lazy("Proposals")
    columns = [
        Column("number", gettext_lazy("Number"), sort=True),
        Column("title", gettext_lazy("Proposal"), fields=("title_zh",), sort=True),
        Column("stage", gettext_lazy("Stage"), choices=STAGES, sort=True),
        Column("discipline", gettext_lazy("Discipline"), choices=FIELDS, sort=True),
        Column("organisation", gettext_lazy("Organisation"), fields=("organisation__name_zh",), sort=True),
        Column("panel", gettext_lazy("Panel"), fields=("panel__name_zh",)),
        Column(
            "score",
            gettext_lazy("Grade"),
            fields=("score",),
            value=lambda row: "" if row["score"] is None else f"{row['score'] / 100:.2f}",
            sort=True,
        ),
        Column("submitted_at", gettext_lazy("Submitted"), format="day", sort=True, optional=True),
    ]
    facets = [
        Facet("stage", gettext_lazy("Stage"), choices=STAGES),
        Facet("discipline", gettext_lazy("Discipline"), choices=FIELDS),
        Facet(
            "panel",
            gettext_lazy("Panel"),
            field="panel_id",
            choices=lambda ids: {p.pk: str(p) for p in Panel.objects.filter(pk__in=ids)},
        ),
    ]
    search_fields = ["number", "title_zh", "title_en", "organisation__name_zh"]
    default_sort = "number"
    empty_text = gettext_lazy("Nothing here yet. Proposals are written from an open call.")

    def queryset(self):
        return visible_proposals(self.request.user)

    def row_url(self, row):
        return reverse("facilities:proposal", args=[row["pk"]])


class CycleProposals(Proposals):
    key = "facilities-cycle-proposals"

    def queryset(self):
        cycle = get_object_or_404(visible_cycles(self.request.user), pk=self.kwargs["pk"])
        return super().queryset().filter(cycle=cycle)

    def acts(self):
        return [
            Act(
                _("Write a proposal"),
                reverse("facilities:propose", args=[self.kwargs["pk"]]),
                verb="facilities.start_proposal",
                primary=True,
            )
        ]

    def extra(self):
        cycle = get_object_or_404(Cycle, pk=self.kwargs["pk"])
        return {"cycle": cycle, "tabs": cycle_tabs(cycle, self.request.user, "proposals")}

    template_name = "facilities/cycle_proposals.html"


def _proposal(request, pk: int) -> Proposal:
    rows = visible_proposals(request.user).select_related(
        "cycle", "organisation", "panel", "form", "author__person"
    )
    row = get_object_or_404(rows, pk=pk)
    if not may_read(request.user, row):
        raise PermissionDenied(_("You have a conflict of interest with this proposal."))
    return row


@login_required
def proposal(request, pk: int):
    """One proposal: answers, time asked for and given, checks, grades and what happened."""
    row = _proposal(request, pk)
    own = may(request.user, "facilities.edit_proposal", row)
    decided = row.stage in ("recommended", "granted", "reserve", "declined", "completed")
    record = Record(
        title=str(row),
        kind=_("Proposal"),
        state_words=row.get_stage_display(),
        summary=row.abstract,
        synthetic=row.synthetic,
        acts=_acts(row),
        facts=[
            (_("Stage"), row.get_stage_display()),
            (_("Reason"), row.stage_reason),
            (_("Call"), row.cycle),
            (_("Author"), row.author),
            (_("Co-authors"), " · ".join(str(c.user) for c in row.coauthors.select_related("user__person"))),
            (_("Organisation"), row.organisation),
            (_("Discipline"), row.get_discipline_display()),
            (_("Partner"), row.partner),
            (_("Proprietary access"), _("yes") if row.proprietary else ""),
            (_("Continues"), row.continues or ""),
            (_("Panel"), row.panel or ""),
            (_("Grade"), f"{row.score / 100:.2f}" if row.score is not None and (decided or not own) else ""),
            (_("Hours at most"), row.ceiling_hours or ""),
            (_("Submitted"), formatting.day(row.submitted_at)),
        ],
        events=moments(events_of(row)) if own or keeps(request.user) else [],
        breadcrumb=[
            (_("Calls for proposals"), reverse("facilities:cycles")),
            (str(row.cycle), row.cycle.get_absolute_url()),
            (row.number, ""),
        ],
    )
    record.facts = [(label, value) for label, value in record.facts if value]
    definition = row.form.fields if row.form else []
    context = {
        "record": record,
        "row": row,
        "answers": shown(definition, row.answers),
        "kept": not_asked(definition, row.answers) if own else [],
        "requests": row.requests.prefetch_related("facilities__resource"),
        "grants": Grant.objects.filter(request__proposal=row).select_related("resource"),
        "coauthors": row.coauthors.select_related("user__person"),
        "checks": row.checks.select_related("by__person"),
        "grades": row.grades.select_related("user__person") if decided or keeps(request.user) else [],
        "names_shown": keeps(request.user),
        "may_write": own and row.stage == ProposalStage.DRAFT,
        "may_give_back": may(request.user, "facilities.give_back_time"),
        "now": clock.now(),
        "attached": {f.key: f for f in row.files.select_related("file")},
    }
    return render(request, "facilities/proposal.html", context)


def _acts(row: Proposal) -> list[Act]:
    here = [row.pk]

    def page(label, name, verb, *more, **kwargs):
        return Act(
            label,
            reverse(f"facilities:{name}", args=[*here, *more]),
            verb=f"facilities.{verb}",
            obj=row,
            **kwargs,
        )

    can = verbs(PROPOSAL, row.stage)
    acts = []
    if row.stage == ProposalStage.DRAFT:
        acts += [
            page(_("Submit"), "proposal_submit", "submit_proposal", primary=True),
            page(_("Write"), "proposal_write", "save_answers"),
            page(_("Edit title and abstract"), "proposal_edit", "edit_proposal"),
            page(_("Ask for time"), "time_ask", "ask_time"),
            page(_("Add a co-author"), "coauthor_add", "add_coauthor"),
        ]
    for kind in CHECKS:
        if f"pass_{kind}" in can:
            label = _("Judge: %(check)s") % {"check": CHECK_NAMES[kind]}
            acts.append(page(label, "proposal_check", "check_proposal", kind, primary=True))
    if "send_back" in can:
        acts.append(page(_("Send back"), "proposal_back", "send_back_proposal"))
    if row.stage == ProposalStage.PANEL:
        acts += [
            page(_("Grade"), "grade", "give_grade", primary=True),
            page(_("Declare a conflict"), "conflict", "declare_conflict"),
        ]
    for verb, label in (
        ("recommend", _("Recommend")),
        ("decline", _("Decline")),
        ("reconsider", _("Take up again")),
    ):
        if verb in can:
            acts.append(page(label, "decide", "decide_proposal", verb))
    if row.stage not in (ProposalStage.DRAFT,) and not row.grades.exists() and can:
        acts.append(page(_("Put before a panel"), "assign_panel", "assign_panel"))
    if row.stage in (ProposalStage.RECOMMENDED, ProposalStage.RESERVE, ProposalStage.GRANTED):
        acts.append(page(_("Give rapid access"), "rapid", "grant_rapid"))
    if "complete" in can:
        acts.append(page(_("Close as completed"), "proposal_complete", "complete_proposal"))
    if "withdraw" in can:
        acts.append(page(_("Withdraw"), "proposal_withdraw", "withdraw_proposal", danger=True))
    return acts


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


class Propose(LoginRequiredMixin, RowForm):
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

    def perform(self, form) -> str:
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


class EditProposal(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Title and abstract")
    submit = gettext_lazy("Save the proposal")
    form_class = ProposalForm
    verb = "facilities.edit_proposal"

    def find(self):
        return _proposal(self.request, self.kwargs["pk"])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.request.user}

    def perform(self, form) -> str:
        stored = Proposal.objects.get(pk=self.row.pk)
        actions.edit_proposal(self.request.user, stored, **form.cleaned_data)
        return _("The proposal is saved.")


class WriteProposal(LoginRequiredMixin, RowForm):
    """The questions of the call; what is written is kept while one writes."""

    title = gettext_lazy("Answer the questions")
    submit = gettext_lazy("Save the answers")
    form_class = AnswersForm
    verb = "facilities.save_answers"
    template_name = "facilities/proposal_write.html"

    def find(self):
        return _proposal(self.request, self.kwargs["pk"])

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

    def perform(self, form) -> str:
        actions.save_answers(self.request.user, self.row, form.answers())
        for key, upload in form.uploads():
            actions.attach_file(self.request.user, self.row, key, upload.name, upload.read())
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
    row = _proposal(request, pk)
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


class AskTime(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Ask for time")
    submit = gettext_lazy("Ask for this block")
    form_class = TimeForm
    verb = "facilities.ask_time"

    def find(self):
        self.proposal = _proposal(self.request, self.kwargs["pk"])
        return TimeRequest(proposal=self.proposal)

    def about(self):
        return self.proposal

    def perform(self, form) -> str:
        given = dict(form.cleaned_data)
        actions.ask_time(self.request.user, self.proposal, list(given.pop("facilities")), **given)
        return _("The block is asked for.")

    def get_success_url(self):
        return self.proposal.get_absolute_url()


class ProposalAct(ActPage):
    """An act on one proposal."""

    def target(self):
        return _proposal(self.request, self.kwargs["pk"])


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class Submit(ProposalAct):
    verb = "facilities.submit_proposal"
    title = button = gettext_lazy("Submit the proposal")
    undo = gettext_lazy("You may withdraw it until time is granted.")

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
    form_class = type(
        "OptionalReason",
        (forms.Form,),
        {"reason": forms.CharField(label=gettext_lazy("Reason"), required=False)},
    )

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


@login_required
def file(request, pk: int, key: str):
    """A file that answers a question."""
    row = _proposal(request, pk)
    kept = get_object_or_404(row.files.select_related("file"), key=key)
    answer = HttpResponse(kept.file.content.open("rb").read(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{_quoted(kept.file.name)}"
    return answer


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
