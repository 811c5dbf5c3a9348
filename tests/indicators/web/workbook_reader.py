"""Reckons a workbook's own formulas, as a spreadsheet would: the few functions that ours use."""

from __future__ import annotations

import math
import re

import openpyxl

CELL = r"(?:([A-Za-z]+)!)?\$?([A-Z]+)\$?(\d+)"
REFERENCE = re.compile(rf"{CELL}(?::{CELL.replace('(?:([A-Za-z]+)!)?', '')})?(?![A-Za-z0-9(])")


class Reckoner:
    def __init__(self, path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.known: dict[tuple[str, str], float] = {}

    def value(self, sheet: str, place: str) -> float | str | None:
        held = self.book[sheet][place].value
        if not (isinstance(held, str) and held.startswith("=")):
            return held
        if (sheet, place) not in self.known:
            self.known[sheet, place] = self._reckon(sheet, held[1:])
        return self.known[sheet, place]

    def _reckon(self, sheet: str, formula: str) -> float:
        names = {"_cell": lambda s, p: self.value(s, p), "_range": self._range, "__builtins__": {}}
        return eval(REFERENCE.sub(lambda found: self._python(found, sheet), formula), names | FUNCTIONS)

    def _python(self, found: re.Match, here: str) -> str:
        sheet, first = found[1] or here, f"{found[2]}{found[3]}"
        if found[4] is None:
            return f"_cell({sheet!r}, {first!r})"
        return f"_range({sheet!r}, {first!r}, {f'{found[4]}{found[5]}'!r})"

    def _range(self, sheet: str, first: str, last: str) -> list[float]:
        cells = [cell for row in self.book[sheet][f"{first}:{last}"] for cell in row]
        return [v for cell in cells if (v := self.value(sheet, cell.coordinate)) is not None]


FUNCTIONS = {
    "IF": lambda test, yes, no: yes if test else no,
    "MIN": lambda values: min(values),
    "MAX": lambda values: max(values),
    "EXP": math.exp,
    "LN": math.log,
    "RANK": lambda own, values: 1 + sum(value > own for value in values),
}
