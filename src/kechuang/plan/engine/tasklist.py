"""A list of tasks from a spreadsheet: rows by their headings, and every fault with row, column, value and remedy."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

HEADINGS = {
    "number": "编号",
    "title_zh": "任务",
    "title_en": "任务（英文）",
    "lead": "牵头单位",
    "programme": "专项",
    "commitment": "承诺",
    "start": "开始日期",
    "due": "完成时限",
    "report_every_days": "报告周期（天）",
    "weight": "权重",
}
REQUIRED = ("title_zh", "lead")
DAYS = ("start", "due")
COUNTS = {"report_every_days": (1, 3650), "weight": (1, 1000)}
LONGEST = {"number": 60, "title_zh": 300, "title_en": 400}
DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
MOST_ROWS = 20_000
MOST_BYTES = 256 << 20


def _(text: str) -> str:
    """Marks a text for the catalogues; whoever shows it translates it."""
    return text


class TableError(Exception):
    """The file is no table that can be read; it says why and what to send instead."""

    def __init__(self, words: str, **values: object) -> None:
        super().__init__(words % values)
        self.words, self.values = words, values

    def said(self, translate: Callable[[str], str] = str) -> str:
        return translate(self.words) % self.values


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell: row as the spreadsheet counts it, heading, value, and how to mend it."""

    row: int
    column: str
    value: str
    remedy: str
    known: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, translate: Callable[[str], str] = str) -> str:
        """How to mend it, in another language."""
        return translate(self.remedy) % self.values


@dataclass(frozen=True, slots=True)
class Line:
    """One task as the sheet gives it. Names are resolved to keys; what is absent is not in `facts`."""

    row: int
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two lines the same task: the number, else title and lead."""
        if self.facts.get("number"):
            return ("number", self.facts["number"])
        return ("title", self.facts.get("title_zh"), self.facts.get("lead_id"))


def table(data: bytes) -> list[tuple[int, dict[str, object]]]:
    """(row number, {column: value}) of an xlsx or csv file; empty rows are left out.

    Raises TableError when it is neither, has no known headings or is too long.
    """
    rows = _sheet(data) if data.startswith(b"PK") else _csv(data)
    head = next((row for row in rows if any(str(cell or "").strip() for cell in row)), None)
    if head is None:
        raise TableError(_("The table is empty. Fill in the template."))
    columns = _columns(head)
    begin = rows.index(head) + 1
    if len(rows) - begin > MOST_ROWS:
        raise TableError(_("The table has more than %(n)d rows. Split it."), n=MOST_ROWS)
    found = []
    for at, row in enumerate(rows[begin:], begin + 1):
        values = {columns[i]: cell for i, cell in enumerate(row) if i in columns and _text(cell)}
        if values:
            found.append((at, values))
    if not found:
        raise TableError(_("The table has headings but no rows."))
    return found


def _columns(head: Iterable[object]) -> dict[int, str]:
    names = {**{zh: key for key, zh in HEADINGS.items()}, **{key: key for key in HEADINGS}}
    columns = {i: names[_text(cell)] for i, cell in enumerate(head) if _text(cell) in names}
    missing = [HEADINGS[name] for name in REQUIRED if name not in columns.values()]
    if missing:
        raise TableError(
            _("The first row lacks the headings: %(missing)s. Known are: %(known)s."),
            missing=" ".join(missing),
            known=" ".join(HEADINGS.values()),
        )
    return columns


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _sheet(data: bytes) -> list[tuple]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise TableError(
                    _("The spreadsheet unpacks to more than %(n)d MB. Split it."), n=MOST_BYTES >> 20
                )
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    except TableError:
        raise
    except Exception as error:  # openpyxl raises many kinds on damaged files
        raise TableError(_("The spreadsheet cannot be opened. Save it again as .xlsx.")) from error


def _csv(data: bytes) -> list[tuple]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TableError(_("This is neither .xlsx nor readable text. Save it as .xlsx or as CSV in UTF-8."))
    if "\x00" in text:
        raise TableError(_("This is neither .xlsx nor CSV."))
    separator = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise TableError(_("The CSV is damaged. Save it as .xlsx.")) from error


def check(
    rows: Iterable[tuple[int, Mapping[str, object]]], names: Mapping[str, Mapping[str, int]]
) -> tuple[list[Line], list[Fault]]:
    """Lines and faults. `names`: for "lead", "programme" and "commitment" the key of every known name."""
    lines, faults, seen = [], [], {}
    for row, values in rows:
        line, wrong = Line(row), []
        for column, value in values.items():
            fault = _take(line.facts, row, column, value, names)
            wrong += [fault] if fault else []
        wrong += [Fault(row, HEADINGS[name], "", _("fill it in")) for name in REQUIRED if name not in values]
        start, due = line.facts.get("start"), line.facts.get("due")
        if start and due and due < start:
            wrong.append(Fault(row, HEADINGS["due"], due.isoformat(), _("give a day after the start")))
        if not wrong and line.key in seen:
            wrong.append(
                Fault(
                    row,
                    HEADINGS["number"],
                    _text(values.get("number")),
                    _("it is row %(row)d again: take one out"),
                    values={"row": seen[line.key]},
                )
            )
        seen.setdefault(line.key, row)
        lines.append(line)
        faults += wrong
    return lines, faults


def _take(
    facts: dict[str, object], row: int, column: str, value: object, names: Mapping[str, Mapping[str, int]]
) -> Fault | None:
    """Put one cell into `facts`; a fault when it does not fit."""
    text = _text(value)
    if column in names:
        if text not in names[column]:
            return Fault(
                row,
                HEADINGS[column],
                text,
                _("no such name: correct it or add it first"),
                _near(text, names[column]),
            )
        facts[f"{column}_id"] = names[column][text]
    elif column in DAYS:
        day = _day(value)
        if day is None:
            return Fault(row, HEADINGS[column], text, _("write the day as 2025-12-31"))
        facts[column] = day
    elif column in COUNTS:
        low, high = COUNTS[column]
        number = _count(text)
        if number is None or not low <= number <= high:
            return Fault(
                row,
                HEADINGS[column],
                text,
                _("write a whole number from %(low)d to %(high)d"),
                values={"low": low, "high": high},
            )
        facts[column] = number
    elif len(text) > LONGEST[column]:
        return Fault(
            row,
            HEADINGS[column],
            text[:40] + "…",
            _("shorten it to %(n)d characters"),
            values={"n": LONGEST[column]},
        )
    else:
        facts[column] = _whole(text) if column == "number" else text
    return None


def _near(text: str, known: Mapping[str, int]) -> tuple[str, ...]:
    from difflib import get_close_matches

    return tuple(get_close_matches(text, known, 3, 0.5))


def _count(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _whole(text: str) -> str:
    """A spreadsheet's 7.0 is the number 7."""
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in DAY_FORMS:
        try:
            return datetime.strptime(_text(value), form).date()
        except ValueError:
            continue
    return None
