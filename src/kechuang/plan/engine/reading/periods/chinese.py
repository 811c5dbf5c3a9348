"""Located time expressions of a Chinese sentence."""

from __future__ import annotations

import re
from datetime import date

from kechuang.plan.engine.reading.periods import calendar
from kechuang.plan.engine.reading.periods.calendar import Days
from kechuang.plan.engine.reading.types import FoundPeriod, TimeRole

_NUMERAL = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "十": 10}
_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_YEAR = r"(?:(?<!\d)(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})年"
_RELATIVE_YEAR = r"(?:今年|明年|去年|后年|前年|本年度?|上年度?|上一年度?|下一年|次年|当年)"
_PART = (
    r"(?:上半年|下半年|(?:前)?[一二三四1-4两](?:个)?季度|第[一二三四]季度|全年|\d{1,2}[-—–~至]\d{1,2}月份?|[\d一二三四五六七八九十]{1,2}月"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日(?:上午|下午|晚上?|凌晨|清晨|中午)?|上旬|中旬|下旬|底|末|初|份)?|前[\d一二三四五六七八九十]{1,3}个月|年?底|年?末|年?初|年中)"
)
_PLAN = r"(?:“十[一二三四五六七八九]五”|十[一二三四五六七八九]五(?=时期|期间|末|以来|规划|收官|开局|期末))"
_CENTURY = r"(?:本世纪(?:中叶|末|头二十年)|\d\d世纪中叶)"

_RANGE = re.compile(
    r"(?:从|自)?(?P<y1>(?:19|20)\d\d)年?(?:\s?[—–－~～-]+\s?|至|到)(?P<y2>(?:19|20)\d\d|\d\d)年(?P<tail>期间|间)?(?![\d])"
)
_ANCHOR = re.compile(
    rf"(?P<pre>截至|截止到?|到|至|自|从|自从|于)?"
    rf"(?:(?P<base>{_YEAR}|{_RELATIVE_YEAR}|{_PLAN}|{_CENTURY})(?P<part>{_PART})?"
    rf"|(?P<alone>年底|年末|年初|年内|上半年|下半年|全年|[一二三四]季度|前[一二三]季度|第[一二三四]季度|(?<![\d.])\d{{1,2}}月(?:\d{{1,2}}日(?:上午|下午|晚上?|凌晨)?|份|底|初|上旬|中旬|下旬)?(?![\d])"
    rf"|昨[天日](?:上午|下午|晚上?)?|[今明前后]天(?:上午|下午|晚上?)?|今日(?:上午|下午)?|明日|前日|当[天日](?:上午|下午)?|上个?月|本月|下个?月))"
    rf"(?P<tail>期间|时期|末期|期末|末|以来|起|开始|之前|以前|前(?![\d一二三四五六七八九十列景沿后])|之后|以后|年内|内|(?<=年)底前)?(?P<tail2>前)?"
)
_SPAN = re.compile(
    rf"(?P<pre>在?过去的?|近|今后|未来|这|最近|接下来的?|之后|此后)?(?P<n>{_N})(?P<more>多)?年(?P<tail>以来|来|间|内|里)?(?=(?P<after>累计|共)?)"
)
_START = re.compile(r"[截到至自从于今明去后前本上下次当昨全年“近过未这最接在\d一二三四五六七八九十两]")
_VERBS_BEFORE_TO = re.compile(
    r"(?:提[高升]|增加|增长|上升|下降|降低|降|增|延长|延续|持续|扩大|缩短|推迟|提前|从|由|达|直|涉及|追溯)$"
)
_BASE_BEFORE = re.compile(r"(?:比|较|同比|相比于?|相较于?)$")
_PLAN_NAME = re.compile(r"(?:规划|计划|国家重大|系列)")
_BARE_TIME = re.compile(r"[:：点时]")


def number(text: str) -> int:
    """12, 十二 or 二十三 as an integer."""
    if text.isascii():
        return int(text)
    if text == "十":
        return 10
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_NUMERAL[tens] if tens else 1) * 10 + (_NUMERAL[ones] if ones else 0)
    value = 0
    for c in text:
        value = value * 10 + _NUMERAL[c]
    return value


