"""Acts on many tasks at once: all of them or none, in one transaction, each task with its own event.

Rows, events and states are written set by set, and whoever is concerned is told once. `obstacles` says beforehand
which tasks stand in the way; the dialogue shows it, the act refuses by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.engine.workflow import verbs
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, gathered, record
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import has_role
from kechuang.plan.actions.states import restate
from kechuang.plan.actions.tasks import keep_step
from kechuang.plan.actions.telling import tell_of_tasks
from kechuang.plan.engine.workflow import OPEN_STAGES, OVER_STAGES, TRANSITIONS, TaskStage
from kechuang.plan.models import Commitment, Programme, Task

MOST = 20_000
BATCH = 500
NAMED = 5
officer = has_role(Role.OFFICER)


def _not_confirmable(task: Task) -> str:
    if "confirm" not in verbs(TRANSITIONS, task.stage):
        return _("it is already %(stage)s") % {"stage": task.get_stage_display()}
    return "" if task.lead_id else _("it has no responsible organisation")


def _over(task: Task) -> str:
    return _("it is %(stage)s") % {"stage": task.get_stage_display()} if task.stage in OVER_STAGES else ""


def _not_urgeable(task: Task) -> str:
    if task.stage not in OPEN_STAGES:
        return _("it is %(stage)s") % {"stage": task.get_stage_display()}
    if task.lead_id is None:
        return _("it has no responsible organisation")
    return _("it was urged today") if task.urged_on == clock.today() else ""


# What keeps a task out of each act: words, or none.
BULK_ACTS: dict[str, Callable[[Task], str]] = {
    "plan.confirm_tasks": _not_confirmable,
    "plan.assign_tasks": _over,
    "plan.change_due": _over,
    "plan.urge_tasks": _not_urgeable,
    "plan.place_tasks": lambda task: "",
}


def obstacles(verb: str, tasks: Iterable[Task]) -> list[str]:
    """The tasks that stand in the way of a bulk act, each with the reason."""
    reason = BULK_ACTS[verb]
    return [f"{task}: {why}" for task in tasks if (why := reason(task))]


def not_too_many(tasks: Sequence[Task]) -> None:
    if len(tasks) > MOST:
        raise Refusal(_("At most %(n)d tasks at once; narrow the list by a filter.") % {"n": MOST})


def _all_or_none(verb: str, tasks: Sequence[Task]) -> None:
    if not tasks:
        raise Refusal(_("Choose at least one task."))
    not_too_many(tasks)
    if found := obstacles(verb, tasks):
        named = "; ".join(found[:NAMED]) + (" …" if len(found) > NAMED else "")
        raise Refusal(
            _("%(n)d of the tasks stand in the way, nothing was changed: %(named)s.")
            % {"n": len(found), "named": named},
            remedy=_("Take them out of the selection."),
        )


def _restate(tasks: Sequence[Task]) -> None:
    keys = {task.commitment_id for task in tasks if task.commitment_id}
    restate(tasks=tasks, commitments=Commitment.objects.filter(pk__in=keys))


def _set(tasks: Sequence[Task], facts: dict[str, Any]) -> None:
    """Give all these tasks the same facts, here and in the database."""
    for task in tasks:
        for name, value in facts.items():
            setattr(task, name, value)
    for i in range(0, len(tasks), BATCH):
        Task.objects.filter(pk__in=[task.pk for task in tasks[i : i + BATCH]]).update(**facts)


def _change(actor: Any, verb: str, tasks: Sequence[Task], facts: dict[str, Any], **also: str) -> list[Task]:
    """Set the same facts on every task that does not have them yet; returns those that changed."""
    changing = [t for t in tasks if any(getattr(t, name) != value for name, value in facts.items())]
    before = [fields_of(task, list(facts)) for task in changing]
    _set(changing, facts)
    with gathered():
        for task, former in zip(changing, before, strict=True):
            record(actor, verb, task, before=former, after={**fields_of(task, list(facts)), **also})
    _restate(changing)
    return changing


@act("plan.confirm_tasks", may=officer)
def confirm_tasks(actor: Any, tasks: Sequence[Task]) -> int:
    """Confirm proposed tasks; the responsible organisations are told and may report."""
    _all_or_none("plan.confirm_tasks", tasks)
    before = [fields_of(task, ("stage",)) for task in tasks]
    _set(tasks, {"stage": TaskStage.CONFIRMED, "stage_reason": ""})
    with gathered():
        for task, former in zip(tasks, before, strict=True):
            keep_step(actor, task, former)
    _restate(tasks)
    tell_of_tasks(tasks, "confirm")
    return len(tasks)


@act("plan.assign_tasks", may=officer)
def assign_tasks(actor: Any, tasks: Sequence[Task], lead: Organisation) -> int:
    """Make one organisation responsible for the tasks; it is told of those it has to report on."""
    _all_or_none("plan.assign_tasks", tasks)
    changed = _change(actor, "plan.assign_tasks", tasks, {"lead": lead})
    tell_of_tasks([task for task in changed if task.stage in OPEN_STAGES], "confirm")
    return len(changed)


@act("plan.change_due", may=officer)
def change_due(actor: Any, tasks: Sequence[Task], due: date, reason: str) -> int:
    """Set another due date, with a reason that stays on record; the responsible organisations are told."""
    _all_or_none("plan.change_due", tasks)
    if not reason.strip():
        raise Refusal(_("Say why the due date changes."), field="reason")
    if early := next((task for task in tasks if task.start and due < task.start), None):
        raise Refusal(_("%(task)s would be due before it starts.") % {"task": early}, field="due")
    changed = _change(actor, "plan.change_due", tasks, {"due": due}, reason=reason.strip())
    if not changed:
        raise Refusal(_("Nothing changes."), field="due")
    tell_of_tasks(changed, "due")
    return len(changed)


@act("plan.urge_tasks", may=officer)
def urge_tasks(actor: Any, tasks: Sequence[Task], note: str = "") -> int:
    """Urge the responsible organisations (催办): their reporters and leaders are told, in the product and by mail."""
    _all_or_none("plan.urge_tasks", tasks)
    today = clock.today()
    _set(tasks, {"urged_on": today})
    with gathered():
        for task in tasks:
            record(actor, "plan.urge_tasks", task, after={"urged_on": today, "note": note.strip()})
    tell_of_tasks(tasks, "urge", roles=(Role.REPORTER, Role.LEADER), note=note.strip())
    return len(tasks)


@act("plan.place_tasks", may=officer)
def place_tasks(actor: Any, tasks: Sequence[Task], programme: Programme | None) -> int:
    """Put the tasks under one programme, or under none."""
    _all_or_none("plan.place_tasks", tasks)
    return len(_change(actor, "plan.place_tasks", tasks, {"programme": programme}))
