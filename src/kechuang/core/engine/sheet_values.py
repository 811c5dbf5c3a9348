"""What one cell of a table says: a declared field reads it, or tells what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

LARGEST = 10**15
LISTED = 12
FIXED = 40  # a longer list is one of names that people keep
DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_YES_NO = {
    **dict.fromkeys(("1", "true", "yes", "是", "y", "✓"), True),
    **dict.fromkeys(("0", "false", "no", "否", "n"), False),
}
_EMPTY = {"text": "", "flag": False}


def marked(text: str) -> str:
    """Marks a text for the catalogues; whoever shows it translates it."""
    return text


_ = marked


class Wrong(Exception):
    """A cell that does not fit: what is wrong with it, and the remedy; `values` fill both in."""

    def __init__(self, what: str, remedy: str, **values: Any) -> None:
        super().__init__(what % values)
        self.what, self.remedy, self.values = what, remedy, values


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `labels` are the heads it may bear (Chinese, English, others); `choices` maps what is written → value.

    kind: text, integer, decimal, money (yuan in the file → fen), date, flag, choice.
    `longest` is in characters; `reads` makes the value from a text in a way of its own, and may raise Wrong.
    """

    key: str
    labels: tuple[str, ...]
    kind: str = "text"
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    reads: Callable[[str], Any] | None = None

    def label(self, language: int = 0) -> str:
        return self.labels[min(language, len(self.labels) - 1)]


def text_of(cell: Any) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def reader(wanted: Field) -> Callable[[Any], Any]:
    """What reads the cells of this column; raises Wrong."""
    read = _choice(wanted) if wanted.kind == "choice" else _READ[wanted.kind]

    def value(cell: Any) -> Any:
        text = text_of(cell)
        if not text:
            if wanted.required:
                raise Wrong(_("is empty"), _("Fill it in."))
            return _EMPTY.get(wanted.kind)
        if wanted.longest and len(text) > wanted.longest:
            raise Wrong(_("is too long"), _("Shorten it to %(n)d characters."), n=wanted.longest)
        found = read(cell, text)
        _between(wanted, found)
        return wanted.reads(found) if wanted.reads else found

    return value


def _between(wanted: Field, value: Any) -> None:
    if wanted.least is not None and value < wanted.least:
        raise Wrong(_("is less than %(least)s"), _("Give %(least)s or more."), least=wanted.least)
    if wanted.most is not None and value > wanted.most:
        raise Wrong(_("is more than %(most)s"), _("Give %(most)s or less."), most=wanted.most)


def _number(cell: Any, text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise Wrong(_("is not a number"), _("Write digits only, such as 1200 or 1200.50.")) from None
    if not number.is_finite():
        raise Wrong(_("is not a number"), _("Write digits only."))
    if abs(number) >= LARGEST or number.as_tuple().exponent < -30:
        raise Wrong(_("is too large or has too many digits"), _("Check the unit and round it."))
    return number


def _whole(cell: Any, text: str) -> int:
    number = _number(cell, text)
    if number != number.to_integral_value():
        raise Wrong(_("is not a whole number"), _("Round it."))
    return int(number)


def _fen(cell: Any, text: str) -> int:
    fen = _number(cell, text) * 100
    if fen != fen.to_integral_value():
        raise Wrong(_("has a fraction of a fen"), _("Give yuan with at most two decimals."))
    return int(fen)


def _day(cell: Any, text: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for style in DAY_FORMS:
        try:
            return datetime.strptime(text, style).date()
        except ValueError:
            continue
    raise Wrong(_("is not a date"), _("Write it as 2026-11-21."))


def _flag(cell: Any, text: str) -> bool:
    found = _YES_NO.get(text.casefold())
    if found is None:
        raise Wrong(_("is neither yes nor no"), _("Write 是 or 否 (yes or no)."))
    return found


def _choice(wanted: Field) -> Callable[[Any, str], Any]:
    folded = {str(word).casefold(): value for word, value in wanted.choices.items()}

    def read(cell: Any, text: str) -> Any:
        if text.casefold() in folded:
            return folded[text.casefold()]
        raise _unknown(text, list(map(str, wanted.choices)))

    return read


def _unknown(text: str, words: list[str]) -> Wrong:
    """All words where they are few, else those that look alike, else some of a list that cannot be added to."""
    what = _("is not one of the known values")
    near = get_close_matches(text, words, 3, 0.5) if len(words) > LISTED else []
    if near:
        return Wrong(what, _("Similar are: %(some)s."), some="、".join(near))
    if 0 < len(words) <= FIXED:
        some = words[:LISTED] + ["…"] * (len(words) > LISTED)
        return Wrong(what, _("Use one of: %(some)s."), some="、".join(some))
    return Wrong(what, _("Correct it, or add it first."))


_READ: dict[str, Callable[[Any, str], Any]] = {
    "text": lambda cell, text: text,
    "integer": _whole,
    "decimal": _number,
    "money": _fen,
    "date": _day,
    "flag": _flag,
}
