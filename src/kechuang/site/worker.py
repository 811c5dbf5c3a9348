"""The worker: the timetable and the queue of jobs in one process."""

from __future__ import annotations

import importlib
import os
import secrets
import signal
import socket
import threading
from datetime import timedelta

import structlog
from django.core.management import call_command
from django.db import close_old_connections, connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kechuang.core import schedule

log = structlog.get_logger()
TICK = 5.0
MOST_TRIES = 3
# a process id comes again, in a container always the same: the first part tells lives apart
WORKER_ID = f"{secrets.token_hex(4)}@{socket.gethostname()}:{os.getpid()}"


def _timetable(stop: threading.Event) -> None:
    schedule.install()
    while not stop.wait(TICK):
        close_old_connections()
        try:
            schedule.run_due()
        except Exception:
            log.exception("timetable")
    connection.close()


def _warm_up() -> None:
    """Load what computing needs now, so that the first act's numbers are as fresh as the later ones'."""
    for name in ("duckdb", "ibis.backends.duckdb", "pyarrow.parquet"):
        importlib.import_module(name)


def take_up_lost_jobs() -> str:
    """Queue again what a worker of this machine was doing when it was killed; give up after MOST_TRIES workers."""
    lost = [job for job in DBTaskResult.objects.running() if _is_lost(job)]
    for job in lost:
        again = len(job.worker_ids) < MOST_TRIES
        status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        DBTaskResult.objects.filter(pk=job.pk, worker_ids=job.worker_ids).update(status=status)
        log.warning("job of a dead worker", job=str(job.pk), task=job.task_path, again=again)
    return f"{len(lost)} taken up"


def _is_lost(job: DBTaskResult) -> bool:
    """Whether its worker ran here and is gone. Of other machines nothing is known: their own workers look after them."""
    host, _colon, rest = (
        job.worker_ids[-1].rpartition("@")[2].partition(":") if job.worker_ids else ("", "", "")
    )
    if host != socket.gethostname() or job.worker_ids[-1] == WORKER_ID:
        return False
    pid = int(rest) if rest.isdigit() else 0
    return pid in (0, os.getpid()) or not _is_alive(pid)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def prune_jobs() -> str:
    """Forget jobs that ended long ago."""
    call_command("prune_db_task_results", verbosity=0)
    return ""


def work() -> None:
    """Run until SIGTERM or Ctrl-C: jobs within half a second, the timetable every few seconds."""
    _warm_up()
    schedule.register("site.lost_jobs", timedelta(minutes=1), take_up_lost_jobs)
    schedule.register("site.prune_jobs", timedelta(days=1), prune_jobs)
    stop = threading.Event()
    ticking = threading.Thread(target=_timetable, args=(stop,), daemon=True)
    ticking.start()
    try:
        call_command(
            "db_worker",
            queue_name="*",
            interval=0.5,
            verbosity=0,
            startup_delay=False,
            reload=False,
            worker_id=WORKER_ID,
        )
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        stop.set()
        ticking.join(TICK + 1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
