"""Where in its document a sentence stands: in a review of what was done, or in an agenda of what is to be done.

Headings decide first, outermost first; then words that open a paragraph ("五年来", "今年要"); both hold until the
next heading, such opening or turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .patterns import pattern


class Stance(StrEnum):
    OPEN = "open"
    REVIEW = "review"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class Context:
    """The stance of a sentence, the day the document appeared, whether the sentence before asks for something,
    whether the sentence stands under an article (第三条) of measures, and whether it is an item of a list that a line
    such as "We will:" or 主要措施： announces, or only leads in to items behind it (推动…发展,一是…), whether the sentence before only tells; in English, whether
    the line above names what is to be done, and whether the sentence goes on with a promise ("It will also")."""

    stance: Stance = Stance.OPEN
    published: date | None = None
    after_task: bool = False
    article: bool = False
    listed: bool = False
    aimed: bool = False
    leads_in: bool = False
    told: bool = False
    planned: bool = False
    promised: bool = False


_REVIEW_HEADING = pattern(
    r"回顾|成就|成绩|过去[一五三]年|[一五三]年来|工作总结|取得|主要成效|发展历程|(?:完成|执行|进展|基本|建设|工作|落实|推进|开展|实施)情况"
    r"|发展基础|现状|背景|形势|Progress|Achievements|Background|Review|Introduction|Where we are"
)
_AGENDA_HEADING = pattern(
    r"工作安排|工作建议|工作部署|总体要求|目标(?![实达完导体]|[^,，、和与]{1,4}中)|主要任务|重点任务|重点工作|主要工作|今后|下一步|主要考虑|重大举措|的建议|工作任务|具体任务"
    r"|全力|全面加强|全面提升|加强政府自身建设|保障措施|主要措施|政策措施|若干措施|组织实施|基本原则|指导思想|政策取向|关于20\d\d年工作|20\d\d年的?工作$"
    r"|Objectives|Actions|Targets|Next steps|Priorities|Commitments|Our plan|What we will do"
)
_DONE = pattern(
    r"(?:主要|重点)?(?:工作|任务|目标)(?=[^,，、]{0,6}(?:回顾|总结|(?:完成|执行|开展|落实|推进)?情况|进展|成效))"
)  # 主要工作回顾
_PLAN = pattern(
    r"[^。；,，]{0,6}?“十([一二三四五六])五”(?:时期|期间|以来|规划(?:确定|目标|实施|主要)|发展(?:取得|成就))"
)
_PLAN_END = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_LOWER = pattern(r"[（(]|\d+[.．、]|[一二三四五六七八九十]是")
_NUMBERED = pattern(
    r"[（(]?[一二三四五六七八九十\d]+[)）、.．]|第[一二三四五六七八九十\d]+|[IVX]+\.|Part |Section |Chapter "
)
_HEADLINE = 12  # a longer line without a number heads a piece of its own, such as one of several news items
_TITLE = pattern(r"报告$|报告[（(]|公报$|会议|大会|：")
_SECTION = pattern(
    r"(?:回顾|总结|成[就绩效]|情况|形势|背景|安排|建议|部署|要求|目标|任务|工作|举措|措施|考虑|\d年|Progress|Achievements|Background|Review|Objectives|Actions|Targets|steps|Priorities|Commitments)$"
)
_YEAR = pattern(r"(20\d\d)年")
_BY_YEAR = pattern(r"到(20\d\d)年$")
_AGENDA_WORDS = pattern(
    r"^(?:[^。；]{0,24})?(?:要|将|加快|着力|奋力|推进|推动|深化|加强|坚持|建设|打造|努力|持续|扎实|培育|促进|提升|强化|实施|扩大|统筹)"
)
_AGENDA_FIRST = pattern(
    r"(?:加快|着力|奋力|推进|推动|深化|加强|坚持|建设|打造|努力|持续|扎实|培育|促进|提升|强化|实施|扩大|统筹)"
)
# A heading that says what something is: …中的角色定位.
_EXPLAINS = pattern(r"的[^，,。]{0,4}(?:角色|定位|意义|作用|地位|关系|特点|内涵|问题|原因|影响)$")
_REVIEW_OPENING = pattern(
    r"^(?:据介绍[,，])?[^。；,，]{0,14}?(?:过去(?:的)?(?:一|五|三|几|\d+)年|[一二三四五六七八九十\d]+(?:多|余)?年(?:来|间)|近年来|回顾|去年|上一?年|"
    r"这[一五三]年|前[三两二]?个?季度|今年以来|年初以来|刚刚过去|总结(?:过去|成绩)|一年来)"
    r"|^[^,，。；]{4,36}(?:成效(?:显著|明显)|成果丰硕|取得[^,，。；]{0,8}成[效就])。"
    r"|^[^。；]{0,40}(?:存在[^。]{0,12}问题|清醒(?:地)?(?:认识|看)到|表示[^。]{0,10}感谢)"
)
_PASSING = pattern(r"(?:去年|上一?年|近年来|今年以来|年初以来|季度)$")  # of its paragraph alone
_REVIEW_LASTING = pattern(r"^[^。]{0,40}(?:主要做了|(?:主要|重点)开展了|回顾(?:总结)?了)")
_DONE_LEAD = pattern(r"已|了|成效|成果|成绩|以来|回顾|\b(?:has|have|had|were|was)\b")
_AGENDA_OPENING = pattern(
    r"^第[一二三四五六七八九十百]+条|^(?:各位代表[！!,，])?[^。；,，]{0,10}?(?:下一步|下一阶段|今后(?:五年|一个时期|三年)|重点(?:做好|抓好)|主要预期目标|预期目标)"
    r"|^[^。]{0,80}(?:提出|确定|明确|设定)了?[^。；,，]{0,14}(?:目标|指标)[^。；,，]{0,12}[。：:]?$"
    r"|^[^。]{0,60}(?:(?:预期|主要|总体|发展|工作|奋斗)目标是|总体要求是|重点[^。]{0,12}(?:做好|抓好)|工作安排如下|要[^。]{0,14}(?:做好|抓好)以下|提出以下)"
    r"|^(?:各位代表[！!,，])?(?:今年|20\d\d年)[^。；,，]{0,4}(?:我们)?(?:要|将)(?:重点|着力|突出)"
)
# These look ahead for their own paragraph only.
_AHEAD_OPENING = pattern(
    r"^[^。；,，]{0,10}?(?:今年(?:要|将|我们|是|的|经济|发展|工作|政府)|未来(?:五年|三年|一个时期)|新的一年|明年|(?<![年提谈说讲想])到20\d\d年|"
    r"做好[^。]{0,16}工作|我们(?:要|将|必须)|为此[,，](?![^,，。将要应须]{2,24}合作))"
)


def stance_of_headings(headings: Sequence[str], published: date | None, held: Stance = Stance.OPEN) -> Stance:
    """What the headings above a sentence say; OPEN where they say nothing or both.

    `held` is what the last heading that said something said: a lower heading without a higher one above it (（一）…
    under an unnumbered line) goes on with it, and so does any silent one once the agenda has begun.
    """
    headings = [text for text in headings if not _TITLE.search(text.rstrip("：:"))]
    if held is not Stance.OPEN and (not headings or _LOWER.match(headings[0])):
        return held
    for text in headings:
        if len(text) > _HEADLINE and not _NUMBERED.match(text) and not _SECTION.search(text):
            continue
        review = bool(_REVIEW_HEADING.search(text))
        agenda = bool(_AGENDA_HEADING.search(_DONE.sub("", text)))
        if review != agenda:
            return Stance.REVIEW if review else Stance.AGENDA
    years = [int(year) for text in headings for year in _YEAR.findall(text)]
    if years and published:
        return Stance.AGENDA if max(years) >= published.year else Stance.REVIEW
    if headings and _EXPLAINS.search(headings[0]):
        return held
    if headings and (_AGENDA_WORDS if _NUMBERED.match(headings[0]) else _AGENDA_FIRST).match(headings[0]):
        return Stance.AGENDA
    goes_on = headings and (_NUMBERED.match(headings[0]) or len(headings[0]) <= _HEADLINE)
    return held if held is Stance.AGENDA and goes_on else Stance.OPEN


def stance_of_opening(text: str, published: date | None) -> tuple[Stance | None, bool]:
    """What the words that open a paragraph say (None: nothing), and whether it lasts beyond the paragraph."""
    review, lasting = _REVIEW_OPENING.match(text), _AGENDA_OPENING.match(text)
    agenda = lasting or _AHEAD_OPENING.match(text)
    if agenda and published and (by := _BY_YEAR.search(agenda.group())) and int(by[1]) < published.year:
        agenda = None
    if agenda and not (review and review.end() <= agenda.end()):
        return Stance.AGENDA, bool(lasting)
    if review:
        return Stance.REVIEW, not _PASSING.search(review.group())
    plan, year = _PLAN.match(text), _YEAR.match(text)
    if plan and published:
        over = published.year >= _PLAN_END[plan[1]]
        return (Stance.REVIEW, True) if over else (Stance.AGENDA, False)
    if year and published and int(year[1]) != published.year:
        return (Stance.REVIEW, True) if int(year[1]) < published.year else (Stance.AGENDA, False)
    return None, False


_ORDERED_LIST = pattern(
    r"(?:要|将|采取|抓好|做好|做到|提出|措施|任务|举措|行动|(?:几|[两一二三四五六七八九十\d])(?:件|项|点|条)[^。；]{0,6}|要求|建议|意见)[^。；，,]{0,10}[：:]$"
    r"|\b(?:to|will|must|shall|should|by|through)(?: also)?:$|\b(?:other|our|key|following|priority|these|specific) (?:actions?|measures|commitments|objectives|steps|priorities)\b[^.]{0,40}:$|\b(?:directives|orders|instructions)\b[^.;:]*:$",
    re.I,
)


# What somebody calls for, told as having been done: 提出了三点期望,一是….
_CALLS = pattern(
    r"(?:提出|强调|谈|讲)[^。；，,]{0,6}[几两三四五六七八九\d](?:点|个方面|项)[^。；，,]{0,4}(?:期望|希望|要求|建议|意见|倡议)[:：]?$"
)


def announces_orders(text: str) -> bool:
    """Whether a line that ends in a colon, or calls for so many things, says that what follows is to be done."""
    if _CALLS.search(text):
        return True
    return bool(
        _ORDERED_LIST.search(text) and not _REVIEW_LASTING.match(text) and not _DONE_LEAD.search(text)
    )


_LIST_OF_AIMS = pattern(
    r"\b(?:targets?|goals?|ambitions?|objectives?|aims)\b[^.;:]*(?::|\b(?:including|namely|such as|as follows)[,:]?)$|\bwe(?:[’']re| are):$",
    re.I,
)


def announces_aims(text: str) -> bool:
    """Whether an English line says that what stands under it is aimed at."""
    return bool(_LIST_OF_AIMS.search(text) and not _DONE_LEAD.search(text))


_TROUBLES = pattern(
    r"(?:面临|存在|仍有|遇到|表现在|体现在|问题|挑战|困难|不足|短板|差距|制约|亮点|特点)[^。；]{0,16}[：:]|(?:感受|体会|感触|感悟|启示)。?$"
)


def lists_troubles(text: str) -> bool:
    """Whether the sentence begins a list of how things stand: 发展也面临一些问题：….

    What its items lack is no order.
    """
    return bool(_TROUBLES.search(text) and not _ORDERED_LIST.search(text))


def opens_review(text: str) -> bool:
    """Whether the sentence announces that what follows tells of work done, wherever in its paragraph it stands."""
    return bool(_REVIEW_LASTING.match(text))
