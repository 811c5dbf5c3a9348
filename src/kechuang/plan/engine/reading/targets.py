"""Whether a quantity is promised or found."""

from __future__ import annotations

import re
from functools import lru_cache

from .gazetteer import entries, one_of
from .modality import PLANS
from .narration import COMPARED
from .patterns import any_of, pattern
from .stance import Context, Stance
from .types import FoundQuantity

_FIGURE = (0.0, "")
_PROMISE = pattern(
    any_of(
        r"(?<!努)力争(?!取)|确保",
        r"争取(?!到|中|的)",
        r"努力(?:实现|争取|完成|达到|使|保持|推动)",
        r"目标",
        r"(?<![于超合])预期",
        r"(?:^|[,，；])[一二三四五六七八九十两\d]+年内(?=[,，])",
        r"[一二三四五六七八九十两\d]年内[^,，。；]{0,16}(?:可(?!以)|能|完工|完成|建成|达)",
        r"(?:我们?|政府|当局|局方|署方|公司|(?:今|明)年[^,，]{0,8})(?<![公协商工学国社大总])(?:亦|将|也)?会(?![议场上后前])",
        r"(?<![必即])将(?![军领其近])",
        r"(?<![重主需必纲摘首概只])要(?![求素闻点件花耗等经])",
        r"规划(?=[^》”」,，。的、和]{0,6}?(?:建设|新建|布局|打造|兴建|投资|\d|[一二三四五六七八九十百]))",
        r"(?<![研草模虚比])拟(?![定订具真人中任录])",
        PLANS,
        r"再(?=改造|启动|新建|新增|建设|建成|投入|增加|推出|开工|培育)",
        r"打算|必须|不低于|不少于|不超过|不小于|有望|预计",
    )
)
LOOKS_BACK = pattern(
    any_of(
        r"(?<![为除])了(?![解却])",
        r"已(?!知)",
        r"正(?:在|陆续|逐步|积极|全力|加紧|加快)(?![^,，。]{0,8}的)",
        r"去年|上年|同比|目前|现有|截至|截止|此前|曾|以来|年来|荣获|历史上|第七次|现已|当时",
        r"[优高好低]于预期",
        r"超预期|符合预期",
        r"累计前\d",
        r"(?<!新)获批",
        r"入选|位居|居全国|总计(?=完成|实现|发射|办|服务|达成)|争取到",
        r"成功(?:发射|举办|研发|完成|引进)|连续[^,，]{1,4}年",
        r"有所(?:改善|提高|下降|好转|增强)",
    )
)
# How large or long a thing is, or which share of the whole it has, as it is.
_ATTRIBUTE = pattern(r"(?:面积|全长|总长|长度?|占地|位于|周边|尚有)(?:共|达|约|近|逾|超|为)*$")
_SHARE = pattern(r"占(?:全[国省市县区]|总数|总量)?的?(?:约|近|了|大概)*$")
_AT_LEAST = pattern(r"\s*(?:以上|左右|以内|以下)")
_OF_THE_EXISTING = pattern(
    r"(?:下设|辖下|旗下|设有|发挥|依托|(?<!实际)利用(?!外资)|用好|盘活|现有|共有|拥有(?![量率])|凭借|基于|立足|面对|按照|对标|落实|贯彻|聚焦|围绕|针对|推行|执行|包括|涉及|这|在内的)[^,，。、]{0,4}$"
)
_GOVERNED = pattern(
    rf"(?:{one_of(entries('promising_verbs'))})[^,，。；]{{0,24}}$|(?:增长|提高|下降|降低|减少|压减|达|至|超|破|完成|补助|奖补|奖励|资助|补贴|最高|给予|按[^,，。；]{{0,16}}的)[^,，。；]{{0,8}}$"
)
# A grant of so much for each: 每个批件补助200万元, 最高奖励50万元.
_CAPPED = pattern(
    r"(?:最高|每[^,，。；]{1,8})(?:可|再|一次性|最高)*(?:给予|补助|奖补|奖励|资助|补贴)[^,，。；]{0,6}$"
)
_GRANTED = pattern(r"(?:补助|奖补|奖励|资助|补贴|给予|最高)[^,，。；]{0,8}$")
_ORDERS = pattern(rf"(?:[一二三四五六七八九十]+是)?[\s、并和]*(?:{one_of(entries('promising_verbs'))})")
_THRESHOLD = pattern(
    r"^(?:及|\(含\)|（含）)?(?:以上|以下|以内)?(?:级|级别|规模)?(?:及以上)?(?:的)?(?:重大|重点|工业|大型|中小型|优质)?"
    r"(?:项目(?!\d|达)|企业(?![\d达])|老年|老人|人群|人口|儿童|女性|学生|居民|农户|合同|订单|单体|工程|游轮|煤矿|机组|商品房|住房)"
)
_CONDITION = pattern(r"(?:以上|以下|及以上)?(?:的|者)[,，]")  # 投入超过1000万元的,
_NAMED_PART = pattern(
    r"^[^,，。；]{0,16}(?:等)?(?:[^,，。；]{0,10})(?:项目|工程|装置|基地|机组|电站|生产线|晶圆|制程|工艺|芯片|厂(?![商家])|铁路|高速|专列|行动|计划|生活圈|工程等)"
)
_CAPACITY_UNITS = pattern(r"吨|千瓦|瓦|MW|GW|kV|千伏|英寸|寸|吋|纳米|奈米|米|公里|万?方|立方|片")
_NOT_ADDED = pattern(
    r"(?:新增|新建|达到?|突破|完成|建成|实现|新开工|扩大到|超过?|改造|修复|供应|开工|投产|力争|确保|治理|增加)[^,，。；]{0,10}$"
)
_TIME_UNITS = pattern(r"^(?:年|个月|月|天|日|小时|分钟|周|个工作日|工作日)$")
_TIME_LIMIT = pattern(
    r"(?:压缩|缩短|减少|控制|提前|降|延长|超过?|寿命|不超过|不低于|不少于|提高|增加|达|每)[^,，。；]{0,8}$"
)
_WITHIN = pattern(r"^(?:之?内|以内)?(?:全部)?(?:办结|响应|完成|反馈|审结|答复|拨付|兑现|送达|到场|到账)")
_LISTED = pattern(
    r"^(?:个|项|条|大|方面)?(?:(?:重点|关键|主要)?(?:领域|环节|方向|维度|关键词|支撑政策|部分)|[^,，。；]{0,16}之一|方面|举措|措施|件大事|个坚持|个确保|项原则|大战略|大体系|项要求|点要求)"
)
_STARTING = pattern(r"(?:[由从]|约)[^,，。；]{0,12}$")
_RISING = pattern(
    r"^[^,，。；]{0,10}?(?:提高|提升|增加|增长|增至|升至|降低|下降|降至|降到|减少|缩短|压缩|压减|扩大|延长|上升|下调|上调|调整|增|降|升|减|拓展|翻)[^,，。；]{0,2}[到至为]"
)
_AHEAD = pattern(
    r"届时|(?:[今明后]年|年底)[^,，]{0,4}(?:目标|力争|要(?!求))|将(?:新增|增至|增加|达|实现|建成|投|带动|形成|超|突破|提升|提高|完成|升|降)"
)
_REACH = 120  # characters of a clause that bear on a number in it
_BARE_STEP = pattern(r"[百千万]+亿|[百千]万|亿")
_RAISES = pattern(r"(?:打造|培育|冲刺|迈向|壮大|夯实|构建)[^,，。；了]{0,16}$")


