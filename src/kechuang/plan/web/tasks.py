"""Supervision (督办): the list of tasks, and one task with its reports."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.engine.workflow import verbs
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.kinds import visible
from kechuang.core.web.history import moments
from kechuang.core.web.listing import (
    BulkAct,
    Column,
    DateFacet,
    Facet,
    ListPage,
    View,
    named,
    organisation_names,
)
from kechuang.core.web.record import Act, Record, ask_about
from kechuang.plan import actions
from kechuang.plan.actions.bulk_runs import running
from kechuang.plan.engine.workflow import OPEN_STAGES, OVER_STAGES, TRANSITIONS, TaskStage
from kechuang.plan.models import Task
from kechuang.plan.models.work import STAGES
from kechuang.plan.queries.work import accepted_reports, started, visible_tasks
from kechuang.plan.web.choices import link
from kechuang.plan.web.comments import comments_on
from kechuang.plan.web.commitments import below, below_words, programme_names
from kechuang.plan.web.evidence import with_records

STAGE_WORDS = dict(STAGES)


VERB_WORDS = {
    "confirm": gettext_lazy("Confirm"),
    "start": gettext_lazy("Start work"),
    "accept": gettext_lazy("Accept"),
    "send_back": gettext_lazy("Send back"),
    "suspend": gettext_lazy("Suspend"),
    "resume": gettext_lazy("Resume"),
    "terminate": gettext_lazy("Terminate"),
}


TO = ".."


def counted_below(programme: str) -> Q:
    """What the state bar of a programme counts."""
    return below(programme) & ~Q(stage=TaskStage.TERMINATED)


def reported_in(start: date, end: date) -> str:
    """The address of the tasks of which a report of the period was accepted."""
    return f"{reverse('plan:tasks')}?reported={start}{TO}{end}"


def reported(period: str) -> Q:
    first, _to, last = period.partition(TO)
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return Q(pk=None)
    return Q(pk__in=accepted_reports(*days).values("task"))


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
        Column("urged_on", gettext_lazy("Urged on"), format="day", sort=True, optional=True),
        Column("start", gettext_lazy("Planned start"), format="day", sort=True, optional=True),
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
        Facet("below", gettext_lazy("Programme"), where=counted_below, choices=below_words, hidden=True),
        DateFacet("due", gettext_lazy("Due")),
        Facet(
            "reported",
            gettext_lazy("With an accepted report"),
            where=reported,
            choices=lambda periods: {period: period.replace(TO, " – ") for period in periods},
            hidden=True,
        ),
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
        BulkAct("confirm", gettext_lazy("Confirm {count}"), "plan:tasks_confirm", verb="plan.confirm_tasks"),
        BulkAct("urge", gettext_lazy("Urge {count}"), "plan:tasks_urge", verb="plan.urge_tasks"),
        BulkAct("assign", gettext_lazy("Lead of {count}"), "plan:tasks_assign", verb="plan.assign_tasks"),
        BulkAct("due", gettext_lazy("Due date of {count}"), "plan:tasks_due", verb="plan.change_due"),
        BulkAct(
            "programme", gettext_lazy("Programme of {count}"), "plan:tasks_place", verb="plan.place_tasks"
        ),
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
            *(Act(_("See how far it is"), run.get_absolute_url()) for run in running(self.request.user)),
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
    reports = row.reports.select_related("reporter__person", "decided_by__person").prefetch_related(
        "evidence__file"
    )
    read_from = row.statement if row.statement and visible(request.user, row.statement.document) else None
    context = {
        "record": _record(row, request.user),
        "row": row,
        "sentence": read_from,
        "reports": with_records(list(reports), request.user),
        "parts": row.parts.select_related("organisation"),
        "projects": row.projects.all(),
        **comments_on("task", pk),
        "escalations": row.escalations.select_related("organisation")[:10],
    }
    return render(request, "plan/task.html", context)


def _record(row: Task, user) -> Record:
    return Record(
        title=str(row),
        kind=_("Task"),
        state=row.state,
        synthetic=row.synthetic,
        acts=[*_acts(row, user), ask_about(row)],
        facts=[
            (_("Stage"), row.get_stage_display() + (f" · {row.stage_reason}" if row.stage_reason else "")),
            (_("Progress"), f"{row.percent} %"),
            (_("Lead"), link(row.lead, user)),
            (_("Planned start"), formatting.day(row.start)),
            (_("Due"), formatting.day(row.due)),
            (_("Started on"), formatting.day(row.started_on)),
            (_("Completed on"), formatting.day(row.completed_on)),
            (_("Accepted on"), formatting.day(row.accepted_on)),
            (_("Last report"), formatting.day(row.last_report_on)),
            (_("Urged on"), formatting.day(row.urged_on)),
            (_("Programme"), link(row.programme, user)),
            (_("Commitment"), link(row.commitment, user)),
            *((_("Served before"), words) for words in _served_before(row, user)),
            (_("Secrecy"), row.get_secrecy_display()),
        ],
        events=moments(events_of(row), user),
        breadcrumb=[(_("Supervision"), reverse("plan:tasks")), (str(row), "")],
    )


def _served_before(row: Task, user) -> list[str]:
    """The promises that it was carried over from, and until when it served them."""
    told = [(link(c.former, user), formatting.day(c.on)) for c in row.carried.select_related("former")]
    return [format_html(_("{promise} (until {day})"), promise=name, day=day) for name, day in told if name]


def _acts(row: Task, user) -> list[Act]:
    here = [row.pk]
    steps = [verb for verb in verbs(TRANSITIONS, row.stage) if verb in VERB_WORDS]
    acts = []
    if row.stage in OPEN_STAGES:
        acts.append(
            Act(
                _("Report progress"),
                reverse("plan:report_add", args=here),
                verb="plan.report_progress",
                obj=row,
                primary=True,
            )
        )
    for verb in steps:
        if not actions.why_no_step(user, row, verb):
            acts.append(
                Act(
                    VERB_WORDS[verb],
                    reverse("plan:task_move", args=[row.pk, verb]),
                    danger=verb == "terminate",
                )
            )
    return [
        *acts,
        *(
            []
            if row.stage in OVER_STAGES
            else [_many(_("Change the due date"), "plan:tasks_due", "plan.change_due", row)]
        ),
        *([_many(_("Urge"), "plan:tasks_urge", "plan.urge_tasks", row)] if row.stage in OPEN_STAGES else []),
        Act(_("Edit"), reverse("plan:task_edit", args=here), verb="plan.edit_task", obj=row),
        Act(_("Add a part"), reverse("plan:part_add", args=here), verb="plan.edit_task", obj=row),
        Act(_("Add a project"), reverse("plan:project_add", args=here), verb="plan.edit_task", obj=row),
    ]


def _many(label: str, name: str, verb: str, row: Task) -> Act:
    """A bulk act on this one task."""
    return Act(label, f"{reverse(name)}?pk={row.pk}", verb=verb)
