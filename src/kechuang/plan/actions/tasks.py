"""Tasks: proposed, confirmed, moved along the table of their life, shared between levels."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check, cleared
from kechuang.core.acts import System, act, locked
from kechuang.core.engine.workflow import BadStep, step
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Role, Secrecy
from kechuang.core.roles import has_role, of_organisation
from kechuang.plan.actions.states import restate_task
from kechuang.plan.actions.telling import tell_of_tasks
from kechuang.plan.engine.workflow import TRANSITIONS, TaskStage
from kechuang.plan.models import Task, TaskPart

officer = has_role(Role.OFFICER)
responsible = of_organisation(Role.REPORTER, path="lead")
FACTS = [
    "number",
    "title_zh",
    "title_en",
    "commitment",
    "programme",
    "statement",
    "lead",
    "weight",
    "start",
    "due",
    "report_every_days",
    "secrecy",
    "synthetic",
]


@act("plan.make_task", may=officer)
def make_task(actor: Any, **facts: Any) -> Task:
    """Propose a task, from a statement or from scratch; it waits for confirmation."""
    _check(actor, facts)
    if not str(facts.get("title_zh", "")).strip():
        raise Refusal(_("Give the task a title."), field="title_zh")
    task = Task(**facts)
    check(task)
    task.save()
    record(actor, "plan.make_task", task, after=fields_of(task, FACTS))
    restate_task(task)
    return task


def _check(actor: Any, facts: dict[str, Any]) -> None:
    if unknown := sorted(set(facts) - set(FACTS)):
        raise Refusal(_("Unknown facts: %(names)s.") % {"names": ", ".join(unknown)})
    if facts.get("start") and facts.get("due") and facts["due"] < facts["start"]:
        raise Refusal(_("The task is due before it starts."), field="due")
    if facts.get("report_every_days") == 0:
        raise Refusal(_("Reports are at least a day apart."), field="report_every_days")
    cleared(actor, facts.get("secrecy"))
    promise = facts.get("commitment")
    if promise and facts.get("secrecy", Secrecy.INTERNAL) < promise.secrecy:
        raise Refusal(_("A task cannot be less secret than its promise."), field="secrecy")


@act("plan.edit_task", may=officer)
def edit_task(actor: Any, task: Task, **facts: Any) -> Task:
    """Change a task's facts; its stage moves only by its own acts."""
    if task.stage != TaskStage.PROPOSED and facts.get("due", task.due) != task.due:
        raise Refusal(
            _("The due date of a confirmed task is not edited."),
            field="due",
            remedy=_("Change it by its own act, with the reason."),
        )
    known = {name: getattr(task, name) for name in ("start", "due", "commitment", "secrecy")}
    _check(actor, {**known, **facts})
    before = fields_of(task, list(facts))
    for name, value in facts.items():
        setattr(task, name, value)
    check(task)
    task.save(update_fields=list(facts))
    record(actor, "plan.edit_task", task, before=before, after=fields_of(task, list(facts)))
    restate_task(task)
    return task


@act("plan.move_task", may=officer | responsible)
def move_task(actor: Any, task: Task, verb: str, *, reason: str = "") -> Task:
    """Move a task to another stage.

    Progress and completion come from reports. Whoever reported completion cannot accept it.
    """
    take_step(actor, task, verb, reason)
    restate_task(task)
    return task


def take_step(actor: Any, task: Task, verb: str, reason: str = "") -> None:
    """The step with its event and notices; the state is left to the caller."""
    task.stage = locked(task).stage
    if why_not := why_no_step(actor, task, verb):
        raise why_not
    try:
        taken = step(TRANSITIONS, task.stage, verb, reason=reason)
    except BadStep as error:
        raise Refusal(_("Give a reason."), field="reason") from error
    if verb == "confirm" and task.lead_id is None:
        raise Refusal(_("Name the responsible organisation first."), field="lead")
    before = fields_of(task, ("stage",))
    advance(task, taken.next, reason)
    keep_step(actor, task, before, reason)
    if verb in ("confirm", "send_back"):
        tell_of_tasks([task], verb)


def keep_step(actor: Any, task: Task, before: dict[str, Any], reason: str = "") -> None:
    """The event of a step that was taken."""
    after = {"stage": task.stage, "reason": reason}
    record(actor, "plan.move_task", task, before=before, after=after)


def why_no_step(actor: Any, task: Task, verb: str) -> NotPermitted | Refusal | None:
    """What stands in the way of this person's taking the step; pages ask before they offer it."""
    if verb in ("progress", "complete"):
        return Refusal(_("Progress and completion come from reports."))
    if (task.stage, verb) not in TRANSITIONS:
        words = _("A task that is “%(stage)s” does not allow this step.")
        return Refusal(words % {"stage": task.get_stage_display()})
    permitted = officer if TRANSITIONS[task.stage, verb].who == "officer" else (responsible | officer)
    if not isinstance(actor, System) and not permitted.test(actor, task):
        return NotPermitted("plan.move_task")
    own = task.reports.filter(percent=100, reporter_id=actor.pk).exclude(reporter=None)
    if verb == "accept" and own.exists():
        return Refusal(_("Another person than the reporter must accept."))
    return None


def advance(task: Task, stage: TaskStage, reason: str = "") -> None:
    """Store a stage with the day it brings."""
    task.stage, task.stage_reason = stage, reason
    today = clock.today()
    if stage in (TaskStage.STARTED, TaskStage.UNDER_WAY) and task.started_on is None:
        task.started_on = today
    if stage == TaskStage.UNDER_WAY:
        task.completed_on = None
    if stage == TaskStage.COMPLETED:
        task.completed_on = today
    if stage == TaskStage.ACCEPTED:
        task.accepted_on = today
    task.save(update_fields=["stage", "stage_reason", "started_on", "completed_on", "accepted_on"])


@act("plan.save_part", may=officer | of_organisation(Role.REPORTER))
def save_part(actor: Any, part: TaskPart) -> TaskPart:
    """Say what one level does in a shared task, and whether its part is done."""
    if not part.duty.strip():
        raise Refusal(_("Say what the organisation's part is."), field="duty")
    if part.pk is None and not isinstance(actor, System) and not officer.test(actor):
        raise NotPermitted("plan.save_part")
    check(part)
    part.save()
    record(
        actor,
        "plan.save_part",
        part.task,
        after={"organisation": part.organisation, "duty": part.duty, "done": part.done},
    )
    return part
