"""Taking snapshots of registered tables, and letting go of those nothing points to."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.db.models import Q

from kechuang.core import clock
from kechuang.core.errors import Refusal
from kechuang.indicators.engine.metrics import take_snapshot
from kechuang.indicators.models import Observation, Snapshot
from kechuang.indicators.queries import snapshots
from kechuang.indicators.registry import table


def take(name: str) -> Snapshot:
    """Export a registered table and keep it under the name of its content; the same content is kept once."""
    known = table(name)
    if known is None:
        raise Refusal(
            f"table {name!r} is not registered", remedy="Register it in the domain's AppConfig.ready()."
        )
    made = take_snapshot(name, known.rows())
    path = snapshots.path_of(made.name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_bytes(made.content)
        partial.replace(path)
    row, new = Snapshot.objects.get_or_create(
        name=made.name, defaults={"table": name, "rows": made.rows, "taken_at": clock.now()}
    )
    if not new:  # the newest by time is the one calculators read
        Snapshot.objects.filter(pk=row.pk).update(taken_at=clock.now())
    return row


def let_go(tables: Iterable[str]) -> int:
    """Remove snapshots of these tables that no observation points to, but the newest; returns how many."""
    gone = 0
    for name in set(tables):
        used = Observation.objects.filter(Q(snapshot__table=name) | Q(over_snapshot__table=name))
        keep = {pk for pair in used.values_list("snapshot", "over_snapshot").distinct() for pk in pair}
        newest = snapshots.newest(name)
        for row in Snapshot.objects.filter(table=name).exclude(pk__in=keep | {newest and newest.pk}):
            row.delete()
            snapshots.path_of(row.name).unlink(missing_ok=True)
            gone += 1
    return gone
