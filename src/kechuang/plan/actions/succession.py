"""A promise gives way to another: superseded, or one with it. What was begun for it goes on for the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, gathered, record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.plan.actions.commitments import end, in_force
from kechuang.plan.actions.states import restate
from kechuang.plan.engine.workflow import OVER_STAGES
from kechuang.plan.models import Carried, Commitment, Task

officer = has_role(Role.OFFICER)
_MOVED = ("commitment", "programme")


def open_tasks(commitment: Commitment) -> Any:
    """The promise's tasks that are not over: what its successor would take on."""
    return commitment.tasks.exclude(stage__in=OVER_STAGES)


def successor_of(commitment: Commitment) -> Commitment | None:
    """The promise in force at the end of the line of those that took this one's place."""
    seen, later = {commitment.pk}, commitment.superseded_by
    while later is not None and later.superseded_by_id and later.pk not in seen:
        seen.add(later.pk)
        later = later.superseded_by
    return later if later is not None and later.status == Commitment.Status.ACTIVE else None


@act("plan.supersede_commitment", may=officer)
def supersede_commitment(
    actor: Any, commitment: Commitment, by: Commitment, reason: str, *, tasks: Sequence[Task] | None = None
) -> Commitment:
    """Say that a later promise takes this one's place; the old target is kept, its open tasks go on for the later one.

    `tasks` names those of them that go on, none where it is empty; without it all do.
    """
    in_force(commitment)
    if by.pk == commitment.pk:
        raise Refusal(_("A promise cannot supersede itself."), field="by")
    if by.status != Commitment.Status.ACTIVE:
        raise Refusal(_("The later promise is no longer in force."), field="by")
    if by.secrecy > commitment.secrecy:
        raise Refusal(_("The later promise is more secret than this one."), field="by")
    carried = _chosen(commitment, tasks)
    commitment.superseded_by = by
    end(commitment, Commitment.Status.SUPERSEDED, reason)
    record(actor, "plan.supersede_commitment", commitment, after={"by": by, "reason": reason})
    carry(actor, commitment, by, carried)
    return commitment


@act("plan.carry_tasks", may=officer)
def carry_tasks(actor: Any, commitment: Commitment, tasks: Sequence[Task] | None = None) -> int:
    """Carry a superseded promise's open tasks, or those named, over to the promise that took its place."""
    successor = successor_of(commitment)
    if successor is None:
        raise Refusal(_("No promise in force has taken this one's place."))
    carried = _chosen(commitment, tasks)
    if not carried:
        words = _("None of its tasks is open.") if tasks is None else _("Choose at least one task.")
        raise Refusal(words, field="tasks")
    carry(actor, commitment, successor, carried)
    return len(carried)


@act("plan.merge_commitments", may=officer)
def merge_commitments(actor: Any, commitment: Commitment, into: Commitment) -> Commitment:
    """Say that two records are one promise: sentences and tasks go over to the other, which stays in force."""
    in_force(commitment)
    in_force(into)
    if into.pk == commitment.pk:
        raise Refusal(_("Choose another promise."), field="into")
    if into.secrecy != commitment.secrecy:
        raise Refusal(_("The two promises differ in secrecy."), field="into")
    known = set(into.sources.values_list("statement", flat=True))
    moved = commitment.sources.exclude(statement__in=known)
    tasks = list(commitment.tasks.all())
    gone = {
        "sources": list(moved.values_list("statement", flat=True)),
        "tasks": [task.pk for task in tasks],
    }
    moved.update(commitment=into)
    commitment.sources.all().delete()
    commitment.superseded_by = into
    end(commitment, Commitment.Status.SUPERSEDED, _("The same promise."))
    record(actor, "plan.merge_commitments", commitment, after={"into": into, **gone})
    record(actor, "plan.merge_commitments", into, after={"from": commitment, **gone})
    carry(actor, commitment, into, tasks)
    restate(commitments=[into])
    return into


def _chosen(commitment: Commitment, tasks: Sequence[Task] | None) -> list[Task]:
    there = list(open_tasks(commitment))
    if tasks is None:
        return there
    wanted = {task.pk for task in tasks}
    if strange := [task for task in tasks if task.pk not in {own.pk for own in there}]:
        raise Refusal(_("%(task)s is no open task of this promise.") % {"task": strange[0]}, field="tasks")
    return [task for task in there if task.pk in wanted]


def carry(actor: Any, former: Commitment, successor: Commitment, tasks: Sequence[Task]) -> None:
    """Each task serves the successor from today, in its programme where it stood in the former's."""
    if not tasks:
        return
    if low := next((task for task in tasks if task.secrecy < successor.secrecy), None):
        raise Refusal(
            _("%(task)s would be less secret than the promise it is to serve.") % {"task": low}, field="tasks"
        )
    before = [fields_of(task, _MOVED) for task in tasks]
    for task in tasks:
        if successor.programme_id and task.programme_id == former.programme_id:
            task.programme = successor.programme
        task.commitment = successor
    Task.objects.bulk_update(tasks, _MOVED, batch_size=500)
    today = clock.today()
    Carried.objects.bulk_create(
        [Carried(task=task, former=former, successor=successor, on=today) for task in tasks], batch_size=500
    )
    with gathered():
        for task, stood in zip(tasks, before, strict=True):
            record(actor, "plan.carry_tasks", task, before=stood, after=fields_of(task, _MOVED))
        told = {"from": former, "tasks": [task.pk for task in tasks]}
        record(actor, "plan.carry_tasks", successor, after=told)
    restate(commitments=[successor])
