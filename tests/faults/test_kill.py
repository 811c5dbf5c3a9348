"""A process killed in the middle of an act leaves nothing half-written; a worker killed in a job leaves the job to the next."""

from __future__ import annotations

import os
import signal
import socket
import textwrap

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kechuang.core.actions import save_organisation
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Event, Organisation
from kechuang.core.verifying import verify
from kechuang.site import worker
from tests.faults.processes import python

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
HALF_AN_ACT = textwrap.dedent(
    """
    import time
    from kechuang.core.acts import SYSTEM, act
    from kechuang.core.events import record
    from kechuang.core.models import Organisation
    from kechuang.core.roles import anybody

    @act("tests.slow", may=anybody)
    def slow(actor):
        office = Organisation.objects.create(name_zh="写了一半")
        record(actor, "tests.slow", office)
        print("half", flush=True)
        time.sleep(60)

    slow(SYSTEM)
    """
)


def test_kill_9_in_the_middle_of_an_act():
    process = python(HALF_AN_ACT)
    assert process.stdout.readline().strip() == "half"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert (Organisation.objects.count(), Event.objects.count(), list(verify())) == (0, 0, [])
    assert save_organisation(SYSTEM, Organisation(name_zh="其后")).pk, "the dead writer's lock is gone"


def job(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        task_path="kechuang.indicators.actions.freshness.freshen",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after="2020-01-01T00:00:00Z",
        status=TaskResultStatus.RUNNING,
        worker_ids=list(workers),
        exception_class_path="",
        traceback="",
    )


def a_dead_process() -> int:
    process = python("pass")
    process.wait(60)
    return process.pid


def test_what_a_killed_worker_was_doing_is_taken_up():
    here = socket.gethostname()
    dead = f"aaaa@{here}:{a_dead_process()}"
    lost, earlier_life = job(dead), job(f"bbbb@{here}:{os.getpid()}")
    ours, elsewhere = job(worker.WORKER_ID), job("cccc@another-machine:1")
    alive, hopeless = job(f"dddd@{here}:{os.getppid()}"), job(*[dead] * worker.MOST_TRIES)
    assert worker.take_up_lost_jobs() == "3 taken up"
    assert worker.take_up_lost_jobs() == "0 taken up"
    status = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert [status[j.pk] for j in (lost, earlier_life)] == [TaskResultStatus.READY] * 2
    assert [status[j.pk] for j in (ours, elsewhere, alive)] == [TaskResultStatus.RUNNING] * 3
    assert status[hopeless.pk] == TaskResultStatus.FAILED


def test_the_next_worker_finishes_it():
    lost = job(f"aaaa@{socket.gethostname()}:{a_dead_process()}")
    worker.take_up_lost_jobs()
    process = python(
        "from django.core.management import call_command\n"
        "call_command('db_worker', batch=True, queue_name='*', verbosity=0, startup_delay=False, reload=False)"
    )
    assert process.wait(120) == 0
    lost.refresh_from_db()
    assert lost.status == TaskResultStatus.SUCCESSFUL and len(lost.worker_ids) == 2
