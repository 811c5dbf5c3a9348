"""Located time expressions of a Chinese sentence."""

from __future__ import annotations

import re
from datetime import date

from ..patterns import pattern
from ..types import FoundPeriod, TimeRole
from . import calendar, days, grammar
from .calendar import Days

_RISES_TO = pattern(
    r"(?:提[高升]|增加|增长|上升|下降|降低|降|增|升|涨|减|延长|延续|持续|扩大|缩短|推迟|提前|从|由|达|直|追溯)$"
)
_COMPARES = pattern(r"(?:比|较|同比|相比于?|相较于?)$")
_PLAN_NAME = pattern(r"(?:规划|计划|国家重大|国家科技|系列|科技创新规划|重大工程)")
_LONGEST_TITLE = 82
_NO_YEAR_BEFORE = frozenset("今明去前后当本上每历全一二两三四五六七八九十几数多余半百0123456789")
_NOT_BEFORE_SPAN = frozenset("第连续几数十每满逾过约达历超")


def find(text: str, today: date | None) -> list[FoundPeriod]:
    """Every located period of `text`, in order and without overlap; book titles are passed over."""
    found: list[FoundPeriod] = []
    titles = {m.start(): m.end() for m in grammar.TITLE.finditer(text)} if "《" in text else {}
    at, year = 0, None
    while m := grammar.START.search(text, at):
        at = m.start()
        title = text.rfind("《", max(0, at - _LONGEST_TITLE), at + 1)
        if titles.get(title, 0) > at:
            at = titles[title]
            continue
        period = _at(text, at, today, year)
        if period is None:
            at += 1
            continue
        found.append(_also_deadline(text, found, period, today))
        at = period.end
        year = _year_named(found[-1]) or year
    return found


def _also_deadline(
    text: str, found: list[FoundPeriod], period: FoundPeriod, today: date | None
) -> FoundPeriod:
    """到2025年和2035年: the second is a deadline as well."""
    if not found or found[-1].role is not TimeRole.DEADLINE or period.role is not TimeRole.PERIOD:
        return period
    if text[found[-1].end : period.start] not in ("和", "、", "及") or period.last is None:
        return period
    return _deadline(text, period.start, period.end, period.last, today)


def _year_named(period: FoundPeriod) -> int | None:
    """The one year a period lies in: later 年底 and 上年 in the sentence are relative to it."""
    if period.first and period.last and period.role in (TimeRole.PERIOD, TimeRole.POINT):
        return period.last.year if period.first.year == period.last.year else None
    return None


