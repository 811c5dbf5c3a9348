"""The timetable: jobs register at start, the worker runs what is due, each (job, due time) once."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction

from kechuang.core import clock
from kechuang.core.models.schedule import Schedule, ScheduleRun

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[], object]


_jobs: dict[str, Job] = {}


def register(name: str, every: timedelta, run: Callable[[], object]) -> None:
    _jobs[name] = Job(name, every, run)


def jobs() -> dict[str, Job]:
    return dict(_jobs)


def install() -> None:
    """A row for every registered job; existing rows keep their rhythm."""
    for job in _jobs.values():
        Schedule.objects.get_or_create(
            job=job.name, defaults={"every_seconds": int(job.every.total_seconds()), "next_due": clock.now()}
        )


def run_due() -> list[ScheduleRun]:
    """Run what is due now. Missed times are caught up with one run, not one for each."""
    now = clock.now()
    due = Schedule.objects.filter(active=True, next_due__lte=now, job__in=_jobs).order_by("next_due")
    return [run for row in due if (run := _run(row, now))]


def _run(row: Schedule, now: datetime) -> ScheduleRun | None:
    run = _claim(row, now)
    if run is None:
        return None
    try:
        run.outcome, run.ok = str(_jobs[row.job].run() or ""), True
    except Exception:
        run.outcome, run.ok = traceback.format_exc(), False
        log.exception("job failed", job=row.job)
    run.finished = clock.now()
    run.save()
    return run


def _claim(row: Schedule, now: datetime) -> ScheduleRun | None:
    """Only one worker gets the run: (job, due) is unique."""
    every = timedelta(seconds=row.every_seconds)
    missed = (now - row.next_due) // every
    try:
        with transaction.atomic():
            run = ScheduleRun.objects.create(job=row.job, due=row.next_due, started=now)
            Schedule.objects.filter(pk=row.pk).update(next_due=row.next_due + (missed + 1) * every)
            return run
    except IntegrityError:
        return None
