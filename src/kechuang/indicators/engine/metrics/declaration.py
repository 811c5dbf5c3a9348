"""A metric declared once, as data: what is counted, where, by what, and who answers for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import date

from kechuang.indicators.engine.metrics.errors import DeclarationError
from kechuang.indicators.engine.metrics.periods import GRAINS

MEASURES = ("count", "sum", "nunique", "min", "max")
BETTER = ("higher", "lower", "neither")
OPERATORS = ("=", "!=", "in", "not in", "<", "<=", ">", ">=", "missing", "present")
Scalar = str | int | bool | date


@dataclass(frozen=True, slots=True)
class Condition:
    """`column op value`. A missing value meets no condition but "missing"; `in` takes a tuple."""

    column: str
    op: str
    value: Scalar | tuple[Scalar, ...] | None = None
    _types: tuple[type, ...] = field(init=False, repr=False)  # 1 equals True, and is another condition

    def __post_init__(self) -> None:
        where = f"filter on {self.column!r}"
        if self.op not in OPERATORS:
            raise DeclarationError(
                where, f"unknown operator {self.op!r}", f"Use one of: {', '.join(OPERATORS)}."
            )
        if isinstance(self.value, list):
            object.__setattr__(self, "value", tuple(self.value))
        if (self.op in ("missing", "present")) != (self.value is None):
            raise DeclarationError(
                where, f"{self.op!r} with value {self.value!r}", "Only missing/present take none."
            )
        if (self.op in ("in", "not in")) != isinstance(self.value, tuple) or self.value == ():
            raise DeclarationError(
                where, f"{self.op!r} with {self.value!r}", "in and not in take a non-empty list."
            )
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        object.__setattr__(self, "_types", tuple(map(type, values)))
        for value in values:
            if value is not None and not isinstance(value, Scalar):
                raise DeclarationError(
                    where, f"value {value!r}", "Use text, whole numbers, dates, true or false."
                )

    def as_dict(self) -> dict:
        plain = {"column": self.column, "op": self.op}
        if isinstance(self.value, tuple):
            return plain | {"value": [_plain(value) for value in self.value]}
        return plain if self.value is None else plain | {"value": _plain(self.value)}


@dataclass(frozen=True, slots=True)
class Measure:
    """How rows become one whole number; `column` is None for count only."""

    how: str
    column: str | None = None

    def __post_init__(self) -> None:
        if self.how not in MEASURES:
            raise DeclarationError("measure", f"unknown {self.how!r}", f"Use one of: {', '.join(MEASURES)}.")
        if (self.how == "count") != (self.column is None):
            raise DeclarationError(
                "measure", f"{self.how} of {self.column!r}", "count takes no column, others one."
            )

    @property
    def of_nothing(self) -> int | None:
        """What the measure is when there are no rows: 0, but no smallest and no largest."""
        return None if self.how in ("min", "max") else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What every declaration says about itself, counted or derived."""

    id: str
    version: int = 1
    name_zh: str
    name_en: str
    unit: str
    better: str = "higher"
    source: str
    owner: str = ""

    def __post_init__(self) -> None:
        where = f"metric {self.id!r}"
        if not re.fullmatch(r"[a-z][a-z0-9_.]*", self.id):
            raise DeclarationError(
                where, "id is not a code name", "Use a-z, 0-9, _ and . only, a letter first."
            )
        if type(self.version) is not int or self.version < 1:
            raise DeclarationError(where, f"version {self.version!r}", "Number versions 1, 2, 3 …")
        if self.better not in BETTER:
            raise DeclarationError(where, f"better = {self.better!r}", f"Use one of: {', '.join(BETTER)}.")
        for name in ("name_zh", "name_en", "unit", "source"):
            if not isinstance(getattr(self, name), str) or not getattr(self, name).strip():
                raise DeclarationError(where, f"{name} is empty", f"Say the {name} of the definition.")

    def header_dict(self) -> dict:
        return {name: getattr(self, name) for name in Header.__dataclass_fields__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Header):
    """A measure of the rows of one table that meet all conditions, per period and dimension values.

    `time` is a date column (or a column of year numbers, then `grain` is year), None = as things stand.
    """

    table: str
    measure: Measure
    filter: tuple[Condition, ...] = field(default=())
    dimensions: tuple[str, ...] = ()
    time: str | None = None
    grain: str = "year"

    def __post_init__(self) -> None:
        Header.__post_init__(self)
        where = f"metric {self.id!r}"
        if self.grain not in GRAINS:
            raise DeclarationError(where, f"grain {self.grain!r}", f"Use one of: {', '.join(GRAINS)}.")
        if len(set(self.dimensions)) < len(self.dimensions):
            raise DeclarationError(where, "a dimension is named twice", "Name each once.")
        for name in (*self.dimensions, self.table):
            if not name or name.startswith("_") or name in GRAINS:
                raise DeclarationError(
                    where, f"{name!r} cannot be a dimension or table", "Leading _ and period names are taken."
                )

    def as_dict(self) -> dict:
        """Plain values only; `from_dict` reads it back to an equal metric."""
        return self.header_dict() | {
            "table": self.table,
            "measure": {self.measure.how: self.measure.column or True},
            "filter": [condition.as_dict() for condition in self.filter],
            "dimensions": list(self.dimensions),
            "time": self.time,
            "grain": self.grain,
        }

    @classmethod
    def from_dict(cls, plain: dict) -> Metric:
        plain = dict(plain)
        where = f"metric {plain.get('id', '?')!r}"
        measure = plain.pop("measure", None)
        if not isinstance(measure, dict) or len(measure) != 1:
            raise DeclarationError(
                where, f"measure {measure!r}", 'Write { sum = "column" } or { count = true }.'
            )
        ((how, column),) = measure.items()
        return build(
            cls,
            where,
            plain
            | {
                "measure": Measure(how, None if column is True else column),
                "filter": tuple(build(Condition, where, each) for each in plain.get("filter", ())),
                "dimensions": tuple(plain.get("dimensions", ())),
            },
        )


def build(kind: type, where: str, plain: dict):
    """`kind(**plain)`, with unknown and missing keys named."""
    known = [each.name for each in fields(kind) if each.init]
    if unknown := sorted(set(plain) - set(known)):
        raise DeclarationError(where, f"unknown key {unknown[0]!r}", f"Known: {', '.join(known)}.")
    try:
        return kind(**plain)
    except TypeError as error:
        raise DeclarationError(
            where, str(error).split("__init__() ")[-1], "Give every required key."
        ) from error


def _plain(value: Scalar) -> str | int | bool:
    return value.isoformat() if isinstance(value, date) else value
