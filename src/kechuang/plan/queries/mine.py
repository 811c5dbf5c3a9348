"""What is asked of one person: reports with the day they are due by, and decisions that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from kechuang.core import clock
from kechuang.core.engine.desk import UNANSWERED
from kechuang.core.engine.desk import Stage as Desk
from kechuang.core.models import Role
from kechuang.core.roles import organisations_of, roles_of, visible_requests
from kechuang.plan.engine.reporting import next_report
from kechuang.plan.engine.workflow import OPEN_STAGES, TaskStage
from kechuang.plan.models import (
    Document,
    ProgressReport,
    Publication,
    RightOfReply,
    Task,
    TaskPart,
)
from kechuang.plan.queries.living import visible_documents
from kechuang.plan.queries.work import visible_commitments, visible_decisions, visible_tasks

SOON = 14
Status = ProgressReport.Status


@dataclass(frozen=True, slots=True)
class Asked:
    """A task on which the person's organisation reports, with the day of its next report."""

    task: Task
    by: date
    days: int
    returned: ProgressReport | None

    @property
    def now(self) -> bool:
        """To be done now: due soon, urged since the last report, or sent back."""
        heard = self.task.last_report_on
        urged = self.task.urged_on is not None and (heard is None or self.task.urged_on > heard)
        return self.days <= SOON or urged or self.returned is not None


def asked_of(user: Any) -> list[Asked]:
    """Every open task on which this person reports, the most pressing first."""
    today = clock.today()
    rows = list(_mine(user).select_related("lead", "commitment"))
    returned = _returned([task.pk for task in rows])
    found = []
    for task in rows:
        by = next_report(task.due, task.last_report_on or task.started_on, task.report_every_days, today)
        found.append(Asked(task, by, (by - today).days, returned.get(task.pk)))
    return sorted(found, key=lambda asked: (not asked.now, asked.by, asked.task.pk))


def _mine(user: Any) -> QuerySet[Task]:
    mine = organisations_of(user, Role.REPORTER)
    return visible_tasks(user).filter(lead__in=mine, stage__in=OPEN_STAGES)


def _returned(keys: list[int]) -> dict[int, ProgressReport]:
    """Tasks whose newest report was sent back."""
    newest = {r.task_id: r for r in ProgressReport.objects.filter(task__in=keys).order_by("at", "id")}
    return {key: report for key, report in newest.items() if report.status == Status.RETURNED}


def parts_of(user: Any) -> QuerySet[TaskPart]:
    """Open parts of the person's organisations in tasks that others lead."""
    rows = TaskPart.objects.filter(organisation__in=organisations_of(user, Role.REPORTER), done=False)
    rows = rows.filter(task__in=visible_tasks(user)).exclude(
        task__stage__in=[TaskStage.ACCEPTED, TaskStage.TERMINATED]
    )
    return rows.select_related("task", "organisation").order_by("task__due", "pk")


def waiting_for(user: Any) -> dict[str, QuerySet]:
    """What needs this person's decision now, by kind; only of records the person may see."""
    roles, found = roles_of(user), {}
    tasks = visible_tasks(user)
    if roles & {Role.OFFICER, Role.REVIEWER, Role.ADMIN}:
        reports = ProgressReport.objects.filter(status=Status.SUBMITTED, task__in=tasks)
        found["reports"] = (
            reports.exclude(reporter=user.pk)
            .select_related("task__lead", "reporter__person")
            .annotate(pieces=Count("evidence"))
            .order_by("at", "pk")
        )
    if roles & {Role.OFFICER, Role.ADMIN}:
        to_see_to = (Document.Stage.REVIEW, Document.Stage.FAILED)
        found["review"] = visible_documents(user).filter(stage__in=to_see_to)
        found["replied"] = RightOfReply.objects.filter(
            closed_at=None, commitment__in=visible_commitments(user)
        ).exclude(replied_at=None)
        found["confirm"] = tasks.filter(stage=TaskStage.PROPOSED).select_related("lead")
    if roles & {Role.LEADER, Role.ADMIN}:
        asked = Publication.objects.filter(approved_at=None, ended_at=None).exclude(asked_by=user.pk)
        found["publications"] = asked.filter(document__in=visible_documents(user)).select_related("document")
        open_votes = visible_decisions(user).filter(passed=None)
        if (
            user.person_id
        ):  # whoever is a member votes; an account without a person enters the votes of others
            open_votes = open_votes.filter(members=user.person_id).exclude(votes__voter=user.person_id)
        found["votes"] = open_votes.select_related("body")
    offices = organisations_of(user, Role.REPORTER)
    if offices:
        pressing = Q(state__in=["late", "at_risk"]) | Q(stage=TaskStage.CONFIRMED) | Q(pk__in=_urged(user))
        found["to_report"] = _mine(user).filter(pressing)
    offices |= organisations_of(user, Role.LEADER)
    if offices:
        found["replies"] = RightOfReply.objects.filter(
            office__in=offices, closed_at=None, replied_at=None, commitment__in=visible_commitments(user)
        ).select_related("commitment")
    return found | _at_the_desk(user)


def _at_the_desk(user: Any) -> dict[str, QuerySet]:
    """Requests that this person hands on or answers, and answers that they may rate."""
    seen = visible_requests(user).select_related("handler").order_by("due", "pk")
    mine = Q(stage__in=UNANSWERED, handler__in=organisations_of(user))
    if roles_of(user) & {Role.OFFICER, Role.ADMIN}:
        mine |= Q(stage=Desk.OPEN)
    return {"requests": seen.filter(mine), "to_rate": seen.filter(stage=Desk.ANSWERED, requester=user.pk)}


def _urged(user: Any) -> list[int]:
    return [asked.task.pk for asked in asked_of(user) if asked.now]
