"""What visitors may not see: numbers behind which few stand, and as many more as keep those hidden.

A number made of others is hidden with any of them: a ratio tells its top to whoever knows its bottom, a growth rate
the former value, and two sums of the year to date the month between them. Of a small register without periods only
the newest state is shown, since two states tell who came between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from kechuang.indicators.engine.metrics import Catalogue, Cell, Declared
from kechuang.indicators.engine.metrics import Metric as Counted
from kechuang.indicators.engine.metrics.compile_derived import parts_of
from kechuang.indicators.engine.metrics.periods import index_of
from kechuang.indicators.engine.metrics.suppression import Contribution, suppress
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries.calculate import catalogue
from kechuang.indicators.queries.cells import bounds, cell_key, code_of, id_of


class Disclosure:
    """For one person and one page. Members see everything; what was looked up is remembered."""

    def __init__(self, user: Any = None) -> None:
        self.sees_everything = user is not None and getattr(user, "is_authenticated", False)
        self._tables: dict[tuple[str, str], dict[date | None, list[Observation]]] = {}
        self._hidden: dict[tuple[str, str, date | None], set[str]] = {}

    @cached_property
    def _within(self) -> Catalogue:
        return catalogue()

    @cached_property
    def _declared(self) -> dict[str, Declared]:
        return {each.id: each for each in self._within}

    @cached_property
    def _small(self) -> dict[str, int]:
        return dict(Metric.objects.filter(small_cell__gt=0).values_list("code", "small_cell"))

    def guarded(self, metric: Metric) -> bool:
        """Whether anything of this metric may have to be hidden from this person."""
        if self.sees_everything:
            return False
        return not metric.public or (bool(self._small) and self._fewest(id_of(metric.code)) > 0)

    def shown(self, rows: Iterable[Observation]) -> list[Observation]:
        """Those that may be seen."""
        return [row for row in rows if not self.hides(row)]

    def hides(self, row: Observation) -> bool:
        """Whether this observation must not be shown. `row.metric` is read: select it with the rows."""
        if not self.guarded(row.metric):
            return False
        if (
            not row.metric.public or not row.current
        ):  # a former vintage beside a later one tells who came late
            return True
        declared = self._within[id_of(row.metric.code)]
        base = self._within.base(declared)
        names = tuple(name for name in base.dimensions if name in row.cell)
        if len(names) < len(row.cell) or len(names) > 1 or (base.time and row.end is None):
            return True
        if not base.time and row.end != self._newest(row):
            return True
        period = index_of(row.end, base.grain) if base.time else None
        cell = Cell(period, names, tuple(row.cell[name] for name in names))
        return any(
            self._part_hidden(part.metric, part.cell, end, self._fewest(declared.id))
            for part in parts_of(declared, cell, self._within)
            for end in _ends(part.metric, part.first, part.cell.period, row.end)
        )

    def _fewest(self, id: str) -> int:
        """The largest bound among a metric and those it is made of; 0 where there is none."""
        if id not in self._declared:
            return 0
        declared = self._declared[id]
        made_of = [name for name in (getattr(declared, "of", ""), getattr(declared, "over", "")) if name]
        return max([self._small.get(code_of(id), 0), *map(self._fewest, made_of)])

    def _part_hidden(self, metric: Counted, cell: Cell, end: date | None, fewest: int) -> bool:
        dimension = cell.dimensions[0] if cell.dimensions else ""
        key = (metric.id, dimension, end)
        if key not in self._hidden:
            rows = self._rows(metric, dimension, end)
            self._hidden[key] = _too_small(rows, fewest) if dimension else _small_whole(rows, fewest)
        return cell_key(dict(zip(cell.dimensions, cell.keys, strict=True))) in self._hidden[key]

    def _newest(self, row: Observation) -> date | None:
        """The day of the newest state of an observation's cell."""
        same = Observation.objects.filter(metric=row.metric_id, cell_key=row.cell_key, current=True)
        return same.order_by("-end").values_list("end", flat=True).first()

    def _rows(self, metric: Counted, dimension: str, end: date | None) -> list[Observation]:
        """The cells of one dimension (the whole without one) that stand side by side at a period's end.

        A metric without time has one state, the newest: cells of other days are not among them.
        """
        if (metric.id, dimension) not in self._tables:
            rows = Observation.objects.filter(metric__code=code_of(metric.id), current=True)
            rows = rows.exclude(value=None).order_by("end", "known_at", "id")
            found: dict[date | None, list[Observation]] = defaultdict(list)
            for row in rows if dimension else rows.filter(cell_key=""):
                if list(row.cell) == ([dimension] if dimension else []):
                    found[row.end if metric.time else None].append(row)
            self._tables[metric.id, dimension] = found
        rows = self._tables[metric.id, dimension].get(end if metric.time else None, [])
        return list({row.cell_key: row for row in rows}.values())


def _ends(metric: Counted, first: int | None, last: int | None, end: date | None) -> list[date | None]:
    """Last days of the periods that a part is made of."""
    if last is None:
        return [end]
    return [bounds(period, metric.grain)[1] for period in range(last if first is None else first, last + 1)]


def _small_whole(rows: list[Observation], fewest: int) -> set[str]:
    return {row.cell_key for row in rows if 0 < (row.digest_count or 0) < fewest}


def _too_small(rows: list[Observation], fewest: int) -> set[str]:
    """Keys of the cells of one dimension to hide: the small, and as many as keep them hidden."""
    if any(row.value < 0 for row in rows):  # gains and losses: sums give no bound, so nothing is shown
        return {row.cell_key for row in rows}
    cells = {(row.cell_key,): Contribution(int(row.value), int(row.digest_count or 0)) for row in rows}
    found = suppress(cells, fewest=fewest)
    return {key for (key,) in found.primary | found.complementary}
