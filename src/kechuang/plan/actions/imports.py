"""A list of tasks taken in as a whole: all or nothing, the same twice, one event with the file's hash and counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import search
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Organisation, OrganisationName, Role, StoredFile
from kechuang.core.roles import has_role
from kechuang.plan.actions.states import restate
from kechuang.plan.engine.tasklist import Fault, Line, TableError, check, table
from kechuang.plan.models import Commitment, Programme, Task


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    changed: int
    same: int
    faults: tuple[Fault, ...] = ()


def try_import(data: bytes, name: str) -> Imported:
    """What an import would do, without doing it."""
    lines, faults = _read(data, name)
    if faults:
        return Imported(0, 0, 0, tuple(faults))
    new, changed, same = _sorted(lines)
    return Imported(len(new), len(changed), same)


@act("plan.import_tasks", may=has_role(Role.OFFICER))
def import_tasks(actor: Any, file: StoredFile) -> Imported:
    """Take in a list of tasks. A task is known again by its number, else by title and lead."""
    with file.content.open("rb") as stored:
        lines, faults = _read(stored.read(), file.name)
    if faults:
        raise Refusal(
            _("The list has %(n)d faults; nothing was taken in.") % {"n": len(faults)}, field="file"
        )
    new, changed, same = _sorted(lines)
    Task.objects.bulk_create(new, batch_size=500)
    for task, facts in changed:
        for field, value in facts.items():
            setattr(task, field, value)
    touched = [*new, *(task for task, _facts in changed)]
    if changed:
        fields = sorted({field for _task, facts in changed for field in facts})
        Task.objects.bulk_update([task for task, _facts in changed], fields, batch_size=500)
    if touched:
        search.refresh_many(touched)
        restate(tasks=touched)
        counts = {"added": len(new), "changed": len(changed), "same": same}
        record(actor, "plan.import_tasks", file, after={"digest": file.digest, **counts})
    return Imported(len(new), len(changed), same)


def _read(data: bytes, name: str) -> tuple[list[Line], list[Fault]]:
    try:
        lines, faults = check(table(data), _names())
    except TableError as error:
        raise Refusal(f"{name}: {error.said(_)}", field="file") from error
    return lines, [replace(fault, remedy=fault.said(_), values={}) for fault in faults]


def _names() -> dict[str, dict[str, int]]:
    """Every name that a cell may use for an organisation, a programme or a promise."""
    also = OrganisationName.objects.values_list("name", "organisation_id")
    leads = dict(also) | {
        name: key
        for key, zh, en in Organisation.objects.values_list("pk", "name_zh", "name_en")
        for name in (zh, en)
        if name
    }
    return {
        "lead": leads,
        "programme": dict(Programme.objects.values_list("name_zh", "pk")),
        "commitment": dict(Commitment.objects.filter(status="active").values_list("title_zh", "pk")),
    }


def _sorted(lines: list[Line]) -> tuple[list[Task], list[tuple[Task, dict[str, Any]]], int]:
    """New tasks; known ones with what changes in them; how many stay the same."""
    by_number, by_title = {}, {}
    for task in Task.objects.all():
        by_title.setdefault((task.title_zh, task.lead_id), task)
        if task.number:
            by_number[task.number] = task
    new, changed, same = [], [], 0
    for line in lines:
        number = line.facts.get("number")
        task = (
            by_number.get(number) if number else by_title.get((line.facts["title_zh"], line.facts["lead_id"]))
        )
        if task is None:
            new.append(Task(**line.facts))
            continue
        differing = {name: value for name, value in line.facts.items() if getattr(task, name) != value}
        if differing:
            changed.append((task, differing))
        else:
            same += 1
    return new, changed, same
