"""Tables of numbers as CSV text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
import orjson


def csv_lines(
    keys: Sequence[str], units: Sequence[Sequence[str]], codes: Sequence[str], values: np.ndarray
) -> str:
    """A header and a line a unit; numbers in the shortest text that reads back the same, missing ones empty."""
    lines = [_labels([*keys, *codes]) + "\n"]
    for unit, row in zip(units, np.ascontiguousarray(values), strict=True):
        numbers = orjson.dumps(row, option=orjson.OPT_SERIALIZE_NUMPY).decode()[1:-1]
        numbers = numbers.replace("null", "").replace(".0,", ",").removesuffix(".0")
        lines.append(f"{_labels(unit)},{numbers}\n")
    return "".join(lines)


def _labels(texts: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(texts)
    return line.getvalue()
