"""No act may leave a row otherwise than its events vouch for: what it changes has an event, or stands in `also`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection

from kechuang.core import acts, gathering
from kechuang.core.models import Event
from kechuang.core.verifying import row_faults

FEW = 60  # events: every act is watched
MOST = 3_000  # up to so many each act is watched once, since watching reads all rows twice; beyond, none
_watched_among_many: set[str] = set()


def watching(
    gathered: Callable[[], AbstractContextManager], told: Callable[[str], None]
) -> Callable[[], AbstractContextManager]:
    """`gathered`, telling of each fault that a block leaves and that was not there before it."""

    @contextmanager
    def watched() -> Iterator[None]:
        outer = gathering.waiting() is None and _is_watched(Event.objects.count())
        before = set(_rows_with_faults()) if outer else set()
        with gathered():
            yield
        if outer and not connection.needs_rollback:
            for row, fault in _rows_with_faults().items():
                if row not in before:
                    told(fault)

    return watched


def _is_watched(events: int) -> bool:
    if events <= FEW:
        return True
    verb = _verb()
    if events > MOST or verb in _watched_among_many:
        return False
    _watched_among_many.add(verb)
    return True


def _verb() -> str:
    """The act that is being done; "" where something else gathers events."""
    frame = sys._getframe()
    while frame and frame.f_globals is not vars(acts):
        frame = frame.f_back
    return frame.f_locals["verb"] if frame else ""


def _rows_with_faults() -> dict[str, str]:
    return {fault.partition(": ")[0]: fault for fault in row_faults()}
