"""Whether a quantity is promised or found.

A small table decides, by what the number is of (content), whether its clause is over (aspect), by when it is to be
(time), who promises it how (modality) and where it stands (stance):

    | the number                                | in a review             | elsewhere | in an agenda           |
    | is of what stands (threshold, size, name) | no                      | no        | no                     |
    | in a clause that is over (已, 了, 去年)      | no                      | no        | only if also promised  |
    | by a time to come                         | target                  | target    | target                 |
    | its own clause promises (将, 力争, 目标)     | only with a later time  | target    | target                 |
    | a clause before promises, it is reached   | no                      | target    | target                 |
    | reached or granted by what a task does    | no                      | target    | target                 |
    | told without any of these                 | no                      | no        | unless it says how it is |

An order of magnitude that is aimed at (打造万亿级产业) is a target wherever nothing is over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from . import contents
from .modality import HOPED, MODAL, PLANS
from .narration import COMPARED
from .patterns import any_of, pattern
from .stance import Context, Stance
from .types import FoundQuantity

_FIGURE = (0.0, "")
_PROMISE = pattern(
    any_of(
        r"(?<!努)力争(?!取)|(?<!努)力?[拼拚](?=\d|在|于|明年|今年|年底)|确保",
        r"争取(?!到|中|的)",
        r"努力(?:实现|争取|完成|达到|使|保持|推动)",
        r"目标(?!愿景|相同|一致|责任|导向|市场|客户|群体)",
        r"(?<![于超合])预期(?!性)",
        r"(?:我们?|政府|当局|局方|署方|公司|(?:今|明)年[^,，]{0,8})(?<![公协商工学国社大总“两])(?:亦|将|也)?会(?![议场上后前”])",
        r"(?<![必即])将(?![军领其近])(?!面积|总面积)",
        r"(?<![重主需必纲摘首概只])(?<!预估)(?<!估计)(?<!大约)要(?![求素闻点件花耗等经])",
        r"规划(?=[^》”」,，。的、和]{0,6}?(?:建设|新建|布局|打造|兴建|投资|\d|[一二三四五六七八九十百]))",
        r"(?:按照?|根据|依)[^,，。；]{0,12}(?:规划|计划|目标|方案|纲要)》?[,，]",
        r"(?:规划|方案|计划|纲要|意见)》?(?:明确|提出)[,，:：]",
        r"(?:提出|明确|提到)[,，]?(?=(?:到|在)?(?:“十|20\d\d年|今年|明年|未来))",
        r"(?<![研草模虚比])拟(?![定订具真人中任录])",
        PLANS,
        r"(?:行动|方案|规划|纲要|意见)(?:将|拟)?新?(?=增|建|培育|引进|打造|认定|安排)",
        r"(?<=[年季]度)计划(?=完成|实现|新增|开工)",
        r"(?<![动展程造划育才案大项本此的年期度])计划(?=开工|新增|引进|培育|建成|投产|发射|招收|研发|形成)",
        r"再(?=改造|启动|新建|新增|建设|建成|投入|增加|推出|开工|培育)",
        r"预[定订](?=于|在|[^,，。；]{0,16}(?:兴建|新建|设立|设置|建设|开工))",
        r"一定(?=会|要|能)|打算|必须|不低于|不少于|不超过|不小于|有望|预计",
    )
)
# A promise may stand behind its number only as its aim or its modal: 7%的预期目标, 20家企业将入驻.
_BEHIND = pattern(r"目标|预期|将|会|要|不|一定|有望|预计")
LOOKS_BACK = pattern(
    any_of(
        r"(?<![为除])了(?![解却])",
        r"已(?!知)",
        r"正(?:在|陆续|逐步|积极|全力|加紧|加快)(?![^,，。]{0,8}的)",
        r"(?<![比较])(?:去年|上年)|目前|现有|截至|截止|此前|曾|以来|年来|荣获|历史上|第七次|现已|当时",
        r"[优高好低]于预期",
        r"超预期|符合预期|超时序",
        r"累计前\d",
        r"(?<!新)获批",
        r"入选|位居|居全[国省市县区]|总计(?=完成|实现|发射|办|服务|达成)|争取到",
        r"(?<![公总一])共(?=支持|创建|建成|认定|培育|完成|签约|引进|召开|收到|征集)",
        r"成功(?:发射|举办|研发|完成|引进|争取|招引|获|创建|签约)|连续[^,，]{1,4}年",
        r"有所(?:改善|提高|下降|好转|增强)",
        r"被(?=退|否|驳)|原(?=预[计定订期]|先|本|定|规划|计划)|是指|指的是",
    )
)
# By a time told as a span: 三年内,…; 5年内投入.
_WITHIN = pattern(r"(?<![近去短])[一二三四五六七八九十两\d]年内(?!就|已|累|共|[调上]涨)")
WITHIN_LEAD = pattern(r"(?:^|[,，；])[一二三四五六七八九十两\d]年内[,，]")
_FROM_NOW = pattern(r"[由从](?:目前|现有|去年|上年)")
_ON_YEAR = pattern(r"同比")
_SINCE = pattern(r"[^,，。；]{0,20}(?:以来|年来|当[天晚])[,，]|[^。；]{0,60}(?:政绩|细数)")
# In an agenda, what still only says how things are.
_AS_IT_IS = pattern(
    r"(?:只有|仅有?|高达|召开|(?:占比|比重)[^,，]{0,4}为|分别为|徘徊在|还在)(?:约|近|了|\s*[\d.]+%[、和及])*\s*$|^[^,，。；]{0,16}占比[^,，。；]{0,4}居|以$"
)
_LATER = pattern(
    any_of(
        r"届时|[今明后]年[^,，。；]{0,8}(?<![必即])将(?!近)|(?:[今明后]年|全年|年底)[^,，]{0,4}(?:目标|力争|计划(?![的内外])|要(?!求))|预[计定]今年[可能]",
        r"力争(?:实现|突破|达到|完成|到)",
        r"将(?:新增|增至|增加|达|实现|建成|投|带动|形成|超|突破|提升|提高|完成|升|降)",
    )
)
_REACH = 120  # characters of a clause that bear on a number in it


@dataclass(frozen=True, slots=True)
class _Signs:
    """What stands in the number's own clause and before it."""

    over: str  # the word by which the clause looks back
    promised: bool  # the clause promises
    before: bool  # a clause before it promises, and none before it looks back
    later: bool  # the clause tells of a later time
    governed: bool  # its verb or measure reaches it


