"""Periods as whole numbers, so that "one year before" is a subtraction on every engine.

A year is its number; a quarter is 4·year + (0…3); a month is 12·year + (0…11).
"""

from __future__ import annotations

import re
from datetime import date

from kechuang.indicators.engine.metrics.errors import CellError

PER_YEAR = {"year": 1, "quarter": 4, "month": 12}
GRAINS = tuple(PER_YEAR)
_PATTERNS = {"year": r"(\d{4})()", "quarter": r"(\d{4})-?[Qq]([1-4])", "month": r"(\d{4})-(0[1-9]|1[0-2])"}
_EXAMPLES = {"year": "2024", "quarter": "2024-Q1", "month": "2024-03"}


def index_of(day: date, grain: str) -> int:
    """The period of `grain` that holds `day`."""
    return day.year * PER_YEAR[grain] + (day.month - 1) * PER_YEAR[grain] // 12


def label(index: int, grain: str) -> str:
    """As people write it: 2024, 2024-Q1 or 2024-03."""
    year, part = divmod(index, PER_YEAR[grain])
    return {"year": f"{year}", "quarter": f"{year}-Q{part + 1}", "month": f"{year}-{part + 1:02}"}[grain]


def parse(text: str, grain: str) -> int:
    """Inverse of `label`. Raises CellError when `text` is no period of this grain."""
    found = re.fullmatch(_PATTERNS[grain], text.strip())
    if not found:
        raise CellError(f"{grain}={text}", f"not a {grain}", f"Write it as {_EXAMPLES[grain]}.")
    return int(found[1]) * PER_YEAR[grain] + (int(found[2]) - 1 if found[2] else 0)


def first_day(index: int, grain: str) -> date:
    year, part = divmod(index, PER_YEAR[grain])
    return date(year, part * 12 // PER_YEAR[grain] + 1, 1)


def year_start(index: int, grain: str) -> int:
    """The first period of the same year."""
    return index - index % PER_YEAR[grain]
