"""How English text gives somebody the word: "X said …", "…," she said, "according to X", a label before a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..english_clauses import FINITE
from ..types import Sentence
from .company import Company
from .english_labels import EnglishLabels
from .english_subjects import EnglishSubjects
from .english_words import (
    ACCORDING,
    ACTING,
    ACTS,
    ADDS,
    AFTER,
    ANNOUNCES,
    ARTICLE,
    ASKED_OF,
    BETWEEN,
    CLAUSE,
    CLAUSE_BEGINS,
    COMPLEMENT,
    DIRECTS,
    ENDS,
    GOES_ON_AFTER,
    GOES_ON_WITH,
    GOING_ON,
    NO_WORDS,
    OCCASION,
    OCCASIONED,
    OCCUPIED,
    OF_A_TEXT,
    OFFICE_OF,
    PARTICIPLE,
    PRONOUNS,
    QUOTES,
    SAID_FIRST,
    SAYS_PLAINLY,
    SPEECH_HEADLINE,
    SPEECH_TEXT,
    STATEMENT,
    TITLE_WORDS,
    TITLED_BEHIND,
    VERB,
)
from .quotations import OPENERS, Span, holds
from .turns import Cue, Reach


class English:
    """The cues of English sentences. `company` says whom words mean."""

    quotes_only = True  # what somebody said goes on in quotation marks alone

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        self._subjects = EnglishSubjects(company, sentences)
        self.actor = self._subjects.actor
        self.label = EnglishLabels(self._subjects, sentences).label
        quoted = {one.text for one, after in pairwise(sentences) if after.text[:1] in OPENERS}
        self._opens_quotation = quoted.__contains__

    def cues(self, text: str, quoted: list[Span], speaker: str, apart: bool) -> list[Cue]:
        """All words of the sentence that give somebody the word, in order."""
        if speech := SPEECH_TEXT.match(text):
            who = self._subjects.first(
                speech["by"] or speech["given"] or speech["author"] or speech["owner"] or speech["whose"]
            )
            if who and not (speech["whose"] and self._opens_quotation(text)):
                return [Cue(0, 0, who, Reach.WHOLE, silent=True)]
        if told := STATEMENT.match(text):
            who = self._subjects.first(told["by"]) if told["by"] else self._subjects.meant(told["whose"], "")
            return [Cue(0, len(text), who)] if who else []
        found: list[Cue] = []
        tell = (
            (QUOTES, self._quotes),
            (ACCORDING, self._according),
            (VERB, self._said),
            (DIRECTS, self._directs),
        )
        for verb, hear in ((verb, hear) for words, hear in tell for verb in words.finditer(text)):
            if holds(quoted, verb.start()):
                continue
            cue = hear(text, verb, quoted)
            if cue and not any(cue.start < one.end and one.start < cue.end for one in found):
                found.append(cue)
        found += self._added(text, quoted, found)
        return sorted(found, key=lambda cue: cue.start) or self._before_quote(text, quoted)

    def byline(self, lines: Sequence[str]) -> str:
        """Nobody: an English headline names who speaks."""
        return ""

    def headline(self, text: str) -> str:
        """Whose speech stands below this headline."""
        found = SPEECH_HEADLINE.match(text)
        return self._subjects.first(OCCASION.split(found["by"])[0]) if found else ""

    def _added(self, text: str, quoted: list[Span], cues: list[Cue]) -> Iterator[Cue]:
        """“…,” she said, adding that …; Ann Reed welcomed the plan, saying it …: what is added is hers."""
        for adds in ADDS.finditer(text):
            if holds(quoted, adds.start()):
                continue
            before = [cue for cue in cues if cue.who and cue.behind and cue.end <= adds.start() + 1]
            who = before[-1].who if before else ""
            if not cues and (head := ACTS.match(text) or ACTING.match(text)):
                who = self._subjects.meant(head["who"], "")
            if not cues and not who:
                who = self.begins(text)
            if who:
                yield Cue(adds.start(), adds.end(), who)

    def goes_on(self, text: str, speaker: str) -> bool:
        return text[:1] in OPENERS

    def narrates(self, paragraph: Sequence[Sentence], speaker: str) -> bool:
        return False

    def ends(self, text: str, label: bool) -> bool:
        return False

    def _directs(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """She urged ministers to act: the whole clause is what is asked for, and hers."""
        left = max((end for _, end in quoted if end <= verb.start()), default=0)
        start, who = self._subjects.subject(text[left : verb.start()])
        return Cue(left + start, left + start, who) if who and self._company.knows(who) else None

    def _quotes(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """“Reed quoted Holt as saying …”"""
        who = self._subjects.first(verb["who"])
        return Cue(0, verb.end(), who) if who else None

    def _according(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """“According to X, …”, “…, according to X.”"""
        who = (
            ""
            if OF_A_TEXT.match(verb["who"]) or OFFICE_OF.match(verb["who"])
            else self._subjects.first(verb["who"])
        )
        if not (self._company.knows(who) or self._company.is_given(who)):
            who = ""  # some body
        if text.startswith(", ", verb.end()) and verb.start() and not FINITE.search(text, 0, verb.start()):
            return Cue(0, 0, who) if who else None  # the yard, according to him, has 50 boats
        if verb.start():
            return Cue(verb.start(), verb.end(), who, behind=True) if who else None
        comma = text.find(", ", verb.end())
        return Cue(0, comma + 2, who) if who and comma > 0 else None

    def _said(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """What a verb of speaking tells: its subject before or behind it, and on which side the words are."""
        left = max((end for _, end in quoted if end <= verb.start()), default=0)
        between = text[left : verb.start()]
        if NO_WORDS.match(text, verb.end()) or (verb.group() == "urged" and ASKED_OF.match(text, verb.end())):
            return None
        if left and not between.strip(" ,"):
            after = self._after(text, verb.end())
            return Cue(left, verb.end() + len(after), self._subjects.first(after), behind=True)
        start, who = self._subjects.subject(between)
        if start < 0:
            return self._inverted(text, verb) if text[: verb.start()].endswith(", ") else None
        start += left
        inserted = text[start : verb.start()].strip().lower() in PRONOUNS and start > left
        begins = CLAUSE_BEGINS.search(text, max(left - 2, 0), start) or OCCUPIED.match(text[left:start])
        if inserted and not begins:
            return None
        titled = not ANNOUNCES.match(verb.group()) and TITLED_BEHIND.search(text, left, start)
        if titled:  # …, deputy prime minister | Heng Swee Keat said
            start = titled.start("title")
        start = self._with_title(text, start, who)
        if left and not text[left:start].strip(" ,") and not PARTICIPLE.match(text):
            return Cue(start, verb.end(), who, behind=True)
        occasion = OCCASIONED.match(text[left:start]) and not FINITE.search(text, left, start)
        if (
            start
            and not occasion
            and text[:start].rstrip().endswith(",")
            and ENDS.match(text, verb.end())
            and " " in text[:start].strip()
        ):
            inserted = GOES_ON_AFTER.match(text, verb.end()) and not FINITE.search(text, 0, start)
            if who and inserted:  # the yard, Reed said, has 50 boats
                return Cue(0, 0, who)
            return Cue(start, verb.end(), who, behind=True) if who else None
        plain = SAYS_PLAINLY.match(verb.group())
        goes_on = plain or GOES_ON_WITH.match(text, verb.end()) or CLAUSE.match(text, verb.end())
        if not who or not goes_on or (ANNOUNCES.match(verb.group()) and not self._is_person(who)):
            return None
        return Cue(start, COMPLEMENT.match(text, verb.end()).end(), who)

    def _with_title(self, text: str, start: int, who: str) -> int:
        """Where the title begins that stands right before the subject at `start`."""
        role = self._company.role(who)
        at = text.rfind(role, 0, start + len(role)) if role else -1
        begun = at <= start < at + len(role)  # some of the title was read as the name's
        if at < 0 or not (begun or BETWEEN.fullmatch(text, at + len(role), start)):
            return start
        article = ARTICLE.search(text, 0, at)
        return article.start() if article else at

    def _before_quote(self, text: str, quoted: list[Span]) -> list[Cue]:
        """Ann Reed, chair of X, welcomed the plan as a step forward: “…”"""
        start = next((start for start, _ in quoted if text[:start].endswith(": ")), 0)
        if (
            start
            and text.startswith(("He ", "She "))
            and (who := self._company.third(text.split()[0].lower()))
        ):
            return [Cue(0, start, who)]
        if told := SAID_FIRST.match(text):
            return [Cue(0, told.end(), self._subjects.first(told["who"]))]
        if (added := GOING_ON.match(text)) and self._company.speaker:
            return [Cue(0, added.end(), self._company.speaker)]
        named = self._company.names.search(text, 0, start)
        if not named or not TITLE_WORDS.fullmatch(text, 0, named.start()):
            return []
        return [Cue(0, start, named.group())]

    def begins(self, text: str) -> str:
        """Whom known by an office the sentence begins to tell of."""
        named = self._company.names.match(text) or self._company.names.search(text)
        if not named:
            return ""
        before = text[: named.start()].removeprefix("The ").rstrip(" ,")
        return named.group() if before in ("", self._company.role(named.group())) else ""

    def _is_person(self, who: str) -> bool:
        """Whether who announces is no company: somebody known, or a surname behind a title."""
        return self._company.knows(who) or " " not in who

    def _inverted(self, text: str, verb: re.Match[str]) -> Cue | None:
        """“Prices will fall, said Minister Ann Reed.”"""
        after = self._after(text, verb.end())
        who = self._subjects.first(after)
        return Cue(verb.start() - 1, verb.end() + len(after), who, behind=True) if who else None

    def _after(self, text: str, at: int) -> str:
        """What stands behind a verb of speaking, up to a quotation or to what is added."""
        after = AFTER.match(text, at)
        return ADDS.split(after.group())[0] if after else ""
