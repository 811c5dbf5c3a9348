"""The years that a Chinese time expression names: 2024年, 今年, 民国112年, “十四五”, 上世纪90年代."""

from __future__ import annotations

from datetime import date

from ..patterns import pattern
from . import calendar
from .calendar import Days
from .grammar import NUMERAL, number
from .setting import Setting

_MINGUO = pattern(r"(?:民国)?(元|\d{1,3}(?=学?年)|[〇零○一二三四五六七八九十百]{1,6}?)学?年")
_YEAR_IN_BRACKETS = pattern(r"[（(](?:民国)?([^年）)]+)年?[）)]年")
_LAST_ROC = 200  # a smaller number of a year counts from 1912
_TWO_YEARS = pattern("今[、和]?明")
_NUMBER = pattern(r"\d+")
_SHIFT = {"明": 1, "下": 1, "次": 1, "翌": 1, "后": 2, "去": -1, "上": -1, "前": -2}
_OF_THE_STORY = frozenset("次当同翌")  # 当年, 翌年 count from the year told last


def of_base(base: str, setting: Setting) -> Days | None:
    """2024年, 今年, 上年, 民国112年, “十四五”, 上世纪90年代."""
    if base.endswith("年代"):
        return _decade(base)
    if "世纪" in base:
        return calendar.year(2050 if "中叶" in base else 2100 if "末" in base else 2020)
    if "年" not in base and base[0] not in "12一二":
        return calendar.plan(number(base.strip("“”『』「」‘’\"'")[:-1]))
    if (roc := _MINGUO.match(base)) and number(roc[1]) < _LAST_ROC:
        first = 1911 + number(roc[1])
        return calendar.year(first)[0], calendar.year(first + ("学年" in base))[1]
    if base.isdecimal() and int(base) < _LAST_ROC:  # 111、112年
        return calendar.year(1911 + int(base))
    if _TWO_YEARS.match(base):
        return _two_years(setting.today)
    if base == "前一年":  # before the year that is told of
        told = setting.year or setting.told
        return calendar.year(told - 1) if told else None
    if printed := _YEAR_IN_BRACKETS.search(base):
        return _printed_year(number(printed[1]), setting.today)
    if base[0] in "12一二":
        digits = base[:4]
        return calendar.year(
            int(digits) if digits.isascii() else int("".join(str(NUMERAL[c]) for c in digits))
        )
    year = setting.year
    if year is None and base[0] in _OF_THE_STORY:
        year = setting.told
    if year is None or base[0] not in "上次当同翌":
        year = setting.today.year if setting.today else None
    return calendar.year(year + _SHIFT.get(base[0], 0)) if year is not None else None


def _two_years(today: date | None) -> Days | None:
    """今明两年."""
    return (calendar.year(today.year)[0], calendar.year(today.year + 1)[1]) if today else None


def _printed_year(n: int, today: date | None) -> Days:
    """The year in the brackets of 今(113)年, 去（2023）年, 今(24)年."""
    if n < 100 and today and abs(2000 + n - today.year) < abs(1911 + n - today.year):
        return calendar.year(2000 + n)
    return calendar.year(n if n > _LAST_ROC else 1911 + n)


def _decade(base: str) -> Days:
    """上世纪90年代, 20世纪八十年代, 2030年代, 民国70年代, 90年代."""
    century, _, tens = base.removesuffix("年代").rpartition("世纪")
    if base[0] == "民":
        first = 1911 + int(_NUMBER.search(base)[0])
    elif not century:
        first = number(tens) + (1900 if len(tens) < 4 else 0)
    else:
        named = {"上": 20, "上个": 20, "本": 21, "本个": 21}.get(century) or number(century)
        first = 100 * (named - 1) + number(tens)
    return calendar.year(first)[0], calendar.year(first + 9)[1]
