"""The table of units: CSV bytes in, checked columns out, faults named by line, column and value."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kechuang.indicators.engine.index.errors import refuse

MISSING = frozenset({"", "na", "n/a", "nan", "null", ".."})
UNIT_COLUMNS = ("unit", "uCode", "country")


@dataclass(frozen=True)
class Table:
    """Rows by unit. A unit is a tuple, one text for each key column (usually one, `unit, year` for a panel)."""

    source: str
    keys: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    columns: dict[str, list[str]]
    lines: tuple[int, ...]
    _numbers: dict[str, np.ndarray] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def digest(self) -> str:
        """Hash of the content, the root of every stage's cache key."""
        content = repr((self.keys, self.units, sorted(self.columns.items())))
        return hashlib.sha256(content.encode()).hexdigest()

    def label(self, row: int) -> str:
        """How a message names a unit."""
        return ", ".join(self.units[row])

    def text(self, column: str) -> list[str]:
        """A column as text, stripped; a missing cell is the empty text."""
        return ["" if cell.lower() in MISSING else cell for cell in self._column(column)]

    def number(self, column: str) -> np.ndarray:
        """A column as floats (units,), NaN where missing; refuses text and infinities by their position."""
        if column not in self._numbers:
            cells = self._column(column)
            self._numbers[column] = np.array([self._parse(cells[i], column, i) for i in range(len(cells))])
        return self._numbers[column]

    def _column(self, column: str) -> list[str]:
        if column not in self.columns:
            raise refuse(
                f"{self.source} has no column '{column}', which the framework or the recipe names",
                f"add the column or correct the code; the columns are {', '.join(self.columns)}",
            )
        return self.columns[column]

    def _parse(self, cell: str, column: str, row: int) -> float:
        if cell.lower() in MISSING:
            return np.nan
        try:
            value = float(cell) if "_" not in cell else np.inf
        except ValueError:
            value = np.inf
        if not np.isfinite(value):
            raise refuse(
                f"{self.source}, line {self.lines[row]} (unit {self.label(row)}), column '{column}': "
                f"'{cell}' is not a number",
                "write a plain number with a decimal point and no thousands mark, or leave the cell empty",
            )
        return value


def read_csv(content: bytes, source: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and numbered rows of a UTF-8 CSV file; comma, semicolon or tab is found from the header."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(f"{source} is not UTF-8 text", "save it as CSV UTF-8") from None
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(row)]
    except csv.Error as fault:
        raise refuse(f"{source}, line {reader.line_num}: {fault}", "check the quotes of that line") from None
    if len(rows) < 2:
        raise refuse(f"{source} holds no rows below its header", "give a header line and one line a unit")
    header = rows[0][1]
    for name in header:
        if header.count(name) > 1:
            raise refuse(f"{source} has two columns '{name}'", "rename or remove one of them")
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise refuse(
                f"{source}, line {line} has {len(row)} cells where the header has {len(header)}",
                "put texts that contain the separator in quotes",
            )
    return header, rows[1:]


def read_table(content: bytes, unit: Sequence[str] = (), source: str = "the data") -> Table:
    """Read the table of units from CSV bytes.

    `unit` names the key columns; without it the first of `unit`, `uCode`, `country` that exists is taken.
    Raises IndexInputError for a missing key column, an empty key, or a unit that stands twice.
    """
    header, rows = read_csv(content, source)
    keys = tuple(unit) or tuple(name for name in UNIT_COLUMNS if name in header)[:1]
    absent = [name for name in keys if name not in header]
    if absent or not keys:
        raise refuse(
            f"{source} has no unit column {' or '.join(absent or UNIT_COLUMNS)}",
            f"name the unit column in [data] unit = … of the recipe; the columns are {', '.join(header)}",
        )
    columns = {name: [row[i] for _, row in rows] for i, name in enumerate(header)}
    units = tuple(zip(*(columns[name] for name in keys), strict=True))
    lines = tuple(line for line, _ in rows)
    _check_units(units, lines, source)
    return Table(source, keys, units, columns, lines)


def _check_units(units: tuple[tuple[str, ...], ...], lines: tuple[int, ...], source: str) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for unit, line in zip(units, lines, strict=True):
        if not all(unit):
            raise refuse(f"{source}, line {line} names no unit", "fill in the unit or remove the line")
        if unit in seen:
            raise refuse(
                f"{source}: unit '{', '.join(unit)}' stands twice, on lines {seen[unit]} and {line}",
                "remove one, or name a further key column (such as the year) in [data] unit",
            )
        seen[unit] = line
