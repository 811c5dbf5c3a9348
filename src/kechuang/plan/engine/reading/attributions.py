"""Who takes part or speaks, each with the whole title printed before the name.

Method: a grammar, no dictionary of people. A title is a run of segments joined by 、 (or a comma where the segment
before it is itself a bare title) whose last one ends in the head of a title; a name, or a list of names that
shares the title, follows at once; what stands behind the list must let somebody take part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from .english_people import find_english
from .names import GIVEN, NAME, SURNAME, TITLE_HEAD, TRANSCRIBED, plausible_name
from .tagging import NameTagger
from .types import Sentence


@dataclass(frozen=True, slots=True)
class Attribution:
    """`person` takes part or speaks as `role`; `start:end` covers title and name in clean offsets."""

    person: str
    role: str
    start: int
    end: int


_ACTS = (
    "先后|出席|参加|主持|指出|强调|表示|介绍|通报|作了?|做了?|宣读|宣布|致辞|讲话|发言|发布|说|认为|要求|陪同|会见|一同|一起|调研|察看|"
    "考察|率|带队|带领|代表|围绕|就|在|对|向|与|和|以及|分别|共同|现场|参观|走进|来到|深入|前往|到|赴|为|接受|回答|透露|告诉|谈到|"
    "提出|提到|解读|宣介|签署|签约|见证|揭牌|启动|主旨|受邀|应邀|受|也|还|则|随后|首先|最后|说明|总结|传达|听取|列席|担任|主讲|汇报|"
    r"部署|检查|督导|质询|备询|答询|团队|领衔|牵头|演示|主刀|当选|兼任|接任|负责|组织|带来|重申|呼|披露|证实|确认|解说|回忆|感慨|点赞|笑|算|举例|补充|坦承|提醒|警告|预告|称赞|感叹|希望|期待|期盼|盼|已|今（|昨（|今\(|昨\(|在会|接棒|亮相|抵达|率领|会同|联合|主张|重申|声明|答|回答|感谢|点名|批评|号召|勉励|寄语|检阅|敲|按下|颁|授|为|向|将|称|看望|慰问|一行|同志|先生|女士|今天|昨天|昨日|前天|周[一二三四五六日]|\d|日前|近日|当天|今日|上午|下午|晚|于|看来|坦言|呼吁|建议|直言|称|回应|写道|"
    "预测|预计|分析|进行|发表|视频|参会|与会|到会|共|亲自|多次|结合|从"
)
_SPEECH = re.compile(r"[一-龥]{0,4}(?:报告|发言|讲话|演讲|致辞|汇报|说明|总结|分享|动员)")
_TWO_PART_ACTS = frozenset(act for act in _ACTS.split("|") if len(act) == 2)
_AFTER = rf"(?=[,，。；;、:：)）\s!！]|$|等?(?:{_ACTS})|等(?:领导|同志|出席|参加|陪同|一同|分别))"
_LIST = rf"{NAME}(?:[、和]{NAME})*"
_HEADED = re.compile(rf"(?P<head>{TITLE_HEAD})(?P<gap>[ \u3000]{{0,2}})(?P<names>{_LIST}){_AFTER}")
# A committee whose 书记 fell out of the text still titles who presides.
_BODY_HEAD = re.compile(
    rf"(?P<head>(?:市委|省委|区委|县委|党委|党组))(?P<gap>)(?P<names>{NAME})(?=出席|主持|讲话|指出|强调)"
)
_SPACED = re.compile(
    rf"(?P<head>{TITLE_HEAD})(?P<gap>[ \u3000]{{1,4}})(?P<names>[\u4e00-\u9fff·]{{2,12}})(?=\s*(?:$|[\n(（,，。]))"
)
# The last characters of titles before what may be a name: most sentences hold none and are passed over at once.
_MAY_HOLD = re.compile(
    rf"[书编记席委问长任理相统干监辑挥师家人者O员使赞领士授表领导察志事官裁](?:[ \u3000]{{0,2}}{SURNAME}|[ \u3000]{{1,4}}[\u4e00-\u9fff]|{TRANSCRIBED})"
)
_TITLE_BEFORE_UNKNOWN = re.compile(
    rf"{TITLE_HEAD}(?=[\u4e00-\u9fff]{{2,5}})(?!{SURNAME}{GIVEN}{{1,2}}{_AFTER})"
)
_ENDS_TITLE = re.compile(rf"{TITLE_HEAD}(?:（[^）]{{1,12}}）|\([^)]{{1,12}}\))?$")
_ENDS_ORGANISATION = re.compile(
    r"(?:委员会|管委会|委|办|部|局|厅|院|会|大学|学院|研究院|研究所|公司|集团|政府|中心|总署|总局|协会|学会|实验室|党组|人大|政协)$"
)
_TITLE_START = re.compile(
    rf"^.*(?:由|邀请|会见了?|来自|经(?![信济开贸营理])|对|请|随同|陪同|接替|听取|以及|任命|据|时任|(?<!共)同|[^政]向|在|{TITLE_HEAD}{NAME}[与和及])"
    r"(?=[\u4e00-\u9fff])"
)
_LEADING_TIME = re.compile(
    r"^(?:(?:昨|今)天|近日|日前|当天|当日|随后|会上|座谈会上|会前|会后|其中|(?:\d+月)?\d+日)?(?:上午|下午|晚)?"
)
_BOUNDARY = re.compile(r"[,，。；;：:！!？?“”\"\s、（）()【】]")
_REFERRED = re.compile(r"(?:同志为|重要|关于|论述|讲话精神|思想|讲话和|讲话、)")
_OUTSIDE = re.compile(r"记者|通讯员|编辑|责编|校对|摄影")
_NEVER_ROLE = frozenset(["代表", "委员", "成员", "专家", "学者", "常委", "领导", "董事", "博士", "律师"])


def find_attributions(sentences: Sequence[Sentence], tagger: NameTagger | None = None) -> list[Attribution]:
    """Every participant or speaker with a title, in order; once per person and role in the document.

    Chinese titles stand before the name (科技部党组书记、部长王志刚), a list of names shares the title before it;
    English ones before or after ("Wang Zhigang, Minister of Science and Technology, said"). People only referred
    to, reporters and editors are left out. Offsets are clean offsets. `tagger` is asked where a title is followed by
    what the grammar knows as no name.
    """
    found: dict[tuple[str, str], Attribution] = {}
    for sentence in sentences:
        for item in (*_chinese(sentence), *_tagged(sentence, tagger), *find_english(sentence)):
            person, role, start, end = item
            found.setdefault((person, role), Attribution(person, role, start, end))
    return list(found.values())


def _chinese(sentence: Sentence):
    text = sentence.text
    if not _MAY_HOLD.search(text):
        return
    for pattern in (_HEADED, _BODY_HEAD, _SPACED):
        position = 0
        while match := pattern.search(text, position):
            names = _names(match, pattern is _SPACED)
            position = match.end() if names else match.start("head") + 1
            start = _title_start(text, match.start("head"), match.end("head"))
            role = text[start : match.end("head")].strip()
            if not names or not _is_role(role, text, match):
                continue
            for name, at in names:
                yield name, role, sentence.start + start, sentence.start + at + len(name)


def _tagged(sentence: Sentence, tagger: NameTagger | None):
    """Names behind a title that only the tagger knows."""
    text = sentence.text
    titles = list(_TITLE_BEFORE_UNKNOWN.finditer(text)) if tagger else []
    spans = dict(tagger.names(text)) if titles else {}
    for match in titles:
        end = spans.get(match.end())
        name = text[match.end() : end]
        if end is None or plausible_name(name) or not re.match(_AFTER, text[end:]):
            continue
        start = _title_start(text, match.start(), match.end())
        role = text[start : match.end()].strip()
        if role not in _NEVER_ROLE and not _OUTSIDE.search(role):
            yield name, role, sentence.start + start, sentence.start + end


def _names(match: re.Match[str], spaced: bool) -> list[tuple[str, int]]:
    """The names of the list with their places, or nothing when one of them is none."""
    at = match.start("names")
    names: list[tuple[str, int]] = []
    parts = (
        [part] if part == "、" or plausible_name(part) else re.split("(和)", part)
        for part in re.split("(、)", match["names"])
    )
    for part in chain.from_iterable(parts):
        if part not in "、和":
            if not (plausible_name(part) or (spaced and ("·" in part or len(part) == 4))):
                return names
            names.append((_shorter(part, match.string[at + len(part) :]), at))
        at += len(part)
    return names


def _shorter(name: str, after: str) -> str:
    """The name without a last character that begins the verb behind it (卫敏认|为 → 卫敏)."""
    verb = name[-1] + after[:1] in _TWO_PART_ACTS or (name[-1] in "作做" and _SPEECH.match(after))
    return name[:-1] if len(name) == 3 and verb else name


def _title_start(text: str, head_start: int, head_end: int) -> int:
    """Where the title ending at `head_end` begins: leftwards over segments that are titles or bodies."""
    start = head_start
    while True:
        left = start
        while left and not _BOUNDARY.match(text[left - 1]):
            left -= 1
        segment = text[left:start] if start != head_start else text[left:head_end]
        cut = _cut(segment)
        start = left + cut
        if cut or left == 0 or text[left - 1] not in "、,，":
            return start
        before_end = left - 1
        before = before_end
        while before and not _BOUNDARY.match(text[before - 1]):
            before -= 1
        previous = text[before:before_end]
        comma = text[left - 1] in ",，"
        if not (_ENDS_TITLE.search(previous) or (not comma and _ENDS_ORGANISATION.search(previous))):
            return start
        start = before_end


def _cut(segment: str) -> int:
    """How much of the segment's beginning is no title (会议由…, 昨天上午, …)."""
    verb = _TITLE_START.match(segment)
    cut = verb.end() if verb else 0
    return cut + _LEADING_TIME.match(segment[cut:]).end()


def _is_role(role: str, text: str, match: re.Match[str]) -> bool:
    if role in _NEVER_ROLE or _OUTSIDE.search(role):
        return False
    before = text[max(0, match.start("head") - 12) : match.start("head")]
    after = text[match.end("names") : match.end("names") + 8]
    before = re.split(r"[）),，。]", before)[-1]
    if _REFERRED.search(after[:6]) or _OUTSIDE.search(before):
        return False
    bearer = role.removesuffix(match["head"])
    if plausible_name(bearer) and bearer[-1] not in "市省区县州镇乡盟旗村部委局院厅办司处":
        return False  # 习近平总书记, 王刚部长: a name before the title, whoever follows
    return len(role) <= 60 and text[match.start("head") - 1 : match.start("head")] != "以"
