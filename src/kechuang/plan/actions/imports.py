"""A list of tasks taken in as a whole: all or nothing, the same twice, one event with the file's hash and counts, and one of each known task that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kechuang.core import search
from kechuang.core.acts import act
from kechuang.core.engine.sheets import Field, Sheet, marked
from kechuang.core.events import fields_of, gathered, record
from kechuang.core.models import Organisation, OrganisationName, Role, Secrecy, StoredFile
from kechuang.core.roles import has_role
from kechuang.core.sheets import Taken, table_of
from kechuang.plan.actions.states import restate
from kechuang.plan.engine.tasklist import MOST_ROWS, checked, columns, facts
from kechuang.plan.engine.workflow import TaskStage
from kechuang.plan.models import Commitment, Programme, Task
from kechuang.plan.queries.work import visible_commitments, visible_tasks

_ = marked


def task_columns(person: Any) -> list[Field]:
    """The columns of the list, with every name that this person may use in a cell."""
    there = Organisation.objects.exclude(standing=Organisation.Standing.WITHDRAWN)
    names = OrganisationName.objects.filter(organisation__in=there)
    leads = dict(names.values_list("name", "organisation_id")) | {
        name: key
        for key, zh, en in there.values_list("pk", "name_zh", "name_en")
        for name in (zh, en)
        if name
    }
    promises = visible_commitments(person)
    over = promises.exclude(status=Commitment.Status.ACTIVE)
    active = promises.filter(status=Commitment.Status.ACTIVE)
    named = _by_name(over, "title") | _by_name(active, "title")
    return columns(leads, _by_name(Programme.objects, "name"), named)


def _by_name(rows: Any, field: str) -> dict[str, int]:
    """The key of every name in either language; a Chinese name goes before an English one."""
    named = list(rows.values_list("pk", f"{field}_zh", f"{field}_en"))
    chinese = {zh: key for key, zh, _ignored in named if zh}
    return {**chinese, **{en: key for key, _ignored, en in named if en and en not in chinese}}


def read_tasks(person: Any, data: bytes, name: str) -> Sheet:
    """The rows of this person's list with every fault. Raises Refusal when the file cannot be read."""
    sheet = checked(table_of(data, name, task_columns(person), MOST_ROWS))
    if sheet.faults:
        return sheet
    known = _Known(person)
    tasks = [(row, known.task(row)) for row in sheet.rows]
    return sheet.with_faults(
        [
            sheet.fault(row, "due", _NOT_ITS_DAY, _BY_ITS_ACT)
            for row, task in tasks
            if row["due"] and task and _settled(task) and task.due != row["due"]
        ]
        + [
            sheet.fault(row, "commitment_id", _OVER, _TO_ANOTHER)
            for row, task in tasks
            if (promise := known.commitment(row, task)) in known.over
            and promise != (task and task.commitment_id)
        ]
    )


_NOT_ITS_DAY = _("is not the due date of the confirmed task")
_BY_ITS_ACT = _("Change it in the supervision table, with the reason.")
_OVER = _("is no longer in force")
_TO_ANOTHER = _("Name a commitment in force, or leave the cell empty.")


def _settled(task: Task) -> bool:
    return task.stage != TaskStage.PROPOSED


class _Known:
    """The tasks that a person may see, known again by their number, else by title in either language and lead."""

    def __init__(self, person: Any) -> None:
        self.by_number: dict[str, Task] = {}
        self.by_title: dict[tuple[str, int | None], Task] = {}
        self.by_english: dict[tuple[str, int | None], Task] = {}
        for task in visible_tasks(person):
            self.by_title.setdefault((task.title_zh, task.lead_id), task)
            self.by_english.setdefault((task.title_en, task.lead_id), task)
            if task.number:
                self.by_number[task.number] = task
        promises = Commitment.objects.in_bulk()
        self.title = {key: promise.title_zh for key, promise in promises.items()}
        self.over = {key for key, p in promises.items() if p.status != Commitment.Status.ACTIVE}
        self.secrecy = {key: promise.secrecy for key, promise in promises.items()}

    def task(self, line: Mapping[str, Any]) -> Task | None:
        if number := line.get("number"):
            return self.by_number.get(number)
        name = line["title_zh"], line["lead_id"]
        return self.by_title.get(name) or self.by_english.get(name)

    def commitment(self, line: Mapping[str, Any], task: Task | None) -> int | None:
        """The commitment that the line names: the task's own where several bear that name."""
        named = line.get("commitment_id")
        if task and named and self.title[named] == self.title.get(task.commitment_id):
            return task.commitment_id
        return named

    def secrecy_of(self, line: Mapping[str, Any], so_far: int = Secrecy.INTERNAL) -> int:
        """A task is no less secret than its promise."""
        return max(so_far, self.secrecy.get(line.get("commitment_id"), Secrecy.PUBLIC))


@act("plan.import_tasks", may=has_role(Role.OFFICER))
def import_tasks(actor: Any, rows: Sequence[Mapping[str, Any]], source: StoredFile | None) -> Taken:
    """Take in a list of tasks. A task is known again by its number, else by title and lead.

    Without the file they came in this is a trial: nothing is written.
    """
    new, changed, same = _sorted(actor, map(facts, rows))
    done = Taken(len(new), len(changed), same)
    touched = [*new, *(task for task, _facts in changed)]
    if source is None or not touched:
        return done
    Task.objects.bulk_create(new, batch_size=500)
    before = [fields_of(task, _named(differing)) for task, differing in changed]
    for task, differing in changed:
        for field, value in differing.items():
            setattr(task, field, value)
    if changed:
        fields = sorted({field for _task, differing in changed for field in differing})
        Task.objects.bulk_update([task for task, _facts in changed], fields, batch_size=500)
    search.refresh_many(touched)
    restate(tasks=touched)
    told = {"digest": source.digest, **asdict(done)}
    with gathered():
        record(actor, "plan.import_tasks", source, after=told, also=new)
        for (task, differing), stood in zip(changed, before, strict=True):
            record(actor, "plan.import_tasks", task, before=stood, after=fields_of(task, _named(differing)))
    return done


def _named(differing: Mapping[str, Any]) -> list[str]:
    """The fields by the names that events give them: `lead`, not `lead_id`."""
    return [Task._meta.get_field(name).name for name in differing]


def _sorted(
    actor: Any,
    lines: Iterable[dict[str, Any]],
) -> tuple[list[Task], list[tuple[Task, dict[str, Any]]], int]:
    """New tasks; known ones with what changes in them; how many stay the same."""
    known = _Known(actor)
    new, changed, same = [], [], 0
    for line in lines:
        task = known.task(line)
        if task is None:
            new.append(Task(**line, secrecy=known.secrecy_of(line)))
            continue
        if line["title_zh"] == task.title_en:  # a list in English names it so
            line = {**line, "title_zh": task.title_zh}
        if line.get("commitment_id"):
            line = {**line, "commitment_id": known.commitment(line, task)}
            line["secrecy"] = known.secrecy_of(line, task.secrecy)
        differing = {name: value for name, value in line.items() if getattr(task, name) != value}
        if differing:
            changed.append((task, differing))
        else:
            same += 1
    return new, changed, same
