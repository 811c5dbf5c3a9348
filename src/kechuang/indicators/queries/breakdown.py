"""A metric's newest period by each of its dimensions, small cells hidden where the public looks."""

from __future__ import annotations

from dataclasses import dataclass

from kechuang.core import clock
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries import words
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.why import address


@dataclass(frozen=True)
class BrokenDown:
    """A cell of a breakdown; `hidden` ones show neither value nor a way to the rows."""

    observation: Observation
    words: str
    url: str
    hidden: bool = False


def by_dimension(metric: Metric, disclosure: Disclosure) -> dict[str, list[BrokenDown]]:
    """{dimension: cells, largest first} of the newest complete period."""
    rows = (
        metric.observations.filter(current=True, end__lte=clock.today())
        .exclude(cell_key="")
        .select_related("metric")
    )
    rows = [row for row in rows.order_by("end", "known_at", "id") if len(row.cell) == 1]
    timed = any(row.start for row in rows)
    newest = max((row.end for row in rows), default=None)
    standing = {row.cell_key: row for row in rows if not timed or row.end == newest}
    found: dict[str, list[Observation]] = {}
    for row in standing.values():
        if row.value is not None:
            found.setdefault(next(iter(row.cell)), []).append(row)
    return {name: _cells(metric, name, cells, disclosure) for name, cells in sorted(found.items())}


def _cells(metric: Metric, name: str, rows: list[Observation], disclosure: Disclosure) -> list[BrokenDown]:
    rows = sorted(rows, key=lambda row: (-row.value, row.cell_key))
    return [
        BrokenDown(
            row,
            words.value(row.cell[name], metric.tables.split()[0], name),
            address(metric, row),
            disclosure.hides(row),
        )
        for row in rows
    ]
