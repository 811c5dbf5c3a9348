"""No act may leave a row otherwise than its events vouch for: what it changes has an event, or stands in `also`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection

from kechuang.core import gathering
from kechuang.core.models import Event
from kechuang.core.verifying import row_faults

MOST = 3_000  # events, beyond which acts are not watched


def watching(
    gathered: Callable[[], AbstractContextManager], told: Callable[[str], None]
) -> Callable[[], AbstractContextManager]:
    """`gathered`, telling of each fault that a block leaves and that was not there before it."""

    @contextmanager
    def watched() -> Iterator[None]:
        outer = gathering.waiting() is None and Event.objects.count() <= MOST
        before = set(_rows_with_faults()) if outer else set()
        with gathered():
            yield
        if outer and not connection.needs_rollback:
            for row, fault in _rows_with_faults().items():
                if row not in before:
                    told(fault)

    return watched


def _rows_with_faults() -> dict[str, str]:
    return {fault.partition(": ")[0]: fault for fault in row_faults()}
