"""The days that a Chinese time expression means."""

from __future__ import annotations

import re
from datetime import date

from ..patterns import pattern
from . import calendar, weekdays
from .calendar import Days
from .grammar import NUMERAL, number
from .setting import Setting

_MONTHS = pattern(r"(\d{1,2}|[一二三四五六七八九])[-—–~至到](\d{1,2}|[一二三四五六七八九十]{1,2})月")
_MINGUO = pattern(r"(?:民国)?(元|\d{1,3}|[〇零○一二三四五六七八九十百]{1,6}?)年")
_YEAR_IN_BRACKETS = pattern(r"[（(](?:民国)?([^年）)]+)年?[）)]年")
_MONTH_IN_BRACKETS = pattern(r"[（(]([^）)]+)[）)]月")
_NUMBER = pattern(r"\d+")
_IN_BRACKETS = pattern(r"[（(](?:([\d一二三四五六七八九十]+)月)?([\d一二三四五六七八九十两]+)日?[）)]")
_LAST_ROC = 200  # a smaller number of a year counts from 1912
_DAY = pattern(r"(\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号]")
_QUARTER = pattern(r"[一二三四两1-4]")
_SHIFT = {"明": 1, "下": 1, "次": 1, "翌": 1, "后": 2, "去": -1, "上": -1, "前": -2}
_OF_THE_STORY = frozenset("次当同翌")  # 当年, 翌年 count from the year told last
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_FAR = 200  # days; a day of the year without its year is of the nearest one


def of_match(m: re.Match[str], setting: Setting) -> Days | None:
    """What a match of the grammar's ANCHOR means."""
    if not m["alone"]:
        meant = of_base(m["base"], setting)
        return of_part(m["part"], meant[1].year) if meant and m["part"] else meant
    if m["week"]:
        return _of_weekday(m, setting.today)
    meant = _of_word(m["alone"], setting)
    if not meant or setting.year is not None or "月" not in m["alone"] or m["alone"][0] in "本上下前今昨明":
        return meant
    return meant if m["pre"] or m["tail"] or m["before"] else nearest(meant, setting.today)


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


def of_base(base: str, setting: Setting) -> Days | None:
    """2024年, 今年, 上年, 民国112年, “十四五”, 上世纪90年代."""
    if base.endswith("年代"):
        return _decade(base)
    if "世纪" in base:
        return calendar.year(2050 if "中叶" in base else 2100 if "末" in base else 2020)
    if "年" not in base and base[0] not in "12一二":
        return calendar.plan(number(base.strip("“”『』「」")[:-1]))
    if (roc := _MINGUO.match(base)) and number(roc[1]) < _LAST_ROC:
        return calendar.year(1911 + number(roc[1]))
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
        return _of_month(f"{today.month}{word}", today.year) if today else None
    named = setting.named()
    if word[0] in "去" and named is not None:
        named -= 1
    return of_part(word, named) if named is not None else None


def _of_near_day(word: str, setting: Setting) -> Days | None:
    """昨天, 今晚, 今(8)日, 18日; and 今春."""
    today = setting.today
    if word[-1] in _SEASONS:
        return of_part(word[1], today.year + (word[0] == "明"))
    if printed := _IN_BRACKETS.search(word):
        if printed[1]:
            meant = calendar.day(today.year, number(printed[1]), number(printed[2]))
            return nearest(meant, today) if meant else None
        return _of_day(number(printed[2]), today, ahead=word[0] == "明")
    if word[-1] == "日" and (printed := _DAY.fullmatch(word)):
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
    return _of_month(f"{index % 12 + 1}{word[word.index('月') :]}", index // 12)


def of_part(part: str, year: int) -> Days | None:
    """The part of that year: 上半年, 前三季度, 3月, 12月底, 年初."""
    if "月" in part:
        return _of_month(part, year)
    if part[0] in _SEASONS:
        return calendar.season(year, _SEASONS[part[0]])
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


def _of_day(day: int, today: date, ahead: bool = False) -> Days | None:
    """18日 in a news item: of this month, or of the last one where the day is still to come."""
    before = calendar.month(today.year, today.month)[0].toordinal() - 1
    month = today if day <= today.day or ahead else date.fromordinal(before)
    return calendar.day(month.year, month.month, day)


def _quarter(part: str) -> int:
    """Which quarter: 首季 the first, 末季 the last."""
    named = _QUARTER.search(part)
    return number(named[0]) if named else {"首": 1, "末": 4}[part[0]]


def _of_month(part: str, year: int) -> Days | None:
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
