"""The parts of a year that a Chinese time expression names: 上半年, 前三季度, 3月, 12月底, 冬季."""

from __future__ import annotations

from ..patterns import pattern
from . import calendar
from .calendar import Days
from .grammar import number

_MONTHS = pattern(
    r"(\d{1,2}|[一二三四五六七八九])(?:[-—–~至到、]|和|及)(\d{1,2}|[一二三四五六七八九十]{1,2})月"
)
DAY = pattern(r"(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})[日号]")
_QUARTER = pattern(r"[一二三四两1-4]")
SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}


def of_part(part: str, year: int) -> Days | None:
    """The part of that year: 上半年, 前三季度, 3月, 12月底, 年初."""
    if "月" in part:
        return of_month(part, year)
    if part[0] in SEASONS:
        return calendar.season(year, SEASONS[part[0]])
    if "季" in part:
        n = _quarter(part)
        several = part[0] == "前" or (part[0] == "首" and part[1] != "季")
        return calendar.months(year, 1, 3 * n) if several else calendar.quarter(year, n)
    if part[0] in "QH":
        return (calendar.quarter if part[0] == "Q" else calendar.half)(year, int(part[1]))
    if "半年" in part:
        return calendar.half(year, 2 if part.startswith("下") else 1)
    if part.endswith(("底", "末")):
        return calendar.day(year, 12, 31)
    if part.endswith("初"):
        return calendar.day(year, 1, 1)
    return calendar.day(year, 6, 30) if part.endswith("中") else calendar.year(year)


def _quarter(part: str) -> int:
    """Which quarter: 首季 the first, 末季 the last."""
    named = _QUARTER.search(part)
    return number(named[0]) if named else {"首": 1, "末": 4}[part[0]]


def of_month(part: str, year: int) -> Days | None:
    part = "".join(part.split())
    if part[0] in "前首头":
        n = number(part[1:].rstrip("个月"))
        return calendar.months(year, 1, n) if 1 <= n <= 12 else None
    if ends := _MONTHS.match(part):
        a, b = number(ends[1]), number(ends[2])
        return calendar.months(year, a, b) if 1 <= a <= b <= 12 else None
    name, _, rest = part.partition("月")
    n = number(name)
    if not 1 <= n <= 12:
        return None
    if day := DAY.match(rest.lstrip()):
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
