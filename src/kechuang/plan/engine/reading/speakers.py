"""Who speaks in each sentence.

A turn opens where somebody is said to speak ("蔡奇强调,", "会上,王志刚指出,", "他介绍,", "X作了题为…的报告") and is
carried over sentences and paragraphs until the next turn or until narration takes over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .attributions import Attribution, find_attributions
from .english_kinds import is_english
from .english_speakers import Quotation, english_speaker
from .names import NAME, TITLE_HEAD, plausible_name
from .types import Sentence


@dataclass(frozen=True, slots=True)
class Turn:
    """`speaker` ("" = the document itself) with `role`; the first `lead_in` characters only say who speaks."""

    speaker: str = ""
    role: str = ""
    lead_in: int = 0


_VERBS = "指出|强调|表示|通报说?|介绍说|介绍|要求|认为|提出|谈到|建议|透露|坦言|直言|说|称|呼吁|宣布|解释|补充|回应|告诉记者|分析|写道|提醒|预计|看来|坦承|回忆道?|感慨|笑着说|举例说|重申|警告|感叹|直指|答|表明"
_ADVERBS = "(?:还|也|则|又|最后|首先|随后|接着|特别|一再|反复|明确|同时|并|进一步|现场|在?(?:会上|讲话中|致辞中|座谈时|调研时|接受采访时|[^,，。；]{0,20}?时)|在[^,，。；]{1,20}?(?:上|中|期间))?"
_PRONOUN = "(?:他|她)"
_SAYS = rf"(?:[对向](?:本报|本网|本刊)?(?:记者|媒体|本报|外界)?)?(?:{_VERBS}|回答)(?:{_VERBS}|本报记者|记者|媒体)?"
_OPENING = re.compile(
    rf"(?P<who>{NAME}|{_PRONOUN}){_ADVERBS}(?:{_SAYS}(?:了|道)?|(?:勉励|叮嘱|嘱咐|嘱托|鼓励|提醒|号召|希望|要求)[^,，。：]{{2,14}})[,，:：]\s*|"
    rf"(?P<body>据(?:介绍|了解|悉|统计|报道)|[^,，。；：]{{0,6}}?数据显示)[,，:：]\s*"
)
_LATE_VERB = re.compile(rf"[,，]{_ADVERBS}(?:并)?(?:{_VERBS})[,，:：]|[,，]要求(?!高|的)")
_STARTS_WITH_NAME = re.compile(
    rf"(?:[^,，。；:：]{{0,12}}[,，])?(?:[^,，。；:：]{{0,40}}?{TITLE_HEAD})?(?P<who>{NAME}|{_PRONOUN})(?![、\w]{{0,4}}等人才)"
)
_DIALOGUE = re.compile(
    rf"^(?:(?P<asks>记者|主持人|问|提问|编者按?|本报记者|[^：，。]{{2,14}}记者)|(?:[^,，。；:：]{{0,30}}?{TITLE_HEAD})?(?P<who>{NAME})(?:（[^）]{{1,20}}）)?|(?P<answers>答))：\s*"
)
_NAMED_WITHIN = 64  # characters before the colon of an interview
_CLAUSE_NAME = re.compile(
    rf"(?:^|[,，、])(?:[^,，。；:：、]{{0,40}}?{TITLE_HEAD})?(?P<who>{NAME}|{_PRONOUN})"
)
_SPEECH_ACT = re.compile(
    rf"(?P<who>{NAME})(?:在[^,，。]{{0,30}})?[作做]了?(?:题为《[^》]*》的|[^。]{{0,60}}(?:报告|讲话|发言|致辞|演讲)[。!！]?$)"
)
_ARRANGES = re.compile(
    rf"^(?P<who>{NAME})(?:对|就)[^。]{{2,60}}(?:安排部署|部署安排|安排|部署|介绍|说明|解读)[。!！]?$"
)
_POSTPOSED = re.compile(
    rf"(?:^|[”\"])[,，]?(?:[^,，。“”]{{0,30}}?{TITLE_HEAD})?(?P<who>{NAME}|{_PRONOUN})(?:{_VERBS})[。,，]?$"
)
# Most sentences of a report hold no word of speaking and are passed over at once.
_MAY_OPEN = re.compile(
    rf"(?:{_VERBS}|记者|媒体)(?:了|道)?[,，:：。”]|(?:勉励|叮嘱|嘱咐|嘱托|鼓励|提醒|号召|希望|要求)[^,，。：]{{2,14}}[,，:：]|^[\u4e00-\u9fff·]{{2,12}}(?:（[^）]{{1,20}}）)?：|[,，]要求|^据|数据显示|[作做]了?(?:题为|[^。]{{0,60}}(?:报告|讲话|发言|致辞|演讲)[。!！]?$)|"
    r"(?:安排|部署|介绍|说明|解读)[。!！]?$"
)
_NARRATION = re.compile(
    r"(?:一同|共同|陪同)?(?:参加|出席|调研|参会|列席|主持|与会|陪同|见证)(?:了?(?:会议|活动|座谈会|调研|仪式))?[。!！]?$|"
    r"(?:会议|座谈会|论坛|仪式|活动)由[^。]{2,30}主持|(?:代表|负责人)[^。]{0,10}(?:作了|进行了)[^。]{0,6}发言|"
    r"^(?:会上|会前|会后|活动现场|仪式上|当天|当日)(?:[,，]|还?(?:发布|举行|启动|签约|揭牌|通报|颁发))|^(?:现场签约|大会为期|本次大会|活动期间)|^[（(](?:来源|责编|记者|完)"
)
_BODY_STATES = re.compile(
    r"^[^,，。；“”]{0,16}?(?:研报|机构|协会|报告|数据|公告|文件|通知|业内人士|分析人士|分析师|规划|方案|意见|办法|公报|白皮书)[^,，。；“”]{0,6}(?:认为|显示|指出|提出|称|预计|预测|明确)"
)
_STATISTICS = re.compile(r"据(?:统计|报道|悉|了解)|[^,，。；：]{0,6}数据显示")
_VISITS = re.compile(r"(?:走进|来到|察看|听取|前往|实地|参观|考察|看望|慰问)")


def find_turns(sentences: Sequence[Sentence], people: Sequence[Attribution] | None = None) -> list[Turn]:
    """One turn per sentence, in order. Sentences are in clean offsets; lead-ins count characters of a sentence.

    The role is the title before the name wherever the document prints it. "据介绍" goes on with whoever gave a
    report in the sentences before it, else with the document. `people` saves finding the attributions again.
    """
    people = find_attributions(sentences) if people is None else people
    roles = _roles(people)
    known = _known(roles)
    turns: list[Turn] = []
    current = last = ""
    quoted = False  # the speaker in force is quoted word for word, so that narration has no quotation marks
    quotation, names = Quotation(), list(dict.fromkeys(person.person for person in people))
    for index, sentence in enumerate(sentences):
        if is_english(sentence.text):
            who, lead_in = english_speaker(sentence.text, sentence.paragraph, quotation, names)
            turns.append(Turn(who, roles.get(who, ""), lead_in))
            continue
        opened, lead_in, carried = _open(sentence, current, last, roles)
        if opened is None:
            current = _carry(sentence, sentences[index - 1] if index else None, current, roles, quoted)
            turns.append(Turn(current, roles.get(current, ""), 0))
            last = _mentioned(sentence.text, known) or last
            continue
        fresh = index == 0 or sentences[index - 1].paragraph != sentence.paragraph
        if fresh and _STATISTICS.match(sentence.text):
            opened = carried = ""
        turns.append(Turn(opened, roles.get(opened, ""), lead_in))
        current = carried
        quoted = "：“" in sentence.text or sentence.text[:1] == "“" or (index > 0 and quoted and not lead_in)
        last = carried or last
        _reach_back(turns, sentences, index, opened)
    return turns


def _roles(people: Sequence[Attribution]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for person in people:
        roles.setdefault(person.person, person.role)
    return roles


def _known(roles: dict[str, str]) -> re.Pattern[str] | None:
    names = sorted(roles, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))) if names else None


def _mentioned(text: str, known: re.Pattern[str] | None) -> str:
    """The first person of the document named here: whom a following 他 means."""
    match = known.search(text) if known else None
    return match.group() if match else ""


def _open(sentence: Sentence, current: str, last: str, roles: dict[str, str]) -> tuple[str | None, int, str]:
    """(speaker of this sentence or None, lead-in, speaker carried on) when the sentence opens a turn."""
    text = sentence.text
    if not _MAY_OPEN.search(text):
        return None, 0, current
    if "：" in text[:_NAMED_WITHIN] and (said := _DIALOGUE.match(text)):
        return _in_dialogue(said, last)
    opening = _first_opening(text)
    if opening and opening["body"]:
        return current, opening.end(), current
    if opening:
        who = _person(opening["who"], current, last)
        return who, opening.end(), who
    late = _late(text, current, last, roles)
    if late:
        return late
    act = _SPEECH_ACT.search(text) or _ARRANGES.match(text)
    if act and plausible_name(act["who"]):
        return "", 0, act["who"]
    post = _POSTPOSED.search(text)
    if post and (post["who"] in "他她" or plausible_name(post["who"])):
        who = _person(post["who"], current, last)
        return who, 0, who
    return None, 0, current


def _in_dialogue(said: re.Match[str], last: str) -> tuple[str | None, int, str]:
    """The turn of an interview: "记者：…" asks for the document, "檀越平：…" and "答：…" speak for themselves."""
    if said["asks"]:
        return "", said.end(), ""
    who = last if said["answers"] else said["who"]
    return (who, said.end(), who) if said["answers"] or plausible_name(who) else (None, 0, "")


def _first_opening(text: str) -> re.Match[str] | None:
    """The first "name says," whose name is one and stands at the head of a clause or behind a title."""
    at = 0
    while match := _OPENING.search(text, at):
        at = match.start() + 1
        if match["body"]:
            if match.start() == 0:
                return match
            continue
        before = text[: match.start()]
        if len(before) > 80 or before.count("“") > before.count("”"):
            continue
        at_head = not before or before[-1] in ',，。:：)）”" \u3000、' or re.search(rf"{TITLE_HEAD}$", before)
        if at_head and (match["who"] in "他她" or plausible_name(match["who"])):
            return match
    return None


def _late(text: str, current: str, last: str, roles: dict[str, str]) -> tuple[str, int, str] | None:
    """“蔡奇对…表示感谢,指出,…”, “蔡奇察看了…,要求…”: somebody acts first and speaks then."""
    for verb in _LATE_VERB.finditer(text):
        acting = [
            name
            for start in _CLAUSE_NAME.finditer(text[: verb.start()])
            if (name := _trim_name(start["who"], roles))
        ]
        if acting:
            who = _person(acting[0], current, last)
            return who, verb.end(), "" if _VISITS.search(text[: verb.start()]) else who
    return None


def _trim_name(name: str, roles: dict[str, str]) -> str:
    """The known person at the head of the greedy candidate (“蔡奇对” → 蔡奇), else "" """
    if name in "他她":
        return name
    return next((name[:size] for size in (4, 3, 2) if name[:size] in roles), "")


def _person(who: str, current: str, last: str) -> str:
    return (current or last) if who in "他她" else who


def _carry(
    sentence: Sentence, previous: Sentence | None, current: str, roles: dict[str, str], quoted: bool
) -> str:
    """The speaker who goes on, or "" where narration takes over."""
    text = sentence.text
    if not current or sentence.is_heading or _NARRATION.search(text):
        return ""
    fresh = previous is None or previous.paragraph != sentence.paragraph
    if fresh and (_BODY_STATES.match(text) or (quoted and text[:1] not in "“他她")):
        return ""
    start = _STARTS_WITH_NAME.match(text)
    if start and _trim_name(start["who"], roles) not in ("", "他", "她"):
        return current if previous is not None and previous.paragraph == sentence.paragraph else ""
    return current


def _reach_back(turns: list[Turn], sentences: Sequence[Sentence], index: int, speaker: str) -> None:
    """A quotation closed by “…,”X说 gives its earlier sentences in the paragraph the same speaker."""
    text = sentences[index].text
    quoted = index and sentences[index - 1].text
    if (
        speaker
        and quoted
        and quoted[0] == "“"
        and quoted[-1] == "”"
        and sentences[index - 1].paragraph == sentences[index].paragraph
    ):
        turns[index - 1] = Turn(speaker, turns[index].role)
    if not speaker or text.count("”") <= text.count("“"):
        return
    for back in range(index - 1, -1, -1):
        if sentences[back].paragraph != sentences[index].paragraph or "”" in sentences[back].text[-2:]:
            return
        turns[back] = Turn(speaker, turns[index].role, turns[back].lead_in)
        if "“" in sentences[back].text[:1]:
            return
