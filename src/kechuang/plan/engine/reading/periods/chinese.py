"""Located time expressions of a Chinese sentence."""

from __future__ import annotations

import re
from datetime import date

from ..patterns import pattern
from ..types import FoundPeriod, TimeRole
from . import days, grammar
from .calendar import Days, day
from .chinese_ranges import located, range_at
from .setting import Setting

_RISES_TO = pattern(
    r"(?:再|提[高升]|增加|增长|上升|下降|降低|降|增|升|涨|减|延长|延续|持续|扩大|缩短|推[迟后]|提前|[递顺展]延|延[后迟宕至]?|拖|[挪移改攀飙滑跌退跳冲]|调整?|成长|回[升落]|恢?复|缩|[受遭感得]|[问提谈说讲看想甚乃]|从|由|达|追溯)$"
)
_COMPARES = pattern(r"(?:比|较|同比|相比于?|相较于?|(?<!最)[高低快慢多少好优大]于|基[准期]年?[（(])$")
_EQUALS = pattern(r"(?:基本|大体)?(?:持平|相比|相当|相近|一致)")  # 与6月份持平
# 在2020年的基础上翻一番, 由2005年的水平降低
_STARTS_FROM = pattern(
    r"的?(?:水平)?的?基[础数]之?上|的?(?:水平|水准|峰值)[^,，。；]{0,4}[降减升增提下上]|为基[准期]"
)
_PLAN_NAME = pattern(r"(?:规划|计划|国家重大|国家科技|系列|科技创新规划|重大工程)")
_LONGEST_TITLE = 82
_NO_YEAR_BEFORE = frozenset("今明去前后当本上每历全一二两三四五六七八九十几数多余半百0123456789")
_SAME_AGAIN = ("以来", "至今", "迄今", "起", "开始", "之后", "以后")
_ANOTHER = pattern(r"(\d{1,2})[日号]")
_ENDS_IN_DAY = pattern(r"[日号]$")
_BEGINS = pattern(r"[\u4e00-\u9fff]")
_ONCE_PLANNED = pattern(r"原(?:[定订先本]|预[计定])[^,，。；]{0,6}$")  # its year is not that of what follows
_BUDGET = pattern(r"[^,，。；]{0,4}[预决]算")  # 109年度总预算 tells no year of what is done about it
_YEAR_IN = pattern(r"[年五]")
_RHETORICAL = pattern(
    r"之|头条|新闻|的(?!.{0,8}(?:会议|会上|会谈|会见|(?<!社)会[，。、；！,]|活动|讨论|典礼|仪式|论坛|大会|峰会|演习|课程|比赛|展览))"
    r"|[，,](?![^。；]{0,60}(?:开工|举[行办]|召开|发布|启[动用]|揭牌|[开闭]幕|印发|签[约署]|公布|获悉|上线|宣布|出席|亮相|发射|抵达|发表|致辞))"
)  # 今天的中国, 今日头条


def find(text: str, setting: Setting) -> list[FoundPeriod]:
    """Every located period of `text`, in order and without overlap; book titles are passed over."""
    found: list[FoundPeriod] = []
    titles = {m.start(): m.end() for m in grammar.TITLE.finditer(text)} if "《" in text else {}
    at = 0
    while m := grammar.START.search(text, at):
        at = m.start()
        title = text.rfind("《", max(0, at - _LONGEST_TITLE), at + 1)
        if titles.get(title, 0) > at:
            at = titles[title]
            continue
        period = _another_day(text, at, found) or _at(text, at, setting)
        if period is None:
            at += 1
            continue
        found.append(_also_deadline(text, found, period, setting.today))
        at = period.end
        if not _ONCE_PLANNED.search(text, 0, period.start) and not _BUDGET.match(text, period.end):
            setting.year = _year_named(found[-1]) or setting.year
    return found


