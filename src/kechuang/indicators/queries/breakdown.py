"""A metric's newest period by each of its dimensions, small cells hidden where the public looks."""

from __future__ import annotations

from dataclasses import dataclass

from kechuang.core import clock
from kechuang.indicators.engine.metrics.suppression import Contribution, suppress
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries import words
from kechuang.indicators.queries.why import address


@dataclass(frozen=True)
class BrokenDown:
    """A cell of a breakdown; `hidden` ones show neither value nor a way to the rows."""

    observation: Observation
    words: str
    url: str
    hidden: bool = False


def by_dimension(metric: Metric, public: bool) -> dict[str, list[BrokenDown]]:
    """{dimension: cells, largest first} of the newest complete period."""
    rows = metric.observations.filter(current=True, end__lte=clock.today()).exclude(cell_key="")
    rows = [row for row in rows.order_by("end", "known_at", "id") if len(row.cell) == 1]
    timed = any(row.start for row in rows)
    newest = max((row.end for row in rows), default=None)
    standing = {row.cell_key: row for row in rows if not timed or row.end == newest}
    found: dict[str, list[Observation]] = {}
    for row in standing.values():
        if row.value is not None:
            found.setdefault(next(iter(row.cell)), []).append(row)
    return {name: _cells(metric, name, cells, public) for name, cells in sorted(found.items())}


def _cells(metric: Metric, name: str, rows: list[Observation], public: bool) -> list[BrokenDown]:
    hidden = hidden_keys(metric, rows) if public and metric.small_cell else set()
    rows = sorted(rows, key=lambda row: (-row.value, row.cell_key))
    return [
        BrokenDown(row, words.value(row.cell[name]), address(metric, row), row.cell_key in hidden)
        for row in rows
    ]


def hidden_keys(metric: Metric, rows: list[Observation]) -> set[str]:
    """Keys of one dimension's cells that must not be shown: the small, and as many as keep them hidden."""
    if any(row.bottom is not None for row in rows):  # quotients do not add up: only the small are hidden
        return {row.cell_key for row in rows if (row.digest_count or 0) < metric.small_cell}
    cells = {(row.cell_key,): Contribution(int(row.value), int(row.digest_count or 0)) for row in rows}
    found = suppress(cells, fewest=metric.small_cell)
    return {key for (key,) in found.primary | found.complementary}