def find(text: str, today: date | None) -> list[FoundPeriod]:
    """Every located period of `text`, in order and without overlap; book titles are passed over."""
    found: list[FoundPeriod] = []
    titles = [m.span() for m in re.finditer(r"《[^》\n]{0,80}》", text)]
    at = 0
    while m := _START.search(text, at):
        start = m.start()
        inside = next((end for begin, end in titles if begin <= start < end), None)
        if inside:
            at = inside
            continue
        period = _range(text, start) or _span(text, start, today) or _anchored(text, start, today)
        if period:
            found.append(period)
            at = period.end
        else:
            at = start + 1
    return found


def _range(text: str, at: int) -> FoundPeriod | None:
    m = _RANGE.match(text, at)
    if not m or (at and text[at - 1].isdigit()):
        return None
    first = int(m["y1"])
    last = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
    if last <= first:
        return None
    return _period(text, at, m.end(), (date(first, 1, 1), date(last, 12, 31)), TimeRole.PERIOD, "range")


def _span(text: str, at: int, today: date | None) -> FoundPeriod | None:
    """三年来, 近三年, 过去五年, 这五年, 今后五年; a bare 五年 is no period."""
    m = _SPAN.match(text, at)
    if not m or today is None or not (m["pre"] or m["tail"] or m["after"]):
        return None
    if at and (text[at - 1].isdigit() or text[at - 1] in "第连续几数十每"):
        return None
    n = number(m["n"])
    pre = m["pre"] or ""
    if not 0 < n <= 100 or m["more"]:
        return None
    if pre.startswith(("今后", "未来", "接下来")):
        return _period(
            text,
            at,
            m.end(),
            (date(today.year, 1, 1), date(today.year + n - 1, 12, 31)),
            TimeRole.PERIOD,
            "ahead",
        )
    if m["tail"] == "内":
        return _period(text, at, m.end(), (today, date(today.year + n, 12, 31)), TimeRole.DEADLINE, "within")
    if not pre and m["tail"] in ("间", "里"):
        return None
    if pre in ("之后", "此后"):
        return None
    return _period(text, at, m.end(), (calendar.years_back(today, n), today), TimeRole.SINCE, "back")


def _anchored(text: str, at: int, today: date | None) -> FoundPeriod | None:
    m = _ANCHOR.match(text, at)
    if not m or _not_a_time(text, at, m):
        return None
    days = _days(m, today)
    if days is None:
        return None
    return _role(text, at, m, days, today)


def _not_a_time(text: str, at: int, m: re.Match[str]) -> bool:
    if at and text[at - 1].isdigit():
        return True
    alone = m["alone"] or ""
    if alone in ("年初", "年底", "年末", "年内") and at and text[at - 1] in "今明去前后当本上":
        return True
    if alone.endswith("月") and _BARE_TIME.match(text, m.end()):
        return True
    if (
        alone[:1] in "今明前后当"
        and "天" in alone
        and text[m.end() - 1 : m.end() + 1] in ("天然", "天空", "天的")
    ):
        return True
    return bool(m["base"] and "五" in m["base"] and not m["tail"] and _PLAN_NAME.match(text, m.end()))


def _base_days(base: str, today: date | None) -> Days | None:
    if "世纪" in base:
        return (
            calendar.year(2050)
            if "中叶" in base
            else calendar.year(2100)
            if "末" in base
            else calendar.year(2020)
        )
    if "五" in base and "年" not in base:
        return calendar.plan(number(base.strip("“”")[:2]))
    digits = base[:4]
    if base[0] in "12一二" and len(base) == 5:
        return calendar.year(
            int(digits) if digits.isdigit() else int("".join(str(_NUMERAL[c]) for c in digits))
        )
    if today is None:
        return None
    shift = {"明": 1, "下": 1, "次": 1, "后": 2, "去": -1, "上": -1, "前": -2}.get(base[0], 0)
    return calendar.year(today.year + shift)


def _days(m: re.Match[str], today: date | None) -> Days | None:
    if m["alone"]:
        return _alone_days(m["alone"], today)
    days = _base_days(m["base"], today)
    if days is None or not m["part"]:
        return days
    return _part_days(m["part"], days[1].year)


