"""Tables handed in as xlsx or csv: read by declared fields, every fault named with row, column, value and remedy.

    sheet = read_sheet(data, "tasks.xlsx", [Field("title", ("任务", "Task"), required=True), …])
    sheet.faults → nothing may be written; else sheet.rows → dicts by field key

Pure: bytes in, plain values out. The formatted limits keep a hostile file from filling the memory.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

MAX_ROWS = 200_000
MAX_UNZIPPED = 512 * 1024 * 1024
MAX_COLUMNS = 300
MAX_FAULTS = 200
LARGEST = 10**15
_TRUE = {"1", "true", "yes", "是", "y", "✓"}
_FALSE = {"0", "false", "no", "否", "n", ""}


class SheetError(ValueError):
    """The file as a whole cannot be read: says what, where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `labels` are the heads it may bear (Chinese, English); `choices` maps what is written → value.

    kind: text, integer, decimal, money (yuan in the file → fen), date, flag, choice.
    """

    key: str
    labels: tuple[str, ...]
    kind: str = "text"
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Row counts as the person sees it (the head is row 1). `said` gives words in another language."""

    row: int
    column: str
    value: str
    what: str
    remedy: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, translate: Callable[[str], str] = str) -> tuple[str, str]:
        """What is wrong and how to mend it."""
        return translate(self.what) % self.values, translate(self.remedy) % self.values


