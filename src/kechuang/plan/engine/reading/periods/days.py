"""The days that a Chinese time expression means."""

from __future__ import annotations

import re
from datetime import date

from ..patterns import pattern
from . import calendar, weekdays
from .calendar import Days
from .grammar import number
from .parts import DAY, SEASONS, of_month, of_part
from .setting import Setting
from .years import of_base

_MONTH_IN_BRACKETS = pattern(r"[（(]([^）)]+)[）)]月")
_IN_BRACKETS = pattern(
    r"[（(](?:([\d一二三四五六七八九十]+)[月/])?([\d一二三四五六七八九十两廿卅]+)[日号]?[）)]"
)
_MONTH_AND_DAY = pattern(r"[（(](\d{1,2})/(\d{1,2})[）)]")
_FIRST_YEARS = pattern(r"[前首头](.{1,3})年$")  # “十四五”前四年
_TO_COME = pattern(r"(?:将|[预]?[定订]|拟|即将)[于在](?:本月)?$")
_FAR = 200  # days; a day of the year without its year is of the nearest one


def of_match(m: re.Match[str], setting: Setting) -> Days | None:
    """What a match of the grammar's ANCHOR means."""
    if not m["alone"]:
        meant = of_base(m["base"], setting)
        if meant and (years := _FIRST_YEARS.match(m["part"] or "")):
            return meant[0], meant[0].replace(year=meant[0].year + number(years[1]) - 1, month=12, day=31)
        if not meant or not m["part"]:
            return meant
        return of_part(m["part"], meant[m["part"] != "初"].year)  # 八十年代初
    if m["week"]:
        printed = setting.today and _MONTH_AND_DAY.search(m["alone"])  # 周三（6/10）
        meant = printed and calendar.day(setting.today.year, int(printed[1]), int(printed[2]))
        return nearest(meant, setting.today) if meant else _of_weekday(m, setting.today)
    if (
        setting.today
        and (day := DAY.fullmatch(m["alone"]))
        and _TO_COME.search(m.string, 0, m.start("alone"))
    ):
        return _day_to_come(number(day[1]), setting.today)
    meant = _of_word(m["alone"], setting)
    if not meant or setting.year is not None or "月" not in m["alone"] or m["alone"][0] in "本上下前今昨明":
        return meant
    if (m["pre"] or "").startswith("截"):
        return _past(meant, setting.today)
    return meant if m["pre"] or m["tail"] or m["before"] else nearest(meant, setting.today)


def _past(meant: Days, today: date | None) -> Days:
    """截至9月底 in May counts up to the September before."""
    first, last = meant
    if today is None or last <= today or last.month == 2:
        return meant
    return first.replace(year=first.year - 1), last.replace(year=last.year - 1)


def _of_weekday(m: re.Match[str], today: date | None) -> Days | None:
    if today is None:
        return None
    return weekdays.day(m["week"], weekdays.of_chinese(m.string, m.start("week"), m.end()), today)


def nearest(meant: Days, today: date | None) -> Days:
    """12月20日 in January is of the year before, 1月8日 in December of the year to come."""
    first, last = meant
    if today is None or first != last or (first.month, first.day) == (2, 29):
        return meant
    ahead = (first - today).days
    shift = -1 if ahead > _FAR else 1 if ahead < _FAR - 485 else 0
    return first.replace(year=first.year + shift), last.replace(year=last.year + shift)


def _of_word(word: str, setting: Setting) -> Days | None:
    """年底, 上半年, 一季度, 4月26日, 昨天上午, 上月, without a year of their own."""
    today = setting.today
    if (word[0] in "本这上下当" and ("月" in word or "季" in word)) or _MONTH_IN_BRACKETS.search(word):
        return _of_neighbour(word, today) if today else None
    if ("月" not in word or _IN_BRACKETS.search(word)) and (
        word[0] in "今昨明（(" or word[-1] == "日" or word in ("前天", "后天")
    ):
        return _of_near_day(word, setting) if today else None
    if word[0] == "月":
        return of_month(f"{today.month}{word}", today.year) if today else None
    named = setting.named()
    if word[0] in "去" and named is not None:
        named -= 1
    return of_part(word, named) if named is not None else None


def _of_near_day(word: str, setting: Setting) -> Days | None:
    """昨天, 今晚, 今(8)日, 18日; and 今春."""
    today = setting.today
    if word[-1] in SEASONS:
        return of_part(word[1], today.year + (word[0] == "明"))
    if printed := _IN_BRACKETS.search(word):
        if printed[1]:
            meant = calendar.day(today.year, number(printed[1]), number(printed[2]))
            return nearest(meant, today) if meant else None
        day = number(printed[2])
        return _day_to_come(day, today) if word[0] == "明" else _of_day(day, today)
    if word[-1] == "日" and (printed := DAY.fullmatch(word)):
        return _of_day(number(printed[1]), today)
    return calendar.shifted(today, {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}[word[0]])


def _of_neighbour(word: str, today: date) -> Days | None:
    """The month or quarter before, this one and the next: 上月, 本月4日, 本(6)月底, 下季."""
    shift = {"上": -1, "下": 1}.get(word[0], 0)
    if "季" in word:
        index = today.year * 4 + (today.month - 1) // 3 + shift
        return calendar.quarter(index // 4, index % 4 + 1)
    month = _MONTH_IN_BRACKETS.search(word)
    index = today.year * 12 + (number(month[1]) if month else today.month) - 1 + (0 if month else shift)
    return of_month(f"{index % 12 + 1}{word[word.index('月') :]}", index // 12)


def _day_to_come(day: int, today: date) -> Days | None:
    """将于3日, 明(1)日: of this month, or of the next one where the day is over."""
    after = calendar.month(today.year, today.month)[1].toordinal() + 1
    month = today if day >= today.day else date.fromordinal(after)
    return calendar.day(month.year, month.month, day)


def _of_day(day: int, today: date) -> Days | None:
    """18日 in a news item: of this month, or of the last one where the day is still to come."""
    before = calendar.month(today.year, today.month)[0].toordinal() - 1
    month = today if day <= today.day else date.fromordinal(before)
    return calendar.day(month.year, month.month, day)
