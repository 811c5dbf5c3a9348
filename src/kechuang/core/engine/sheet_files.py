"""Tables as files: the cells of an xlsx or csv row by row, and an empty workbook to fill in.

The limits keep a hostile file from filling the memory.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from kechuang.core.engine.sheet_values import Field, marked, text_of

MAX_ROWS = 200_000
MAX_UNZIPPED = 512 * 1024 * 1024
MAX_COLUMNS = 300
MAX_LIST = 250  # characters of a list to choose from that a spreadsheet keeps in one cell
_ = marked


class SheetError(ValueError):
    """The file as a whole cannot be read: says what, where and how to mend it. `said` gives it in another language."""

    def __init__(self, name: str, words: str, **values: Any) -> None:
        self.name, self.words, self.values = name, words, values
        super().__init__(self.said())

    def said(self, translate: Callable[[str], str] = str) -> str:
        return f"{self.name}: {translate(self.words) % self.values}"


def lines_of(data: bytes, name: str, fits: Callable[[list[Any]], bool]) -> Iterator[list[Any]]:
    """The rows of the file's first table whose head fits, else of its first; empty ones too."""
    return _xlsx(data, name, fits) if data[:2] == b"PK" else _csv(data, name)


def _csv(data: bytes, name: str) -> Iterator[list[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetError(
            name, _("this is neither a workbook nor readable text. Save it as xlsx or CSV UTF-8.")
        )
    if "\x00" in text:
        raise SheetError(name, _("this is no table. Take an xlsx or csv file."))
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    return _csv_lines(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), name)


def _csv_lines(reader: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise SheetError(name, _("the CSV is damaged. Save it again as csv or xlsx.")) from error


def _xlsx(data: bytes, name: str, fits: Callable[[list[Any]], bool]) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNZIPPED:
                raise SheetError(
                    name, _("unpacks to more than %(n)d MiB. Split the file."), n=MAX_UNZIPPED >> 20
                )
        sheets = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises many kinds on damaged files
        raise SheetError(
            name, _("the workbook cannot be opened. Save it again as xlsx, without a password.")
        ) from error
    return _cells(next((one for one in sheets if fits(head_of(_cells(one, name)))), sheets[0]), name)


def head_of(lines: Iterable[list[Any]]) -> list[Any]:
    """The first row that is not empty; none where all are."""
    return next((cells for cells in lines if any(map(text_of, cells))), [])


def _cells(sheet: Any, name: str) -> Iterator[list[Any]]:
    """Rows as they stand in the file, whatever size it claims to have."""
    sheet.reset_dimensions()
    try:
        for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS):
            yield list(row)
    except Exception as error:
        raise SheetError(name, _("the sheet is damaged. Save it again as xlsx.")) from error


def blank(fields: Sequence[Field], language: int = 0) -> bytes:
    """An empty workbook with the heads of the fields (language 0 Chinese, 1 English), to be filled in."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, wanted in enumerate(fields):
            sheet.write_string(0, column, wanted.label(language), bold)
            sheet.set_column(column, column, 18)
            words = list(map(str, wanted.choices))
            if words and len(",".join(words)) <= MAX_LIST:
                rule = {"validate": "list", "source": words, "ignore_blank": True}
                sheet.data_validation(1, column, MAX_ROWS, column, rule)
    return out.getvalue()
