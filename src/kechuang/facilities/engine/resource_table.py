"""A table of resources (xlsx or csv) read and checked row by row, before anything is stored.

Columns may bear the code name or the Chinese or English heading. Amounts are in yuan; they become whole fen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kechuang.core.kernel import Money
from kechuang.facilities.engine import hours

HEADINGS = {
    "code": ("编号", "Code"),
    "kind": ("类别", "Kind"),
    "name_zh": ("名称", "中文名称", "Chinese name"),
    "name_en": ("英文名称", "English name"),
    "capability": ("能力类别", "Capability"),
    "capability_zh": ("功能", "What it can do"),
    "capability_en": ("功能（英文）", "What it can do (English)"),
    "owner": ("所属单位", "Owner"),
    "place": ("地点", "Place"),
    "maker": ("厂商", "Maker"),
    "model": ("型号", "Model"),
    "serial": ("序列号", "Serial number"),
    "handle": ("标识", "DOI or handle"),
    "acquired_on": ("购置日期", "Acquired on"),
    "value_fen": ("原值（元）", "Original value (yuan)", "value_yuan"),
    "hours": ("开放时间", "Open hours"),
    "rate_internal_fen": ("内部费率（元/时）", "Internal rate (yuan an hour)", "rate_internal_yuan"),
    "rate_academic_fen": ("学术费率（元/时）", "Academic rate (yuan an hour)", "rate_academic_yuan"),
    "rate_enterprise_fen": ("企业费率（元/时）", "Enterprise rate (yuan an hour)", "rate_enterprise_yuan"),
    "rate_proprietary_fen": ("保密费率（元/时）", "Proprietary rate (yuan an hour)", "rate_proprietary_yuan"),
    "contact": ("联系人", "Contact"),
    "contact_phone": ("电话", "Telephone"),
    "contact_email": ("邮箱", "E-mail"),
    "opened": ("开放共享", "Opened"),
    "opened_on": ("开放日期", "Opened on"),
}
REQUIRED = ("code", "kind", "name_zh", "owner")
YES, NO = {"1", "是", "yes", "true", "y"}, {"", "0", "否", "no", "false", "n"}
LENGTHS = {
    "code": 40,
    "name_zh": 200,
    "name_en": 300,
    "place": 120,
    "maker": 120,
    "model": 120,
    "serial": 80,
    "handle": 120,
    "contact": 80,
    "contact_phone": 40,
    "contact_email": 254,
    "hours": 120,
}
MOST_FAULTS = 200


class TableError(ValueError):
    """The file as a whole cannot be read; says what to mend."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place: row as the spreadsheet counts it, column as the file names it."""

    row: int
    column: str
    value: str
    remedy: str


@dataclass
class Checked:
    """Sound rows as field values, the first faults, and how many there are in all."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    wrong: int = 0

    def add(self, fault: Fault) -> None:
        self.wrong += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def read(data: bytes, name: str) -> Iterator[Sequence[Any]]:
    """The rows of a file, headings first. Raises TableError."""
    if name.lower().endswith(".xlsx"):
        return _sheet(data)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return csv.reader(io.StringIO(data.decode(encoding), newline=""))
        except UnicodeDecodeError:
            continue
    raise TableError("The file is neither xlsx nor readable text: save it as xlsx or as CSV (UTF-8).")


def _sheet(data: bytes) -> Iterator[Sequence[Any]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except (OSError, KeyError, ValueError, IndexError, EOFError) as error:
        raise TableError(f"The workbook cannot be read ({error}): save it again as xlsx.") from error
    except Exception as error:
        if type(error).__module__.startswith(("zipfile", "openpyxl", "xml")):
            raise TableError(f"The workbook cannot be read ({error}): save it again as xlsx.") from error
        raise


def check(
    table: Iterable[Sequence[Any]],
    *,
    kinds: Mapping[str, str],
    capabilities: Mapping[str, str],
    owner_of: Callable[[str], int | str],
) -> Checked:
    """Check every row. `kinds` and `capabilities` give the code of each word; `owner_of` the key of an
    organisation's name, or a text that says why it cannot be its owner. Raises TableError on missing headings."""
    rows = iter(table)
    columns = _headings(next(rows, ()))
    readers = {
        **_READERS,
        "kind": _choice(kinds),
        "capability": _choice(capabilities),
        "owner": _owner(owner_of),
    }
    checked, places = Checked(), {}
    for number, cells in enumerate(rows, 2):
        if not any(_text(cell) for cell in cells):
            continue
        found, sound = {}, True
        for name, (at, label) in columns.items():
            cell = cells[at] if at < len(cells) else None
            try:
                found[name] = readers[name](cell)
                _required(name, found[name], cell)
            except ValueError as error:
                sound = False
                checked.add(Fault(number, label, _text(cell)[:80], str(error)))
        if not sound:
            continue
        code = found["code"]
        if code in places:
            label = columns["code"][1]
            checked.add(
                Fault(
                    number, label, code, f"This code stands in row {places[code]} too: give each row its own."
                )
            )
            continue
        places[code] = number
        checked.rows.append(found)
    return checked


