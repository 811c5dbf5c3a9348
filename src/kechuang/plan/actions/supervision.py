"""Escalation up the organisation tree, and the responsible office's right of reply."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock, notices
from kechuang.core.acts import SYSTEM, act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.kernel import State
from kechuang.core.models import Role
from kechuang.core.roles import has_role, members_of, of_organisation
from kechuang.plan.engine.escalation import level_due
from kechuang.plan.engine.workdays import workday_after
from kechuang.plan.engine.workflow import TaskStage
from kechuang.plan.models import Commitment, Escalation, RightOfReply, Task

REPLY_WORKDAYS = 5
_LISTENERS = (Role.REPORTER, Role.OFFICER, Role.LEADER)
_PASSED_UP = {
    "overdue": gettext_lazy("Overdue task passed up to you: %(task)s"),
    "silent": gettext_lazy("Task without report passed up to you: %(task)s"),
}


@act("plan.escalate", may=has_role(Role.OFFICER))
def escalate(actor: Any) -> int:
    """Pass what is late or silent up the organisation tree by rule; settle what is in order again."""
    today, made, in_order = clock.today(), 0, set()
    open_tasks = Task.objects.exclude(
        stage__in=[TaskStage.ACCEPTED, TaskStage.TERMINATED, TaskStage.PROPOSED, TaskStage.SUSPENDED]
    )
    for task in open_tasks.select_related("lead"):
        due = level_due(task.due, task.last_report_on or task.started_on, task.report_every_days, today)
        if due is None:
            in_order.add(task.pk)
            continue
        made += sum(_pass_up(actor, task, due.rule, level) for level in range(due.level + 1))
    standing = Escalation.objects.filter(settled_at=None)
    settled = [key for key, task in standing.values_list("pk", "task") if task in in_order]
    standing.filter(pk__in=settled).update(settled_at=clock.now())
    standing.exclude(task__in=open_tasks).update(settled_at=clock.now())
    return made


def _pass_up(actor: Any, task: Task, rule: str, level: int) -> bool:
    line = task.lead.line() if task.lead else []
    if level >= len(line):
        return False
    row, new = Escalation.objects.get_or_create(
        task=task,
        rule=rule,
        level=level,
        settled_at=None,
        defaults={"organisation": line[level], "at": clock.now()},
    )
    if not new:
        return False
    record(actor, "plan.escalate", task, after={"rule": rule, "level": level, "organisation": line[level]})
    notices.notify(
        members_of(line[level], *_LISTENERS),
        lambda: _PASSED_UP[rule] % {"task": task},
        key=f"escalation:{row.pk}",
        url=task.get_absolute_url(),
        about=task,
    )
    return True


def escalate_by_timetable() -> str:
    """The daily job."""
    return f"{escalate(SYSTEM)} passed up"


@act("plan.open_reply", may=has_role(Role.OFFICER))
def open_reply(actor: Any, commitment: Commitment) -> RightOfReply:
    """Ask the responsible office for its reply before "late" shows publicly."""
    if commitment.state != State.LATE:
        raise Refusal(_("Only a late promise opens the right of reply."))
    if commitment.lead is None:
        raise Refusal(_("Name the responsible organisation first."), field="lead")
    if commitment.replies.exists():
        raise Refusal(_("The office was already asked."))
    row = RightOfReply.objects.create(
        commitment=commitment,
        office=commitment.lead,
        opened_at=clock.now(),
        until=workday_after(clock.today(), REPLY_WORKDAYS),
    )
    record(actor, "plan.open_reply", commitment, after={"office": row.office, "until": str(row.until)})
    facts = {"day": row.until, "promise": commitment}
    notices.notify(
        members_of(row.office, *_LISTENERS),
        lambda: _("You may reply until %(day)s before this shows as late: %(promise)s") % facts,
        key=f"reply:{row.pk}",
        url=commitment.get_absolute_url(),
        about=commitment,
    )
    return row


@act("plan.give_reply", may=of_organisation(Role.REPORTER, Role.LEADER, path="office"))
def give_reply(actor: Any, row: RightOfReply, text: str) -> RightOfReply:
    """Reply as the responsible office; the reply is shown beside the promise."""
    if row.closed_at:
        raise Refusal(_("The time for a reply is over."))
    if not text.strip():
        raise Refusal(_("The reply is empty."), field="text")
    row.text, row.replied_by_id, row.replied_at = text.strip(), actor.pk, clock.now()
    row.save()
    record(actor, "plan.give_reply", row.commitment, after={"text": row.text})
    return row


@act("plan.close_reply", may=has_role(Role.OFFICER))
def close_reply(actor: Any, row: RightOfReply) -> RightOfReply:
    """End the time for a reply: once it was given or its day is over, "late" is public."""
    if row.closed_at:
        raise Refusal(_("It is already closed."))
    if not row.replied_at and clock.today() <= row.until:
        raise Refusal(_("The office may still reply, until %(day)s.") % {"day": row.until})
    row.closed_at = clock.now()
    row.save()
    record(actor, "plan.close_reply", row.commitment, after={"replied": bool(row.replied_at)})
    return row


def keep_right_of_reply() -> str:
    """The daily job: ask offices whose promises became late; close what is over."""
    late = Commitment.objects.filter(state=State.LATE, status="active", replies=None).exclude(lead=None)
    opened = [open_reply(SYSTEM, commitment) for commitment in late]
    due = RightOfReply.objects.filter(closed_at=None, until__lt=clock.today())
    closed = [close_reply(SYSTEM, row) for row in due]
    return f"{len(opened)} opened, {len(closed)} closed"
