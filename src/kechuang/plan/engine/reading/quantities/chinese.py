"""Finds the quantities of one Chinese sentence."""

from __future__ import annotations

from ..patterns import pattern
from ..types import FoundQuantity
from . import comparators, exceptions, lexicon, units
from .amounts import CHINESE, Amount, amount_at
from .durations import lasts
from .halves import half_at
from .hits import Hit
from .magnitudes import LEVEL, order_at
from .numerals import ENGLISH_SCALES, multiplier
from .ranks import rank_at
from .shares import share_at

_START = pattern(rf"\d[\d,.]*|[半翻第大小]|首位|百分之|前(?=[\d一二三四五六七八九十])|{CHINESE}")
_RANGE = pattern(r"\s?(?:[—–－~～-]+|至|到)\s?(?=[\d一二两三四五六七八九十百廿卅])")
_FROM = pattern(
    r"[从由](?![^，。；]{0,12}(?:降低|减少|减低|提高|提升|增加|上升|下降|成长)约?$)[^，。；]{0,12}$"
)
_STEP_BEFORE = pattern(r"(?:[近上超逾约破]|(?<![透通经])过|超过|突破|达到|将近|接近)$")
# 创建百个标杆, 服务千家企业: a round number of what is set up or served, but in no slogan.
_STEP_OF = pattern(
    r"(?:创建|实施|覆盖|培育|打造|建设|新建|建成|新增|引进|招引|引育|吸引|集聚|汇聚|完成|组织|开展|服务|惠及|推出|落地|推进|选派|培养|培训|举办|走访|形成|储备|遴选|认定|改造|招聘|提供)了?$"
)
_SLOGAN = pattern(r"[^，,、。；;]{0,8}(?:行动|工程|计划|大会战|[百千万][个项家名户件])")
_VAGUE_BEFORE = pattern(r"(?:(?<![指系总参函人次户件])数|[几第那每哪\d.])$")
_STEP_AFTER = pattern(r"级(?!别)|台阶|大关|关口|俱乐部")
_BASELINE = pattern(r"[比较]\D{0,4}((?:19|20)\d\d)年[^，。；]{0,12}$")
_INDEX_BEFORE = pattern(r"(?:指数|大盘|得分|系数|评分)[^，,。；（(\d]{0,8}$")
_POINTS = pattern(r"点(?![\d半钟整前后左钟])")
_POINTS_OF = pattern(
    r"点(?:具体|工作|主要|明确|殷切)?(?:意见|要求|建议|希望|主张|方向|看法|体会|倡议|共识|举措|措施|原则|期望|决议|结论|诉求|声明|承诺|理由|提醒|呼吁)"
)
_MANY = 20
_LISTED = pattern(r"(?:[、和]\d+(?:\.\d+)?(?![\d.])(?:[百千]?万?亿?)(?![百千万亿]))+")
_SCALES = pattern(r"[百千]?万?亿?$")
_YEAR = pattern(r"(?:19|20)\d\d")
_NOT_WITH_ONE = frozenset("度方床卡升斤元米担寸伏帕克")  # 一度, 一方, 一卡 … are words
_CURRENCY = pattern(rf"(?:{units.MONEY_SIGNS})\s?$")
_ENGLISH_SCALE = pattern(r"\s?(million|billion|trillion|bn|mn|tn)(?![A-Za-z])")


def find(text: str) -> list[FoundQuantity]:
    """All quantities of `text`, in order, without overlap and outside the excepted spans."""
    found: list[FoundQuantity] = []
    barred = exceptions.spans(text)
    at = 0
    bar = 0
    while m := _START.search(text, at):
        start = m.start()
        while bar < len(barred) and barred[bar][1] <= start:
            bar += 1
        hit = (
            _hit(text, start)
            if bar >= len(barred) or start < barred[bar][0]
            else _excepted(text, start, barred[bar])
        )
        if hit and (bar >= len(barred) or _stands(hit, barred[bar])):
            found.append(_found(text, hit))
            at = hit.end
        elif bar < len(barred) and barred[bar][0] <= start:
            at = barred[bar][1]
        else:
            at = m.end()
    return found


def _stands(hit: Hit, barred: tuple[int, int]) -> bool:
    """Whether the hit does not reach into the exception behind it, but with the figure of its unit (μg/m3)."""
    if hit.rule == "rank" or not hit.end > barred[0] > hit.start:
        return True
    return hit.end - len(hit.unit) < barred[0] and barred[1] <= hit.end


def _excepted(text: str, start: int, span: tuple[int, int]) -> Hit | None:
    """Inside an exception only a rank may still stand (第一 is an ordinal until its context says otherwise)."""
    if text[span[0]] in "《“" or text[start] not in "第前首":
        return None
    rank = rank_at(text, start)
    return Hit(start, rank[0], rank[1], "位", "rank") if rank else None


def _hit(text: str, start: int) -> Hit | None:
    if rank := rank_at(text, start):
        return Hit(start, rank[0], rank[1], "位", "rank")
    if share := share_at(text, start):
        if share[4] == "tenths" and _VAGUE_BEFORE.search(text, max(0, start - 1), start):
            return None
        return Hit(start, share[0], share[1], share[3], share[4], share[2])
    if half := half_at(text, start):
        return half
    amount = amount_at(text, start)
    if amount is None or (not amount.arabic and _VAGUE_BEFORE.search(text, max(0, start - 1), start)):
        return None
    return _ranged(text, start, amount) or _single(text, start, amount)


