"""A cell of a metric, and what an engine says about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kechuang.indicators.engine.metrics.declaration import Metric
from kechuang.indicators.engine.metrics.errors import CellError
from kechuang.indicators.engine.metrics.periods import label, parse

Key = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A period (as a whole number, see `periods`; None = no time, or rows without a date) and its keys.

    `keys` stand in the order of the dimensions they belong to; None = rows where that column is empty.
    """

    period: int | None
    dimensions: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()

    def key(self, dimension: str) -> Key:
        return self.keys[self.dimensions.index(dimension)]

    def only(self, dimensions: tuple[str, ...]) -> Cell:
        """The coarser cell that holds this one."""
        return Cell(self.period, dimensions, tuple(self.key(name) for name in dimensions))

    def label(self, metric: Metric) -> str:
        """`year=2024,field=bio`; an empty key is a missing one. `parse_cell` reads it back."""
        period = "" if self.period is None else label(self.period, metric.grain)
        time = [f"{metric.grain}={period}"] if metric.time else []
        pairs = zip(self.dimensions, self.keys, strict=True)
        return ",".join(time + [f"{name}={_text(key)}" for name, key in pairs])


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell's value with the whole numbers it is made of: equal on every engine.

    A counted metric has its value in `top` and no `bottom`; a quotient has both (None = no such rows).
    """

    cell: Cell
    value: int | Fraction | float | None
    top: int | None
    bottom: int | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """Which rows a cell was counted from: how many, and the sum of their 31-bit digests."""

    rows: int
    total: int


def parse_cell(text: str, metric: Metric, types: dict[str, str]) -> Cell:
    """From `year=2024,field=bio`; `types` are the portable types of the table's columns. Raises CellError."""
    given: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, equals, value = part.partition("=")
        if not equals or name.strip() in given:
            raise CellError(
                text, f"{part!r} is not name=value, or stands twice", "Write year=2024,field=bio."
            )
        given[name.strip()] = value.strip()
    period = None
    if metric.time:
        if metric.grain not in given:
            raise CellError(
                text or "cell", f"no {metric.grain}", f"Add {metric.grain}=…, empty for undated rows."
            )
        period = parse(written, metric.grain) if (written := given.pop(metric.grain)) else None
    if unknown := sorted(set(given) - set(metric.dimensions)):
        known = ", ".join([metric.grain] * bool(metric.time) + list(metric.dimensions)) or "none"
        raise CellError(text, f"{metric.id!r} has no {unknown[0]!r}", f"Dimensions: {known}.")
    dimensions = tuple(name for name in metric.dimensions if name in given)
    return Cell(period, dimensions, tuple(_key(name, given[name], types[name]) for name in dimensions))


def _key(name: str, text: str, type_: str) -> Key:
    readers = {
        "string": str,
        "int64": int,
        "date": date.fromisoformat,
        "boolean": {"true": True, "false": False}.get,
    }
    if text == "":
        return None
    try:
        key = readers[type_](text)
    except (ValueError, KeyError):
        key = None
    if key is None:
        raise CellError(f"{name}={text}", f"not a value of type {type_}", "Write it as the table holds it.")
    return key


def _text(key: Key) -> str:
    if isinstance(key, bool):
        return str(key).lower()
    return "" if key is None else str(key)
