"""The list as a file: the same rows and columns as on the screen, all pages of them.

A text that a spreadsheet would run as a formula is written as text (CSV: with a leading apostrophe).
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from django.utils import timezone

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
MOST_SHEET_ROWS = 1_048_575
LONGEST_CELL = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_NUMBERS = int | float | Decimal


def plain(value):
    """A value that every format can hold: numbers and dates stay, the rest becomes text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, bool | date | _NUMBERS):
        return value
    return str(value)


def safe_text(value) -> str:
    """For CSV: never a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, _NUMBERS | date):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA) else value


def to_csv(labels: Sequence[str], rows: Iterable[Sequence]) -> Iterator[bytes]:
    """Lines of a CSV with a byte-order mark, so that Excel reads Chinese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield b"\xef\xbb\xbf"
    for row in itertools.chain([labels], rows):
        writer.writerow([safe_text(plain(value)) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def to_json(keys: Sequence[str], rows: Iterable[Sequence]) -> Iterator[bytes]:
    """A JSON array of objects, one a row."""
    import orjson

    opening = b"["
    for row in rows:
        values = [float(value) if isinstance(value, Decimal) else plain(value) for value in row]
        yield opening + orjson.dumps(dict(zip(keys, values, strict=True)))
        opening = b",\n"
    yield b"[]" if opening == b"[" else b"]"


def to_xlsx(title: str, labels: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """A workbook with one sheet, frozen head and filter. Raises ValueError beyond a sheet's rows."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    sheet = book.add_worksheet("".join(c for c in title if c not in r"[]:*?/\\'")[:31] or "list")
    head = book.add_format({"bold": True, "bottom": 1})
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    times = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(labels) - 1, 0), 18)
    for x, label in enumerate(labels):
        sheet.write_string(0, x, str(label), head)
    for y, row in enumerate(rows, 1):
        if y > MOST_SHEET_ROWS:
            raise ValueError("more rows than a sheet can hold")
        for x, value in enumerate(map(plain, row)):
            _write(sheet, y, x, value, dates, times)
    book.close()
    return buffer.getvalue()


def _write(sheet, y: int, x: int, value, dates, times) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(y, x, value)
    elif (isinstance(value, date) and value.year < 1900) or (
        isinstance(value, _NUMBERS) and not isfinite(value)
    ):
        sheet.write_string(y, x, str(value))  # a workbook knows neither
    elif isinstance(value, datetime):
        sheet.write_datetime(y, x, value, times)
    elif isinstance(value, date):
        sheet.write_datetime(y, x, value, dates)
    elif isinstance(value, _NUMBERS):
        sheet.write_number(y, x, value)
    else:
        sheet.write_string(y, x, value[:LONGEST_CELL])
