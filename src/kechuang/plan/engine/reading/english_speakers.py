"""Who speaks in English text: "X said …", "…," she said, and quotations that run over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .english_people import ENGLISH_NAME, SPEECH

_WHO = rf"(?:{ENGLISH_NAME}|[A-Z][a-z]+|[Hh]e|[Ss]he|[Tt]hey)"
_TITLE = (
    r"(?:Prime|Vice|Deputy|Minister|Premier|President|Secretary|Mayor|Governor|Director|Professor|Dr|Mr|Mrs|Ms|"
    r"Chancellor|Commissioner|Chair|Senator|Ambassador|Councillor|General|Science|Party|Chief|Executive)\.?"
)
_OPENING = re.compile(
    rf"^(?P<lead>(?:(?:In|At|On|Speaking|Earlier|Later|Opening|Addressing)[^“\"]{{0,90}}?, )?(?:(?:[A-Z][\w’'\-]*,?|and|of|for|the) ){{0,8}}?(?P<who>{_WHO})"
    rf"(?:, [^,]{{3,90}}(?:, [A-Z][^,]{{3,40}})?)?,? (?:also |further |then )?{SPEECH}"
    rf"(?: (?:at|in|on|to|during) [\w ]{{2,40}}(?=[:,])| that\b| (?:the|a) (?:audience|forum|meeting|reporters|press|conference)(?: that)?)?[,:]? ?)"
)
_CLOSING = re.compile(
    rf"[,.!?][”\"’']? (?:{SPEECH} (?:the )?(?P<after>{ENGLISH_NAME}(?: {ENGLISH_NAME})?)|(?P<before>{_WHO})(?:, [^,]{{3,90}},)? {SPEECH})\b"
)
_CLOSING_TITLED = re.compile(rf"[,.!?][”\"’'] {SPEECH} (?P<after>[^,.“”\"]{{3,90}})")
_TITLES = re.compile(rf"^(?:{_TITLE} )+")
_BODIES = re.compile(
    r"^(?:The|It|They|We|This|That|These|Those|There|You|Government|Ministers|Officials|Report|Commission|He who|Who|What)$"
)
_QUOTES = '“”"'


@dataclass(slots=True)
class Quotation:
    """What goes on from one English sentence to the next: the speaker last heard and whether a quotation is open."""

    speaker: str = ""
    mentioned: str = ""
    open: bool = False
    paragraph: int = -1


def english_speaker(text: str, paragraph: int, state: Quotation, people: Iterable[str]) -> tuple[str, int]:
    """(speaker or "", length of the lead-in) of one sentence; `state` is carried along and changed."""
    if paragraph != state.paragraph:
        state.open, state.paragraph = state.open and text[:1] in _QUOTES, paragraph
        inside = text[:1] in _QUOTES and bool(state.speaker)
        state.open = False
    else:
        inside = state.open or (text[:1] in _QUOTES and bool(state.speaker))
    opening, closing = _OPENING.match(text), _CLOSING.search(text)
    found = None if state.open else opening or closing or _CLOSING_TITLED.search(text)
    lead_in = 0
    if found:
        who = (
            found["who"]
            if found is opening
            else found["after"] or found["before"]
            if found is closing
            else found["after"]
        )
        titled = _CLOSING_TITLED.search(text)
        said = found.group() + (titled.group() if titled else "")
        name = _full(who, state, people) or next((one for one in people if one in said), "")
        if name:
            state.speaker = state.mentioned = name
            inside = True
            lead_in = opening.end("lead") if found is opening else 0
    mentioned = next((name for name in people if name in text), "")
    state.mentioned = mentioned or state.mentioned
    state.open = _left_open(text, state.open)
    return (state.speaker if inside else ""), lead_in


def _full(who: str, state: Quotation, people: Iterable[str]) -> str:
    """The person's full name as the document gives it elsewhere; "" for a body that speaks."""
    if who.lower() in ("he", "she", "they"):
        return state.mentioned or state.speaker
    name = _TITLES.sub("", who)
    if _BODIES.match(name.split()[0]):
        return ""
    known = next((one for one in people if _same_person(one, name)), "")
    return known or (name if " " in name else "")


def _same_person(known: str, name: str) -> bool:
    """Whether a short or titled form means the known person; the surname may stand first (Wang Zhigang)."""
    return (
        known == name
        or known.endswith(" " + name)
        or known.startswith(name + " ")
        or name.endswith(" " + known)
    )


def _left_open(text: str, was_open: bool) -> bool:
    curly = text.count("“") - text.count("”")
    straight = text.count('"') % 2
    if curly:
        return curly > 0
    return was_open != bool(straight)
