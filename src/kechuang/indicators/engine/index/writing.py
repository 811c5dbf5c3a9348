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
    head = io.StringIO()
    csv.writer(head, lineterminator="\n").writerow([*keys, *codes])
    lines = [head.getvalue()]
    whole = (values == np.round(values)).all() and (np.abs(values) < 1e15).all()
    rows = np.ascontiguousarray(values.astype(np.int64) if whole else values)
    for unit, row in zip(units, rows, strict=True):
        label = io.StringIO()
        csv.writer(label, lineterminator="").writerow(unit)
        numbers = orjson.dumps(row, option=orjson.OPT_SERIALIZE_NUMPY).decode()[1:-1].replace("null", "")
        lines.append(f"{label.getvalue()},{numbers}\n")
    return "".join(lines)
