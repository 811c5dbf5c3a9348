"""How English text gives somebody the word: "X said …", "…," she said, "according to X", a label before a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..patterns import pattern
from ..people.english import ENGLISH_NAME, NOT_A_NAME, SPEECH
from ..types import Sentence
from .company import Company
from .quotations import OPENERS, Span, holds
from .turns import Cue, Reach

_OFFICES = "president|premier|minister|secretary|mayor|governor|director|chancellor|commissioner|chair(?:man|woman|person)?|administrator|ambassador|chief executive|chief scientist|principal|dean|professor|senator"
_STYLES = r"(?:Prime|Vice|Deputy|Minister|Premier|President|Secretary|Mayor|Governor|Director|Professor|Prof|Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Rep|Sen|Gov|Chancellor|Commissioner|Chair|Senator|Ambassador|Councillor|Administrator|General|Science|Party|Chief|Executive)\.?"
_ONE = r"[A-ZÀ-Þ][\w'’\-]+"
_WHO = rf"(?:{ENGLISH_NAME}|(?:{_STYLES} )?{_ONE}|[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:[a-z]+ )?(?:[Vv]ice[- ])?(?i:{_OFFICES}))"
_DAY = r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ADVERBS = rf"(?: (?:also|further|then|has|have|had|today|yesterday|later|previously|in turn|{_DAY}),?)*"
_VERB = pattern(rf"\b{SPEECH}\b")
_SUBJECT = pattern(rf"(?P<who>{_WHO})(?: (?:OBE|MBE|CBE|MP|QC|PhD|FRS))*(?: \([^)]{{1,40}}\))?,?{_ADVERBS} $")
_LEADING = pattern(rf"(?P<who>{_WHO})\b")
_NAMED = pattern(rf"(?<![\w’'])(?P<who>{ENGLISH_NAME}|{_STYLES} {_ONE})(?=,| \()")
_APPOSITION = pattern(rf"(?: \([^)]{{1,40}}\))?, (?!{ENGLISH_NAME},)[^“”\"]{{2,220}},{_ADVERBS} $")
# The subject stands at the head, with a clause of its own: Suleiman Bogoro presenting letters to universities, said
_WITH_CLAUSE = pattern(
    rf"\W{{0,2}}(?:[Tt]he [^,“”]{{3,60}}, )?(?P<who>{_WHO})(?:,? who |,? (?:presenting|speaking|addressing|opening|launching|announcing|commenting|responding|visiting|inaugurating|presiding) )[^“”]{{2,160}}, $"
)
# Somebody without a title of whom a sentence tells: Shaun Davies welcomed …
_ACTS = pattern(rf"(?P<who>{ENGLISH_NAME}) (?:was|is|has|had|will|[a-z]+ed)\b")
_OTHERS = pattern(
    rf"(?:^ ?|[,;:] |[“”\"’] ?|\b(?:as|and|but|while) )(?:[Tt]he|[Aa]n?|[Ii]ts?|[Tt]his|[Oo]ur|[Ss]ome|[Oo]ne|[Ww]e|I|[Mm]any|{_ONE}) ?[^,;:“”\"]{{0,60}}?{_ADVERBS} ?$"
)
_AFTER = pattern(r"[^“”\"]{2,120}")
_ENDS = pattern(
    r"(?: (?:on|in|at|during|after|of|to|via|this|last|today|yesterday|earlier|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[^,;“”\"]{0,70})?(?:[.,;]|$)"
)
_COMPLEMENT = pattern(
    r"(?: (?:at|in|on|to|during) [\w ]{2,40}(?=[:,]| that\b)| (?:the|a|an) (?:audience|forum|meeting|reporters|press|conference)| (?:reporters|journalists|media))?,?(?: that\b)?[,:]? ?"
)
_SAYS_PLAINLY = pattern(r"(?:said|says|told|added|adds|stated|states|noted|notes)$")
_ANNOUNCES = pattern(
    r"announce|reveal|estimate|confirm|disclose|highlight|share|hope"
)  # what companies do too
_GOES_ON_WITH = pattern(r"(?: (?:at|in|on|to|during) [\w ,]{2,60})?,?(?: that\b|:|,? [“\"])")
# A clause follows that says something of somebody: revealed the Government is to …
_CAPITALISED = pattern(_ONE)
_CLAUSE = pattern(
    r" (?:the|a|an|it|he|she|they|we|this|there|his|her|their|its|our|[A-Z£$€\d])[^,;.“”\"]{0,80}?\b(?:is|are|was|were|will|would|has|have|had|can|could|should|must|do|did|plans?|hopes?|needs?|expects?)\b"
)
_ACCORDING = pattern(r"\b(?P<verb>[Aa]ccording to) (?P<who>[^,.;“”\"]{2,80})")
_OF_BODY = pattern(r"\b(?:of|for|at|in|from|by) (?:the )?$")
_TITLE_ALONE = pattern(rf"[Tt]he (?:[a-z]+ )?(?P<title>(?:[Vv]ice[- ])?(?i:{_OFFICES}))$")
_TITLES = pattern(rf"^(?:{_STYLES} )+")
_NAME = pattern(ENGLISH_NAME)
_BODIES = pattern(
    r"^(?:The|It|We|This|That|These|Those|There|You|Government|Ministers|Officials|Report|Commission|Who|What|Here|Such|As|In|On|At|For|But|And|I)$"
)
_LABEL = pattern(
    r"^(?P<who>(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+ ?){1,5}|(?:[A-ZÀ-Þ][\w.'’\-]+ ){1,4}[A-ZÀ-Þ][\w'’\-]+|[QA])(?: \([^)]{2,60}\))?: ?"
)
_JOINS = pattern(r"\b(?:AND|OF|FOR|THE|TO|IN|ON|WITH)\b")
_ASKS = pattern(
    r"(?:Q|QUESTION(?:ER)?|MODERATOR|REPORTER|INTERVIEWER|HOST|OPERATOR|AUDIENCE|MR\.? MODERATOR)\b"
)
_PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them"])


class English:
    """The cues of English sentences. `company` says whom words mean."""

    quotes_only = True  # what somebody said goes on in quotation marks alone

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        self._sentences = sentences

    def label(self, text: str) -> Cue | None:
        """The label of a transcript ("SECRETARY ORTIZ: We will…"), whose speaker goes on until the next one."""
        label = _LABEL.match(text)
        if not label:
            return None
        if _ASKS.match(label["who"]):
            return Cue(0, label.end(), "", Reach.LABEL)
        name = label["who"].strip()
        who = self._known(_TITLES.sub("", name.title() if name.isupper() else name))
        if not who and name.isupper() and 1 < len(name.split()) < 5 and not NOT_A_NAME.search(name.title()):
            who = "" if _JOINS.search(name) else name.title()
        return Cue(0, label.end(), who, Reach.LABEL) if who else None

    def cues(self, text: str, quoted: list[Span], speaker: str, apart: bool) -> list[Cue]:
        """All words of the sentence that give somebody the word, in order."""
        found: list[Cue] = []
        for verb in (*_ACCORDING.finditer(text), *_VERB.finditer(text)):
            if holds(quoted, verb.start()):
                continue
            cue = (
                self._according(text, verb) if "who" in verb.re.groupindex else self._said(text, verb, quoted)
            )
            if cue and not any(cue.start < one.end and one.start < cue.end for one in found):
                found.append(cue)
        return sorted(found, key=lambda cue: cue.start)

    def actor(self, text: str) -> str:
        """The first person named here whom the document knows, in full or by surname."""
        for found in _CAPITALISED.finditer(text):
            if who := self._company.called(found.group()):
                return who
        named = self._company.names.search(text)
        if named or not (acts := _ACTS.match(text)):
            return named.group() if named else ""
        name = _TITLES.sub("", acts["who"])
        return "" if NOT_A_NAME.search(name) or _BODIES.match(name.split()[0]) else name

    def goes_on(self, text: str, speaker: str) -> bool:
        return text[:1] in OPENERS

    def narrates(self, paragraph: Sequence[Sentence], speaker: str) -> bool:
        return False

    def ends(self, text: str, label: bool) -> bool:
        return False

    def _according(self, text: str, verb: re.Match[str]) -> Cue | None:
        """“According to X, …”, “…, according to X.”"""
        who = self._first(verb["who"])
        if verb.start():
            return Cue(verb.start(), verb.end(), who, behind=True) if who else None
        comma = text.find(", ", verb.end())
        return Cue(0, comma + 2, who) if who and comma > 0 else None

    def _said(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """What a verb of speaking tells: its subject before or behind it, and on which side the words are."""
        left = max((end for _, end in quoted if end <= verb.start()), default=0)
        between = text[left : verb.start()]
        if left and not between.strip(" ,"):
            after = _AFTER.match(text, verb.end())
            who = self._first(after.group()) if after else ""
            return Cue(left, verb.end() + (len(after.group()) if after else 0), who, behind=True)
        start, who = self._subject(between)
        if start < 0:
            return self._inverted(text, verb) if text[: verb.start()].endswith(", ") else None
        start += left
        if left and not text[left:start].strip(" ,"):
            return Cue(start, verb.end(), who, behind=True)
        if (
            start
            and text[:start].rstrip().endswith(",")
            and _ENDS.match(text, verb.end())
            and " " in text[:start].strip()
        ):
            return Cue(start, verb.end(), who, behind=True) if who else None
        plain = _SAYS_PLAINLY.match(verb.group())
        goes_on = plain or _GOES_ON_WITH.match(text, verb.end()) or _CLAUSE.match(text, verb.end())
        if not who or not goes_on or (_ANNOUNCES.match(verb.group()) and not self._company.knows(who)):
            return None
        return Cue(start, _COMPLEMENT.match(text, verb.end()).end(), who)

    def _inverted(self, text: str, verb: re.Match[str]) -> Cue | None:
        """“Prices will fall, said Minister Ann Reed.”"""
        after = _AFTER.match(text, verb.end())
        who = self._first(after.group()) if after else ""
        return Cue(verb.start() - 1, verb.end() + len(after.group()), who, behind=True) if who else None

    def _subject(self, before: str) -> tuple[int, str]:
        """Where the subject stands that ends `before`, and who it is, "" for a body; -1 where there is none."""
        found = _SUBJECT.search(before)
        who = self._meant(found["who"], before[: found.start()]) if found else ""
        if who and self._company.knows(who):
            return found.start(), who
        clause = _WITH_CLAUSE.match(before)
        if clause and (acting := self._meant(clause["who"], "")):
            return clause.start("who"), acting
        for named in _NAMED.finditer(before):
            if _APPOSITION.match(before, named.end()) and (titled := self._meant(named["who"], "")):
                return named.start(), titled
        if who:
            return found.start(), who
        others = _OTHERS.search(before)
        return (others.start(), "") if others else (-1, "")

    def _first(self, text: str) -> str:
        """The first person named in `text`, in full; "" for a body."""
        words = text.split()
        if not words:
            return ""
        if words[0].strip(".,").lower() in _PRONOUNS:
            return self._company.pronoun()
        head = text.split(",")[0].strip(" .")
        for part in (head, text) if head[:1].islower() else (head,):  # a title may stand before the name
            if named := self._company.names.search(part):
                return named.group()
            for found in _NAME.finditer(part):
                name = _TITLES.sub("", found.group())
                of_body = _OF_BODY.search(part, 0, found.start())
                if " " in name and not of_body and not NOT_A_NAME.search(name):
                    return self._known(name) or name
        subject = _LEADING.match(head)
        return self._meant(subject["who"], "") if subject else ""

    def _meant(self, who: str, before: str) -> str:
        """The person's full name as the document gives it; "" for a body that speaks."""
        if who.lower() in _PRONOUNS:
            return self._company.pronoun(self.actor(before))
        if alone := _TITLE_ALONE.match(who):
            title = alone["title"].lower()
            return self._company.bears(lambda _, role: title in role.lower())
        name = _TITLES.sub("", who)
        if known := self._known(name):
            return known
        if NOT_A_NAME.search(name) or _BODIES.match(name.split()[0]):
            return ""
        return name if " " in name else self._in_full(name)

    def _in_full(self, surname: str) -> str:
        """The full name of somebody the document names without a title."""
        full = re.compile(rf"(?:[A-ZÀ-Þ][a-zà-ÿ]+ )(?:[A-Z]\. )?{re.escape(surname)}\b")
        for sentence in self._sentences:
            for found in full.finditer(sentence.text):
                name = _TITLES.sub("", found.group())
                if " " in name and not NOT_A_NAME.search(name) and not _BODIES.match(name.split()[0]):
                    return name
        return ""

    def _known(self, name: str) -> str:
        return self._company.bears(lambda known, _: _same_person(known, name), first=True)


def _same_person(known: str, name: str) -> bool:
    """Whether a short or titled form means the known person; the surname may stand first (Wang Zhigang)."""
    return (
        known == name
        or known.endswith(" " + name)
        or known.startswith(name + " ")
        or name.endswith(" " + known)
    )
