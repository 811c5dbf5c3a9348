"""Cells between the engine, the database and addresses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kechuang.indicators.engine.metrics import Cell, Metric
from kechuang.indicators.engine.metrics.periods import first_day

PLACES = Decimal("0.000001")


def id_of(code: str) -> str:
    """The engine's id of a metric: codes stand in addresses with hyphens, ids with underscores."""
    return code.replace("-", "_")


def code_of(id: str) -> str:
    return id.replace("_", "-").replace(".", "-")


def cell_key(cell: dict[str, Any]) -> str:
    """One text for one cell: its dimensions in order of name; "" for the whole."""
    return "|".join(f"{name}={key_text(cell[name])}" for name in sorted(cell))[:300]


def key_text(key: Any) -> str:
    """A key as addresses hold it; "" for a missing one."""
    if isinstance(key, bool):
        return str(key).lower()
    return "" if key is None else str(key)


def plain(cell: Cell) -> dict[str, Any]:
    """The dimensions of an engine's cell as JSON can hold them."""
    pairs = zip(cell.dimensions, cell.keys, strict=True)
    return {name: key.isoformat() if isinstance(key, date) else key for name, key in pairs}


def bounds(period: int | None, grain: str) -> tuple[date | None, date | None]:
    """First and last day of a period of the engine."""
    if period is None:
        return None, None
    return first_day(period, grain), first_day(period + 1, grain) - timedelta(days=1)


def to_cell(metric: Metric, cell: dict[str, Any], period: int | None, types: dict[str, str]) -> Cell:
    """The engine's cell for stored dimensions; days are read back from their ISO text."""
    names = tuple(name for name in metric.dimensions if name in cell)
    return Cell(period, names, tuple(_key(cell[name], types.get(name, "")) for name in names))


def _key(value: Any, type_: str) -> Any:
    return date.fromisoformat(value) if type_ == "date" and isinstance(value, str) else value


def as_decimal(value: Any) -> Decimal | None:
    """An exact quotient rounded to what the database keeps: six decimals, half to even."""
    if value is None:
        return None
    if isinstance(value, float):
        return Decimal(repr(value)).quantize(PLACES)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)
