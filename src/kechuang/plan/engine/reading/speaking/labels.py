"""Labels in Chinese transcripts and minutes: who speaks stands before a colon, in brackets or alone on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..people.names import WORDS, given_name, plausible_name
from ..types import Sentence
from .chinese_words import AT_LENGTH, BRACKETED, DIALOGUE, MINUTES, NAME_LINE
from .company import Company
from .subjects import Subjects
from .turns import Cue, Reach

_TOP = 4  # sentences in which a document says what occasion it tells of


class Labels:
    """Finds labels; `company` knows whom they name."""

    def __init__(self, subjects: Subjects, company: Company, sentences: Sequence[Sentence]) -> None:
        self._subjects = subjects
        self._company = company
        said = [(one.text, DIALOGUE.match(one.text) or BRACKETED.match(one.text)) for one in sentences]
        self._interview = any(label and label["asks"] for _, label in said)
        alone = {label["who"] for text, label in said if label and label.end() == len(text) and label["who"]}
        self._minutes = sum(bool(MINUTES.match(one.text)) for one in sentences) > 1
        self.conference = any(AT_LENGTH.search(sentence.text) for sentence in sentences[:_TOP])
        several = sum(who not in WORDS and given_name(who[1:]) for who in alone) > 1
        self._transcript = self._interview or self._minutes or several

    def label(self, text: str) -> Cue | None:
        """“记者：…” asks for the document, “檀越平：…” and “答：…” speak for themselves."""
        if self._minutes and (seat := MINUTES.match(text)):
            return Cue(0, seat.end(), (seat["surname"] or "") + (seat["given"] or ""), Reach.WHOLE)
        said = DIALOGUE.match(text) or BRACKETED.match(text) or self._line(text)
        if not said:
            return None
        apart = Reach.LABEL if said.end() == len(text) else Reach.LENGTH
        reach = Reach.WHOLE if self._transcript else apart
        if said["asks"]:
            return Cue(0, said.end(), "", reach)
        answers = "answers" in said.re.groupindex and said["answers"]
        if "office" in said.re.groupindex and said["office"]:
            who = self._subjects.bearer(said["office"])
            return Cue(0, said.end(), who, reach) if who else None
        who = self._company.speaker if answers else said["who"]
        named = self._company.knows(who) or (self._transcript and self._may_be(who))
        return Cue(0, said.end(), who, reach) if answers or named else None

    def _may_be(self, who: str) -> bool:
        return plausible_name(who) or (who not in WORDS and given_name(who[1:]))

    def _line(self, text: str) -> re.Match[str] | None:
        """A label without a colon, alone on its line, of somebody known."""
        line = NAME_LINE.match(text) if self.conference or self._transcript else None
        return line if line and (line["asks"] or self._company.knows(line["who"])) else None