def _at(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    if at and text[at - 1].isdigit() and text[at].isdigit():
        return None
    return (
        _years(text, at)
        or _relative_years(text, at, today)
        or _days(text, at, today, year)
        or _span(text, at, today)
        or _anchored(text, at, today, year)
    )


def _years(text: str, at: int) -> FoundPeriod | None:
    """2021—2025年, 从1950年到2002年, 2016-20年."""
    m = grammar.YEARS.match(text, at)
    if not m:
        return None
    first = int(m["y1"])
    last = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
    if last <= first:
        return None
    return _period(text, at, m.end(), (date(first, 1, 1), date(last, 12, 31)), TimeRole.PERIOD, "range")


def _relative_years(text: str, at: int, today: date | None) -> FoundPeriod | None:
    """今年至明年."""
    m = grammar.RELATIVE.match(text, at)
    first, last = (days.of_base(m[name], today, None) for name in ("first", "last")) if m else (None, None)
    if not first or not last or last <= first:
        return None
    return _period(text, at, m.end(), (first[0], last[1]), TimeRole.PERIOD, "range")


def _days(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    """7月16日至18日, 2024年3月1日—5月2日."""
    m = grammar.DAYS.match(text, at)
    if not m:
        return None
    named = int(m["year"][:4]) if m["year"] else year or (today.year if today else None)
    if named is None:
        return None
    month = grammar.number(m["m1"][:-1])
    last_month = grammar.number(m["m2"][:-1]) if m["m2"] else month
    first = calendar.day(named, month, grammar.number(m["d1"].rstrip("日")))
    last = calendar.day(named, last_month, grammar.number(m["d2"][:-1]))
    if first is None or last is None or last[0] <= first[0]:
        return None
    return _period(text, at, m.end(), (first[0], last[0]), TimeRole.PERIOD, "days")


def _span(text: str, at: int, today: date | None) -> FoundPeriod | None:
    """三年来, 近三年, 过去五年, 这五年, 今后五年; a bare 五年 is no period."""
    m = grammar.SPAN.match(text, at)
    if not m or today is None or not (m["pre"] or m["tail"] or m["after"]):
        return None
    n, pre = grammar.number(m["n"]), m["pre"] or ""
    if (at and text[at - 1] in _NOT_BEFORE_SPAN) or not 0 < n <= 100 or (pre == "这" and n == 1):
        return None
    if pre.startswith(("今后", "未来", "接下来")):
        ahead = date(today.year, 1, 1), date(today.year + n - 1, 12, 31)
        return _period(text, at, m.end(), ahead, TimeRole.PERIOD, "ahead")
    first = calendar.years_back(today, n)
    if "过去" in pre:
        return _period(text, at, m.end(), (first, date(today.year - 1, 12, 31)), TimeRole.SINCE, "past")
    return _period(text, at, m.end(), (first, today), TimeRole.SINCE, "back")


def _anchored(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    m = grammar.ANCHOR.match(text, at)
    if not m or _names_something(text, at, m):
        return None
    if m["alone"]:
        meant = days.of_word(m["alone"], today, year)
    else:
        meant = days.of_base(m["base"], today, year)
        if meant and m["part"]:
            meant = days.of_part(m["part"], meant[1].year)
    return _with_role(text, at, m, meant, today) if meant else None


def _names_something(text: str, at: int, m: re.Match[str]) -> bool:
    """Matches that are no time: 每年年底's 年底 after 每, 今天的, “十四五”规划."""
    alone, before = m["alone"] or "", text[at - 1] if at else ""
    if alone and text[max(0, at - 2) : at] == "每年":
        return True
    if alone.startswith("年") and (before in _NO_YEAR_BEFORE or before.isspace()):
        return True
    if alone[:2] in ("今天", "明天") and text[m.end() : m.end() + 1] in ("的", "，"):
        return True
    if alone in ("一月", "一季度", "一季") and text[m.end() : m.end() + 1] == "一":
        return True
    if alone.startswith(("上", "下", "一", "二", "三", "四")) and before and before in "每第":
        return True
    return bool(m["base"] and "年" not in m["base"] and not m["tail"] and _PLAN_NAME.match(text, m.end()))


def _with_role(text: str, at: int, m: re.Match[str], meant: Days, today: date | None) -> FoundPeriod:
    pre, tail, end = m["pre"] or "", (m["tail"] or "") + (m["before"] or ""), m.end()
    first, last = meant
    if pre in ("到", "至") and (
        _RISES_TO.search(text, max(0, at - 3), at) or text[max(0, at - 1) : at] == "不"
    ):
        at, pre = at + len(pre), ""
    if not pre and _COMPARES.search(text, max(0, at - 3), at):
        return _period(text, at, m.end("base") if m["base"] else end, meant, TimeRole.BASELINE, "baseline")
    if pre.startswith("截"):
        return _period(text, at, end, (last, last), TimeRole.POINT, "asof")
    if pre in ("到", "至") and tail == "开始":  # 至年底开始启用
        return _deadline(text, at, m.start("tail"), last, today)
    if tail in ("以来", "起", "开始", "之后", "以后"):
        until = today if today is None or first <= today else None
        return _period(text, at, end, (first, until), TimeRole.SINCE, "since")
    if pre in ("自", "从", "自从", "于"):
        at += len(pre)
    if tail in ("末", "期末", "末期"):
        first = last
    if tail.endswith("前") or pre in ("到", "至"):
        return _deadline(text, at, end, last, today)
    role = TimeRole.POINT if first == last else TimeRole.PERIOD
    return _period(text, at, end, (first, last), role, "named")


def _deadline(text: str, start: int, end: int, last: date, today: date | None) -> FoundPeriod:
    """到X, X前: from the document's day to the end of X; the last day alone when that is past."""
    if today is not None and last < today:
        return _period(text, start, end, (last, last), TimeRole.POINT, "until")
    return _period(text, start, end, (today, last), TimeRole.DEADLINE, "until")


def _period(
    text: str, start: int, end: int, meant: tuple[date | None, date | None], role: TimeRole, rule: str
) -> FoundPeriod:
    return FoundPeriod(start, end, text[start:end], meant[0], meant[1], role, (f"period.{rule}",))
