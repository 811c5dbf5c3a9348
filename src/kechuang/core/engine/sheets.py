"""Tables handed in as xlsx or csv: read by declared fields, every fault named with row, column, value and remedy.

    sheet = read_sheet(data, "tasks.xlsx", [Field("title", ("任务", "Task"), required=True), …])
    sheet.faults → nothing may be written; else sheet.rows → dicts by field key

Pure: bytes in, plain values out. `sheet_files` opens the files, `sheet_values` reads the cells.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from kechuang.core.engine.sheet_files import MAX_ROWS, SheetError, blank, head_of, lines_of
from kechuang.core.engine.sheet_values import Field, Wrong, marked, reader, text_of

__all__ = ["MAX_FAULTS", "Fault", "Field", "Sheet", "SheetError", "Wrong", "blank", "marked", "read_sheet"]
MAX_FAULTS = 200
_ = marked


@dataclass(frozen=True, slots=True)
class Fault:
    """Row as the spreadsheet counts it, column as the file names it. `said` gives words in another language."""

    row: int
    column: str
    value: str
    what: str
    remedy: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, translate: Callable[[str], str] = str) -> tuple[str, str]:
        """What is wrong and how to mend it."""
        return translate(self.what) % self.values, translate(self.remedy) % self.values


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows by field key (with `_row`, their number in the file), every fault, the heads of the fields it gives and
    those that are not read."""

    rows: list[dict[str, Any]]
    faults: list[Fault]
    heads: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()  # heads that no field has

    def fault(self, row: Mapping[str, Any], key: str, what: str, remedy: str, /, **values: Any) -> Fault:
        """One that only shows when a row is seen as a whole."""
        return Fault(row["_row"], self.heads.get(key, key), text_of(row[key]), what, remedy, values)

    def with_faults(self, more: Iterable[Fault]) -> Sheet:
        return replace(self, faults=sorted([*self.faults, *more], key=lambda fault: fault.row))

    def repeated(self, known_by: Callable[[Mapping[str, Any]], Hashable], key: str) -> Iterable[Fault]:
        """A fault for each sound row that is an earlier one again, at the column of `key`."""
        first: dict[Hashable, int] = {}
        wrong = {fault.row for fault in self.faults}
        for row in self.rows:
            if row["_row"] in wrong:
                continue
            if (same := first.setdefault(known_by(row), row["_row"])) != row["_row"]:
                yield self.fault(row, key, _("is row %(row)d again"), _("Take one of them out."), row=same)


def read_sheet(data: bytes, name: str, fields: Sequence[Field], most: int = MAX_ROWS) -> Sheet:
    """All rows by field key; after MAX_FAULTS faults no more are read.

    Raises SheetError when the file is no table, lacks a required column or has more than `most` rows.
    """
    lines = enumerate(lines_of(data, name, partial(_fits, fields)), 1)
    head = head_of(cells for _n, cells in lines)
    heads, places = _places([text_of(cell) for cell in head], fields, name)
    rows, faults = [], []
    for number, cells in lines:
        if not any(map(text_of, cells)):
            continue
        if len(rows) == most:
            raise SheetError(name, _("more than %(n)d rows. Split the file."), n=most)
        rows.append({**_row(cells, number, places, faults), "_row": number})
        if len(faults) >= MAX_FAULTS:
            break
    if not rows:
        raise SheetError(name, _("there are headings but no rows. Fill in at least one."))
    return Sheet(rows, faults, heads, _unread(head, places))


def _unread(head: list[Any], places: list[Place]) -> tuple[str, ...]:
    read = {at for _field, _reader, at, _head in places}
    return tuple(label for i, cell in enumerate(head) if i not in read and (label := text_of(cell)))


def _fits(fields: Sequence[Field], head: list[Any]) -> bool:
    """Whether every column that must be there is."""
    labels = {text_of(cell).casefold() for cell in head}
    return all(not labels.isdisjoint(_words(wanted)) for wanted in fields if wanted.required)


def _words(wanted: Field) -> set[str]:
    return {word.casefold() for word in (*wanted.labels, wanted.key)}


Place = tuple[Field, Callable[[Any], Any], int | None, str]


def _places(head: list[str], fields: Sequence[Field], name: str) -> tuple[dict[str, str], list[Place]]:
    """The head of each field that the file gives; field, reader, place and head of every field."""
    if not any(head):
        raise SheetError(name, _("the table is empty. Fill in the empty workbook."))
    labels = [label.casefold() for label in head]
    heads, places = {}, []
    for wanted in fields:
        words = _words(wanted)
        at = [i for i, label in enumerate(labels) if label in words]
        if len(at) > 1:
            raise SheetError(name, _("the column %(column)s stands twice. Remove one."), column=head[at[1]])
        if wanted.required and not at:
            raise SheetError(
                name,
                _("the column %(column)s is missing. Found: %(found)s."),
                column=" / ".join(wanted.labels[:2]),
                found="、".join(filter(None, head)),
            )
        if at:
            heads[wanted.key] = head[at[0]]
        places.append((wanted, reader(wanted), at[0] if at else None, heads.get(wanted.key, "")))
    return heads, places


def _row(cells: Sequence[Any], number: int, places: list[Place], faults: list[Fault]) -> dict[str, Any]:
    row = {}
    for wanted, read, at, head in places:
        cell = cells[at] if at is not None and at < len(cells) else None
        try:
            row[wanted.key] = read(cell)
        except Wrong as wrong:
            faults.append(Fault(number, head, text_of(cell)[:80], wrong.what, wrong.remedy, wrong.values))
            row[wanted.key] = None
    return row
