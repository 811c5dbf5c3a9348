"""Projects with milestones, place and money; the register of major decisions."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import Money, formatting
from kechuang.core.language import current
from kechuang.core.models import Person
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, named, organisation_names
from kechuang.core.web.record import Act, Record
from kechuang.plan import actions
from kechuang.plan.models import FundingLine, MajorDecision, Milestone, Project, Vote
from kechuang.plan.queries.work import visible_decisions, visible_projects, visible_tasks
from kechuang.plan.web.choices import link, only_visible

KINDS = dict(Project.Kind.choices)
MATTERS = dict(MajorDecision.Matter.choices)
PASSED = {True: gettext_lazy("Passed"), False: gettext_lazy("Not passed"), None: gettext_lazy("Vote open")}


class Projects(LoginRequiredMixin, ListPage):
    key = "plan-projects"
    title = gettext_lazy("Projects")
    columns = [
        named("title", gettext_lazy("Project"), "title", sort=True),
        Column("kind", gettext_lazy("Kind"), choices=KINDS, sort=True),
        Column("place", gettext_lazy("Place"), sort=True),
        named("lead", gettext_lazy("Lead"), "lead__name", sort=True),
        Column("start", gettext_lazy("Planned start"), format="day", sort=True),
        Column("due", gettext_lazy("Due"), format="day", sort=True),
        named("task", gettext_lazy("Task"), "task__title", optional=True),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=KINDS),
        Facet("lead", gettext_lazy("Lead"), field="lead_id", choices=organisation_names),
        DateFacet("due", gettext_lazy("Due")),
    ]
    search_fields = ["title_zh", "title_en", "place"]
    default_sort = "due"

    def queryset(self):
        return visible_projects(self.request.user)

    def row_url(self, row):
        return reverse("plan:project", args=[row["pk"]])


@login_required
def project(request, pk: int):
    """One project: milestones and money by source."""
    row = get_object_or_404(visible_projects(request.user).select_related("task", "lead"), pk=pk)
    lines = list(row.funding.all())
    total = {
        name: sum(getattr(line, name) for line in lines)
        for name in ("budget_fen", "committed_fen", "spent_fen")
    }
    context = {
        "record": _record(row, request.user),
        "milestones": row.milestones.all(),
        "funding": lines,
        "total": total,
        "may_edit": may(request.user, "plan.save_project", row),
    }
    return render(request, "plan/project.html", context)


def _record(row: Project, user) -> Record:
    here = [row.pk]
    return Record(
        title=str(row),
        kind=_("Project"),
        synthetic=row.synthetic,
        acts=[
            Act(_("Edit"), reverse("plan:project_edit", args=here), verb="plan.save_project", obj=row),
            Act(
                _("Add a milestone"),
                reverse("plan:milestone_add", args=here),
                verb="plan.save_project",
                obj=row,
            ),
            Act(_("Set money"), reverse("plan:funding", args=here), verb="plan.save_project", obj=row),
        ],
        facts=[
            (_("Kind"), row.get_kind_display()),
            (_("Place"), row.place),
            (_("Lead"), link(row.lead, user)),
            (_("Planned start"), formatting.day(row.start)),
            (_("Due"), formatting.day(row.due)),
            (_("Task"), link(row.task, user)),
        ],
        events=moments(events_of(row), user),
        breadcrumb=[(_("Projects"), reverse("plan:projects")), (str(row), "")],
    )


class ProjectForm(forms.ModelForm):
    class Meta:
        model = Project
        fields = ["title_zh", "title_en", "kind", "place", "longitude", "latitude", "lead", "start", "due"]
        widgets = {"start": DateInput, "due": DateInput}


class EditProject(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Project")
    submit = gettext_lazy("Save the project")
    form_class = ProjectForm

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if "task" in kwargs:
            task = get_object_or_404(visible_tasks(request.user), pk=kwargs["task"])
            self.row = Project(task=task, lead=task.lead, start=task.start, due=task.due)
        else:
            self.row = get_object_or_404(visible_projects(request.user), pk=kwargs["pk"])
        if not may(request.user, "plan.save_project", self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        actions.save_project(self.request.user, form.instance)
        return _("The project is saved.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class MilestoneForm(forms.ModelForm):
    class Meta:
        model = Milestone
        fields = ["title_zh", "title_en", "order", "due"]
        widgets = {"due": DateInput}


class AddMilestone(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Add a milestone")
    submit = gettext_lazy("Add the milestone")
    form_class = MilestoneForm

    def dispatch(self, request, *args, **kwargs):
        project = get_object_or_404(visible_projects(request.user), pk=kwargs["pk"])
        self.row = Milestone(project=project, order=project.milestones.count())
        if request.user.is_authenticated and not may(request.user, "plan.save_milestone", self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        actions.save_milestone(self.request.user, form.instance)
        return _("The milestone is added.")

    def get_success_url(self):
        return self.row.project.get_absolute_url()


class ReachForm(forms.Form):
    done_on = forms.DateField(label=gettext_lazy("Reached on"), widget=DateInput, required=False)


class ReachMilestone(ActPage):
    verb = "plan.reach_milestone"
    title = button = gettext_lazy("Milestone reached")
    form_class = ReachForm

    def target(self):
        return get_object_or_404(
            Milestone, pk=self.kwargs["pk"], project__in=visible_projects(self.request.user)
        )

    def perform(self, form) -> str:
        actions.reach_milestone(self.request.user, self.object, form.cleaned_data["done_on"])
        return _("The milestone is reached.")

    def done_url(self):
        return self.object.project.get_absolute_url()


class FundingForm(forms.Form):
    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=FundingLine.Source.choices)
    budget = forms.DecimalField(
        label=gettext_lazy("Budget (yuan)"), min_value=0, decimal_places=2, max_digits=18
    )
    committed = forms.DecimalField(
        label=gettext_lazy("Committed (yuan)"), min_value=0, decimal_places=2, max_digits=18
    )
    spent = forms.DecimalField(
        label=gettext_lazy("Spent (yuan)"), min_value=0, decimal_places=2, max_digits=18
    )


class SetFunding(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Money by source")
    submit = gettext_lazy("Save the money")
    form_class = FundingForm

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(visible_projects(request.user), pk=kwargs["pk"])
        if request.user.is_authenticated and not may(request.user, "plan.save_project", self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form) -> str:
        given = form.cleaned_data
        line = self.row.funding.filter(source=given["source"]).first() or FundingLine(
            project=self.row, source=given["source"]
        )
        for name in ("budget", "committed", "spent"):
            setattr(line, f"{name}_fen", Money.yuan(given[name]).fen)
        actions.save_funding(self.request.user, line)
        return _("The money is saved.")

    def get_success_url(self):
        return self.row.get_absolute_url()


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
    here = [pk]
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
        ]
        if row.passed is None
        else [],
        facts=[
            (_("Deciding body"), link(row.body, request.user)),
            (_("Decided on"), formatting.day(row.decided_on)),
            (_("Project"), link(row.project, request.user)),
            (_("Amount"), formatting.money(row.amount_fen, current()) if row.amount_fen else ""),
            (_("Vote"), PASSED[row.passed]),
            (_("Secrecy"), row.get_secrecy_display()),
        ],
        events=moments(events_of(row), request.user),
        breadcrumb=[(_("Major decisions"), reverse("plan:decisions")), (row.title, "")],
    )
    return render(
        request, "plan/decision.html", {"record": record, "votes": row.votes.select_related("voter")}
    )


class DecisionForm(forms.ModelForm):
    amount = forms.DecimalField(
        label=gettext_lazy("Amount (yuan)"), required=False, min_value=0, decimal_places=2, max_digits=18
    )

    class Meta:
        model = MajorDecision
        fields = ["title", "matter", "body", "project", "decided_on", "reasons", "secrecy"]
        widgets = {"decided_on": DateInput}


class RecordDecision(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Record a decision")
    submit = gettext_lazy("Record the decision")
    form_class = DecisionForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, "plan.record_decision"):
            raise PermissionDenied
        self.row = MajorDecision()
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        return only_visible(super().get_form(form_class), self.request.user)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        amount = form.cleaned_data["amount"]
        form.instance.amount_fen = Money.yuan(amount).fen if amount is not None else None
        actions.record_decision(self.request.user, form.instance)
        return _("The decision is recorded.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class VoteForm(forms.Form):
    voter = forms.ModelChoiceField(Person.objects.all(), label=gettext_lazy("Member"))
    choice = forms.ChoiceField(
        label=gettext_lazy("Vote"), choices=Vote.Choice.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class CastVote(ActPage):
    verb = "plan.cast_vote"
    title = button = gettext_lazy("Cast a vote")
    form_class = VoteForm

    def target(self):
        return get_object_or_404(visible_decisions(self.request.user), pk=self.kwargs["pk"])

    def perform(self, form) -> str:
        actions.cast_vote(self.request.user, self.object, **form.cleaned_data)
        return _("The vote is recorded.")


class CloseVote(CastVote):
    verb = "plan.close_vote"
    title = button = gettext_lazy("Close the vote")
    form_class = forms.Form

    def what(self):
        return [_("The votes are counted; the decision then stands as it is.")]

    def perform(self, form) -> str:
        actions.close_vote(self.request.user, self.object)
        return _("The vote is closed.")
