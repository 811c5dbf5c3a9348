"""The timetable runs what is due, once for each due time, and catches up with one run."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from kechuang.core import clock, schedule
from kechuang.core.models import Schedule, ScheduleRun

pytestmark = pytest.mark.django_db
START = timezone.make_aware(datetime(2026, 1, 5, 8, 0))


@pytest.fixture
def calls(monkeypatch):
    made = []
    monkeypatch.setattr(schedule, "_jobs", {})
    schedule.register("tests.job", timedelta(hours=1), lambda: made.append(clock.now()))
    with clock.at(START):
        schedule.install()
    return made


def test_each_due_time_runs_once(calls):
    with clock.at(START):
        assert len(schedule.run_due()) == 1 and schedule.run_due() == []
    with clock.at(START + timedelta(hours=1)):
        schedule.run_due()
    assert len(calls) == 2 and ScheduleRun.objects.filter(ok=True).count() == 2


def test_missed_times_are_caught_up_with_one_run(calls):
    with clock.at(START + timedelta(hours=9, minutes=5)):
        schedule.run_due()
        assert schedule.run_due() == []
    assert len(calls) == 1
    assert Schedule.objects.get().next_due == START + timedelta(hours=10)


def test_another_worker_does_not_run_it_again(calls):
    row = Schedule.objects.get()
    with clock.at(START):
        assert schedule._claim(row, clock.now()) is not None
        assert schedule._claim(row, clock.now()) is None


def test_a_failing_job_is_kept_with_its_reason(calls):
    def fails():
        raise RuntimeError("disk full")

    schedule.register("tests.job", timedelta(hours=1), fails)
    with clock.at(START):
        (run,) = schedule.run_due()
    assert run.ok is False and "disk full" in run.outcome