def _(text: str) -> str:
    """Marks a text for the catalogues; whoever shows it translates it."""
    return text


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows by field key (with `_row`, their number as the person sees it), and every fault found in them."""

    rows: list[dict[str, Any]]
    faults: list[Fault]


def read_sheet(data: bytes, name: str, fields: Sequence[Field]) -> Sheet:
    """All rows by field key. Raises SheetError when the file is no table or lacks a required column."""
    lines = _xlsx(data, name) if data[:2] == b"PK" else _csv(data, name)
    head = [_text(cell) for cell in next(lines, [])]
    places = _places(head, fields, name)
    rows, faults = [], []
    for number, cells in enumerate(lines, 2):
        if number > MAX_ROWS + 1:
            raise SheetError(f"{name}: more than {MAX_ROWS} rows. Split the file.")
        if not any(_text(cell) for cell in cells):
            continue
        row = _row(cells, number, places, faults)
        rows.append({**row, "_row": number})
        if len(faults) >= MAX_FAULTS:
            break
    return Sheet(rows, faults)


def _places(head: list[str], fields: Sequence[Field], name: str) -> list[tuple[Field, int | None]]:
    folded = {label.casefold(): i for i, label in enumerate(head) if label}
    places = []
    for wanted in fields:
        at = next(
            (
                folded[label.casefold()]
                for label in (*wanted.labels, wanted.key)
                if label.casefold() in folded
            ),
            None,
        )
        if at is None and wanted.required:
            raise SheetError(
                f"{name}: the column {' / '.join(wanted.labels)} is missing. Found: {', '.join(head) or 'nothing'}."
            )
        places.append((wanted, at))
    return places


def _row(
    cells: Sequence[Any], number: int, places: list[tuple[Field, int | None]], faults: list[Fault]
) -> dict[str, Any]:
    row = {}
    for wanted, at in places:
        cell = cells[at] if at is not None and at < len(cells) else None
        try:
            row[wanted.key] = _value(wanted, cell)
        except _Wrong as wrong:
            faults.append(
                Fault(number, wanted.labels[0], _text(cell), wrong.what, wrong.remedy, wrong.values)
            )
            row[wanted.key] = None
    return row


class _Wrong(Exception):
    def __init__(self, what: str, remedy: str, **values: Any) -> None:
        self.what, self.remedy, self.values = what, remedy, values


def _value(wanted: Field, cell: Any) -> Any:
    text = _text(cell)
    if not text:
        if wanted.required:
            raise _Wrong(_("is empty"), _("Fill it in."))
        return False if wanted.kind == "flag" else "" if wanted.kind == "text" else None
    value = _READ[wanted.kind](wanted, cell, text)
    if wanted.least is not None and value < wanted.least:
        raise _Wrong(_("is less than %(least)s"), _("Give %(least)s or more."), least=wanted.least)
    return value


def _number(wanted: Field, cell: Any, text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise _Wrong(_("is not a number"), _("Write digits only, such as 1200 or 1200.50.")) from None
    if not number.is_finite():
        raise _Wrong(_("is not a number"), _("Write digits only."))
    if abs(number) >= LARGEST or number.as_tuple().exponent < -30:
        raise _Wrong(_("is too large or has too many digits"), _("Check the unit and round it."))
    return number


def _whole(wanted: Field, cell: Any, text: str) -> int:
    number = _number(wanted, cell, text)
    if number != number.to_integral_value():
        raise _Wrong(_("is not a whole number"), _("Round it."))
    return int(number)


def _fen(wanted: Field, cell: Any, text: str) -> int:
    fen = _number(wanted, cell, text) * 100
    if fen != fen.to_integral_value():
        raise _Wrong(_("has a fraction of a fen"), _("Give yuan with at most two decimals."))
    return int(fen)


def _day(wanted: Field, cell: Any, text: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for style in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"):
        try:
            return datetime.strptime(text, style).date()
        except ValueError:
            continue
    raise _Wrong(_("is not a date"), _("Write it as 2026-11-21."))


def _flag(wanted: Field, cell: Any, text: str) -> bool:
    if text.casefold() in _TRUE:
        return True
    if text.casefold() in _FALSE:
        return False
    raise _Wrong(_("is neither yes nor no"), _("Write 是 or 否 (yes or no)."))


def _choice(wanted: Field, cell: Any, text: str) -> Any:
    folded = {str(key).casefold(): value for key, value in wanted.choices.items()}
    if text.casefold() not in folded:
        some = "、".join(list(map(str, wanted.choices))[:12])
        raise _Wrong(_("is not one of the known values"), _("Use one of: %(some)s."), some=some)
    return folded[text.casefold()]


_READ = {
    "text": lambda wanted, cell, text: text,
    "integer": _whole,
    "decimal": _number,
    "money": _fen,
    "date": _day,
    "flag": _flag,
    "choice": _choice,
}


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _csv(data: bytes, name: str) -> Iterator[list[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetError(f"{name}: neither UTF-8 nor GB18030. Save it as CSV UTF-8.")
    if "\x00" in text:
        raise SheetError(f"{name}: this is no table. Take an xlsx or csv file.")
    delimiter = "\t" if text.split("\n", 1)[0].count("\t") > text.split("\n", 1)[0].count(",") else ","
    return _lines(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), name)


def _lines(reader: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise SheetError(f"{name}: {error}. Save it again as csv or xlsx.") from error


def _xlsx(data: bytes, name: str) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNZIPPED:
                raise SheetError(f"{name}: unpacks to more than {MAX_UNZIPPED >> 20} MiB. Split the file.")
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    except SheetError:
        raise
    except Exception as error:
        raise SheetError(
            f"{name}: not a readable workbook. Save it again as xlsx, without a password."
        ) from error
    return _cells(sheet, name)


def _cells(sheet: Any, name: str) -> Iterator[list[Any]]:
    """Rows as they stand in the file, whatever size it claims to have."""
    sheet.reset_dimensions()
    try:
        for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS):
            yield list(row)
    except Exception as error:
        raise SheetError(f"{name}: the sheet is damaged ({error}). Save it again as xlsx.") from error


def blank(fields: Sequence[Field], language: int = 0, examples: Iterable[Sequence[Any]] = ()) -> bytes:
    """An empty workbook with the heads of the fields (language 0 Chinese, 1 English), to be filled in."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for column, wanted in enumerate(fields):
        sheet.write_string(0, column, wanted.labels[min(language, len(wanted.labels) - 1)], bold)
        sheet.set_column(column, column, 18)
        if wanted.kind == "choice" and 0 < len(wanted.choices) <= 40:
            sheet.data_validation(
                1,
                column,
                MAX_ROWS,
                column,
                {"validate": "list", "source": list(map(str, wanted.choices))[:40], "ignore_blank": True},
            )
    for row, example in enumerate(examples, 1):
        sheet.write_row(row, 0, example)
    book.close()
    return out.getvalue()
