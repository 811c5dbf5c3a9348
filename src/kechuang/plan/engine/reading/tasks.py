"""Whether a stretch of text (up to 。 or ；) says what is to be done.

Signs for: a modal (要, 将, 必须 …), a clause that begins with a verb of action or its adverb, standing in an agenda.
Signs against: aspect of the past (了, 已, 取得), equations and evaluations (…是…, 意义重大), thanks and formulas.
"""

from __future__ import annotations

import re

from .gazetteer import entries, one_of
from .stance import Context, Stance

_MODAL = re.compile(
    r"(?<![重主需必纲摘首紧扼概只想机简提险刚快就显])要(?![求素闻点地道件塞领职员约义么紧害])|(?<![必即终行就])将(?![军士领来近其])|必须|务必|应当|须(?!知)|"
    r"力争|确保|争取|我们将|拟(?!定)|不得|(?<![适反响效相供对顺回感呼])应(?=[^用对急届邀变])"
)
_STRONG_MODAL = re.compile(
    r"(?:^|[,，；]|我们|各[级地部有][^,，]{0,6}|都|也|还|就|也)(?:一定|都|就|更|既)?(?:要|必须|务必)(?![求素闻点么紧])|下一步|我们将|将(?:继续|进一步|加快|抓紧|以|全力|持续|着力|重点)"
)
_VERBS = one_of(entries("action_verbs"))
_MARK = r"(?:[一二三四五六七八九十]+(?:是|要)|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、]|——|第[一二三四五六七八九十]+[，,、]|[●•■◆※\-—]+|其[一二三四]是?[,，]?|同时[,，]?|此外[,，]?|另外[,，]?|关键是|重点是)"
MARK = re.compile(rf"^\s*{_MARK}*\s*")
_VERB_FIRST = re.compile(rf"^(?:{_VERBS})")
_VERB_IN_CLAUSE = re.compile(rf"(?:^|[,，:：、”])[^,，]{{0,12}}?(?:{_VERBS})")
_WILL_DO = re.compile(rf"[^,，]{{0,10}}?(?:{_VERBS})(?<!进入)")
_PAST = re.compile(
    r"(?<![为除到])了(?![解却不结然])|已(?!知)|取得(?!更|新的?更|突破|实效|决定)|荣获|获批|喜获|去年|上年|累计|首次|跃居|跃升|同比|不断(?:增强|取得|提升)$|"
    r"成效(?:显著|明显)|进展顺利|初具|蓬勃|[年月]来[,，]|有序推进[,，]|得到|[^再]创下"
)
_EVALUATION = re.compile(
    r"意义(?:重大|深远)|事关|标志着|意味着|充分(?:体现|说明|证明|彰显|展现)|离不开|来之不易|我们(?:坚信|相信|深知|深切|深刻体会|深感)|崇高敬意|衷心感谢|清醒(?:地)?(?:认识|看)到|"
    r"是[^,，。]{0,40}(?:之年|的结果|时期|阶段|力量|战略部署|重要支撑|目标|关键|前提|基础|保障|使命|责任)|值得|令人"
)
_COPULA = re.compile(r"^[^,，]{1,30}(?<![就还都又也正只可但于总老一二三四五六七八九十])是(?![否以指由为])")
_FORMULA = re.compile(
    r"^“[^“”]*”[。！!]?$|^(?:各位代表|同志们|谢谢|[^\u4e00-\u9fffA-Za-z]*$|注[:：]|名词解释|附件|标签|编辑|责编|来源)|^让我们|审议"
)
_REFERRED = re.compile(
    r"^(?:习近平|党中央|国务院|党的(?:十|二十)|中央经济工作会议)[^,，]{0,30}(?:强调|指出|提出|要求|把|明确)"
)
_HEARSAY = re.compile(r"我国要成为|(?:只有|如果|倘若)[^,，]{2,40}[,，]?(?:才|就)")


def asks(text: str) -> bool:
    """Whether the text plainly asks for something, whatever its context: a verb first or a modal."""
    body = text[MARK.match(text).end() :]
    return bool((_VERB_FIRST.match(body) or _STRONG_MODAL.search(body)) and not _PAST.search(body))


def task_confidence(text: str, context: Context) -> tuple[float, str]:
    """How sure it is that `text` (no lead-in) is a task, 0 when it is none, and the rule that says so."""
    body = text[MARK.match(text).end() :]
    if len(body) < 6 or _FORMULA.search(body) or _REFERRED.match(body) or _HEARSAY.search(body):
        return 0.0, ""
    if context.stance is Stance.REVIEW:
        strong = _STRONG_MODAL.search(body)
        return (0.7, "task.modal-in-review") if strong and not _PAST.search(body) else (0.0, "")
    modal = _MODAL.search(body)
    first = _VERB_FIRST.match(body)
    past = _PAST.search(body)
    if _EVALUATION.search(body) and not _STRONG_MODAL.search(body):
        return 0.0, ""
    if (
        past
        and not (modal and past.start() < modal.start())
        and not (first and context.stance is Stance.AGENDA)
    ):
        return 0.0, ""
    if modal and not (modal.group() == "将" and not _WILL_DO.match(body[modal.end() :])):
        return 0.9, "task.modal"
    if _COPULA.match(body):
        return 0.0, ""
    if first:
        return 0.85, "task.verb-first"
    if (context.stance is Stance.AGENDA or context.after_task) and _VERB_IN_CLAUSE.search(body):
        return 0.7, "task.in-agenda"
    return 0.0, ""