def _alone_days(word: str, today: date | None) -> Days | None:
    if today is None:
        return None
    if word == "年内":
        return today, date(today.year, 12, 31)
    if "月" in word and word[0] in "上本下":
        index = today.year * 12 + today.month - 1 + {"上": -1, "本": 0, "下": 1}[word[0]]
        return calendar.month(index // 12, index % 12 + 1)
    if word[1:2] in ("天", "日"):
        shift = {"昨": -1, "今": 0, "明": 1, "前": -2, "后": 2, "当": 0}[word[0]]
        return calendar.shifted(today, shift)
    return _part_days(word, today.year)


def _part_days(part: str, year: int) -> Days | None:
    if "月" in part:
        return _month_days(part, year)
    if "季度" in part:
        digits = re.search(r"[一二三四两1-4]", part)
        n = number(digits[0]) if digits else 1
        return calendar.months(year, 1, 3 * n) if part.startswith("前") else calendar.quarter(year, n)
    if "半年" in part:
        return calendar.half(year, 1 if part.startswith("上") else 2)
    if part.endswith(("底", "末")):
        return calendar.day(year, 12, 31)
    if part.endswith("初"):
        return calendar.day(year, 1, 1)
    if part.endswith("中"):
        return calendar.day(year, 6, 30)
    return calendar.year(year)


def _month_days(part: str, year: int) -> Days | None:
    if part.startswith("前"):
        n = number(part[1:].removesuffix("个月"))
        return calendar.months(year, 1, n) if 1 <= n <= 12 else None
    if ends := re.match(r"(\d{1,2})[-—–~至](\d{1,2})月", part):
        a, b = int(ends[1]), int(ends[2])
        return calendar.months(year, a, b) if 1 <= a <= b <= 12 else None
    name, _, rest = part.partition("月")
    n = number(name)
    if not 1 <= n <= 12:
        return None
    if day := re.match(r"(\d{1,2}|[一二三四五六七八九十]{1,3})日", rest):
        return calendar.day(year, n, number(day[1]))
    first, last = calendar.month(year, n)
    cuts = {
        "上旬": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, last.day),
        "初": (1, 1),
        "底": (last.day, last.day),
        "末": (last.day, last.day),
    }
    a, b = cuts.get(rest, (1, last.day))
    return first.replace(day=a), last.replace(day=b)


def _role(text: str, at: int, m: re.Match[str], days: Days, today: date | None) -> FoundPeriod | None:
    start, end = at, m.end()
    pre, tail = m["pre"] or "", (m["tail"] or "") + (m["tail2"] or "")
    first, last = days
    before = text[max(0, at - 3) : at]
    if pre in ("到", "至") and _VERBS_BEFORE_TO.search(before):
        start, pre = at + len(pre), ""
    if not pre and _BASE_BEFORE.search(text[max(0, at - 3) : at]):
        return _period(
            text,
            start,
            m.start("base") + len(m["base"]) if m["base"] else end,
            days,
            TimeRole.BASELINE,
            "baseline",
        )
    if pre.startswith("截"):
        return _period(text, start, end, (last, last), TimeRole.POINT, "asof")
    if tail in ("以来", "起", "开始", "之后", "以后"):
        return _period(text, start, end, (first, today), TimeRole.SINCE, "since")
    if pre in ("自", "从", "自从", "于"):
        start = at + len(pre)
    if tail.endswith("前"):
        return _deadline(text, start, end, last, today, "before")
    if tail in ("末", "期末", "末期"):
        first = last
    if pre in ("到", "至"):
        return _deadline(text, start, end, last, today, "until")
    role = TimeRole.POINT if first == last else TimeRole.PERIOD
    return _period(text, start, end, (first, last), role, "named")


def _deadline(text: str, start: int, end: int, last: date, today: date | None, rule: str) -> FoundPeriod:
    if today is not None and last < today:
        return _period(text, start, end, (last, last), TimeRole.POINT, rule)
    return _period(text, start, end, (today, last), TimeRole.DEADLINE, rule)


def _period(
    text: str, start: int, end: int, days: tuple[date | None, date | None], role: TimeRole, rule: str
) -> FoundPeriod:
    return FoundPeriod(start, end, text[start:end], days[0], days[1], role, (f"period.{rule}",))
