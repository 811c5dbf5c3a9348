"""What a list is declared of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _

from kechuang.core.kernel import State, formatting
from kechuang.core.language import current, in_language
from kechuang.core.web import states
from kechuang.core.web.times import local_day, to_the_minute

Row = dict[str, Any]


FORMATS: dict[str, Callable[[Any], str]] = {
    "text": lambda value: "" if value is None else value,
    "number": lambda value: "—" if value is None else formatting.grouped(value),
    "compact": lambda value: formatting.number(value, current()),
    "money": lambda value: formatting.money(value, current()),
    "percent": formatting.percent,
    "day": lambda value: formatting.day(local_day(value)),
    "time": to_the_minute,
    "state": states.badge,
}
_RIGHT = {"number", "compact", "money", "percent"}
_NARROW = {"day", "time", "state"}


@dataclass(frozen=True)
class Column:
    """One column.

    key       name in the address and, unless `fields` or `value` say otherwise, the field read
    label     head of the column
    fields    what `.values()` must bring for this column (default: the key)
    value     row → plain value (default: row[fields[0]]); this is also what is exported
    format    how the value shows: text, number, compact, money (fen), percent (ratio), day, time, state
    choices   value → words, e.g. dict(Model.Kind.choices)
    cell      row → HTML (use format_html), when the value alone is not enough
    sort      field to sort by; True = the first field; False = not sortable
    link      row → address; the first column takes the list's row_url without this
    align     start, end, center; numbers stand at the end by themselves
    optional  hidden until chosen in the column menu
    """

    key: str
    label: str
    fields: tuple[str, ...] = ()
    value: Callable[[Row], Any] | None = None
    format: str = "text"
    choices: Mapping | None = None
    cell: Callable[[Row], Any] | None = None
    sort: str | bool = False
    link: Callable[[Row], str | None] | None = None
    align: str = ""
    optional: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        return self.fields or (self.key,)

    @property
    def sort_field(self) -> str:
        return self.reads[0] if self.sort is True else self.sort or ""

    @property
    def css(self) -> str:
        align = self.align or ("end" if self.format in _RIGHT else "")
        return f"{align} {'narrow' if self.format in _NARROW else ''}".strip()

    def plain(self, row: Row) -> Any:
        """The value as exported: words for choices, otherwise the bare value."""
        value = self.value(row) if self.value else row[self.reads[0]]
        return (
            str(self.choices.get(value, value)) if self.choices is not None and value is not None else value
        )

    @property
    def head(self) -> str:
        """The label over an exported column: money says its unit."""
        return _("%(label)s (yuan)") % {"label": self.label} if self.format == "money" else str(self.label)

    def exported(self, row: Row) -> Any:
        """The value in a table that people read: yuan for money, words for states."""
        value = self.plain(row)
        if value is None or self.format not in ("money", "state"):
            return value
        return Decimal(value) / 100 if self.format == "money" else str(states.LABELS[State(value)])

    def show(self, row: Row, url: str | None = None) -> str:
        """The cell's HTML."""
        html = self.cell(row) if self.cell else FORMATS[self.format](self.plain(row))
        url = self.link(row) if self.link else url
        return format_html('<a href="{}">{}</a>', url, html) if url else conditional_escape(html)


def named(key: str, label: str, path: str, **more: Any) -> Column:
    """A column of names in the reader's language; `path` is the field without its _zh or _en."""
    zh, en = f"{path}_zh", f"{path}_en"
    return Column(
        key, label, fields=(zh, en), value=lambda row: in_language(row[zh] or "", row[en] or ""), **more
    )


@dataclass(frozen=True)
class View:
    """A ready-made view: an address of the list under a name."""

    key: str
    label: str
    query: str


@dataclass(frozen=True)
class BulkAct:
    """An act on the selected rows. `label` holds {count}: "Accept {count} commitments". `verb` = who may."""

    key: str
    label: str
    url_name: str
    verb: str = ""
    danger: bool = False

    @property
    def before_count(self) -> str:
        return str(self.label).partition("{count}")[0]

    @property
    def after_count(self) -> str:
        return str(self.label).partition("{count}")[2]
