"""The days that a Chinese time expression means."""

from __future__ import annotations

import re
from datetime import date

from ..patterns import pattern
from . import calendar
from .calendar import Days
from .grammar import NUMERAL, number

_MONTHS = pattern(r"(\d{1,2})[-—–~至到](\d{1,2})月")
_ROC = pattern(r"\d{3}年")
_NUMBER = pattern(r"\d+")
_DAY = pattern(r"(\d{1,2}|[一二三四五六七八九十廿]{1,3})\s?日")
_SHIFT = {"明": 1, "下": 1, "次": 1, "后": 2, "去": -1, "上": -1, "前": -2}


def of_base(base: str, today: date | None, year: int | None) -> Days | None:
    """2024年, 今年, 上年, 民国112年, “十四五”, 上世纪90年代; `year` is the year named before in the sentence."""
    if base.endswith("年代"):
        return _decade(base)
    if "世纪" in base:
        return calendar.year(2050 if "中叶" in base else 2100 if "末" in base else 2020)
    if "年" not in base:
        return calendar.plan(number(base.strip("“”『』「」")[:-1]))
    if base[0] == "民" or _ROC.match(base):
        return calendar.year(1911 + int(_NUMBER.search(base)[0]))
    if base[0] in "12一二":
        digits = base[:4]
        return calendar.year(
            int(digits) if digits.isascii() else int("".join(str(NUMERAL[c]) for c in digits))
        )
    if base[0] in "上次当同" and year is not None:
        return calendar.year(year + _SHIFT.get(base[0], 0))
    return calendar.year(today.year + _SHIFT.get(base[0], 0)) if today else None


def _decade(base: str) -> Days:
    """上世纪90年代, 20世纪八十年代, 2030年代."""
    century, _, tens = base.removesuffix("年代").rpartition("世纪")
    if not century:
        first = int(tens)
    else:
        named = {"上": 20, "上个": 20, "本": 21, "本个": 21}.get(century) or number(century)
        first = 100 * (named - 1) + number(tens)
    return calendar.year(first)[0], calendar.year(first + 9)[1]


def of_word(word: str, today: date | None, year: int | None) -> Days | None:
    """年底, 上半年, 一季度, 4月26日, 昨天上午, 上月, without a year of their own."""
    if word[0] in "今昨" and today and (printed := _NUMBER.search(word)):
        return _of_day(int(printed[0]), today)
    if word[0] in "昨今明去" and "年" not in word:
        return calendar.shifted(today, {"昨": -1, "今": 0, "明": 1}[word[0]]) if today else None
    if word[0] in "上本下" and "月" in word:
        if today is None:
            return None
        index = today.year * 12 + today.month - 1 + {"上": -1, "本": 0, "下": 1}[word[0]]
        first, last = calendar.month(index // 12, index % 12 + 1)
        return (last, last) if word.endswith("底") else (first, last)
    if word[-1] == "日" and "月" not in word:
        return _of_day(int(word[:-1]), today) if today else None
    if year is None and today is None:
        return None
    return of_part(word, year if year is not None else today.year)


def of_part(part: str, year: int) -> Days | None:
    """The part of that year: 上半年, 前三季度, 3月, 12月底, 年初."""
    if "月" in part:
        return _of_month(part, year)
    if "季" in part:
        n = _quarter(part)
        return calendar.months(year, 1, 3 * n) if part.startswith("前") else calendar.quarter(year, n)
    if "半年" in part:
        return calendar.half(year, 2 if part.startswith("下") else 1)
    if part.endswith(("底", "末")):
        return calendar.day(year, 12, 31)
    if part.endswith("初"):
        return calendar.day(year, 1, 1)
    return calendar.day(year, 6, 30) if part.endswith("中") else calendar.year(year)


def _of_day(day: int, today: date) -> Days | None:
    """18日 in a news item: of this month, or of the last one where the day is still to come."""
    before = calendar.month(today.year, today.month)[0].toordinal() - 1
    month = today if day <= today.day else date.fromordinal(before)
    return calendar.day(month.year, month.month, day)


def _quarter(part: str) -> int:
    """Which quarter: 首季 the first, 末季 the last."""
    return {"首": 1, "末": 4}.get(part[0]) or number(re.search(r"[一二三四两1-4]", part)[0])


def _of_month(part: str, year: int) -> Days | None:
    part = "".join(part.split())
    if part.startswith("前"):
        n = number(part[1:].removesuffix("个月"))
        return calendar.months(year, 1, n) if 1 <= n <= 12 else None
    if ends := _MONTHS.match(part):
        a, b = int(ends[1]), int(ends[2])
        return calendar.months(year, a, b) if 1 <= a <= b <= 12 else None
    name, _, rest = part.partition("月")
    n = number(name)
    if not 1 <= n <= 12:
        return None
    if day := _DAY.match(rest.lstrip()):
        return calendar.day(year, n, number(day[1]))
    first, last = calendar.month(year, n)
    end = last.day
    cuts = {
        "上旬": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, end),
        "初": (1, 1),
        "底": (end, end),
        "末": (end, end),
    }
    a, b = cuts.get(rest, (1, end))
    return first.replace(day=a), last.replace(day=b)
