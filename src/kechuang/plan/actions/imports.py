"""A list of tasks taken in as a whole: all or nothing, the same twice, one event with the file's hash and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kechuang.core import search
from kechuang.core.acts import act
from kechuang.core.engine.sheets import Field, Sheet
from kechuang.core.events import record
from kechuang.core.models import Organisation, OrganisationName, Role, StoredFile
from kechuang.core.roles import has_role
from kechuang.core.sheets import Taken, table_of
from kechuang.plan.actions.states import restate
from kechuang.plan.engine.tasklist import MOST_ROWS, checked, columns, facts
from kechuang.plan.models import Commitment, Programme, Task


def task_columns() -> list[Field]:
    """The columns of the list, with every name that a cell may use."""
    there = Organisation.objects.exclude(standing=Organisation.Standing.WITHDRAWN)
    names = OrganisationName.objects.filter(organisation__in=there)
    leads = dict(names.values_list("name", "organisation_id")) | {
        name: key
        for key, zh, en in there.values_list("pk", "name_zh", "name_en")
        for name in (zh, en)
        if name
    }
    return columns(
        leads,
        dict(Programme.objects.values_list("name_zh", "pk")),
        dict(Commitment.objects.filter(status="active").values_list("title_zh", "pk")),
    )


def read_tasks(data: bytes, name: str) -> Sheet:
    """The rows of a list with every fault. Raises Refusal when the file cannot be read."""
    return checked(table_of(data, name, task_columns(), MOST_ROWS))


@act("plan.import_tasks", may=has_role(Role.OFFICER))
def import_tasks(actor: Any, rows: Sequence[Mapping[str, Any]], source: StoredFile | None) -> Taken:
    """Take in a list of tasks. A task is known again by its number, else by title and lead.

    Without the file they came in this is a trial: nothing is written.
    """
    new, changed, same = _sorted(map(facts, rows))
    done = Taken(len(new), len(changed), same)
    touched = [*new, *(task for task, _facts in changed)]
    if source is None or not touched:
        return done
    Task.objects.bulk_create(new, batch_size=500)
    for task, differing in changed:
        for field, value in differing.items():
            setattr(task, field, value)
    if changed:
        fields = sorted({field for _task, differing in changed for field in differing})
        Task.objects.bulk_update([task for task, _facts in changed], fields, batch_size=500)
    search.refresh_many(touched)
    restate(tasks=touched)
    record(actor, "plan.import_tasks", source, after={"digest": source.digest, **asdict(done)})
    return done


def _sorted(
    lines: Iterable[dict[str, Any]],
) -> tuple[list[Task], list[tuple[Task, dict[str, Any]]], int]:
    """New tasks; known ones with what changes in them; how many stay the same."""
    by_number, by_title = {}, {}
    for task in Task.objects.all():
        by_title.setdefault((task.title_zh, task.lead_id), task)
        if task.number:
            by_number[task.number] = task
    new, changed, same = [], [], 0
    for line in lines:
        number = line.get("number")
        task = by_number.get(number) if number else by_title.get((line["title_zh"], line["lead_id"]))
        if task is None:
            new.append(Task(**line))
            continue
        differing = {name: value for name, value in line.items() if getattr(task, name) != value}
        if differing:
            changed.append((task, differing))
        else:
            same += 1
    return new, changed, same
