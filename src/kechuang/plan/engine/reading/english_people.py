"""People with their titles in English: before the name, after it between commas, or after "said"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .types import Sentence

_WORD = r"(?:[A-Z][\w'’\-]*[a-z][\w'’\-]*|[A-Z]\.)"
ENGLISH_NAME = rf"(?:{_WORD}(?: (?:{_WORD}|van|von|der|de|da|di|la|al|bin|ibn)){{1,3}})"
SPEECH = (
    r"(?:said|says|stated|told|announced|added|adds|noted|notes|commented|stressed|emphasi[sz]ed|explained|remarked|"
    r"urged|continued|wrote|argued|pointed out|warned|concluded)"
)
_ACTS = (
    r"(?:attended|chaired|presided|delivered|opened|visited|met|spoke|signed|launched|joined|welcomed|presented|"
    r"led|hosted|addressed|inaugurated|unveiled)"
)
_HEAD = (
    r"(?:Prime Minister|Minister|Vice[- ]Premier|Premier|Vice[- ]President|President|Chancellor|Secretary of State|"
    r"Secretary[- ]General|Secretary|Mayor|Governor|Director[- ]General|Director|Chair(?:man|woman|person)?|Head|"
    r"Commissioner|Administrator|Chief Executive(?: Officer)?|Chief Scientist|Chief Scientific Adviser|"
    r"Chief [A-Z]\w+ Officer|CEO|CTO|CFO|Professor|Dean|Ambassador|Senator|Academician|Provost|Rector|Principal|"
    r"Spokes(?:person|man|woman)|Founder|Co-founder|Partner|Manager|Fellow|Leader|Party Secretary|Councillor)"
)
_ANY_HEAD = re.compile(rf"\b(?i:{_HEAD})\b")
_BODY = r"(?: (?:of|for|at|to|on)(?: the)?(?: (?:[A-Z&][\w&'’\-]*|and|of|for|the|&))+)?"
_FIELDS = r"(?:, (?:Science|Innovation|Technology|Research|Industry|Digital|Energy|Education|Skills|Culture)[^,;.]{0,40}(?=,))?"
_AFTER_NAME = re.compile(
    rf"(?P<name>{ENGLISH_NAME}), (?:the |an? )?(?P<role>[^,;:.\"“”]{{3,90}}{_FIELDS})(?=,|\.|$)"
)
_BEFORE_NAME = re.compile(
    rf"(?P<role>(?:(?:[A-Z][\w'’\-]*|of|for|and|the) ){{0,6}}(?:Vice |Deputy |Executive |Managing )?{_HEAD}{_BODY}),? "
    rf"(?P<name>{ENGLISH_NAME})(?=,? (?:{SPEECH}|{_ACTS}|today|also)\b|[,.:]|$)"
)
_SAID_BEFORE = re.compile(
    rf"{SPEECH} (?:the )?(?P<role>(?:[A-Z]\w+ ){{0,3}}{_HEAD}{_BODY}),? (?P<name>{ENGLISH_NAME})"
)
_TWO = re.compile(
    rf"^(?P<role>.*\b{_HEAD}\b.*) (?P<name>[A-Z][\w'’-]+ (?:[A-Z]\. )?[A-Z][\w'’-]+) and (?P<rest>(?:\w+ )*{_HEAD}\b.*)$"
)
_HONORIFIC = re.compile(r"(?<=.) (?:Dr|Professor|Prof|Sir|Dame|Mr|Mrs|Ms|Lord|Lady|Baroness)\.?$")
_LATIN = re.compile(r"[A-Z][a-z]+ [A-Z]")
_NOT_A_NAME = re.compile(
    rf"\b(?:{_HEAD}|Laborator(?:y|ies)|Physics|Union|Parliament|Research|National|European|Development|Trade|Board|Fund|Bank|Programme|Strategy|Report|Association|Alliance|Society|Foundation|Authority|Network|Hospital|School|College|Budget|Congress|House|Ministry|University|Government|State|Council|Office|The|This|Our|We|In|Agency|Institute|City|"
    r"Academy|Science|Technology|Innovation|Department|Centre|Center|Company|Commission|January|February|March|April|"
    r"May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday)\b"
)


def find_english(sentence: Sentence) -> Iterator[tuple[str, str, int, int]]:
    """(person, role, start, end) in clean offsets for each person named with an English title."""
    text = sentence.text
    if not _LATIN.search(text):
        return
    taken: list[tuple[int, int]] = []
    for pattern in (_AFTER_NAME, _SAID_BEFORE, _BEFORE_NAME):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            role = _trim(match["role"])
            if any(start < last and first < end for first, last in taken) or _NOT_A_NAME.search(
                match["name"]
            ):
                continue
            if not _ANY_HEAD.search(role):
                continue
            taken.append((start, end))
            if two := _TWO.match(role):
                yield (
                    two["name"],
                    _trim(two["role"]),
                    sentence.start + match.start(),
                    sentence.start + match.end(),
                )
                role = _trim(two["rest"])
            yield match["name"], role, sentence.start + match.start(), sentence.start + match.end()


def _trim(role: str) -> str:
    role = re.sub(rf"^(?:(?:{SPEECH}|the|an?|The|and|of|for|by|with|today|yesterday) )+", "", role.strip())
    role = _HONORIFIC.sub("", role)
    return re.sub(r"(?: of| for| at| to| on| and| the|,)+$", "", role)
