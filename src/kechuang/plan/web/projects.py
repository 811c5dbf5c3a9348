"""Projects with milestones, place and money."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.kernel import Money, formatting
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, named, organisation_names
from kechuang.core.web.record import Act, Record
from kechuang.plan import actions
from kechuang.plan.models import FundingLine, Milestone, Project
from kechuang.plan.queries.work import visible_projects, visible_tasks
from kechuang.plan.web.choices import link

KINDS = dict(Project.Kind.choices)


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
        "today": clock.today(),
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
            (_("Place"), _where(row)),
            (_("Lead"), link(row.lead, user)),
            (_("Planned start"), formatting.day(row.start)),
            (_("Due"), formatting.day(row.due)),
            (_("Task"), link(row.task, user)),
        ],
        events=moments(events_of(row), user),
        breadcrumb=[(_("Projects"), reverse("plan:projects")), (str(row), "")],
    )


def _where(row: Project) -> str:
    """Its place, with degrees where they are known."""
    if row.longitude is None or row.latitude is None:
        return row.place
    degrees = f"{row.longitude:.4f}°, {row.latitude:.4f}°"
    return f"{row.place} ({degrees})" if row.place else degrees


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
        self.row = self.milestone(kwargs["pk"])
        if request.user.is_authenticated and not may(request.user, "plan.save_milestone", self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def milestone(self, pk: int) -> Milestone:
        project = get_object_or_404(visible_projects(self.request.user), pk=pk)
        return Milestone(project=project, order=project.milestones.count())

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        actions.save_milestone(self.request.user, form.instance)
        return _("The milestone is added.")

    def get_success_url(self):
        return self.row.project.get_absolute_url()


class MilestoneAsReached(MilestoneForm):
    class Meta(MilestoneForm.Meta):
        fields = ["title_zh", "title_en", "order", "due", "done_on"]
        widgets = {"due": DateInput, "done_on": DateInput}


class EditMilestone(AddMilestone):
    title = gettext_lazy("Edit the milestone")
    submit = gettext_lazy("Save")
    form_class = MilestoneAsReached

    def milestone(self, pk: int) -> Milestone:
        return get_object_or_404(Milestone, pk=pk, project__in=visible_projects(self.request.user))

    def perform(self, form) -> str:
        actions.save_milestone(self.request.user, form.instance)
        return _("Saved.")


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

    def get_initial(self):
        """What stands for the source in the address."""
        line = self.row.funding.filter(source=self.request.GET.get("source", "")).first()
        if line is None:
            return {}
        return {"source": line.source} | {
            name: Money(getattr(line, f"{name}_fen")).in_yuan for name in ("budget", "committed", "spent")
        }

    def perform(self, form) -> str:
        given = form.cleaned_data
        line = self.row.funding.filter(source=given["source"]).first() or FundingLine(
            project=self.row, source=given["source"]
        )
        for name in ("budget", "committed", "spent"):
            setattr(line, f"{name}_fen", Money.yuan(given[name]).fen)
        try:
            actions.save_funding(self.request.user, line)
        except Refusal as refusal:
            refusal.field = refusal.field.removesuffix("_fen")
            raise
        return _("The money is saved.")

    def get_success_url(self):
        return self.row.get_absolute_url()
