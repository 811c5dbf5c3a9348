"""A queue with ten thousand jobs holds up neither acts nor pages, and is worked off."""

from __future__ import annotations

import time

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kechuang.core.actions import save_organisation
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from tests.faults.processes import python

JOBS, WORKED_OFF, WITHIN = 10_000, 200, 0.5


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_jobs_wait(client):
    DBTaskResult.objects.bulk_create(
        DBTaskResult(
            task_path="kechuang.indicators.actions.freshness.freshen",
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            run_after="2020-01-01T00:00:00Z",
            exception_class_path="",
            traceback="",
        )
        for _ in range(JOBS)
    )
    started = time.process_time()
    office = save_organisation(SYSTEM, Organisation(name_zh="照常"))
    assert client.get(office.get_absolute_url()).status_code == 200
    assert time.process_time() - started < WITHIN
    process = python(
        "from django.core.management import call_command\n"
        f"call_command('db_worker', max_tasks={WORKED_OFF}, queue_name='*', verbosity=0, startup_delay=False, reload=False)"
    )
    assert process.wait(300) == 0
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).count()
    assert done == WORKED_OFF and DBTaskResult.objects.ready().count() == JOBS - WORKED_OFF