@lru_cache(maxsize=8)
def _ends(text: str) -> tuple[list[int], list[int]]:
    """Where in a stretch promises and words that look back end."""
    return [one.end() for one in _PROMISE.finditer(text)], [one.end() for one in LOOKS_BACK.finditer(text)]


def is_target(
    text: str, start: int, end: int, quantity: FoundQuantity, *, ahead: bool, task: bool, context: Context
) -> tuple[float, str]:
    """Confidence (0 = a figure) and rule for the quantity at `start:end` of `text`.

    `text` is one stretch up to 。 or ；. `ahead`: a deadline after publication stands in it; `task`: it says what is
    to be done.
    """
    clause, after = _around(text, start, end)
    printed, review = text[start:end], context.stance is Stance.REVIEW
    if contents.raised(clause, printed, quantity) and not review and not LOOKS_BACK.search(clause):
        return 0.75, "target.magnitude"
    if contents.stands(clause, after, printed, quantity):
        return _FIGURE
    agenda = context.stance is Stance.AGENDA
    signs = _signs(text, start, clause, printed, after, agenda or ahead)
    if agenda:
        as_it_is = signs.over or _AS_IT_IS.search(clause)
        return _FIGURE if as_it_is and not signs.promised else (0.9, "target.agenda")
    if signs.over:
        return _FIGURE
    within = WITHIN_LEAD.search(text, 0, start)
    if ahead or within or (signs.governed and not review and _WITHIN.search(text, 0, start)):
        return 0.9, "target.deadline"
    if review and not signs.later:
        return _FIGURE
    if signs.promised or (signs.before and signs.governed):
        return 0.8, "target.promise"
    if contents.capped(clause):
        return 0.75, "target.grant"
    return _in_task(text, start, end, quantity) if task else _FIGURE


def reached(text: str, start: int, end: int) -> bool:
    """Whether a verb or measure before the number at `start:end` reaches it."""
    clause, after = _around(text, start, end)
    return contents.governed(clause, after)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What of its clause stands before the quantity, and what stands behind it."""
    clause_from = max(text.rfind(mark, 0, start) for mark in ",，：:") + 1
    if text.startswith("以及", clause_from):  # a list goes on
        clause_from = max(text.rfind(mark, 0, clause_from - 1) for mark in ",，：:") + 1
    return text[max(clause_from, start - _REACH) : start], text[end : end + _REACH]


def _signs(text: str, start: int, clause: str, printed: str, after: str, planned: bool) -> _Signs:
    behind = re.split(r"[,，：:]", after, maxsplit=1)[0]
    whole = clause + printed + behind
    promises, pasts = _ends(text)
    found = _PROMISE.search(whole)
    promised = bool(found and (found.start() < len(clause) or _BEHIND.match(found.group())))
    laid_out = bool(found and found.group() == "规划")
    looked_back = max((at for at in pasts if at <= start), default=0)
    before = any(looked_back < at <= start for at in promises)
    over = _over(text, start, whole, promised and not laid_out)
    if not over and not (promised or before or planned) and _ON_YEAR.search(whole):
        over = "同比"
    return _Signs(
        over=over,
        promised=promised,
        before=before,
        later=bool(_LATER.search(whole)),
        governed=contents.governed(clause, after),
    )


def _over(text: str, start: int, whole: str, promised: bool) -> str:
    """The word by which the clause looks back, else empty; 其中 tells part of what the clauses before tell, and 以来
    holds for all behind it until something is promised."""
    past = LOOKS_BACK.search(_FROM_NOW.sub("", COMPARED.sub("", whole)))
    if not past and not promised and whole.startswith("其中"):
        past = LOOKS_BACK.search(text, 0, start)
    if not past and not promised:
        past = _SINCE.match(text, 0, start)
    return past.group() if past else ""


def _in_task(text: str, start: int, end: int, quantity: FoundQuantity) -> tuple[float, str]:
    """A number in a task is promised where the verb it belongs to says so; what is asked only behind it leaves it as it
    is."""
    clause, after = _around(text, start, end)
    asked = [one.start() for one in (_PROMISE.search(text), MODAL.search(text), HOPED.search(text)) if one]
    as_it_is = asked and min(asked) >= end and not contents.orders(clause)
    as_it_is = as_it_is or (not asked and _ends(text)[1])
    if contents.governed_in_task(clause, after) and not as_it_is:
        return 0.75, "target.in-task"
    if contents.granted(clause):
        return 0.75, "target.grant"
    return (0.75, "target.magnitude") if quantity.value is None else _FIGURE
