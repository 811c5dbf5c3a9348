"""People with their titles in English: before the name, after it between commas, or after "said"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .types import Sentence

_WORD = r"[A-Z][\w'’\-]*[a-z][\w'’\-]*|[A-Z]\."
ENGLISH_NAME = rf"(?:(?:{_WORD})(?: (?:{_WORD}|van|von|der|de|da|di|la|al|bin|ibn)){{1,3}})"
_HEADS = (
    r"(?:Prime Minister|Vice[- ]Premier|Premier|Vice[- ]President|President|Chancellor|Secretary of State|"
    r"Secretary[- ]General|Secretary|(?:Vice |Deputy )?(?:Minister|Mayor|Governor|Director|Chair|Chairman|"
    r"Chairwoman|Chairperson|Head|Commissioner|Administrator|Director[- ]General|Commissioner General)|"
    r"Under[- ]Secretary|Chief Executive(?: Officer)?|Chief Scientist|Chief [A-Z]\w+ Officer|CEO|CTO|"
    r"Professor|Dean|Ambassador|Senator|Academician|Executive Director|Managing Director|Director General|"
    r"Executive Vice[- ]President|Spokesperson|Spokesman|Spokeswoman|Founder|Co-founder)"
)
_TAIL = (
    r"(?:(?: of| for| at| to| on| and| the| in|,? (?:Innovation|Science|Technology)|(?: [A-Z&][\w&'’\-]*))*)"
)
_QUALIFIER = r"(?:(?:[A-Z][\w'’\-]*|of|for|and|the|new|former|then) ){0,6}"
SPEECH = r"(?:said|says|stated|told|announced|added|noted|commented|stressed|emphasi[sz]ed|explained|remarked|urged)"
_AFTER_NAME = re.compile(
    rf"(?P<name>{ENGLISH_NAME}), (?:the |a |an )?(?P<role>{_QUALIFIER}{_HEADS}{_TAIL})(?=,|\.|$| {SPEECH})"
)
_BEFORE_NAME = re.compile(
    rf"(?P<role>(?:(?:[A-Z][\w'’\-]*|of|for|and) ){{0,6}}{_HEADS}(?:{_TAIL}(?= ))?),? (?P<name>{ENGLISH_NAME})"
    rf"(?=,? (?:{SPEECH}|attended|chaired|presided|delivered|opened|visited|met|spoke|signed|launched|today|joined)"
    rf"|[,.:]|$)"
)
_SAID_BEFORE = re.compile(rf"{SPEECH} (?:the )?(?P<role>{_QUALIFIER}{_HEADS}),? (?P<name>{ENGLISH_NAME})")
_LATIN = re.compile(r"[A-Z][a-z]+ [A-Z]")


def find_english(sentence: Sentence) -> Iterator[tuple[str, str, int, int]]:
    """(person, role, start, end) in clean offsets for each person named with an English title."""
    text = sentence.text
    if not _LATIN.search(text):
        return
    taken: list[tuple[int, int]] = []
    for pattern in (_AFTER_NAME, _SAID_BEFORE, _BEFORE_NAME):
        for match in pattern.finditer(text):
            span = match.span("name")
            name = match["name"]
            if any(span[0] < end and start < span[1] for start, end in taken) or _is_title(name):
                continue
            taken.append(span)
            yield (
                name,
                _trim(match["role"]),
                sentence.start + match.start(),
                sentence.start + match.end("name"),
            )


def _is_title(name: str) -> bool:
    return bool(
        re.search(
            rf"\b{_HEADS}\b|\b(?:Ministry|University|Government|State|Council|Office|The|This|Our|We|In)\b",
            name,
        )
    )


def _trim(role: str) -> str:
    return re.sub(
        r"^(?:the|a|an|The|and|of|for) |(?: of| for| at| to| on| and| the| in|,)+$", "", role.strip()
    )
