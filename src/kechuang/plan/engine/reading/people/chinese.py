"""People with the whole title before their name in Chinese text.

Method: a grammar, no dictionary of people. A title is a run of segments joined by 、 (or a comma where the segment
before it is itself a bare title) whose last one ends in the head of a title; a name, or a list of names that
shares the title, follows at once; what stands behind the list must let somebody take part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..gazetteer import entries, one_of
from ..patterns import pattern
from ..types import Sentence
from .names import (
    NAME,
    NAME_START,
    SURNAME,
    TRANSCRIBED,
    WORDS,
    common_name,
    given_name,
    name_end,
    plausible_name,
)
from .tagging import NameTagger
from .titles import BODIES, ENDS_BODY, NEVER_ALONE, TITLE_HEAD, is_title, title_start

Person = tuple[str, str, int, int]
_VERBS = {*entries("participant_verbs"), *(verb for verb in entries("speech_verbs") if len(verb) > 1)}
_FOLLOWS = pattern(
    rf"[,，。；;、:：)）（(\s!！?？”」]|$|[\d一二三四五六七八九十]{{1,3}}[日月]|[今昨本同] ?[（(]|(?:早早|早已|一早|依然|仍然|始终|随即|立即|当场|为此|对此|针对|至今|亦|仅|只|未|没有|不|要|会|能|来|去|所|这|那|强|被|向|把|让|给|却|则|才|跟|有|是)(?=[\u4e00-\u9fff])|[今昨](?=[在于赴出到前率早晚一])|(?:日前|近日|当[天日]|同日|随后|此前|专程|今年|去年|在[\u4e00-\u9fff]{{2,12}}[上中时]|刚|便|就|却|正|已|又|也|还|则|都|曾|再|仍|一直|接着|掰着|笑着)|[一两几]行|等?(?:{one_of(_VERBS)})|"
    r"[和及与以](?=[\u4e00-\u9fff])|等|同志|先生|女士|教授|博士|院士|老师|所[作做]|"
    r"的(?:话|发言|演讲|陪同|带领|率领|主持|见证|引领|邀请|独家|专访|介绍|讲解|引导|提问)"
)
_TWO_PART = frozenset(["教授", "博士", "院士", "先生", "女士", *(verb for verb in _VERBS if len(verb) == 2)])
_SPEECH = pattern(r"[一-龥]{0,4}(?:报告|发言|讲话|演讲|致辞|汇报|说明|总结|分享|动员)")
_HEAD = pattern(rf"(?P<head>{TITLE_HEAD})(?P<gap>[”」]|[ \u3000]{{0,4}})(?=[\u4e00-\u9fff])")
# A committee whose 书记 fell out of the text still titles who presides.
_BODY_HEAD = pattern(
    r"(?P<head>(?:市委|省委|区委|县委|党委|党组))(?P<gap>)(?=[\u4e00-\u9fff]{2,3}(?:出席|主持|讲话|指出|强调))"
)
# A name that begins with no known surname, between a title and a verb of speaking: 理事长丝国一表示,
_SPOKEN_NAME = pattern(
    rf"(?P<name>(?!{one_of(entries('title_heads'))})[\u4e00-\u9fff]{{2,3}})(?=(?:{one_of(verb for verb in entries('speech_verbs') if len(verb) > 1)}|说)[,，:：“「]|(?<=[\u4e00-\u9fff]{{3}})(?:表示|指出|认为|介绍)|(?<=[\u4e00-\u9fff]{{3}})(?:[、和][^,，。、]{{2,24}}{TITLE_HEAD}|出席|主持|参加|陪同|致辞|致词|到会))"
)
_SPACED_NAME = pattern(r"[\u4e00-\u9fff·]{2,12}(?=\s*(?:$|[\n(（,，。]))")
_IS_TITLED = pattern(rf"[\u4e00-\u9fff]{{0,3}}{TITLE_HEAD}")  # a country or city that heads the next title
# 陈总统若水先生: the title stands inside the name.
_INSERTED = r"(?:前|副)?(?:总统|副总统|院长|部长|主席|委员长|议长|省长|市长|县长)"
_WITHIN_NAME = pattern(rf"{SURNAME}{_INSERTED}")
_TITLE_WITHIN = pattern(
    rf"(?:^|(?<=[,，。；、由与和及\s]))(?P<surname>{SURNAME})(?P<title>{_INSERTED})(?P<given>[\u4e00-\u9fff]{{2}})(?=先生|女士|伉俪)"
)
# A list that ends in a title of its own: 议长甲与|乙、丙等议员.
_OTHERS = pattern(
    rf"[^,，。；“”「」]{{2,60}}等(?:多?[\d一二三四五六七八九十]+[多余]?[位名人])?[\u4e00-\u9fff]{{0,4}}{TITLE_HEAD}"
)
_SEPARATOR = pattern(r"(?:（[^）]{1,8}）|\([^)]{1,8}\))?(?:[、和与及]|以及)")
# The last characters of titles before what may be a name: most sentences hold none and are passed over at once.
_MAY_HOLD = pattern(
    rf"[委组{''.join(sorted({head[-1] for head in entries('title_heads')}))}官家师]"
    rf"(?:(?:[”」]|[ \u3000]{{0,4}}){NAME_START}|[ \u3000]{{1,4}}[\u4e00-\u9fff]|{TRANSCRIBED}|[\u4e00-\u9fff]{{2,3}}(?:表示|指出|强调|认为|介绍|说[,，:：“]|[、和]|出席|主持|参加|陪同))"
)
_BEFORE_UNKNOWN = pattern(rf"{TITLE_HEAD}(?=[\u4e00-\u9fff]{{2,5}})")
_TITLE_BEHIND = pattern(
    rf"(?:^|(?<=[,，。；;、：:)）\s]))(?P<body>(?:[\u4e00-\u9fff]{{0,12}}{ENDS_BODY})?)(?P<name>{NAME})(?P<title>(?:常务副|副|总)?{TITLE_HEAD})"
)
_NO_OFFICES = NEVER_ALONE | {
    "总书记",
    "教授",
    "博士",
    "院士",
    "老师",
    "委员",
    "负责人",
    "同学",
    "医生",
    "工程师",
}
_REFERRED_AFTER = pattern(
    r"(?:同志|的|系列|的系列)?(?:(?:等人?)?组成|等人?的?团队|等一批|同志为|重要|关于|论述|讲话精神|思想|讲话和|讲话、)|所[言说述]|服务处|办公室|事务所|家属|夫人|基金会|团队的|名下|式|严重违|涉嫌|被查|逝世|去世|病逝|辞世"
)
_REFERRED_BEFORE = pattern(r"(?:原|靠着?|有赖|仰赖|已故|缅怀|纪念|追授|记者|通讯员|编辑|责编|校对|摄影)$")
_SPOKEN_OF = pattern(r"(?:肯定|赞扬|推崇|表扬|缅怀|纪念)$")
_OUTSIDE = pattern(r"记者(?!会|招待|见面)|通讯员|编辑|责编|校对|摄影|主持人$|发稿人|联络人|联系人|撰稿")


def find_chinese(sentences: Sequence[Sentence], tagger: NameTagger | None) -> Iterator[Person]:
    """(person, role, start, end) in text order; a second look finds names known from elsewhere in the document."""
    holding = [one for one in sentences if _MAY_HOLD.search(one.text)]
    first = [person for one in holding for person in _in_sentence(one, frozenset())]
    known = frozenset(person for person, *_ in first)
    own: dict[tuple[str, int], str] = {}
    for person, role, start, _ in first:
        own.setdefault((role, start), person)
    titled = frozenset(own.values())  # who bears a title of their own: 施某与毛某 shares none with them
    for one in sentences if tagger else holding:
        found = _in_sentence(one, known, titled)
        if tagger and (titles := list(_BEFORE_UNKNOWN.finditer(one.text))):
            found += _tagged(one, titles, tagger, {start for _, _, start, _ in found})
        yield from sorted(found, key=lambda person: person[3])


def find_behind(sentences: Sequence[Sentence], known: set[str]) -> Iterator[Person]:
    """Who bears a title only behind the name (区政协周苏萍副主席出席, 王仲儒区长说) and none before it anywhere."""
    for sentence in sentences:
        for match in _TITLE_BEHIND.finditer(sentence.text):
            name, end = match["name"], match.end()
            if name in known or not common_name(name) or name[-1] in BODIES or match["title"] in _NO_OFFICES:
                continue
            if _may_follow(sentence.text, end) and not _REFERRED_AFTER.match(sentence.text, end):
                known.add(name)
                start = sentence.start + match.start("name") - len(match["body"])
                yield name, match["body"] + match["title"], start, sentence.start + end


def _in_sentence(
    sentence: Sentence, known: frozenset[str], titled: frozenset[str] = frozenset()
) -> list[Person]:
    text, reached, shift = sentence.text, 0, sentence.start
    found = [
        (one["surname"] + one["given"], one["title"], shift + one.start(), shift + one.end())
        for one in _TITLE_WITHIN.finditer(text)
    ]
    for match in sorted((*_HEAD.finditer(text), *_BODY_HEAD.finditer(text)), key=lambda one: one.start()):
        names = _names(text, match, known, titled) if match.end() >= reached else []
        if not names:
            continue
        start = title_start(text, match.start("head"), match.end("head"))
        if start < reached and (joined := _SEPARATOR.match(text, reached)):
            start = joined.end()
        if _SPOKEN_OF.search(text, 0, start):
            continue
        if _referred(text, match, names):  # so are those listed before: 教授甲、研究员乙等组成的团队
            while found and text[found[-1][3] - shift : start] in ("、", "和"):
                found.pop()
            continue
        role = text[start : match.end("head")].strip()
        if not is_title(role, match["head"], known) or _OUTSIDE.search(role) or _WITHIN_NAME.fullmatch(role):
            continue
        reached = names[-1][2]
        found += [(name, role, shift + start, shift + last) for name, _, last in names]
    return found


def _names(
    text: str, match: re.Match[str], known: frozenset[str], titled: frozenset[str]
) -> list[tuple[str, int, int]]:
    """The names that share the title, each with its place."""
    names: list[tuple[str, int, int]] = []
    at = match.end()
    while True:
        end = name_end(text, at, _may_follow, known, sure=bool(names))
        if not end and not names:
            end = _spaced(text, at) if match["gap"] else _spoken(text, at)
        if not end or (names and _IS_TITLED.match(text, end)):
            return names
        end = _without_verb(text, at, end)
        if names and text[at - 1] != "、" and text[at:end] in titled:
            return names
        names.append((text[at:end], at, end))
        separator = _SEPARATOR.match(text, end)
        if not separator or (separator.group()[-1] != "、" and _OTHERS.match(text, separator.end())):
            return names
        at = separator.end()


def _may_follow(text: str, at: int) -> bool:
    return bool(_FOLLOWS.match(text, at))


def _spaced(text: str, at: int) -> int:
    """The end of a name set off by blanks, as under a speech; such a name need not begin with a known surname."""
    name = _SPACED_NAME.match(text, at)
    return name.end() if name and ("·" in name.group() or len(name.group()) == 4) else 0


def _spoken(text: str, at: int) -> int:
    """The end of a name without a known surname whose bearer speaks."""
    name = _SPOKEN_NAME.match(text, at)
    known = name and name["name"][:2] in WORDS
    return name.end() if name and not known and given_name(name["name"][1:].replace("一", "")) else 0


def _without_verb(text: str, at: int, end: int) -> int:
    """The end of the name without a last character that begins the verb behind it (卫敏认|为 → 卫敏)."""
    last = text[end - 1]
    verb = last + text[end : end + 1] in _TWO_PART or (last in "作做" and _SPEECH.match(text, end))
    return end - 1 if end - at == 3 and verb else end


def _referred(text: str, match: re.Match[str], names: list[tuple[str, int, int]]) -> bool:
    """Whether the people are only spoken of, or are the hands of the newspaper."""
    before = text[max(0, match.start("head") - 12) : match.start("head")]
    return bool(
        _REFERRED_AFTER.match(text, names[-1][2])
        or _REFERRED_BEFORE.search(before)
        or _OUTSIDE.search(re.split(r"[）),，。】]", before)[-1])
    )


def _tagged(
    sentence: Sentence, titles: Sequence[re.Match[str]], tagger: NameTagger, taken: set[int]
) -> list[Person]:
    """Names behind a title that only the tagger knows."""
    text, found = sentence.text, []
    open_titles = [(match, title_start(text, match.start(), match.end())) for match in titles]
    open_titles = [(match, start) for match, start in open_titles if sentence.start + start not in taken]
    spans = dict(tagger.names(text)) if open_titles else {}
    for match, start in open_titles:
        end = spans.get(match.end())
        if end is None or plausible_name(text[match.end() : end]) or not _may_follow(text, end):
            continue
        role = text[start : match.end()].strip()
        if is_title(role, match.group()) and not _OUTSIDE.search(role):
            found.append((text[match.end() : end], role, sentence.start + start, sentence.start + end))
    return found
