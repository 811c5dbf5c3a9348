"""A counted metric as one Ibis expression, used three ways: values, rows of a cell, digests.

All three start from the same `selected` rows and the same `keys`, so a value and the rows behind it cannot
drift apart. Only operators that DuckDB, PostgreSQL and Spark share: filter, group by, count, sum, nunique,
min, max, join on equality, cast.
"""

from __future__ import annotations

from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING

from kechuang.indicators.engine.metrics.cells import Cell
from kechuang.indicators.engine.metrics.declaration import Condition, Metric
from kechuang.indicators.engine.metrics.errors import CellError, DeclarationError, TableError
from kechuang.indicators.engine.metrics.periods import PER_YEAR, first_day
from kechuang.indicators.engine.metrics.tables import DIGEST, Schema, check_metric

if TYPE_CHECKING:
    import ibis.expr.types as ir

PERIOD, VALUE = "_period", "_value"
_COMPARE = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


class CellExpression:
    """The rows a metric selects in `table`, keyed by period and the dimensions `by`."""

    def __init__(self, metric: Metric, table: ir.Table, schema: Schema, by: tuple[str, ...]) -> None:
        check_metric(metric, schema)
        if unknown := set(by) - set(metric.dimensions):
            known = ", ".join(metric.dimensions) or "none"
            raise CellError(
                f"metric {metric.id!r}", f"no dimension {sorted(unknown)[0]!r}", f"Dimensions: {known}."
            )
        self.metric, self.by, self._types = metric, by, dict(schema)
        conditions = [self._condition(table, each) for each in metric.filter]
        self.selected = table.filter(conditions) if conditions else table

    def values(self) -> ir.Table:
        """One row a cell: the keys and `_value`."""
        return self._grouped(**{VALUE: measure_of(self.selected, self.metric)})

    def digests(self) -> ir.Table:
        """One row a cell: the keys, `_rows` and `_digest`. Needs the stored column `row_digest`."""
        return self._grouped(**self._digest(self.selected))

    def digest_of(self, rows: ir.Table) -> ir.Table:
        """One row: `_rows` and `_digest` of rows that `rows` gave."""
        return rows.agg(**self._digest(rows))

    def rows(self, cell: Cell, first: int | None) -> ir.Table:
        """The rows of a cell, whole; from period `first` when the cell reaches back (year to date)."""
        found = [same(self.selected[name], key) for name, key in zip(cell.dimensions, cell.keys, strict=True)]
        if self.metric.time and cell.period is None:
            found.append(self.selected[self.metric.time].isnull())
        elif self.metric.time:
            found += self._within(cell.period if first is None else first, cell.period)
        return self.selected.filter(found) if found else self.selected

    def keys(self) -> dict[str, ir.Value]:
        """What rows are grouped by: `_period` where the metric has time, then the dimensions."""
        period = {PERIOD: self._period()} if self.metric.time else {}
        return period | {name: self.selected[name] for name in self.by}

    def _grouped(self, **measures) -> ir.Table:
        keys = self.keys()
        return self.selected.group_by(**keys).agg(**measures) if keys else self.selected.agg(**measures)

    def _digest(self, rows: ir.Table) -> dict[str, ir.IntegerScalar]:
        if DIGEST not in self._types:
            where = f"table {self.metric.table!r}"
            raise TableError(where, f"no column {DIGEST!r}", "Take a snapshot of it: that stores one.")
        return {"_rows": rows.count(), "_digest": rows[DIGEST].sum().fill_null(0)}

    def _period(self) -> ir.IntegerValue:
        time = self.selected[self.metric.time]
        if self._types[self.metric.time] == "int64":
            return time
        year = time.year().cast("int64")
        if self.metric.grain == "year":
            return year
        part = time.month() if self.metric.grain == "month" else time.quarter()
        return year * PER_YEAR[self.metric.grain] + part.cast("int64") - 1

    def _within(self, first: int, last: int) -> list[ir.BooleanValue]:
        """Bounds on the time column itself, so that engines can skip what lies outside."""
        time = self.selected[self.metric.time]
        if self._types[self.metric.time] == "int64":
            return [time >= first, time <= last]
        return [time >= first_day(first, self.metric.grain), time < first_day(last + 1, self.metric.grain)]

    def _condition(self, table: ir.Table, condition: Condition) -> ir.BooleanValue:
        column = table[condition.column]
        if condition.op in ("missing", "present"):
            return column.isnull() if condition.op == "missing" else column.notnull()
        value = typed(condition, self._types[condition.column])
        if condition.op in ("in", "not in"):
            among = column.isin(value)
            return among if condition.op == "in" else ~among
        return _COMPARE[condition.op](column, value)


def measure_of(rows: ir.Table, metric: Metric) -> ir.IntegerScalar:
    how, column = metric.measure.how, metric.measure.column
    if how == "count":
        return rows.count()
    measured = getattr(rows[column], how)()
    return measured.fill_null(0) if how == "sum" else measured


def typed(condition: Condition, type_: str):
    """The condition's value as the column's type: dates may be written as ISO text. Raises DeclarationError."""
    kinds = {"int64": int, "string": str, "boolean": bool, "date": date}

    def read(value):
        if type_ == "date" and isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        if type(value) is not kinds[type_]:
            raise DeclarationError(
                f"filter on {condition.column!r}",
                f"{condition.value!r} is not {type_}, as the column is",
                "Write text in quotes, numbers bare, dates as 2024-12-31.",
            )
        return value

    return tuple(map(read, condition.value)) if isinstance(condition.value, tuple) else read(condition.value)


def same(column: ir.Value, key) -> ir.BooleanValue:
    """Equality where a missing key equals a missing value."""
    return column.isnull() if key is None else column == key
