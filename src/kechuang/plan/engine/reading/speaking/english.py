"""Turns in English text: "X said …", "…," she said, and quotations that run over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..gazetteer import one_of
from ..patterns import pattern
from ..people.english import ENGLISH_NAME, NOT_A_NAME, SPEECH
from ..types import Sentence
from .turns import Turn

_TITLE_WORDS = "[Pp]resident|[Pp]remier|[Mm]inister|[Ss]ecretary|[Mm]ayor|[Gg]overnor|[Dd]irector|[Cc]hancellor|[Cc]ommissioner|[Cc]hair(?:man|woman|person)?|[Aa]dministrator|[Aa]mbassador|[Cc]hief executive|[Cc]hief scientist|[Pp]rincipal|[Dd]ean|[Pp]rofessor|[Ss]enator"
_WHO = rf"(?:{ENGLISH_NAME}|(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Professor|Prof|Minister|President|Secretary|Mayor|Governor|Senator|Chancellor|Commissioner|Premier|Director|Administrator|Councillor|Gov|Rep|Sen)\.? [A-ZÀ-Þ][\w'’\-]+|[A-ZÀ-Þ][a-zà-ÿ'’\-]+|[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:[a-z]+ )?(?:{_TITLE_WORDS}))"
_TITLE = (
    r"(?:Prime|Vice|Deputy|Minister|Premier|President|Secretary|Mayor|Governor|Director|Professor|Prof|Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Rep|Sen|Gov|"
    r"Chancellor|Commissioner|Chair|Senator|Ambassador|Councillor|General|Science|Party|Chief|Executive)\.?"
)
_OPENING = pattern(
    rf"^(?P<lead>(?:(?:In|At|On|Speaking|Earlier|Later|Opening|Addressing|After|During|Commenting|Responding)[^“\"]{{0,120}}?,? |[A-Z][a-z]+ing [^“\"]{{0,120}}?, )??(?:(?:[A-ZÀ-Þ][\w'’\-]*,?|and|of|for|the|state) ){{0,8}}?(?P<who>{_WHO})"
    rf"(?:, [^“”\"]{{3,220}}?,)?,? (?:also |further |then |has |have |today |yesterday |later |previously |in turn |on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?{SPEECH}"
    rf"(?: (?:at|in|on|to|during) [\w ]{{2,40}}(?=[:,])| that\b| (?:the|a) (?:audience|forum|meeting|reporters|press|conference)(?: that)?)?[,:]? ?)"
)
_CLOSING = pattern(
    rf"[,.!?…][”\"’']? (?:{SPEECH} (?:the )?(?P<after>{ENGLISH_NAME}(?: {ENGLISH_NAME})?)|(?P<before>{_WHO})(?:, [^,]{{3,90}},)? {SPEECH})\b"
)
_CLOSING_TITLED = pattern(
    rf"[,.!?…][”\"’'] {SPEECH} (?P<after>(?:\b(?:Gov|Lt|Gen|Col|Sen|Rep|Dr|Prof|Mr|Mrs|Ms|Hon|St|[A-Z])\.|[^,.“”\"]){{3,90}})"
)
_ACCORDING = pattern(r"^(?P<lead>According to (?P<who>[^,“”\"]{2,80}?)(?:, [^,“”\"]{3,90})?, )")
_ADVERBS = r"(?:also |further |then |has |have |had |today |yesterday |later |previously |in turn |has also |on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_TITLE_ALONE = pattern(rf"[Tt]he (?:[a-z]+ )?(?P<title>{_TITLE_WORDS})$")
_NAME = pattern(ENGLISH_NAME)
_TITLES = pattern(rf"^(?:{_TITLE} )+")
_BODIES = pattern(
    r"^(?:The|It|They|We|This|That|These|Those|There|You|Government|Ministers|Officials|Report|Commission|He who|Who|What|Here|Such|As)$"
)
_LABEL = pattern(
    r"^(?P<who>(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+ ?){1,5}|(?:[A-ZÀ-Þ][\w.'’\-]+ ){1,4}[A-ZÀ-Þ][\w'’\-]+|[QA])(?: \([^)]{2,60}\))?: ?"
)
_ASKS = pattern(
    r"(?:Q|QUESTION(?:ER)?|MODERATOR|REPORTER|INTERVIEWER|HOST|OPERATOR|AUDIENCE|MR\.? MODERATOR)\b"
)
_QUOTES = tuple('“”"‘')
_PRONOUNS = frozenset(["he", "she", "they"])


class EnglishTurns:
    """Adds one turn after another. `roles` are the titles of the people the document names with one."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self._roles = roles
        names = [name for name in roles if name.isascii() or " " in name]
        names += [name.split()[-1] for name in names]
        self._named = names and re.compile(
            rf"(?P<lead>[^“\"]{{0,160}}?(?<![\w])(?P<who>{one_of(names)})(?:, [^“”\"]{{3,220}}?,)? {_ADVERBS}(?!announce[sd] (?!that)){SPEECH}(?: that\b)?[,:]? ?)(?=.{{25}})"
        )
        self._speaker = self._mentioned = ""
        self._dialogue = ""  # who speaks by the last label of a transcript
        self._open = False  # a quotation goes on
        self._began: int | None = (
            None  # the sentence of this paragraph in which a quotation without a speaker began
        )
        self._paragraph = -1

    def add(self, turns: list[Turn], sentences: Sequence[Sentence], index: int) -> None:
        """Append the turn of `sentences[index]`; a quotation that names its speaker only here gets it from its start."""
        sentence = sentences[index]
        if sentence.is_heading:
            turns.append(Turn())
            return
        text, began = sentence.text, self._began
        fresh = sentence.paragraph != self._paragraph
        if fresh:
            self._paragraph, self._open, began = sentence.paragraph, False, None
        quoted = self._open or text[:1] in _QUOTES
        said = self._said(text, inside=self._open)
        if said:
            self._speaker = self._mentioned = said[0]
            for at in range(index if began is None else began, index):
                turns[at] = self._turn(0)
        elif self._in_dialogue(text, fresh):
            said = (self._speaker, _LABEL.match(text).end() if fresh and _LABEL.match(text) else 0)
        speaks = said or (quoted and self._speaker)
        turns.append(self._turn(said[1] if said else 0) if speaks else Turn())
        self._mentioned = next((name for name in self._roles if name in text), "") or self._mentioned
        self._open = _left_open(text, self._open)
        if text[:1] in _QUOTES and (began is None or said):
            began = index
        self._began = None if said else began

    def _in_dialogue(self, text: str, fresh: bool) -> bool:
        """Whether somebody speaks here by the label of a transcript ("SECRETARY ORTIZ: We will…"), until the next one."""
        label = _LABEL.match(text) if fresh else None
        if label and not self._open:
            self._dialogue = "" if _ASKS.match(label["who"]) else self._labelled(label["who"])
            self._speaker = self._mentioned = self._dialogue or self._speaker
        return bool(self._dialogue)

    def _labelled(self, who: str) -> str:
        name = _TITLES.sub("", who.title() if who.isupper() else who).strip()
        known = next((one for one in self._roles if _same_person(one.title(), name)), "")
        return known or (name if " " in name and who.isupper() else "")

    def _turn(self, lead_in: int) -> Turn:
        return Turn(self._speaker, self._roles.get(self._speaker, ""), lead_in)

    def _said(self, text: str, inside: bool) -> tuple[str, int] | None:
        """Who is said to speak here, and how long the words before what is said are. `inside`: a quotation is open,
        so that only who is named behind its end counts."""
        opening = None if inside else _OPENING.match(text) or _ACCORDING.match(text)
        closing, titled = _CLOSING.search(text), _CLOSING_TITLED.search(text)
        if self._named and not (opening or closing or titled or inside):
            opening = self._named.match(text)
        found = opening or closing or titled
        if not found:
            return None
        who = found["who"] if opening else (found["after"] or (found["before"] if found is closing else ""))
        said = found.group() + (titled.group() if titled else "")
        if found is titled and (names := _NAME.findall(who)):
            who = names[-1]
        named = who.lower() not in _PRONOUNS and next((one for one in self._roles if one in said), "")
        name = named or self._full(who)
        return (name, opening.end("lead") if opening else 0) if name else None

    def _full(self, who: str) -> str:
        """The person's full name as the document gives it elsewhere; "" for a body that speaks."""
        if who.lower() in _PRONOUNS or who in ("him", "her"):
            return self._mentioned or self._speaker
        if alone := _TITLE_ALONE.match(who):
            return self._of_title(alone["title"])
        name = _TITLES.sub("", who)
        if name[0].islower() and not (names := _NAME.findall(name)):
            return ""
        name = names[-1] if name[0].islower() else name
        if NOT_A_NAME.search(name) or _BODIES.match(name.split()[0]):
            return ""
        known = next((one for one in self._roles if _same_person(one, name)), "")
        return known or (name if " " in name else "")

    def _of_title(self, title: str) -> str:
        """Whom "the minister" means: who speaks or was named last and bears that title, else the only one who does."""
        bear = [who for who, role in self._roles.items() if title.lower() in role.lower()]
        named = next((who for who in (self._speaker, self._mentioned) if who in bear), "")
        return named or (bear[0] if len(bear) == 1 else "")


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
