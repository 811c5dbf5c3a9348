"""The worker: the timetable and the queue of jobs in one process."""

from __future__ import annotations

import importlib
import signal
import threading

import structlog
from django.core.management import call_command
from django.db import close_old_connections, connection

from kechuang.core import schedule

log = structlog.get_logger()
TICK = 5.0


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


def work() -> None:
    """Run until SIGTERM or Ctrl-C: jobs within half a second, the timetable every few seconds."""
    _warm_up()
    stop = threading.Event()
    ticking = threading.Thread(target=_timetable, args=(stop,), daemon=True)
    ticking.start()
    try:
        call_command(
            "db_worker", queue_name="*", interval=0.5, verbosity=0, startup_delay=False, reload=False
        )
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        stop.set()
        ticking.join(TICK + 1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
