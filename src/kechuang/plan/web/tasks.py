"""Supervision (督办): the list of tasks, one task, its reports and the steps of its life."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import BulkAct, Column, DateFacet, Facet, ListPage, View
from kechuang.core.web.record import Act, Record
from kechuang.plan import actions
from kechuang.plan.engine.workflow import TaskStage, verbs
from kechuang.plan.models import ProgressReport, Statement, Task, TaskPart
from kechuang.plan.models.work import STAGES
from kechuang.plan.queries.living import visible_documents
from kechuang.plan.queries.work import started, visible_commitments, visible_tasks
from kechuang.plan.web.choices import named, only_visible
from kechuang.plan.web.comments import comments_on
from kechuang.plan.web.commitments import organisation_names, programme_names
from kechuang.plan.web.evidence import ReportForm, with_records

STAGE_WORDS = dict(STAGES)
VERB_WORDS = {
    "confirm": gettext_lazy("Confirm"),
    "start": gettext_lazy("Start"),
    "accept": gettext_lazy("Accept"),
    "send_back": gettext_lazy("Send back"),
    "suspend": gettext_lazy("Suspend"),
    "resume": gettext_lazy("Resume"),
    "terminate": gettext_lazy("Terminate"),
}


class Tasks(LoginRequiredMixin, ListPage):
    key = "plan-tasks"
    title = gettext_lazy("Supervision")
    template_name = "plan/tasks.html"
    columns = [
        named("title", gettext_lazy("Task"), "title", sort=True),
        Column("state", gettext_lazy("State"), format="state", sort=True),
        Column("stage", gettext_lazy("Stage"), choices=STAGE_WORDS, sort=True),
        Column("percent", gettext_lazy("Progress %"), format="number", sort=True),
        Column("due", gettext_lazy("Due"), format="day", sort=True),
        Column("last_report_on", gettext_lazy("Last report"), format="day", sort=True),
        named("lead", gettext_lazy("Lead"), "lead__name", sort=True),
        named("programme", gettext_lazy("Programme"), "programme__name", sort=True),
        named("commitment", gettext_lazy("Commitment"), "commitment__title", optional=True),
        Column("start", gettext_lazy("Start"), format="day", sort=True, optional=True),
        Column("weight", gettext_lazy("Weight"), format="number", sort=True, optional=True),
        Column("number", gettext_lazy("Number"), sort=True, optional=True),
        Column(
            "synthetic",
            gettext_lazy("Synthetic"),
            choices={True: gettext_lazy("Synthetic"), False: ""},
            optional=True,
        ),
    ]
    facets = [
        Facet("state", gettext_lazy("State"), bar=True),
        Facet("stage", gettext_lazy("Stage"), choices=STAGE_WORDS),
        Facet("lead", gettext_lazy("Lead"), field="lead_id", choices=organisation_names),
        Facet("programme", gettext_lazy("Programme"), field="programme_id", choices=programme_names),
        DateFacet("due", gettext_lazy("Due")),
    ]
    search_fields = ["title_zh", "title_en", "lead__name_zh"]
    views = [
        View("late", gettext_lazy("Late"), "state=late&sort=due"),
        View("risk", gettext_lazy("At risk"), "state=at_risk&sort=due"),
        View("confirm", gettext_lazy("To confirm"), "stage=proposed"),
    ]
    groups = ["programme", "lead", "stage"]
    default_sort = "due"
    bulk = [
        BulkAct("confirm", gettext_lazy("Confirm {count} tasks"), "plan:tasks_confirm", verb="plan.move_task")
    ]
    empty_title = gettext_lazy("No tasks yet")
    empty_text = gettext_lazy("Make tasks of reviewed statements, or import a list.")

    def queryset(self):
        return visible_tasks(self.request.user)

    def row_url(self, row):
        return reverse("plan:task", args=[row["pk"]])

    def acts(self):
        return [
            Act(_("Add a task"), reverse("plan:task_add"), verb="plan.make_task", primary=True),
            Act(_("Import"), reverse("plan:tasks_import"), verb="plan.import_tasks"),
            Act(_("Pass up what is late"), reverse("plan:escalate"), verb="plan.escalate"),
            Act(_("Gantt"), reverse("plan:gantt") + f"?{self.request.GET.urlencode()}"),
            Act(_("Calendar"), reverse("plan:calendar")),
        ]

    def extra(self):
        return {"started": started(self.filtered())}


@login_required
def task(request, pk: int):
    """One task: facts, acts, reports with evidence, parts of each level, projects, comments, events."""
    row = get_object_or_404(
        visible_tasks(request.user).select_related("lead", "programme", "commitment", "statement__document"),
        pk=pk,
    )
    record = Record(
        title=str(row),
        kind=_("Task"),
        state=row.state,
        synthetic=row.synthetic,
        acts=_acts(row, request.user),
        facts=[
            (_("Stage"), row.get_stage_display() + (f" · {row.stage_reason}" if row.stage_reason else "")),
            (_("Progress"), f"{row.percent} %"),
            (_("Lead"), row.lead or ""),
            (_("Start"), formatting.day(row.start)),
            (_("Due"), formatting.day(row.due)),
            (_("Started on"), formatting.day(row.started_on)),
            (_("Completed on"), formatting.day(row.completed_on)),
            (_("Accepted on"), formatting.day(row.accepted_on)),
            (_("Last report"), formatting.day(row.last_report_on)),
            (_("Programme"), row.programme or ""),
            (_("Commitment"), row.commitment or ""),
            (_("Secrecy"), row.get_secrecy_display()),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Supervision"), reverse("plan:tasks")), (str(row), "")],
    )
    reports = row.reports.select_related("reporter__person", "decided_by__person").prefetch_related(
        "evidence__file"
    )
    context = {
        "record": record,
        "row": row,
        "reports": with_records(list(reports), request.user),
        "may_decide": may(request.user, "plan.accept_report"),
        "parts": row.parts.select_related("organisation"),
        "projects": row.projects.prefetch_related("milestones"),
        **comments_on("task", pk),
        "escalations": row.escalations.select_related("organisation")[:10],
    }
    return render(request, "plan/task.html", context)


def _acts(row: Task, user) -> list[Act]:
    here = [row.pk]
    steps = [verb for verb in verbs(row.stage) if verb in VERB_WORDS]
    acts = []
    if row.stage in (TaskStage.CONFIRMED, TaskStage.STARTED, TaskStage.UNDER_WAY):
        acts.append(
            Act(
                _("Report progress"),
                reverse("plan:report_add", args=here),
                verb="plan.report_progress",
                obj=row,
                primary=True,
            )
        )
    officer = may(user, "plan.edit_task", row)
    for verb in steps:
        if verb == "start" or officer:
            url = reverse("plan:task_move", args=[row.pk, verb])
            acts.append(
                Act(VERB_WORDS[verb], url, verb="plan.move_task", obj=row, danger=verb == "terminate")
            )
    return [
        *acts,
        Act(_("Edit"), reverse("plan:task_edit", args=here), verb="plan.edit_task", obj=row),
        Act(_("Add a part"), reverse("plan:part_add", args=here), verb="plan.edit_task", obj=row),
        Act(_("Add a project"), reverse("plan:project_add", args=here), verb="plan.edit_task", obj=row),
    ]


class TaskForm(forms.ModelForm):
    class Meta:
        model = Task
        fields = [
            "number",
            "title_zh",
            "title_en",
            "commitment",
            "programme",
            "lead",
            "weight",
            "start",
            "due",
            "report_every_days",
            "secrecy",
        ]
        widgets = {"start": DateInput, "due": DateInput}


class NewTask(LoginRequiredMixin, FormPage):
    """A task from scratch or from the statements in the address (one task each)."""

    title = gettext_lazy("Add a task")
    submit = gettext_lazy("Propose the task")
    form_class = TaskForm
    template_name = "plan/task_new.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, "plan.make_task"):
            raise PermissionDenied
        keys = [key for key in request.GET.getlist("statement") if key.isdigit()]
        rows = Statement.objects.filter(pk__in=keys, document__in=visible_documents(request.user))
        self.statements = list(rows.order_by("start"))
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        return only_visible(super().get_form(form_class), self.request.user)

    def get_initial(self):
        key = self.request.GET.get("commitment", "")
        promise = visible_commitments(self.request.user).filter(pk=key).first() if key.isdigit() else None
        found = {"commitment": promise} if promise else {}
        if promise:
            found |= {"lead": promise.lead, "programme": promise.programme, "due": promise.due}
        if self.statements:
            found |= {
                "title_zh": self.statements[0].sentence.strip()[:300],
                "due": self.statements[0].time_end,
            }
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, statements=self.statements)

    def perform(self, form) -> str:
        facts = dict(form.cleaned_data)
        first, *others = self.statements or [None]
        self.row = actions.make_task(self.request.user, statement=first, **facts)
        for statement in others:
            given = {**facts, "title_zh": statement.sentence.strip()[:300], "title_en": ""}
            actions.make_task(self.request.user, statement=statement, **given)
        return _("%(n)d tasks are proposed.") % {"n": 1 + len(others)}

    def get_success_url(self):
        return self.row.get_absolute_url()


class _TaskAct(ActPage):
    def target(self):
        return get_object_or_404(visible_tasks(self.request.user), pk=self.kwargs["pk"])


class EditTask(_TaskAct):
    verb = "plan.edit_task"
    title = gettext_lazy("Edit the task")
    button = gettext_lazy("Save")

    def _form(self, *data):
        form = TaskForm(*data, instance=Task.objects.get(pk=self.object.pk))
        return only_visible(form, self.request.user)

    def perform(self, form) -> str:
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.edit_task(self.request.user, Task.objects.get(pk=self.object.pk), **facts)
        return _("Saved.")


class Escalate(ActPage):
    """Run the rules of escalation now, not at night."""

    verb = "plan.escalate"
    title = button = gettext_lazy("Pass up what is late")

    def what(self):
        return [
            _(
                "Every task that is overdue or silent is told to its organisation, and by rule to those above."
            ),
            _("Nobody is told twice of the same."),
        ]

    def perform(self, form) -> str:
        return _("%(n)d notices passed up.") % {"n": actions.escalate(self.request.user)}

    def done_url(self):
        return reverse("plan:tasks")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MoveTask(_TaskAct):
    verb = "plan.move_task"
    form_class = ReasonForm

    def dispatch(self, request, *args, **kwargs):
        if kwargs["step"] not in VERB_WORDS:
            raise Http404
        self.title = self.button = VERB_WORDS[kwargs["step"]]
        self.danger = kwargs["step"] == "terminate"
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form) -> str:
        actions.move_task(
            self.request.user, self.object, self.kwargs["step"], reason=form.cleaned_data["reason"]
        )
        return _("The task is now: %(stage)s.") % {"stage": self.object.get_stage_display()}


class ConfirmTasks(ActPage):
    """Confirm many tasks at once; those that cannot be confirmed are named and none is."""

    verb = "plan.move_task"
    title = button = gettext_lazy("Confirm the tasks")

    def target(self):
        return Tasks.selected(self.request) if self.request.method == "POST" else Task.objects.none()

    def what(self):
        return [_("The responsible organisations are told and may report.")]

    def whom(self):
        return self.object

    def perform(self, form) -> str:
        with transaction.atomic():
            rows = list(self.object)
            for row in rows:
                try:
                    actions.move_task(self.request.user, row, "confirm")
                except Refusal as refusal:
                    raise Refusal(f"{row}: {refusal}") from refusal
        return _("%(n)d tasks are confirmed.") % {"n": len(rows)}

    def done_url(self):
        return reverse("plan:tasks")


class Report(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Report progress")
    intro = gettext_lazy("Another person than you accepts the report; completion needs evidence.")
    submit = gettext_lazy("Send the report")
    form_class = ReportForm
    autosave = "progress-report"

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(visible_tasks(request.user), pk=kwargs["pk"])
        if request.user.is_authenticated and not may(request.user, "plan.report_progress", self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"percent": self.row.percent}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form) -> str:
        user, facts = self.request.user, {n: form.cleaned_data[n] for n in ("percent", "text", "forecast")}
        actions.report_progress(user, self.row, evidence=form.proof(user, self.row), **facts)
        return _("The report is sent.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class DecisionForm(forms.Form):
    decision = forms.CharField(
        label=pgettext_lazy("acceptance", "Remark"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AcceptReport(ActPage):
    verb = "plan.accept_report"
    title = button = gettext_lazy("Accept the report")
    form_class = DecisionForm

    def target(self):
        return get_object_or_404(
            ProgressReport, pk=self.kwargs["pk"], task__in=visible_tasks(self.request.user)
        )

    def what(self):
        if self.object.percent == 100:
            return [_("The task is accepted as complete; the living document shows it within seconds.")]
        return [_("The report counts as evidence.")]

    def perform(self, form) -> str:
        actions.accept_report(self.request.user, self.object, decision=form.cleaned_data["decision"])
        return _("The report is accepted.")


class SendBackReport(AcceptReport):
    verb = "plan.send_back_report"
    title = button = gettext_lazy("Send the report back")

    def what(self):
        return [_("The reporter is told what is missing.")]

    def perform(self, form) -> str:
        actions.send_back_report(self.request.user, self.object, decision=form.cleaned_data["decision"])
        return _("The report is sent back.")


class PartForm(forms.ModelForm):
    class Meta:
        model = TaskPart
        fields = ["organisation", "duty", "done", "note"]


class EditPart(LoginRequiredMixin, FormPage):
    """What one level does in a shared task."""

    title = gettext_lazy("Part of an organisation")
    submit = gettext_lazy("Save the part")
    form_class = PartForm

    def dispatch(self, request, *args, **kwargs):
        task = get_object_or_404(visible_tasks(request.user), pk=kwargs["pk"])
        self.row = (
            get_object_or_404(task.parts, pk=kwargs["part"]) if "part" in kwargs else TaskPart(task=task)
        )
        verb, of = ("plan.save_part", self.row) if self.row.pk else ("plan.edit_task", task)
        if request.user.is_authenticated and not may(request.user, verb, of):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        actions.save_part(self.request.user, form.instance)
        return _("The part is saved.")

    def get_success_url(self):
        return self.row.task.get_absolute_url()
