"""States follow from evidence: computed by the engine, kept as a row per change, never set by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Max, Min

from kechuang.core import clock
from kechuang.indicators import ports as indicators
from kechuang.plan.engine.state import Evidence, Promise, Verdict, state
from kechuang.plan.engine.workflow import STARTED_STAGES, TaskStage
from kechuang.plan.models import Commitment, ProgressReport, StateRow, Task


def restate(
    *, commitments: Iterable[Commitment] = (), tasks: Iterable[Task] = (), on: date | None = None
) -> int:
    """Compute states as of a day; a row is added where the state, its rule or its value changed. Returns how many."""
    on = on or clock.today()
    changed = sum(_keep(task, task_verdict(task, on), None, on) for task in tasks)
    for commitment in commitments:
        measured = measured_value(commitment, on)
        verdict = commitment_verdict(commitment, measured, on)
        changed += _keep(commitment, verdict, measured, on)
    return changed


def restate_task(task: Task) -> None:
    """The task and the commitment it serves."""
    restate(tasks=[task], commitments=[task.commitment] if task.commitment_id else [])


def restate_all(on: date | None = None) -> str:
    """Everything in force: time alone makes promises late. Run daily by the timetable."""
    changed = restate(
        tasks=Task.objects.exclude(stage=TaskStage.TERMINATED).iterator(),
        commitments=Commitment.objects.filter(status=Commitment.Status.ACTIVE)
        .select_related("metric")
        .iterator(),
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
    observation = indicators.latest(commitment.metric_id, commitment.cell, on)
    return observation.value if observation else None


def task_verdict(task: Task, on: date) -> Verdict:
    forecast = (
        task.reports.exclude(status=ProgressReport.Status.RETURNED)
        .exclude(forecast=None)
        .values_list("forecast", flat=True)
        .first()
    )
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


def commitment_verdict(commitment: Commitment, measured: Decimal | None, on: date) -> Verdict:
    tasks = commitment.tasks.exclude(stage=TaskStage.TERMINATED)
    facts = tasks.aggregate(
        started=Min("started_on"), reported=Max("last_report_on"), accepted=Max("accepted_on")
    )
    all_accepted = tasks.exists() and not tasks.exclude(stage=TaskStage.ACCEPTED).exists()
    promise = Promise(
        compare=commitment.compare,
        target=commitment.target_value,
        due=commitment.due,
        path_value=_path_value(commitment, on),
        report_every=tasks.aggregate(days=Max("report_every_days"))["days"] or 90,
        owed=tasks.filter(stage__in=STARTED_STAGES).exists(),
    )
    forecasts = [
        r.forecast
        for r in ProgressReport.objects.filter(task__in=tasks)
        .exclude(status=ProgressReport.Status.RETURNED)
        .exclude(forecast=None)
        .order_by("task_id", "-at")
        .distinct()
    ]
    evidence = Evidence(
        measured=measured,
        accepted_on=facts["accepted"] if all_accepted else None,
        started_on=facts["started"],
        last_report_on=facts["reported"],
        forecast=max(forecasts, default=None),
        suspended=tasks.filter(stage=TaskStage.SUSPENDED).exists(),
    )
    return state(promise, evidence, on)


def _path_value(commitment: Commitment, on: date) -> Decimal | None:
    """Where a straight path from baseline to target stands on the day; None without a baseline."""
    if None in (commitment.baseline_value, commitment.target_value, commitment.due):
        return None
    return indicators.path_value(
        commitment.promised_on, commitment.baseline_value, commitment.due, commitment.target_value, on
    )


def _keep(obj: Commitment | Task, verdict: Verdict, measured: Decimal | None, on: date) -> bool:
    newest = obj.states.filter(valid_from__lte=on).order_by("-valid_from", "-known_at", "-id").first()
    same = newest and (newest.state, newest.rule, newest.measured) == (verdict.state, verdict.rule, measured)
    if same:
        return False
    owner = {"commitment": obj} if isinstance(obj, Commitment) else {"task": obj}
    StateRow.objects.create(
        state=verdict.state,
        rule=verdict.rule,
        measured=measured,
        valid_from=on,
        known_at=clock.now(),
        **owner,
    )
    if on >= clock.today():
        obj.state = verdict.state
        fields = ["state"]
        if isinstance(obj, Commitment):
            obj.measured = measured
            fields.append("measured")
        obj.save(update_fields=fields)
    return True
