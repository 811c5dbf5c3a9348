"""How English text gives somebody the word: "X said …", "…," she said, "according to X", a label before a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..people.english_words import NOT_A_NAME
from ..types import Sentence
from .company import Company
from .english_subjects import EnglishSubjects
from .english_words import (
    ACCORDING,
    ACTING,
    ACTS,
    ADDS,
    AFTER,
    ANNOUNCES,
    ASKS,
    BETWEEN,
    CLAUSE,
    COMPLEMENT,
    ENDS,
    GOES_ON_WITH,
    INTERVIEW,
    JOINS,
    LABEL,
    NAME,
    SAYS_PLAINLY,
    SPEECH_TEXT,
    STATEMENT,
    TITLE_WORDS,
    TITLED_BEHIND,
    TITLED_LABEL,
    TITLES,
    VERB,
)
from .quotations import OPENERS, Span, holds
from .turns import Cue, Reach

_TOP = 4  # lines in which a document says what occasion it tells of


class English:
    """The cues of English sentences. `company` says whom words mean."""

    quotes_only = True  # what somebody said goes on in quotation marks alone

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        self._subjects = EnglishSubjects(company, sentences)
        self.actor = self._subjects.actor
        labels = [found["who"] for one in sentences if (found := LABEL.match(one.text))]
        self._labels = Counter(labels)
        occasion = any(INTERVIEW.search(one.text) for one in sentences[:_TOP])
        titled = any(TITLED_LABEL.match(one.text) for one in sentences)
        self._transcript = occasion or titled or any(ASKS.match(label) for label in labels)

    def label(self, text: str) -> Cue | None:
        """The label of a transcript ("SECRETARY ORTIZ: We will…"), whose speaker goes on until the next one."""
        reach = Reach.WHOLE if self._transcript else Reach.LABEL
        if (titled := TITLED_LABEL.match(text)) and (who := self._subjects.known(titled["who"])):
            return Cue(0, titled.end(), who, reach)
        label = LABEL.match(text)
        if not label:
            return None
        if ASKS.match(label["who"]):
            return Cue(0, label.end(), "", reach)
        name = label["who"].strip()
        who = self._subjects.known(TITLES.sub("", name.title() if name.isupper() else name))
        again = (
            self._transcript or self._labels[label["who"]] > 1
        )  # KUALA LUMPUR: stands once, where news come from
        if not who and again and self._is_name(name):
            who = name.title() if name.isupper() else name
        return Cue(0, label.end(), who, reach) if who else None

    def _is_name(self, label: str) -> bool:
        """Whether an unknown label in capitals is somebody's name."""
        words = label.split()
        plain = not NOT_A_NAME.search(label.title()) and not JOINS.search(label)
        named = label.isupper() or (self._transcript and NAME.fullmatch(label.strip()))
        return bool(named) and 1 < len(words) < 5 and plain

    def cues(self, text: str, quoted: list[Span], speaker: str, apart: bool) -> list[Cue]:
        """All words of the sentence that give somebody the word, in order."""
        if (speech := SPEECH_TEXT.match(text)) and (who := self._subjects.first(speech["by"])):
            return [Cue(0, 0, who, Reach.WHOLE, silent=True)]
        if told := STATEMENT.match(text):
            who = self._subjects.first(told["by"]) if told["by"] else self._subjects.meant(told["whose"], "")
            return [Cue(0, len(text), who)] if who else []
        found: list[Cue] = []
        for verb in (*ACCORDING.finditer(text), *VERB.finditer(text)):
            if holds(quoted, verb.start()):
                continue
            cue = (
                self._according(text, verb) if "who" in verb.re.groupindex else self._said(text, verb, quoted)
            )
            if cue and not any(cue.start < one.end and one.start < cue.end for one in found):
                found.append(cue)
        found += self._added(text, quoted, found)
        return sorted(found, key=lambda cue: cue.start) or self._before_quote(text, quoted)

    def _added(self, text: str, quoted: list[Span], cues: list[Cue]) -> Iterator[Cue]:
        """“…,” she said, adding that …; Ann Reed welcomed the plan, saying it …: what is added is hers."""
        for adds in ADDS.finditer(text):
            if holds(quoted, adds.start()):
                continue
            before = [cue for cue in cues if cue.who and cue.behind and cue.end <= adds.start() + 1]
            who = before[-1].who if before else ""
            if not cues and (head := ACTS.match(text) or ACTING.match(text)):
                who = self._subjects.meant(head["who"], "")
            if who:
                yield Cue(adds.start(), adds.end(), who)

    def goes_on(self, text: str, speaker: str) -> bool:
        return text[:1] in OPENERS

    def narrates(self, paragraph: Sequence[Sentence], speaker: str) -> bool:
        return False

    def ends(self, text: str, label: bool) -> bool:
        return False

    def _according(self, text: str, verb: re.Match[str]) -> Cue | None:
        """“According to X, …”, “…, according to X.”"""
        who = self._subjects.first(verb["who"])
        if verb.start():
            return Cue(verb.start(), verb.end(), who, behind=True) if who else None
        comma = text.find(", ", verb.end())
        return Cue(0, comma + 2, who) if who and comma > 0 else None

    def _said(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """What a verb of speaking tells: its subject before or behind it, and on which side the words are."""
        left = max((end for _, end in quoted if end <= verb.start()), default=0)
        between = text[left : verb.start()]
        if left and not between.strip(" ,"):
            after = self._after(text, verb.end())
            return Cue(left, verb.end() + len(after), self._subjects.first(after), behind=True)
        start, who = self._subjects.subject(between)
        if start < 0:
            return self._inverted(text, verb) if text[: verb.start()].endswith(", ") else None
        start += left
        titled = not ANNOUNCES.match(verb.group()) and TITLED_BEHIND.search(text, left, start)
        if titled:  # …, deputy prime minister | Heng Swee Keat said
            start = titled.start("title")
        start = self._with_title(text, start, who)
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
        if not who or not goes_on or (ANNOUNCES.match(verb.group()) and not self._is_person(who)):
            return None
        return Cue(start, COMPLEMENT.match(text, verb.end()).end(), who)

    def _with_title(self, text: str, start: int, who: str) -> int:
        """Where the title begins that stands right before the subject at `start`."""
        role = self._company.role(who)
        at = text.rfind(role, 0, start) if role else -1
        if at < 0 or not BETWEEN.fullmatch(text, at + len(role), start):
            return start
        return at - 4 if text[:at].lower().endswith("the ") else at

    def _before_quote(self, text: str, quoted: list[Span]) -> list[Cue]:
        """Ann Reed, chair of X, welcomed the plan as a step forward: “…”"""
        start = next((start for start, _ in quoted if text[:start].endswith(": ")), 0)
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