def _ranged(text: str, start: int, low: Amount) -> Hit | None:
    """4.5%—5%, 10至15家, 3—5万元: one quantity; 从…到… names two."""
    unit_low = lexicon.unit_at(text, low.end)
    dash = _RANGE.match(text, low.end + len(unit_low))
    if not dash or (unit_low and _FROM.search(text[max(0, start - 14) : start])):
        return None
    high = amount_at(text, dash.end())
    if high is None or high.bare_step:
        return None
    unit = lexicon.unit_at(text, high.end)
    if not unit or (unit_low and unit_low != unit):
        return None
    value = low.value * high.scale if low.scale == 1 and not unit_low and high.arabic else low.value
    if value >= high.value or not _counts(text, start, high, unit, high.end + len(unit), ranged=True):
        return None
    return Hit(start, high.end + len(unit), value, unit, "range", high.value)


def _single(text: str, start: int, amount: Amount) -> Hit | None:
    unit = lexicon.unit_at(text, amount.end)
    if amount.bare_step and (order := order_at(text, start, amount, unit)):
        return order
    end = amount.end + len(unit)
    if not unit or (_YEAR.fullmatch(text, start, amount.end) and lexicon.may_be_a_name(unit)):
        return _unitless(text, start, amount)
    if not _counts(text, start, amount, unit, end):
        return None
    rule = "duration" if lexicon.is_duration(unit) else "measure" if lexicon.is_measure(unit) else "count"
    if rule == "measure" and (level := LEVEL.match(text, end)):
        end = level.end()
    return Hit(start, end, amount.value, _plain(unit), rule, more=amount.more)


def _plain(unit: str) -> str:
    return "%" if unit == "％" else unit


def _counts(text: str, start: int, amount: Amount, unit: str, end: int, ranged: bool = False) -> bool:
    """Whether number and unit say how many, how much or how long."""
    if lexicon.is_duration(unit):
        return lasts(text, start, end, unit, ranged)
    if amount.arabic:
        return True
    if amount.token == "一" and amount.scale == 1:
        return lexicon.is_measure(unit) and unit not in _NOT_WITH_ONE
    if amount.bare_step and not amount.more:
        before = text[max(0, start - 3) : start]
        goal = unit in units.COUNTERS and _STEP_OF.search(before) and not _SLOGAN.match(text, end)
        return bool(goal or _STEP_BEFORE.search(before[-2:]))
    return lexicon.takes_chinese_numeral(unit)


def _unitless(text: str, start: int, amount: Amount) -> Hit | None:
    """33万农民工, a bare 5亿 and an index of 89.5; other numbers without a unit say nothing."""
    if (amount.arabic or amount.value >= 10**4) and lexicon.counts_people(text, amount.end):
        return Hit(start, amount.end, amount.value, "人", "people", more=amount.more)
    if amount.arabic and (sign := _CURRENCY.search(text, max(0, start - 5), start)):
        word = _ENGLISH_SCALE.match(text, amount.end)
        value = amount.value * (ENGLISH_SCALES[word[1]] if word else 1)
        end = word.end() if word else amount.end
        return Hit(sign.start(), end, value, sign[0].strip(), "measure", more=amount.more)
    if _POINTS_OF.match(text, amount.end) and amount.value < _MANY:
        return Hit(start, amount.end + 1, amount.value, "点", "count")
    if amount.arabic and (unit := _listed_unit(text, amount.end)):
        factor = _listed_factor(text, amount.end) if amount.scale == 1 else 1
        return Hit(start, amount.end, amount.value * factor, unit, "listed")
    if (
        amount.arabic
        and _POINTS.match(text, amount.end)
        and ("." in amount.token or _INDEX_BEFORE.search(text[max(0, start - 14) : start]))
    ):
        return Hit(start, amount.end + 1, amount.value, "点", "measure")
    if "." in amount.token and text.startswith("级", amount.end):
        return Hit(start, amount.end + 1, amount.value, "级", "measure")
    if (amount.scale if amount.arabic else amount.value) >= 10**8 and _STEP_AFTER.match(text, amount.end):
        end = amount.end + (1 if LEVEL.match(text, amount.end) else 0)
        return Hit(start, end, amount.value, "元", "magnitude", more=amount.more)
    scaled = amount.scale > 1 if amount.arabic else amount.value >= 10**8 and not amount.bare_step
    indexed = amount.arabic and _INDEX_BEFORE.search(text[max(0, start - 14) : start])
    if scaled or indexed:
        unit = "元" if "兆" in text[start : amount.end] else ""  # Taiwan counts only money so
        return Hit(start, amount.end, amount.value, unit, "bare", more=amount.more)
    return None


def _listed_unit(text: str, at: int) -> str:
    """The unit that 20.9、36.2、54个百分点 print once, behind the last number."""
    rest = _LISTED.match(text, at)
    unit = lexicon.unit_at(text, rest.end()) if rest else ""
    return _plain(unit) if lexicon.is_measure(unit) else ""


def _listed_factor(text: str, at: int) -> int:
    """The 亿 that 300、400亿元 prints once."""
    return multiplier(_SCALES.search(_LISTED.match(text, at).group()).group())


def _found(text: str, hit: Hit) -> FoundQuantity:
    baseline = _BASELINE.search(text, max(0, hit.start - 32), hit.start)
    comparator = comparators.chinese(text, hit.start, hit.end, hit.more)
    return hit.found(comparator, int(baseline[1]) if baseline else None)