@lru_cache(maxsize=8)
def _first_signs(text: str) -> tuple[int, int]:
    """Where a stretch first promises and where it first looks back; beyond its end where it does not."""
    promise, past = _PROMISE.search(text), LOOKS_BACK.search(text)
    return (promise.start() if promise else len(text)), (past.start() if past else len(text))


def is_target(
    text: str, start: int, end: int, quantity: FoundQuantity, *, ahead: bool, task: bool, context: Context
) -> tuple[float, str]:
    """Confidence (0 = a figure) and rule for the quantity at `start:end` of `text`.

    `text` is one stretch up to 。 or ；. `ahead`: a deadline after publication stands in it; `task`: it says what is
    to be done.
    """
    clause, after = _around(text, start, end)
    whole = clause + text[start:end] + re.split(r"[,，：:]", after, maxsplit=1)[0]
    review = context.stance is Stance.REVIEW
    if _raised(clause, text[start:end], quantity) and not review and not LOOKS_BACK.search(clause):
        return 0.75, "target.magnitude"
    if _excluded(clause, after, text[start:end], quantity):
        return _FIGURE
    past = _over(text, start, whole)
    if context.stance is Stance.AGENDA:
        over = past and past != "同比" and not _PROMISE.search(whole)
        return _FIGURE if over else (0.9, "target.agenda")
    if past:
        return _FIGURE
    if ahead:
        return 0.9, "target.deadline"
    if review and not _AHEAD.search(whole):
        return _FIGURE
    promise, past_before = _first_signs(text)
    carried = promise < start <= past_before and not _ATTRIBUTE.search(clause)
    if carried or _PROMISE.search(whole):
        return 0.8, "target.promise"
    if _CAPPED.search(clause):
        return 0.75, "target.grant"
    return _in_task(clause, quantity, end <= promise < len(text)) if task else _FIGURE


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What of its clause stands before the quantity, and what stands behind it."""
    clause_from = max(text.rfind(mark, 0, start) for mark in ",，：:") + 1
    return text[max(clause_from, start - _REACH) : start], text[end : end + _REACH]


def _over(text: str, start: int, whole: str) -> str:
    """The word by which the clause looks back, else empty; 其中 tells part of what the clauses before tell."""
    past = LOOKS_BACK.search(COMPARED.sub("", whole))
    if not past and whole.startswith("其中"):
        past = LOOKS_BACK.search(text, 0, start)
    return past.group() if past else ""


def _in_task(clause: str, quantity: FoundQuantity, promised_behind: bool) -> tuple[float, str]:
    """A number in a task is promised where the verb it belongs to says so; what is promised only behind it leaves it as
    it is."""
    as_it_is = promised_behind and not _ORDERS.match(clause)
    if _GOVERNED.search(clause) and not as_it_is:
        return 0.75, "target.in-task"
    if _GRANTED.search(clause):
        return 0.75, "target.grant"
    return (0.75, "target.magnitude") if quantity.value is None else _FIGURE


def _raised(clause: str, printed: str, quantity: FoundQuantity) -> bool:
    """An order of magnitude that is aimed at: 打造千亿级产业集群."""
    return bool(quantity.unit == "元" and _BARE_STEP.match(printed) and _RAISES.search(clause))


def _excluded(clause: str, after: str, printed: str, quantity: FoundQuantity) -> bool:
    """Quantities that no promise is about: thresholds, parts of names, bases, what is there already."""
    if _STARTING.search(clause) and _RISING.match(after):
        return True
    if _SHARE.search(clause) and not _PROMISE.search(clause) and not _AT_LEAST.match(after):
        return True
    if _OF_THE_EXISTING.search(clause) and not re.search(r"新增|达到", clause):
        return True
    if (
        not _BARE_STEP.match(printed)
        and quantity.unit in ("元", "岁", "平方米", "人", "亩")
        and _THRESHOLD.match(after)
    ):
        return True
    if _CONDITION.match(after):
        return True
    if _TIME_UNITS.match(quantity.unit) and not (_TIME_LIMIT.search(clause) or _WITHIN.match(after)):
        return True
    if _CAPACITY_UNITS.search(quantity.unit) and not _NOT_ADDED.search(clause) and _NAMED_PART.match(after):
        return True
    return bool(_LISTED.match(after)) or quantity.unit in ("方面", "个方面")
