"""States follow from evidence: computed by the engine, kept as a row per change, never set by hand.

Everything is read for many at once: a few statements a batch, whatever its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from kechuang.core import clock
from kechuang.indicators import ports as indicators
from kechuang.indicators.actions import changed as rows_changed
from kechuang.plan.engine.state import Evidence, Promise, Verdict, state
from kechuang.plan.engine.workflow import STARTED_STAGES, TaskStage
from kechuang.plan.models import Commitment, ProgressReport, StateRow, Task

BATCH = 500
REPORT_EVERY = 90


def restate(
    *, commitments: Iterable[Commitment] = (), tasks: Iterable[Task] = (), on: date | None = None
) -> int:
    """Compute states as of a day; a row is added where the state, its rule or its value changed. Returns how many."""
    on = on or clock.today()
    changed = sum(_keep(Task, _of_tasks(rows, on), on) for rows in _batches(tasks))
    in_force = (c for c in commitments if c.status == Commitment.Status.ACTIVE and c.promised_on <= on)
    return changed + sum(_keep(Commitment, _of_commitments(rows, on), on) for rows in _batches(in_force))


def _batches(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def restate_task(task: Task) -> None:
    """The task and the commitment it serves."""
    restate(tasks=[task], commitments=[task.commitment] if task.commitment_id else [])


def restate_all(on: date | None = None) -> str:
    """Everything in force: time alone makes promises late. Run by the timetable."""
    changed = restate(
        tasks=Task.objects.exclude(stage=TaskStage.TERMINATED).iterator(),
        commitments=Commitment.objects.filter(status=Commitment.Status.ACTIVE).iterator(),
        on=on,
    )
    return f"{changed} states changed"


def restate_measured(metric_ids: set[int]) -> None:
    """Promises whose indicator has new observations."""
    restate(commitments=Commitment.objects.filter(metric__in=metric_ids, status=Commitment.Status.ACTIVE))


def measured_value(commitment: Commitment, on: date) -> Decimal | None:
    """The indicator's newest value for the commitment's cell on a day."""
    if commitment.metric_id is None:
        return None
    everything = indicators.EVERYTHING
    observation = indicators.latest(commitment.metric_id, commitment.cell, on, reader=everything)
    if observation is None or observation.value is None:
        return None
    return observation.value / commitment.metric.per_unit


Found = list[tuple[Commitment | Task, Verdict, Decimal | None]]


def _of_tasks(tasks: list[Task], on: date) -> Found:
    forecasts = _forecasts([task.pk for task in tasks])
    return [(task, _task_verdict(task, forecasts.get(task.pk), on), None) for task in tasks]


def _forecasts(keys: list[int]) -> dict[int, date]:
    """The newest expected completion of each task, from reports that were not returned."""
    reports = ProgressReport.objects.filter(task__in=keys).exclude(forecast=None)
    stand = reports.exclude(status=ProgressReport.Status.RETURNED).order_by("at", "id")
    return dict(stand.values_list("task_id", "forecast"))


def _task_verdict(task: Task, forecast: date | None, on: date) -> Verdict:
    promise = Promise(
        due=task.due,
        report_every=task.report_every_days,
        owed=task.stage not in (TaskStage.PROPOSED, TaskStage.TERMINATED),
    )
    evidence = Evidence(
        accepted_on=task.accepted_on,
        started_on=task.started_on,
        last_report_on=task.last_report_on,
        forecast=forecast,
        suspended=task.stage == TaskStage.SUSPENDED,
    )
    return state(promise, evidence, on)


def _of_commitments(commitments: list[Commitment], on: date) -> Found:
    tasks: dict[int, list[Task]] = {}
    serving = Task.objects.filter(commitment__in=[c.pk for c in commitments])
    for task in serving.exclude(stage=TaskStage.TERMINATED):
        tasks.setdefault(task.commitment_id, []).append(task)
    forecasts = _forecasts([task.pk for rows in tasks.values() for task in rows])
    found: Found = []
    for commitment in commitments:
        measured = measured_value(commitment, on)
        own = tasks.get(commitment.pk, [])
        found.append((commitment, _commitment_verdict(commitment, own, forecasts, measured, on), measured))
    return found


def _commitment_verdict(
    commitment: Commitment, tasks: list[Task], forecasts: dict[int, date], measured: Decimal | None, on: date
) -> Verdict:
    promise = Promise(
        compare=commitment.compare,
        target=commitment.target_value,
        due=commitment.due,
        path_value=_path_value(commitment, on),
        report_every=max((task.report_every_days for task in tasks), default=REPORT_EVERY),
        owed=any(task.stage in STARTED_STAGES for task in tasks),
    )
    all_accepted = tasks and all(task.stage == TaskStage.ACCEPTED for task in tasks)
    evidence = Evidence(
        measured=measured,
        accepted_on=_last(task.accepted_on for task in tasks) if all_accepted else None,
        started_on=min((task.started_on for task in tasks if task.started_on), default=None),
        last_report_on=_last(task.last_report_on for task in tasks),
        forecast=_last(forecasts.get(task.pk) for task in tasks),
        suspended=any(task.stage == TaskStage.SUSPENDED for task in tasks),
    )
    return state(promise, evidence, on)


def _last(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _path_value(commitment: Commitment, on: date) -> Decimal | None:
    """Where a straight path from baseline to target stands on the day; None without a baseline."""
    if None in (commitment.baseline_value, commitment.target_value, commitment.due):
        return None
    return indicators.path_value(
        commitment.promised_on, commitment.baseline_value, commitment.due, commitment.target_value, on
    )


def _keep(model: type[Commitment] | type[Task], found: Found, on: date) -> int:
    """Add a row for each whose state, rule or value differs from its newest row, and show it where it is today's."""
    owner = model._meta.model_name
    newest = _newest(owner, [obj.pk for obj, _, _ in found], on)
    changed = [
        (obj, verdict, measured)
        for obj, verdict, measured in found
        if newest.get(obj.pk) != [verdict.state, verdict.rule, measured]
    ]
    known = clock.now()
    StateRow.objects.bulk_create(
        StateRow(
            **{owner: obj},
            state=verdict.state,
            rule=verdict.rule,
            measured=measured,
            valid_from=on,
            known_at=known,
        )
        for obj, verdict, measured in changed
    )
    if changed and on >= clock.today():
        _show(model, changed)
        rows_changed(model._meta.label_lower)
    return len(changed)


def _newest(owner: str, keys: list[int], on: date) -> dict[int, list]:
    rows = StateRow.objects.filter(**{f"{owner}__in": keys}, valid_from__lte=on)
    ordered = rows.order_by("valid_from", "known_at", "id")
    return {key: facts for key, *facts in ordered.values_list(f"{owner}_id", "state", "rule", "measured")}


def _show(model: type[Commitment] | type[Task], changed: Found) -> None:
    alike: dict[tuple[str, Decimal | None], list[int]] = {}
    for obj, verdict, measured in changed:
        obj.state = verdict.state
        if model is Commitment:
            obj.measured = measured
        alike.setdefault((verdict.state, measured), []).append(obj.pk)
    for (shown, measured), keys in alike.items():
        facts = {"state": shown, "measured": measured} if model is Commitment else {"state": shown}
        model.objects.filter(pk__in=keys).update(**facts)
