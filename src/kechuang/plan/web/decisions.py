"""The register of major decisions (三重一大): recorded, changed until somebody votes, voted on, closed."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from kechuang.core.acts import demand
from kechuang.core.events import events_of
from kechuang.core.kernel import Money, formatting
from kechuang.core.language import current
from kechuang.core.models import Person
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, named
from kechuang.core.web.record import Act, Record
from kechuang.plan import actions
from kechuang.plan.engine.voting import Outcome
from kechuang.plan.models import MajorDecision, Vote
from kechuang.plan.queries.decisions import how_it_stands, votes_by_member
from kechuang.plan.queries.work import visible_decisions
from kechuang.plan.web.choices import link, only_visible

MATTERS = dict(MajorDecision.Matter.choices)
PASSED = {True: gettext_lazy("Passed"), False: gettext_lazy("Not passed"), None: gettext_lazy("Vote open")}


class Decisions(LoginRequiredMixin, ListPage):
    key = "plan-decisions"
    title = gettext_lazy("Major decisions")
    intro = gettext_lazy(
        "Decisions on matters, appointments, projects and large sums, with reasons and votes."
    )
    columns = [
        Column("title", pgettext_lazy("major decision", "Decision"), sort=True),
        Column("matter", gettext_lazy("Matter"), choices=MATTERS, sort=True),
        named("body", gettext_lazy("Deciding body"), "body__name", sort=True),
        Column("decided_on", gettext_lazy("Decided on"), format="day", sort=True),
        Column("amount_fen", gettext_lazy("Amount"), format="money", sort=True),
        Column("passed", gettext_lazy("Vote"), value=lambda row: str(PASSED[row["passed"]])),
    ]
    facets = [
        Facet("matter", gettext_lazy("Matter"), choices=MATTERS),
        DateFacet("decided_on", gettext_lazy("Decided on")),
    ]
    search_fields = ["title", "reasons"]
    default_sort = "-decided_on"

    def queryset(self):
        return visible_decisions(self.request.user)

    def row_url(self, row):
        return reverse("plan:decision", args=[row["pk"]])

    def acts(self):
        return [
            Act(
                _("Record a decision"),
                reverse("plan:decision_add"),
                verb="plan.record_decision",
                primary=True,
            )
        ]


@login_required
def decision(request, pk: int):
    """One decision with its votes."""
    row = get_object_or_404(visible_decisions(request.user).select_related("body", "project"), pk=pk)
    here, stands = [pk], how_it_stands(row)
    edit = Act(_("Edit"), reverse("plan:decision_edit", args=here), verb="plan.record_decision", obj=row)
    record = Record(
        title=row.title,
        kind=row.get_matter_display(),
        summary=row.reasons,
        synthetic=row.synthetic,
        acts=[
            Act(
                _("Cast a vote"),
                reverse("plan:vote", args=here),
                verb="plan.cast_vote",
                obj=row,
                primary=True,
            ),
            Act(_("Close the vote"), reverse("plan:vote_close", args=here), verb="plan.close_vote", obj=row),
            edit,
        ],
        facts=[
            (_("Deciding body"), link(row.body, request.user)),
            (_("Decided on"), formatting.day(row.decided_on)),
            (_("Project"), link(row.project, request.user)),
            (_("Amount"), _exactly(row.amount_fen, current())),
            (
                _("Vote"),
                f"{PASSED[row.passed]} · {in_votes(stands)}" if row.votes.exists() else PASSED[row.passed],
            ),
            (_("Quorum"), in_presence(stands)),
            (_("Secrecy"), row.get_secrecy_display()),
        ],
        events=moments(events_of(row), request.user),
        breadcrumb=[(_("Major decisions"), reverse("plan:decisions")), (row.title, "")],
    )
    return render(request, "plan/decision.html", {"record": record, "votes": votes_by_member(row)})


def _exactly(fen: int | None, language: str) -> str:
    """An amount as it was decided, to the fen; behind it in words where it is long."""
    if not fen:
        return ""
    exact = formatting.exact_money(fen, language)
    if fen < 100 * 10_000:
        return exact
    return _("%(exact)s (%(words)s)") % {"exact": exact, "words": formatting.money(fen, language)}


def in_votes(stands: Outcome) -> str:
    """How many voted how."""
    return _("%(for)d for, %(against)d against, %(abstain)d abstained") % {
        "for": stands.in_favour,
        "against": stands.against,
        "abstain": stands.abstained,
    }


def in_presence(stands: Outcome) -> str:
    """How many are there of how many, and whether they may decide."""
    if not stands.members:
        return _("no members are entered")
    facts = {"members": stands.members, "present": stands.present, "needed": stands.needed}
    counted = (
        _("%(present)d of %(members)d members present, at least %(needed)d needed")
        if stands.quorate or not stands.silent
        else _("%(present)d of %(members)d members entered as present so far, at least %(needed)d needed")
    )
    return counted % facts


class DecisionForm(forms.ModelForm):
    amount = forms.DecimalField(
        label=gettext_lazy("Amount (yuan)"), required=False, min_value=0, decimal_places=2, max_digits=18
    )

    class Meta:
        model = MajorDecision
        fields = ["title", "matter", "body", "members", "project", "decided_on", "reasons", "secrecy"]
        widgets = {"decided_on": DateInput}
        help_texts = {
            "members": gettext_lazy(
                "Who may vote, present or not. Left empty: those who lead the deciding body on that day."
            )
        }


def _stands(row: MajorDecision) -> dict:
    fen = row.amount_fen
    return {**model_to_dict(row), "amount": Money(fen).in_yuan if fen is not None else None}


class RecordDecision(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Record a decision")
    submit = gettext_lazy("Record the decision")
    form_class = DecisionForm

    def dispatch(self, request, *args, **kwargs):
        self.row = self.decision()
        if request.user.is_authenticated:
            demand(request.user, "plan.record_decision", self.row)
        return super().dispatch(request, *args, **kwargs)

    def decision(self) -> MajorDecision:
        return MajorDecision()

    def get_initial(self):
        """As another decision stands, of which something is decided anew."""
        key = self.request.GET.get("like", "")
        like = visible_decisions(self.request.user).filter(pk=key).first() if key.isdecimal() else None
        return _stands(like) if like else {}

    def get_form(self, form_class=None):
        return only_visible(super().get_form(form_class), self.request.user)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        amount = form.cleaned_data["amount"]
        form.instance.amount_fen = Money.yuan(amount).fen if amount is not None else None
        actions.record_decision(self.request.user, form.instance, list(form.cleaned_data["members"]) or None)
        return _("The decision is recorded.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class ChangeDecision(RecordDecision):
    title = gettext_lazy("Change the decision")
    submit = gettext_lazy("Save")

    def decision(self) -> MajorDecision:
        return get_object_or_404(visible_decisions(self.request.user), pk=self.kwargs["pk"])

    def get_initial(self):
        return _stands(self.row)

    @property
    def cancel_url(self):
        return self.row.get_absolute_url()


class VoteForm(forms.Form):
    voter = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Member"),
        error_messages={"invalid_choice": gettext_lazy("This person is not among the members who decide.")},
    )
    choice = forms.ChoiceField(
        label=gettext_lazy("Vote"), choices=Vote.Choice.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, decision: MajorDecision, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voter"].queryset = decision.members.order_by("pk")


class CastVote(ActPage):
    verb = "plan.cast_vote"
    title = button = gettext_lazy("Cast a vote")
    form_class = VoteForm
    undo = gettext_lazy("A vote can be changed until the vote is closed.")

    def initial(self):
        return {"voter": self.request.user.person_id}

    def what(self):
        return [
            _("The member's vote and its reason stand in the register."),
            _("A vote against needs its reason."),
        ]

    def target(self):
        return get_object_or_404(visible_decisions(self.request.user), pk=self.kwargs["pk"])

    def form_arguments(self) -> dict:
        return {"decision": self.object}

    def perform(self, form) -> str:
        actions.cast_vote(self.request.user, self.object, **form.cleaned_data)
        return _("The vote is recorded.")


class CloseVote(CastVote):
    verb = "plan.close_vote"
    title = button = gettext_lazy("Close the vote")
    form_class = forms.Form
    undo = ""

    def form_arguments(self) -> dict:
        return {}

    def what(self):
        stands = how_it_stands(self.object)
        told = [f"{in_votes(stands)} · {in_presence(stands)}"]
        if stands.silent:
            told.append(
                ngettext(
                    "%(n)d member without an entry counts as absent.",
                    "%(n)d members without an entry count as absent.",
                    stands.silent,
                )
                % {"n": stands.silent}
            )
        needed = stands.members // 2 + 1
        told.append(_("Passed by at least %(n)d votes for: more than half of the members.") % {"n": needed})
        return [*told, _("The votes are counted; the decision then stands as it is.")]

    def perform(self, form) -> str:
        actions.close_vote(self.request.user, self.object)
        return _("The vote is closed.")
