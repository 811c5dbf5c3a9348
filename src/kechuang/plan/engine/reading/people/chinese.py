"""People with the whole title before their name in Chinese text.

Method: a grammar, no dictionary of people. A title is a run of segments joined by 、 (or a comma where the segment
before it is itself a bare title) whose last one ends in the head of a title; a name, or a list of names that
shares the title, follows at once; what stands behind the list must let somebody take part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..types import Sentence
from .chinese_words import (
    BEFORE_UNKNOWN,
    BODY_HEAD,
    FOLLOWS,
    HEAD,
    IN_MINUTES,
    IS_TITLED,
    LONGEST_HEAD,
    MAY_HOLD,
    NO_OFFICES,
    OTHERS,
    OUTSIDE,
    REFERRED_AFTER,
    REFERRED_BEFORE,
    SEPARATOR,
    SPEECH,
    SPOKEN_OF,
    STYLE,
    TAKING_PART,
    TITLE_BEHIND,
    TITLE_WITHIN,
    TWO_PART,
    VERBS,
    WITH_OTHERS,
)
from .names import (
    common_name,
    name_end,
    plausible_name,
)
from .tagging import NameTagger
from .titles import BODIES, is_title, title_start
from .unusual import glossed_end, unusual_end

Person = tuple[str, str, int, int]


def find_chinese(sentences: Sequence[Sentence], tagger: NameTagger | None) -> Iterator[Person]:
    """(person, role, start, end) in text order; a second look finds names known from elsewhere in the document."""
    holding = [one for one in sentences if MAY_HOLD.search(one.text)]
    first = [person for one in holding for person in _in_sentence(one, frozenset())]
    known = frozenset(person for person, *_ in first)
    own: dict[tuple[str, int], str] = {}
    for person, role, start, _ in first:
        own.setdefault((role, start), person)
    titled = frozenset(own.values())  # who bears a title of their own: 施某与毛某 shares none with them
    for one in sentences if tagger else holding:
        found = _in_sentence(one, known, titled)
        if tagger and (titles := list(BEFORE_UNKNOWN.finditer(one.text))):
            found += _tagged(one, titles, tagger, {start for _, _, start, _ in found})
        yield from sorted(found, key=lambda person: person[3])


def find_behind(sentences: Sequence[Sentence], known: set[str]) -> Iterator[Person]:
    """Who bears a title only behind the name (区政协周苏萍副主席出席, 王仲儒区长说) and none before it anywhere."""
    for sentence in sentences:
        for match in TITLE_BEHIND.finditer(sentence.text):
            name, end = match["name"], match.end()
            if name in known or not common_name(name) or name[-1] in BODIES or match["title"] in NO_OFFICES:
                continue
            if _may_follow(sentence.text, end) and not REFERRED_AFTER.match(sentence.text, end):
                known.add(name)
                start = sentence.start + match.start("name") - len(match["body"])
                yield name, match["body"] + match["title"], start, sentence.start + end


def _in_sentence(
    sentence: Sentence, known: frozenset[str], titled: frozenset[str] = frozenset()
) -> list[Person]:
    text, reached, shift = sentence.text, 0, sentence.start
    found = [
        (one["surname"] + one["given"], one["title"], shift + one.start(), shift + one.end())
        for one in TITLE_WITHIN.finditer(text)
    ]
    for match in sorted((*HEAD.finditer(text), *BODY_HEAD.finditer(text)), key=lambda one: one.start()):
        whole = LONGEST_HEAD.match(text, match.start("head"))  # 总工|程师
        inside = whole and whole.end() > match.end("head")
        names = _names(text, match, known, titled) if match.end() >= reached and not inside else []
        if not names:
            continue
        start = title_start(text, match.start("head"), match.end("head"), reached)
        if reached and not text[reached:start].strip() and (joined := SEPARATOR.match(text, reached)):
            start = joined.end()
        if SPOKEN_OF.search(text, 0, start):
            continue
        if _referred(text, match, names):  # so are those listed before: 教授甲、研究员乙等组成的团队
            while found and text[found[-1][3] - shift : start] in ("、", "和", "与", "及", "以及"):
                start = found.pop()[2] - shift
            continue
        role = text[start : match.end("head")].strip()
        if not is_title(role, match["head"], known) or OUTSIDE.search(role) or IN_MINUTES.fullmatch(role):
            continue
        reached = names[-1][2]
        styled = STYLE.match(text, reached)
        reached = styled.end() if styled else reached
        found += [(name, role, shift + start, shift + last) for name, _, last in names]
    return found


def _names(
    text: str, match: re.Match[str], known: frozenset[str], titled: frozenset[str]
) -> list[tuple[str, int, int]]:
    """The names that share the title, each with its place."""
    names: list[tuple[str, int, int]] = []
    at = match.end()
    while True:
        end = glossed_end(text, at) or name_end(text, at, _may_follow, known, sure=bool(names))
        if not end and not names:
            end = unusual_end(text, at, match["gap"].isspace())
        if not end or (names and IS_TITLED.match(text, end)):
            return names
        end = _without_verb(text, at, end, known)
        if names and text[at - 1] != "、" and text[at:end] in titled:
            return names
        names.append(("".join(text[at:end].split()) if text[at] > "\u4e00" else text[at:end], at, end))
        separator = SEPARATOR.match(text, end)
        if not separator or (separator.group()[-1] != "、" and OTHERS.match(text, separator.end())):
            return names
        at = separator.end()


def _may_follow(text: str, at: int) -> bool:
    return bool(FOLLOWS.match(text, at))


def _without_verb(text: str, at: int, end: int, known: frozenset[str]) -> int:
    """The end of the name without a last character that begins the verb behind it (卫敏认|为 → 卫敏)."""
    last = text[end - 1]
    if last in "指称说批盼吁冀促" and text[at : end - 1] in known:
        return end - 1
    # 卫敏|认为 and 沈北|通电话, but 林孝发|表示 and 谢来发|出席
    two = last + text[end : end + 1] in TWO_PART and text[end : end + 2] not in TWO_PART
    two = two or last + text[end : end + 2] in VERBS
    verb = (
        two
        or (last in "作做致" and SPEECH.match(text, end))
        or (last in "则亦仍却遂竟" and TAKING_PART.match(text, end))
        or WITH_OTHERS.match(text, end - 1)
    )
    return end - 1 if end - at > 2 and verb else end


def _referred(text: str, match: re.Match[str], names: list[tuple[str, int, int]]) -> bool:
    """Whether the people are only spoken of, or are the hands of the newspaper."""
    before = text[max(0, match.start("head") - 12) : match.start("head")]
    return bool(
        REFERRED_AFTER.match(text, names[-1][2])
        or REFERRED_BEFORE.search(before)
        or OUTSIDE.search(re.split(r"[）),，。】]", before)[-1])
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
        if is_title(role, match.group()) and not OUTSIDE.search(role):
            found.append((text[match.end() : end], role, sentence.start + start, sentence.start + end))
    return found