def _another_day(text: str, at: int, found: list[FoundPeriod]) -> FoundPeriod | None:
    """12月9日、10日及12日: the days after the first are of its month."""
    if not found or found[-1].role is not TimeRole.POINT or found[-1].last is None:
        return None
    m = _ANOTHER.match(text, at) if text[found[-1].end : at] in ("、", "和", "及", "与") else None
    if not m or not _ENDS_IN_DAY.search(found[-1].text):
        return None
    meant = day(found[-1].last.year, found[-1].last.month, int(m[1]))
    return located(text, at, m.end(), meant, TimeRole.POINT, "named") if meant else None


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
    if not _YEAR_IN.search(period.text):
        return None
    if period.first and period.last and period.role in (TimeRole.PERIOD, TimeRole.POINT):
        return period.last.year if period.first.year == period.last.year else None
    return None


def _at(text: str, at: int, setting: Setting) -> FoundPeriod | None:
    if at and text[at - 1].isdigit() and text[at].isdigit():
        return None
    return range_at(text, at, setting) or _anchored(text, at, setting)


def _anchored(text: str, at: int, setting: Setting) -> FoundPeriod | None:
    m = grammar.anchor_at(text, at, setting.minguo)
    if not m or _names_something(text, at, m):
        return None
    meant = days.of_match(m, setting)
    return _with_role(text, at, m, meant, setting.today) if meant else None


def _names_something(text: str, at: int, m: re.Match[str]) -> bool:
    """Matches that are no time: 每年年底's 年底 after 每, 今天的, “十四五”规划."""
    alone, before = m["alone"] or "", text[at - 1] if at else ""
    if alone and text[max(0, at - 2) : at] in ("每年", "隔年"):
        return True
    if m["base"] == "当年" and text[max(0, at - 6) : at + 8].count("当年") > 1:  # 当年开工、当年投产
        return True
    if alone.startswith("年") and (before in _NO_YEAR_BEFORE or before.isspace()):
        return True
    if alone in ("今天", "明天", "今日") and _RHETORICAL.match(text, m.end()):
        return True
    if alone == "明天" and text[max(0, at - 2) : at] in ("美好", "好的", "共创", "光明", "辉煌"):
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
    if (
        (not pre and _COMPARES.search(text, max(0, at - 4), at))
        or _STARTS_FROM.match(text, end)
        or _equalled(text, at, end)
    ):
        return located(
            text,
            at,
            m.end("part" if m["part"] else "base") if m["base"] else end,
            meant,
            TimeRole.BASELINE,
            "baseline",
        )
    if pre.startswith("截"):
        return located(text, at, end, (last, last), TimeRole.POINT, "asof")
    if tail == "开始" and not pre and _BEGINS.match(text, end):  # 2027年开始供水
        return located(text, at, m.start("tail"), meant, TimeRole.PERIOD, "named")
    if pre in ("到", "至") and tail == "开始":  # 至年底开始启用
        return _deadline(text, at, m.start("tail"), last, today)
    if tail.endswith(_SAME_AGAIN):
        until = today if today is None or first <= today else None
        return located(text, at, end, (first, until), TimeRole.SINCE, "since")
    if pre in ("自", "从", "自从", "于"):
        at += len(pre)
    if tail in ("末", "期末", "末期"):
        first = last
    if tail.endswith("前") or pre in ("到", "至"):
        return _deadline(text, at, end, last, today)
    role = TimeRole.POINT if first == last else TimeRole.PERIOD
    return located(text, at, end, (first, last), role, "named")


def _equalled(text: str, at: int, end: int) -> bool:
    return text[max(0, at - 1) : at] in ("与", "和", "跟", "同") and bool(_EQUALS.match(text, end))


def _deadline(text: str, start: int, end: int, last: date, today: date | None) -> FoundPeriod:
    """到X, X前: from the document's day to the end of X; the last day alone when that is past."""
    if today is not None and last < today:
        return located(text, start, end, (last, last), TimeRole.POINT, "until")
    return located(text, start, end, (today, last), TimeRole.DEADLINE, "until")
