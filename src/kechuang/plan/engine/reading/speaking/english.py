"""How English text gives somebody the word: "X said …", "…," she said, "according to X", a label before a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..people.english import NOT_A_NAME
from ..types import Sentence
from .company import Company
from .english_words import (
    ACCORDING,
    ACTS,
    AFTER,
    ANNOUNCES,
    APPOSITION,
    ASKS,
    BODIES,
    CAPITALISED,
    CLAUSE,
    COMPLEMENT,
    ENDS,
    GOES_ON_WITH,
    JOINS,
    LABEL,
    LEADING,
    NAME,
    NAMED,
    OF_BODY,
    OTHERS,
    PRONOUNS,
    SAYS_PLAINLY,
    SUBJECT,
    TITLE_ALONE,
    TITLED_BEHIND,
    TITLES,
    VERB,
    WITH_CLAUSE,
)
from .quotations import OPENERS, Span, holds
from .turns import Cue, Reach


class English:
    """The cues of English sentences. `company` says whom words mean."""

    quotes_only = True  # what somebody said goes on in quotation marks alone

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        self._sentences = sentences

    def label(self, text: str) -> Cue | None:
        """The label of a transcript ("SECRETARY ORTIZ: We will…"), whose speaker goes on until the next one."""
        label = LABEL.match(text)
        if not label:
            return None
        if ASKS.match(label["who"]):
            return Cue(0, label.end(), "", Reach.LABEL)
        name = label["who"].strip()
        who = self._known(TITLES.sub("", name.title() if name.isupper() else name))
        if not who and name.isupper() and 1 < len(name.split()) < 5 and not NOT_A_NAME.search(name.title()):
            who = "" if JOINS.search(name) else name.title()
        return Cue(0, label.end(), who, Reach.LABEL) if who else None

    def cues(self, text: str, quoted: list[Span], speaker: str, apart: bool) -> list[Cue]:
        """All words of the sentence that give somebody the word, in order."""
        found: list[Cue] = []
        for verb in (*ACCORDING.finditer(text), *VERB.finditer(text)):
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
        for found in CAPITALISED.finditer(text):
            if who := self._company.called(found.group()):
                return who
        named = self._company.names.search(text)
        if named or not (acts := ACTS.match(text)):
            return named.group() if named else ""
        name = TITLES.sub("", acts["who"])
        return "" if NOT_A_NAME.search(name) or BODIES.match(name.split()[0]) else name

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
            after = AFTER.match(text, verb.end())
            who = self._first(after.group()) if after else ""
            return Cue(left, verb.end() + (len(after.group()) if after else 0), who, behind=True)
        start, who = self._subject(between)
        if start < 0:
            return self._inverted(text, verb) if text[: verb.start()].endswith(", ") else None
        start += left
        titled = not ANNOUNCES.match(verb.group()) and TITLED_BEHIND.search(text, left, start)
        if titled:  # …, deputy prime minister | Heng Swee Keat said
            start = titled.start("title")
        if left and not text[left:start].strip(" ,"):
            return Cue(start, verb.end(), who, behind=True)
        if (
            start
            and text[:start].rstrip().endswith(",")
            and ENDS.match(text, verb.end())
            and " " in text[:start].strip()
        ):
            return Cue(start, verb.end(), who, behind=True) if who else None
        plain = SAYS_PLAINLY.match(verb.group())
        goes_on = plain or GOES_ON_WITH.match(text, verb.end()) or CLAUSE.match(text, verb.end())
        if not who or not goes_on or (ANNOUNCES.match(verb.group()) and not self._company.knows(who)):
            return None
        return Cue(start, COMPLEMENT.match(text, verb.end()).end(), who)

    def _inverted(self, text: str, verb: re.Match[str]) -> Cue | None:
        """“Prices will fall, said Minister Ann Reed.”"""
        after = AFTER.match(text, verb.end())
        who = self._first(after.group()) if after else ""
        return Cue(verb.start() - 1, verb.end() + len(after.group()), who, behind=True) if who else None

    def _subject(self, before: str) -> tuple[int, str]:
        """Where the subject stands that ends `before`, and who it is, "" for a body; -1 where there is none."""
        found = SUBJECT.search(before)
        who = self._meant(found["who"], before[: found.start()]) if found else ""
        if who and self._company.knows(who):
            return found.start(), who
        clause = WITH_CLAUSE.match(before)
        if clause and (acting := self._meant(clause["who"], "")):
            return clause.start("who"), acting
        for named in NAMED.finditer(before):
            if APPOSITION.match(before, named.end()) and (titled := self._meant(named["who"], "")):
                return named.start(), titled
        if who:
            return found.start(), who
        others = OTHERS.search(before)
        return (others.start(), "") if others else (-1, "")

    def _first(self, text: str) -> str:
        """The first person named in `text`, in full; "" for a body."""
        words = text.split()
        if not words:
            return ""
        if words[0].strip(".,").lower() in PRONOUNS:
            return self._company.pronoun()
        head = text.split(",")[0].strip(" .")
        for part in (head, text) if head[:1].islower() else (head,):  # a title may stand before the name
            if named := self._company.names.search(part):
                return named.group()
            for found in NAME.finditer(part):
                name = TITLES.sub("", found.group())
                of_body = OF_BODY.search(part, 0, found.start())
                if " " in name and not of_body and not NOT_A_NAME.search(name):
                    return self._known(name) or name
        subject = LEADING.match(head)
        return self._meant(subject["who"], "") if subject else ""

    def _meant(self, who: str, before: str) -> str:
        """The person's full name as the document gives it; "" for a body that speaks."""
        if who.lower() in PRONOUNS:
            return self._company.pronoun(self.actor(before))
        if alone := TITLE_ALONE.match(who):
            title = alone["title"].lower()
            return self._company.bears(lambda _, role: title in role.lower())
        name = TITLES.sub("", who)
        if known := self._known(name):
            return known
        if NOT_A_NAME.search(name) or BODIES.match(name.split()[0]):
            return ""
        return name if " " in name else self._in_full(name)

    def _in_full(self, surname: str) -> str:
        """The full name of somebody the document names without a title."""
        full = re.compile(rf"(?:[A-ZÀ-Þ][a-zà-ÿ]+ )(?:[A-Z]\. )?{re.escape(surname)}\b")
        for sentence in self._sentences:
            for found in full.finditer(sentence.text):
                name = TITLES.sub("", found.group())
                if " " in name and not NOT_A_NAME.search(name) and not BODIES.match(name.split()[0]):
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
