"""Commitments: the list, and one record with its proof."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core.events import events_of
from kechuang.core.kernel import State, formatting
from kechuang.core.language import current
from kechuang.core.web.figures import Figure
from kechuang.core.web.history import moments
from kechuang.core.web.listing import (
    Column,
    DateFacet,
    Facet,
    ListPage,
    View,
    named,
    names_of,
    organisation_names,
)
from kechuang.core.web.record import Act, Evidence, Record, ask_about
from kechuang.core.web.states import LABELS
from kechuang.core.web.times import local_day
from kechuang.plan.actions.succession import open_tasks, successor_of
from kechuang.plan.models import Commitment, Programme, ProgressReport
from kechuang.plan.queries.living import in_force, in_state_on, visible_documents
from kechuang.plan.queries.work import branch_of, visible_commitments, visible_tasks
from kechuang.plan.web.choices import link
from kechuang.plan.web.comments import comments_on
from kechuang.plan.web.proof import rule_words

IN_FORCE = "in_force"
STATUSES = dict(Commitment.Status.choices)


programme_names = names_of(Programme)


def below(value: str) -> Q:
    """Of a programme and of all below it."""
    return Q(programme__in=branch_of(int(value))) if value.isdecimal() else Q(pk=None)


def below_words(values: list) -> dict[str, str]:
    names = programme_names([value for value in values if value.isdecimal()])
    return {
        str(key): _("%(programme)s and all below it") % {"programme": name} for key, name in names.items()
    }


def stood_at(on: date, state: str = IN_FORCE) -> str:
    """The address of the promises that were in force on a day, or stood in a state then."""
    return f"{reverse('plan:commitments')}?stood={state}@{on}"


def stood(value: str) -> Q:
    state, _at, day = value.partition("@")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return Q(pk=None)
    return in_force(on) if state == IN_FORCE else Q(pk__in=in_state_on(state, on).values("pk"))


def stood_words(values: list) -> dict[str, str]:
    names = {IN_FORCE: _("in force"), **LABELS}
    parts = [(value, *value.partition("@")[::2]) for value in values]
    return {value: f"{names.get(state, state)} · {day}" for value, state, day in parts}


class Commitments(LoginRequiredMixin, ListPage):
    key = "plan-commitments"
    title = gettext_lazy("Commitments")
    columns = [
        named("title", gettext_lazy("Promise"), "title", sort=True),
        Column("state", gettext_lazy("State"), format="state", sort=True),
        Column("target_value", gettext_lazy("Promised"), format="compact", sort=True),
        Column("measured", gettext_lazy("Measured"), format="compact", sort=True),
        Column("unit", gettext_lazy("Unit"), value=lambda row: formatting.unit(row["unit"], current())),
        Column("due", gettext_lazy("Due"), format="day", sort=True),
        named("lead", gettext_lazy("Lead"), "lead__name", sort=True),
        named("programme", gettext_lazy("Programme"), "programme__name", sort=True),
        Column("status", pgettext_lazy("promise", "Status"), choices=STATUSES, sort=True, optional=True),
        Column(
            "synthetic",
            gettext_lazy("Synthetic"),
            choices={True: gettext_lazy("Synthetic"), False: ""},
            optional=True,
        ),
    ]
    facets = [
        Facet("state", gettext_lazy("State"), bar=True),
        Facet("programme", gettext_lazy("Programme"), field="programme_id", choices=programme_names),
        Facet("lead", gettext_lazy("Lead"), field="lead_id", choices=organisation_names),
        Facet("status", pgettext_lazy("promise", "Status"), choices=STATUSES),
        DateFacet("due", gettext_lazy("Due")),
        Facet("below", gettext_lazy("Programme"), where=below, choices=below_words, hidden=True),
        Facet("stood", gettext_lazy("State on a day"), where=stood, choices=stood_words, hidden=True),
    ]
    search_fields = ["title_zh", "title_en", "lead__name_zh"]
    views = [
        View("late", gettext_lazy("Late"), "state=late&sort=due"),
        View("risk", gettext_lazy("At risk"), "state=at_risk&sort=due"),
    ]
    groups = ["programme", "lead"]
    default_sort = "due"
    empty_title = gettext_lazy("No commitments yet")
    empty_text = gettext_lazy("Review a document and make commitments of its sentences.")

    def queryset(self):
        return visible_commitments(self.request.user)

    def row_url(self, row):
        return reverse("plan:commitment", args=[row["pk"]])


def _value(value, unit: str) -> str:
    return "" if value is None else formatting.number(value, current(), unit)


@login_required
def commitment(request, pk: int):
    """One commitment with its proof."""
    row = get_object_or_404(
        visible_commitments(request.user).select_related(
            "promiser", "programme", "lead", "metric", "superseded_by"
        ),
        pk=pk,
    )
    seen = visible_tasks(request.user).values("pk")
    known = visible_commitments(request.user).values("pk")
    came = {c.task_id: c.former for c in row.carried_in.filter(former__in=known).select_related("former")}
    context = {
        "record": _record(row, request.user),
        "row": row,
        "tasks": [(t, came.get(t.pk)) for t in row.tasks.filter(pk__in=seen).select_related("lead")],
        "carried": row.carried_away.filter(task__in=seen, successor__in=known).select_related(
            "task", "successor"
        ),
        "sources": row.sources.filter(statement__document__in=visible_documents(request.user)).select_related(
            "statement__document"
        ),
        "targets": row.target_versions.select_related("document"),
        "replies": row.replies.select_related("office"),
        **comments_on("commitment", pk),
    }
    return render(request, "plan/commitment.html", context)


def _record(row: Commitment, user) -> Record:
    newest = row.states.order_by("-valid_from", "-known_at").first()
    reports = ProgressReport.objects.filter(
        task__commitment=row, task__in=visible_tasks(user), status="accepted"
    ).select_related("task")
    why = reverse("indicators:why", args=[row.metric.code]) if row.metric_id else ""
    measured = Figure(row.measured, unit=row.unit, why=why) if row.measured is not None else "—"
    return Record(
        title=str(row),
        kind=_("Commitment"),
        state=row.state,
        summary=rule_words(newest.rule) if newest else "",
        synthetic=row.synthetic,
        acts=[*_acts(row), ask_about(row)],
        facts=[
            (_("Promised"), f"{row.get_compare_display()} {_value(row.target_value, row.unit)}"),
            (_("Measured"), measured),
            (_("Due"), formatting.day(row.due)),
            (_("Promised by"), link(row.promiser, user)),
            (_("Promised on"), formatting.day(row.promised_on)),
            (_("Lead"), link(row.lead, user)),
            (_("Supporting"), formatting.joined(row.supporting.all(), current())),
            (_("Programme"), link(row.programme, user)),
            (_("Indicator"), link(row.metric, user)),
            (_("Status"), row.get_status_display()),
            *([(_("Superseded by"), link(row.superseded_by, user))] if row.superseded_by else []),
            (_("Secrecy"), row.get_secrecy_display()),
        ],
        evidence=[
            Evidence(r.text, r.get_absolute_url(), local_day(r.at), str(r.task), r.synthetic)
            for r in reports[:20]
        ],
        events=moments(events_of(row), user),
        breadcrumb=[(_("Commitments"), reverse("plan:commitments")), (str(row), "")],
    )


def _acts(row: Commitment) -> list[Act]:
    """Of a promise in force; "late" shows publicly only after the right of reply, which is opened once."""
    if row.status != Commitment.Status.ACTIVE:
        if successor_of(row) is None or not open_tasks(row).exists():
            return []
        address = reverse("plan:tasks_carry", args=[row.pk])
        return [Act(_("Carry its tasks over"), address, verb="plan.carry_tasks", obj=row, primary=True)]
    task = Act(
        _("Make a task"),
        f"{reverse('plan:task_add')}?commitment={row.pk}",
        verb="plan.make_task",
        primary=True,
    )
    steps = [
        (_("Edit"), "commitment_edit", "edit_commitment"),
        (_("Amend the promise"), "commitment_amend", "amend_commitment"),
        (_("Supersede"), "commitment_supersede", "supersede_commitment"),
        (_("Merge with the same promise"), "commitment_merge", "merge_commitments"),
    ]
    if row.state == State.LATE and not row.replies.exists():
        steps.append((_("Open the right of reply"), "reply_open", "open_reply"))
    steps.append((_("Withdraw"), "commitment_withdraw", "withdraw_commitment"))
    return [
        task,
        *(
            Act(
                label,
                reverse(f"plan:{name}", args=[row.pk]),
                verb=f"plan.{verb}",
                obj=row,
                danger=verb == "withdraw_commitment",
            )
            for label, name, verb in steps
        ),
    ]
