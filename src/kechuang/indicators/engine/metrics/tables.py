"""The column types that all engines share."""

from __future__ import annotations

from kechuang.indicators.engine.metrics.declaration import Condition, Metric
from kechuang.indicators.engine.metrics.errors import TableError

PORTABLE = ("int64", "string", "date", "boolean")
OTHER = "other"  # carried along in rows, never counted
DIGEST = "row_digest"
Schema = tuple[tuple[str, str], ...]
_ALLOWED = {"sum": ("int64",), "min": ("int64",), "max": ("int64",), "nunique": PORTABLE}


def check_metric(metric: Metric, schema: Schema) -> None:
    """Raises TableError when the table cannot carry the metric: column absent or of an unfit type."""
    if metric.measure.column:
        _check(metric, schema, metric.measure.column, _ALLOWED[metric.measure.how], metric.measure.how)
    for dimension in metric.dimensions:
        _check(metric, schema, dimension, PORTABLE, "a dimension")
    if metric.time:
        fit = ("date", "int64") if metric.grain == "year" else ("date",)
        _check(metric, schema, metric.time, fit, f"the time field by {metric.grain}")
    for condition in metric.filter:
        _check(metric, schema, condition.column, _fit(condition), f"the condition {condition.op!r}")


def _fit(condition: Condition) -> tuple[str, ...]:
    if condition.op in ("missing", "present"):
        return (*PORTABLE, OTHER)
    return ("int64", "date") if condition.op in ("<", "<=", ">", ">=") else PORTABLE


def _check(metric: Metric, schema: Schema, column: str, fit: tuple[str, ...], use: str) -> None:
    where = f"metric {metric.id!r} on table {metric.table!r}"
    types = dict(schema)
    if column not in types:
        raise TableError(where, f"no column {column!r}", f"Columns: {', '.join(types)}.")
    if types[column] not in fit:
        raise TableError(
            where,
            f"column {column!r} is {types[column]}, but {use} needs {' or '.join(fit)}",
            "Store amounts as whole numbers of a smaller unit (fen), days as dates, codes as text.",
        )
