"""What was observed of a cell, as one reader may see it: its newest value on a day, and its series."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from kechuang.core import clock
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries.cells import cell_key
from kechuang.indicators.queries.disclosure import Disclosure


def latest(
    metric_id: int, cell: dict | None = None, on: date | None = None, *, reader: Disclosure
) -> Observation | None:
    """The newest observation of a cell on a day: the latest period ended by then, in its latest vintage known then.

    A period that lost its rows is passed over; a metric without time may have no value on its newest day. None
    where the reader may not see it: an older one in its place would pass for it.
    """
    on = on or clock.today()
    found = _newest(_known(metric_id, cell, on), on)
    return None if found is None or reader.hides(found) else found


def series(
    metric_id: int, cell: dict | None = None, on: date | None = None, *, reader: Disclosure
) -> list[Observation]:
    """The newest vintage of every period of a cell that the reader may see, oldest first, as known on a day."""
    rows = _known(metric_id, cell, on or clock.today()).exclude(end=None).order_by("known_at", "id")
    newest = {row.end: row for row in rows}
    return reader.shown(newest[end] for end in sorted(newest) if newest[end].value is not None)


def may_tell(value: Decimal, metric: Metric | None, cell: dict, on: date, reader: Disclosure) -> bool:
    """Whether a value that was taken from a cell on a day, and kept elsewhere, may be told to the reader.

    The public is told only what an observation that it may see still stands behind.
    """
    if reader.sees_everything:
        return True
    found = metric and latest(metric.pk, cell, on, reader=reader)
    return found is not None and found.value == value


def _known(metric_id: int, cell: dict | None, on: date) -> QuerySet[Observation]:
    rows = Observation.objects.filter(metric_id=metric_id, cell_key=cell_key(cell or {}))
    return rows.filter(known_at__date__lte=on).select_related("metric")


def _newest(known: QuerySet[Observation], on: date) -> Observation | None:
    passed = None
    for row in known.filter(end__lte=on).order_by("-end", "-known_at", "-id").iterator(50):
        if row.end != passed and (row.value is not None or row.start is None):
            return row
        passed = row.end
    return known.filter(end=None).order_by("-known_at", "-id").first()
