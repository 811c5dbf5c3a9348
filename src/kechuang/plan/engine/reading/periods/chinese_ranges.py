"""Stretches of time written in Chinese with both their ends, or by their length: 2021—2025年, 3月至5月, 近三年."""

from __future__ import annotations

from datetime import date

from ..patterns import pattern
from ..types import FoundPeriod, TimeRole
from . import calendar, days, grammar
from .setting import Setting

_BETWEEN = pattern("[一二两三四五六七八]([二两三四五六七八九])")
_NOT_BEFORE_SPAN = frozenset("第连续几数十每满逾过约达历超")


def range_at(text: str, at: int, setting: Setting) -> FoundPeriod | None:
    """The stretch that starts at `at`, or None."""
    return (
        _years(text, at)
        or _minguo_years(text, at, setting)
        or _days(text, at, setting)
        or _between(text, at, setting)
        or _length(text, at, setting.today)
    )


def located(
    text: str, start: int, end: int, meant: tuple[date | None, date | None], role: TimeRole, rule: str
) -> FoundPeriod:
    return FoundPeriod(start, end, text[start:end], meant[0], meant[1], role, (f"period.{rule}",))


def _years(text: str, at: int) -> FoundPeriod | None:
    """2021—2025年, 从1950年到2002年, 2016-20年, 2023/24学年."""
    m = grammar.YEARS.match(text, at)
    if not m:
        return None
    first = grammar.number(m["y1"])
    last = grammar.number(m["y2"]) + (0 if len(m["y2"]) == 4 else first // 100 * 100)
    return _of_years(text, at, m.end(), first, last)


def _minguo_years(text: str, at: int, setting: Setting) -> FoundPeriod | None:
    """110至114年, 民国110年至114年."""
    m = grammar.MINGUO_YEARS.match(text, at)
    if not m or not (m["in"] or setting.minguo):
        return None
    return _of_years(text, at, m.end(), 1911 + grammar.number(m["y1"]), 1911 + grammar.number(m["y2"]))


def _of_years(text: str, at: int, end: int, first: int, last: int) -> FoundPeriod | None:
    if last <= first:
        return None
    return located(text, at, end, (date(first, 1, 1), date(last, 12, 31)), TimeRole.PERIOD, "range")


def _days(text: str, at: int, setting: Setting) -> FoundPeriod | None:
    """7月16日至18日, 2024年3月1日—5月2日."""
    m = grammar.DAYS.match(text, at)
    if not m:
        return _bare_days(text, at, setting.today)
    year = m["year"]
    named = int(year[:4]) if year and year[0] in "12" else setting.named()
    if year and year[0] in "去今明":
        named = setting.today and setting.today.year + {"去": -1, "今": 0, "明": 1}[year[0]]
    if named is None:
        return None
    month = grammar.number(m["m1"][:-1])
    last_month = grammar.number(m["m2"][:-1]) if m["m2"] else month
    first = calendar.day(named, month, grammar.number(m["d1"].rstrip("日号")))
    last = calendar.day(named, last_month, grammar.number(m["d2"].rstrip("日号")))
    if first is None or last is None or last[0] <= first[0]:
        return None
    return located(text, at, m.end(), (first[0], last[0]), TimeRole.PERIOD, "days")


def _bare_days(text: str, at: int, today: date | None) -> FoundPeriod | None:
    """21日至23日: of the document's month, or of the one before where it is still to come."""
    m = grammar.BARE_DAYS.match(text, at)
    if not m or today is None:
        return None
    first, last = (grammar.number(m[part].rstrip("日号")) for part in ("d1", "d2"))
    of = today if first <= today.day or text.startswith("本月", at) else calendar.month_before(today)
    begin, end = calendar.day(of.year, of.month, first), calendar.day(of.year, of.month, last)
    if begin is None or end is None or end[0] <= begin[0]:
        return None
    return located(text, at, m.end(), (begin[0], end[0]), TimeRole.PERIOD, "days")


def _between(text: str, at: int, setting: Setting) -> FoundPeriod | None:
    """Two times of any kind with 至 between: 今年至明年, 2023年9月至2024年6月, 一季度至三季度."""
    begin = grammar.anchor_at(text, at, setting.minguo)
    if (
        not begin
        or begin["tail"] not in (None, "起", "开始")
        or begin["before"]
        or (begin["pre"] or "从") not in ("从", "自", "于")
    ):
        return None
    dash = grammar.RANGE.match(text, begin.end())
    end = grammar.anchor_at(text, dash.end(), setting.minguo) if dash else None
    if not end or end["pre"] or end["tail"] in ("以来", "起", "至今") or end["before"]:
        return None
    first = days.of_match(begin, setting)
    last = days.of_match(end, Setting(setting.today, first[1].year, minguo=setting.minguo)) if first else None
    if not first or not last or last[1] <= first[1]:
        return None
    return located(text, at, end.end(), (first[0], last[1]), TimeRole.PERIOD, "range")


def _length(text: str, at: int, today: date | None) -> FoundPeriod | None:
    """三年来, 近三年, 过去五年, 这五年, 今后五年; a bare 五年 is no period."""
    m = grammar.SPAN.match(text, at)
    if not m or today is None or not (m["pre"] or m["tail"] not in (None, "内") or m["after"]):
        return None
    between = _BETWEEN.fullmatch(m["n"])  # 未来两三年
    n, pre = grammar.number(between[1] if between else m["n"]), m["pre"] or ""
    if pre == "近" and not m["tail"] and at and text[at - 1] in "将接":  # 将近十年
        return None
    if (at and not pre and text[at - 1] in _NOT_BEFORE_SPAN) or not 0 < n <= 100 or (pre == "这" and n == 1):
        return None
    if pre.startswith(("今后", "未来", "接下来")):
        ahead = date(today.year, 1, 1), date(today.year + n - 1, 12, 31)
        return located(text, at, m.end(), ahead, TimeRole.PERIOD, "ahead")
    first = calendar.years_back(today, n)
    if "过去" in pre or "过往" in pre:
        return located(text, at, m.end(), (first, date(today.year - 1, 12, 31)), TimeRole.SINCE, "past")
    return located(text, at, m.end(), (first, today), TimeRole.SINCE, "back")
