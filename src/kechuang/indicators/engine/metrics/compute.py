"""Values, rows and digests of declared metrics on any engine, and the proof that they agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kechuang.indicators.engine.metrics.catalogue import Catalogue, Declared
from kechuang.indicators.engine.metrics.cells import Cell, Digest, Observation
from kechuang.indicators.engine.metrics.compile import CellExpression
from kechuang.indicators.engine.metrics.compile_derived import Part, parts_of
from kechuang.indicators.engine.metrics.declaration import Measure, Metric
from kechuang.indicators.engine.metrics.engines import Engine
from kechuang.indicators.engine.metrics.errors import CellError, TableError
from kechuang.indicators.engine.metrics.sql import Shape, digests_sql, expression_of, sql_of, values_sql
from kechuang.indicators.engine.metrics.tables import DIGEST


@dataclass(frozen=True, slots=True)
class PartRows:
    """The rows above or below the line of a cell: `columns` and `rows` as the engine gave them."""

    part: Part
    columns: tuple[str, ...]
    rows: list[tuple]

    def measure(self) -> int | None:
        """The part's whole number, counted here in Python from the rows alone."""
        return measure_rows(self.part.metric.measure, self.columns, self.rows)

    @property
    def absent(self) -> bool:
        """Whether the part is a cell that does not exist: it has keys, and no row has them."""
        return not self.rows and (self.part.cell.period is not None or bool(self.part.cell.dimensions))


class Calculator:
    """Runs the metrics of a catalogue on one engine."""

    def __init__(self, catalogue: Catalogue, engine: Engine) -> None:
        self.catalogue, self.engine = catalogue, engine

    def values(self, id: str, by: Iterable[str] | None = None) -> list[Observation]:
        """One observation a cell, by all dimensions of the metric or the given ones, in order of keys.

        Raises MetricError when the metric, the table or a dimension does not fit.
        """
        declared = self.catalogue[id]
        by = self._dimensions(declared, by)
        timed = bool(self.catalogue.base(declared).time)
        found = []
        for row in self.engine.fetch(values_sql(id, by, *self._needed(declared), self.engine.dialect)):
            period, rest = (row[0], row[1:]) if timed else (None, row)
            cell = Cell(None if period is None else int(period), by, tuple(rest[: len(by)]))
            found.append(self._observation(declared, cell, [_whole(number) for number in rest[len(by) :]]))
        return sorted(found, key=_order)

    def rows(self, id: str, cell: Cell, limit: int | None = None) -> list[PartRows]:
        """The rows behind a cell: one part for a counted metric, top and bottom for a quotient."""
        return [self._part_rows(part, limit) for part in self.parts(id, cell)]

    def parts(self, id: str, cell: Cell) -> list[Part]:
        declared = self.catalogue[id]
        base = self.catalogue.base(declared)
        if cell.period is None and base.time and declared is not base:
            raise CellError(f"metric {id!r}", "a derived value needs a period", f"Add {base.grain}=….")
        return parts_of(declared, cell, self.catalogue)

    def digest(self, part: Part) -> Digest:
        """How many rows stand behind a part, and the sum of their stored digests."""
        expression = self._expression(part.metric, part.cell.dimensions)
        rows = expression.rows(part.cell, part.first)
        ((count, total),) = self.engine.fetch(self._sql(expression.digest_of(rows)))
        return Digest(count, int(total))

    def digests(self, id: str, by: Iterable[str] | None = None) -> dict[Cell, Digest]:
        """Digests of all cells of a counted metric in one query."""
        metric = self.catalogue.base(self.catalogue[id])
        by = self._dimensions(metric, by)
        timed = bool(metric.time)
        found = {}
        for row in self.engine.fetch(digests_sql(metric, by, self._shape(metric.table), self.engine.dialect)):
            period = int(row[0]) if timed and row[0] is not None else None
            found[Cell(period, by, tuple(row[timed:-2]))] = Digest(row[-2], int(row[-1]))
        return found

    def recount(self, id: str, cell: Cell, parts: list[PartRows]) -> Observation:
        """The observation recomputed from its rows alone: equal to the one in `values`, or something is wrong."""
        numbers = [part.measure() for part in parts]
        if len(parts) == 2:  # no such cell is another thing than a cell that counts nothing
            numbers = [None if part.absent else number for part, number in zip(parts, numbers, strict=True)]
        return self._observation(self.catalogue[id], cell, numbers)

    def _observation(self, declared: Declared, cell: Cell, numbers: list[int | None]) -> Observation:
        if len(numbers) == 1:
            return Observation(cell, numbers[0], numbers[0])
        top, bottom = numbers
        if top is None:
            top = self.catalogue.base(declared).measure.of_nothing
        return Observation(cell, declared.quotient(top, bottom), top, bottom)

    def _part_rows(self, part: Part, limit: int | None) -> PartRows:
        expression = self._expression(part.metric, part.cell.dimensions)
        rows = expression.rows(part.cell, part.first)
        found = self.engine.fetch(self._sql(rows if limit is None else rows.limit(limit)))
        return PartRows(part, tuple(rows.columns), found)

    def _dimensions(self, declared: Declared, by: Iterable[str] | None) -> tuple[str, ...]:
        return self.catalogue.base(declared).dimensions if by is None else tuple(by)

    def _needed(self, declared: Declared) -> tuple[tuple[Declared, ...], tuple[Shape, ...]]:
        """The declarations that a metric is built on, itself first, and the shapes of the tables they count."""
        needed = self.catalogue.line(declared)
        tables = dict.fromkeys(each.table for each in needed if isinstance(each, Metric))
        return needed, tuple(self._shape(table) for table in tables)

    def _shape(self, table: str) -> Shape:
        return Shape(table, self.engine.relation(table), self.engine.schema(table))

    def _expression(self, metric: Metric, by: tuple[str, ...]) -> CellExpression:
        return expression_of(metric, by, self._shape(metric.table))

    def _sql(self, expression) -> str:
        return sql_of(expression, self.engine.dialect)


def measure_rows(measure: Measure, columns: tuple[str, ...], rows: list[tuple]) -> int | None:
    """The measure of given rows, by plain Python: what every engine must agree with."""
    if measure.how == "count":
        return len(rows)
    at = columns.index(measure.column)
    present = [row[at] for row in rows if row[at] is not None]
    if measure.how == "nunique":
        return len(set(present))
    if measure.how == "sum":
        return sum(present)
    return (min if measure.how == "min" else max)(present, default=None)


def digest_rows(part: PartRows) -> Digest:
    """The digest of fetched rows. Raises TableError where the table stores no row digest."""
    if DIGEST not in part.columns:
        raise TableError(
            f"table {part.part.metric.table!r}", f"no column {DIGEST!r}", "Take a snapshot of it first."
        )
    at = part.columns.index(DIGEST)
    return Digest(len(part.rows), sum(row[at] for row in part.rows))


def _whole(number) -> int | None:
    return None if number is None else int(number)


def _order(observation: Observation) -> tuple:
    period, keys = observation.cell.period, observation.cell.keys
    return (period is None, period or 0, *((key is None, "" if key is None else str(key)) for key in keys))
