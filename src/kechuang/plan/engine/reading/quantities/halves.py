"""Halves without a number of their own: 半年, 半个百分点; and behind one: 一个半小时, 1年半至2年."""

from __future__ import annotations

from decimal import Decimal

from ..patterns import pattern
from . import lexicon
from .amounts import spelled
from .hits import Hit

_HALF = Decimal("0.5")
_HALVED = frozenset({"个百分点", "百分点", "公里", "公斤", "米"})
_AND_HALF = pattern(r"(\d{1,2}|[一二三四五六七八九两])个半(小时|星期|学期|月)")
_YEARS_AND_HALF = pattern(
    r"(\d{1,2}|[一二三四五六七八九两])年半(?!年|数)(?:[至到—–~-](\d{1,2}|[一二三四五六七八九两])年)?"
)


def half_at(text: str, start: int) -> Hit | None:
    """The half that starts at `start`, or None."""
    if more := _AND_HALF.match(text, start):
        unit = "个月" if more[2] == "月" else more[2]
        return Hit(start, more.end(), spelled(more[1]) + _HALF, unit, "duration")
    if years := _YEARS_AND_HALF.match(text, start):
        most = spelled(years[2]) if years[2] else None
        return Hit(start, years.end(), spelled(years[1]) + _HALF, "年", "duration", most)
    if text[start] != "半" or text[max(0, start - 1) : start] in ("上", "下"):
        return None
    unit = lexicon.unit_at(text, start + 1)
    end = start + 1 + len(unit)
    if unit in _HALVED:
        return Hit(start, end, _HALF, unit, "measure")
    if lexicon.is_duration(unit) and unit != "天" and text[end : end + 1] not in "报度以":
        return Hit(start, end, _HALF, unit, "duration")
    return None
