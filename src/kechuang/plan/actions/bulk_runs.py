"""Acts on very many tasks, done by the worker in portions: each portion is the act itself, with its own transaction.

Tasks that stand in the way are left as they are and listed with the reason. Whoever is concerned is told once, at the
end. A run whose worker was killed goes on after its last portion. A long list is one portion: all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from kechuang.core import clock, notices
from kechuang.core.acts import ACTS, may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.language import current
from kechuang.core.models import Organisation, StoredFile
from kechuang.core.sheets import Taken, without_faults
from kechuang.plan.actions.bulk import BATCH, BULK_ACTS, not_too_many
from kechuang.plan.actions.imports import import_tasks, read_tasks
from kechuang.plan.actions.telling import told_together
from kechuang.plan.models import BulkRun, Programme, Task

LARGE = 1000  # more than these are not waited for
IMPORT = "plan.import_tasks"
Stage = BulkRun.Stage
_READ = {
    "lead": lambda key: Organisation.objects.get(pk=key),
    "programme": lambda key: Programme.objects.filter(pk=key).first(),
    "due": date.fromisoformat,
}


def begin(actor: Any, verb: str, tasks: list[Task], arguments: dict[str, Any]) -> BulkRun:
    """Have the worker do it. Raises NotPermitted, and Refusal of too many, at once and not only in the worker."""
    not_too_many(tasks)
    plain = {name: getattr(value, "pk", value) for name, value in arguments.items()}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}
    return _begun(actor, verb, [row.pk for row in tasks], plain)


def begin_import(actor: Any, rows: Sequence[Mapping[str, Any]], source: StoredFile) -> BulkRun:
    """Have the worker take in a list without faults, as the act does: all of it or nothing."""
    return _begun(actor, IMPORT, [row["_row"] for row in rows], {"file": source.pk})


def _begun(actor: Any, verb: str, keys: list[int], arguments: dict[str, Any]) -> BulkRun:
    if not may(actor, verb):
        raise NotPermitted(verb)
    about = {"verb": verb, "by": actor, "tasks": keys, "arguments": arguments}
    run = BulkRun.objects.create(**about, language=current(), begun_at=clock.now())
    transaction.on_commit(partial(do_run.enqueue, run.pk))
    return run


def running(user: Any) -> list[BulkRun]:
    """What the worker still does for this person."""
    return list(BulkRun.objects.filter(by=user, stage__in=(Stage.WAITING, Stage.RUNNING))[:3])


def ask_to_stop(run: BulkRun) -> None:
    """The portion at hand is finished; the rest stays as it is."""
    BulkRun.objects.filter(pk=run.pk).update(stop=True)


@task()
def do_run(key: int) -> str:
    """The job: portion after portion, until all are done or somebody stops it."""
    run = BulkRun.objects.select_related("by").get(pk=key)
    if not run.going_on:
        return run.stage
    run.stage = Stage.RUNNING
    run.save(update_fields=["stage"])
    try:
        with override(run.language), told_together():
            while run.done < len(run.tasks) and not _stopped(run):
                _whole_list(run) if run.verb == IMPORT else _portion(run)
    except Exception as error:
        run.fault = str(error) if isinstance(error, Refusal | NotPermitted) else type(error).__name__
        _end(run, Stage.FAILED)
        raise
    _end(run, Stage.DONE if run.done == len(run.tasks) else Stage.STOPPED)
    return run.stage


def _stopped(run: BulkRun) -> bool:
    return BulkRun.objects.filter(pk=run.pk, stop=True).exists()


def _portion(run: BulkRun) -> None:
    """The act on the next tasks that nothing keeps from it, together with how far the run is then."""
    keys = run.tasks[run.done : run.done + BATCH]
    rows = Task.objects.filter(pk__in=keys).select_related("lead").order_by("due", "pk")
    in_the_way = {row.pk: why for row in rows if (why := BULK_ACTS[run.verb](row))}
    free = [row for row in rows if row.pk not in in_the_way]
    arguments = {
        name: _READ[name](value) if name in _READ else value for name, value in run.arguments.items()
    }
    with transaction.atomic():
        try:
            run.changed += ACTS[run.verb].function(run.by, free, **arguments) if free else 0
        except Refusal as refusal:
            in_the_way |= {row.pk: str(refusal) for row in free}
        run.refused += [[str(row), in_the_way[row.pk]] for row in rows if row.pk in in_the_way]
        run.done += len(keys)
        run.save(update_fields=["done", "changed", "refused"])


def _whole_list(run: BulkRun) -> None:
    """The list read and judged anew, since what it names may have changed since it was tried."""
    source = StoredFile.objects.get(pk=run.arguments["file"])
    with transaction.atomic():
        with source.content.open("rb") as content:
            sheet = without_faults(read_tasks(run.by, content.read(), source.name))
        taken = import_tasks(run.by, sheet.rows, source)
        run.arguments["taken"] = asdict(taken)
        run.changed, run.done = taken.added + taken.changed, len(run.tasks)
        run.save(update_fields=["done", "changed", "arguments"])


def outcome(run: BulkRun) -> str:
    """What came of it, in words."""
    if taken := run.arguments.get("taken"):
        return str(Taken(**taken))
    told = _("%(n)d of %(all)d tasks changed.") % {"n": run.changed, "all": len(run.tasks)}
    if not run.refused:
        return told
    left = _("%(left)d left as they were.") % {"left": len(run.refused)}
    return _("%(first)s %(second)s") % {"first": told, "second": left}


def _end(run: BulkRun, stage: str) -> None:
    run.stage, run.ended_at = stage, clock.now()
    run.save(update_fields=["stage", "ended_at", "fault"])
    notices.notify(
        [run.by],
        lambda: _("%(act)s: %(outcome)s") % {"act": title_of(run.verb), "outcome": outcome(run)},
        key=f"run:{run.pk}",
        url=run.get_absolute_url(),
    )


def title_of(verb: str) -> str:
    return {
        "plan.confirm_tasks": _("Confirm the tasks"),
        "plan.assign_tasks": _("Name the responsible organisation"),
        "plan.change_due": _("Change the due date"),
        "plan.urge_tasks": _("Urge"),
        "plan.place_tasks": _("Set the programme"),
        IMPORT: _("Import tasks"),
    }[verb]