def _headings(cells: Sequence[Any]) -> dict[str, tuple[int, str]]:
    """{field: (place, heading as written)}"""
    known = {word.casefold(): name for name, words in HEADINGS.items() for word in (name, *words)}
    found: dict[str, tuple[int, str]] = {}
    for at, cell in enumerate(cells):
        name = known.get(_text(cell).casefold())
        if name in found:
            raise TableError(f"Column {_text(cell)} stands twice: remove one.")
        if name:
            found[name] = at, _text(cell)
    missing = [HEADINGS[name][0] for name in REQUIRED if name not in found]
    if missing:
        raise TableError(f"The first row lacks {', '.join(missing)}: take the headings of the template.")
    return found


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _required(name: str, value: Any, cell: Any) -> None:
    if name in REQUIRED and value in (None, ""):
        raise ValueError("Fill this in.")


def _words(name: str) -> Callable[[Any], str]:
    most = LENGTHS.get(name)

    def read_words(cell: Any) -> str:
        text = _text(cell)
        if most and len(text) > most:
            raise ValueError(f"At most {most} characters; there are {len(text)}.")
        return text

    return read_words


def _choice(codes: Mapping[str, str]) -> Callable[[Any], str]:
    folded = {word.casefold(): code for word, code in codes.items()}

    def read_choice(cell: Any) -> str:
        text = _text(cell)
        if text and text.casefold() not in folded:
            raise ValueError(f"Take one of {', '.join(dict.fromkeys(codes.values()))}.")
        return folded.get(text.casefold(), "")

    return read_choice


def _owner(owner_of: Callable[[str], int | str]) -> Callable[[Any], int | str]:
    def read_owner(cell: Any) -> int | str:
        text = _text(cell)
        found = owner_of(text) if text else ""
        if isinstance(found, str) and text:
            raise ValueError(found)
        return found

    return read_owner


def _fen(optional: bool) -> Callable[[Any], int | None]:
    def read_fen(cell: Any) -> int | None:
        text = _text(cell).replace(",", "").replace("，", "")
        if not text:
            return None if optional else 0
        try:
            fen = Money.yuan(Decimal(text)).fen
        except (InvalidOperation, ValueError, OverflowError) as error:
            raise ValueError("Write an amount in yuan with at most two decimals.") from error
        if fen < 0:
            raise ValueError("The amount is negative: write 0 or more.")
        if fen >= 2**63:
            raise ValueError("The amount is too large: write it in yuan.")
        return fen

    return read_fen


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if not text:
        return None
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise ValueError("Write the day as 2026-11-21.") from error


def _hours(cell: Any) -> str:
    try:
        return hours.canonical(_text(cell))
    except ValueError as error:
        raise ValueError(f"{error}: write like 1-5 09:00-17:00; 6 10:00-12:00, or 24/7.") from error


def _yes(cell: Any) -> bool:
    text = _text(cell).casefold()
    if text not in YES | NO:
        raise ValueError("Write yes or no.")
    return text in YES


_READERS: dict[str, Callable[[Any], Any]] = {
    **{name: _words(name) for name in HEADINGS},
    "acquired_on": _day,
    "opened_on": _day,
    "value_fen": _fen(optional=False),
    **{name: _fen(optional=True) for name in HEADINGS if name.startswith("rate_")},
    "hours": _hours,
    "opened": _yes,
}
