"""Rows of an uploaded xlsx or csv as mappings with their line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core.errors import Refusal

MOST_ROWS = 100_000
Line = tuple[int, dict[str, Any]]


def read(name: str, content: bytes, names: Mapping[str, str]) -> list[Line]:
    """Lines under their column's key; `names` maps heads (in any language) to keys. Raises Refusal."""
    lines = _xlsx(content) if content[:4] == b"PK\x03\x04" else _csv(content)
    if len(lines) < 2:
        raise Refusal(_("%(name)s has no rows below its head.") % {"name": name}, field="file")
    heads = [str(cell or "").strip() for cell in lines[0]]
    keys = [names.get(head.lower()) for head in heads]
    if unknown := [head for head, key in zip(heads, keys, strict=True) if head and key is None]:
        raise Refusal(
            _("Row 1: unknown column “%(column)s”.") % {"column": unknown[0]},
            field="file",
            remedy=_("Use: %(names)s.") % {"names": ", ".join(dict.fromkeys(names))},
        )
    found = []
    for number, cells in enumerate(lines[1:], 2):
        row = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
        if any(cell not in (None, "") for cell in row.values()):
            found.append((number, row))
    if len(found) > MOST_ROWS:
        raise Refusal(
            _("More than %(n)d rows.") % {"n": MOST_ROWS}, field="file", remedy=_("Split the file.")
        )
    return found


def _csv(content: bytes) -> list[list[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refusal(
            _("The file is not readable text."), field="file", remedy=_("Save it as CSV UTF-8 or xlsx.")
        )
    first = text.split("\n", 1)[0]
    return list(csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count)))


def _xlsx(content: bytes) -> list[list[Any]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2)]
    except Exception as error:
        raise Refusal(
            _("The workbook cannot be read."), field="file", remedy=_("Save it anew as xlsx.")
        ) from error


def day(number: int, column: str, value: Any) -> date:
    """A cell as a day. Raises Refusal naming row, column and value."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip().replace("/", "-"))
    except ValueError as error:
        raise fault(number, column, value, _("Write a day as 2024-12-31.")) from error


def fault(number: int, column: str, value: Any, remedy: str) -> Refusal:
    """What every refused cell is told as: row, column, value, remedy."""
    words = _("Row %(row)d, column “%(column)s”: “%(value)s” does not fit.")
    facts = {"row": number, "column": column, "value": "" if value is None else value}
    return Refusal(words % facts, field="file", remedy=remedy)
