"""Labels in Chinese transcripts and minutes: who speaks stands before a colon, in brackets or alone on a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..people.names import WORDS, common_name, given_name, plausible_name
from ..types import Sentence
from .chinese_words import AT_LENGTH
from .company import Company
from .label_words import (
    ADDRESSED,
    ANSWER,
    BEFORE_NAME,
    BEHIND_NAME,
    BRACKETED,
    BYLINE,
    COLON,
    DIALOGUE,
    HEARD,
    MEDIA,
    MINUTES,
    NAME_LINE,
    NAMED_OFFICE,
    NARRATED,
    QUESTION,
    QUESTION_ANSWER,
    SAYS_ALONE,
    SIGNED,
    SPACED,
    SPEECH_ABOVE,
    SPEECH_TEXT,
    SURNAME_LABEL,
    WORD_FOR_WORD,
)
from .quotations import OPENERS
from .subjects import Subjects
from .turns import Cue, Reach

_TOP = 4  # sentences in which a document says what occasion it tells of
_LABEL = 60  # characters in which a label ends
_LINE, _PROSE = (
    12,
    ("。", "；", "！", "？", ";", "!", "?"),
)  # how a sentence of prose ends, and its least length
_TURNS = 3  # labels with what is said behind them that make a transcript


class Labels:
    """Finds labels; `company` knows whom they name."""

    def __init__(self, subjects: Subjects, company: Company, sentences: Sequence[Sentence]) -> None:
        self._subjects = subjects
        self._company = company
        said = [(one, DIALOGUE.match(one.text) or BRACKETED.match(one.text)) for one in sentences]
        self._interview = any(label and label["asks"] for _, label in said)
        quoted = [one.text[label.end() :].startswith(OPENERS) for one, label in said if label]
        self._clips = 2 * sum(quoted) > len(quoted)  # what is quoted stands between the words of a narrator
        alone = {
            label["who"] for one, label in said if label and label.end() == len(one.text) and label["who"]
        }
        self._minutes = sum(bool(MINUTES.match(one.text)) for one in sentences) > 1
        self.conference = any(AT_LENGTH.search(sentence.text) for sentence in sentences[:_TOP])
        several = sum(who not in WORDS and given_name(who[1:]) for who in alone) > 1
        named = Counter(label["who"] for _, label in said if label and label["who"])
        repeated = sum(count > 1 and self._may_be(who) for who, count in named.items()) > 1
        addressed = any(label and ADDRESSED.match(one.text, label.end()) for one, label in said)
        told = any(WORD_FOR_WORD.search(one.text) for one in sentences)
        self._alone = _names_above_prose(sentences)
        self._announced = any(SPEECH_TEXT.search(one.text) for one in sentences)
        answered = filter(None, (QUESTION_ANSWER.match(one.text) for one in sentences[:_TOP]))
        self._answered = next(answered, None)  # who asks and who answers
        self._spaced = sum(bool(SPACED.match(one.text)) for one in sentences) > 1
        self._signs = sum(bool(SIGNED.match(one.text)) for one in sentences) > 1
        self._transcript = (
            self._interview
            or self._minutes
            or addressed
            or several
            or repeated
            or told
            or self._in_turns(sentences)
        )

    def label(self, text: str) -> Cue | None:
        """“记者：…” asks for the document, “檀越平：…” and “答：…” speak for themselves."""
        if SPEECH_TEXT.search(text) and (who := self._subjects.actor(text)):
            return Cue(0, 0, who, Reach.WHOLE, silent=True)
        if self._answered and (asks := bool(QUESTION.match(text))) | bool(ANSWER.match(text)):
            return Cue(0, len(text), self._answered["asks" if asks else "answers"], Reach.WHOLE)
        if self._minutes and (seat := MINUTES.match(text)):
            return Cue(0, seat.end(), (seat["surname"] or "") + (seat["given"] or ""), Reach.WHOLE)
        if self._transcript and (media := MEDIA.match(text)):
            return Cue(0, media.end(), "", Reach.WHOLE)
        if self._transcript and (surname := SURNAME_LABEL.match(text)):
            who = surname["who"] and self._subjects.of_surname(surname["who"])
            return Cue(0, surname.end(), who or "", Reach.WHOLE)
        if (heard := HEARD.match(text)) and self._company.knows(heard["who"]):
            return Cue(0, heard.end(), heard["who"], Reach.WHOLE)
        if narrated := NARRATED.match(text):
            return Cue(0, narrated.end(), "", Reach.WHOLE)
        if (alone := SAYS_ALONE.match(text)) and self._company.knows(alone["who"]):
            return Cue(0, len(text), alone["who"], Reach.LENGTH)
        said = DIALOGUE.match(text) or BRACKETED.match(text) or self._line(text)
        if not said and (known := self._known(text)):
            return known
        if not said:
            return None
        apart = Reach.LABEL if said.end() == len(text) else Reach.LENGTH
        reach = Reach.WHOLE if self._transcript or self._announced else apart
        if self._clips and text[said.end() :].startswith(OPENERS):
            reach = Reach.PARAGRAPH
        if said["asks"]:
            return Cue(0, said.end(), "", reach)
        answers = "answers" in said.re.groupindex and said["answers"]
        if "office" in said.re.groupindex and said["office"]:
            office = said["office"]
            named = NAMED_OFFICE.fullmatch(office)
            own = named and self._may_be(named["who"]) and not self._company.begins_role(named["who"])
            who = named["who"] if own else self._subjects.bearer(office)
            return Cue(0, said.end(), who, reach) if who or self._transcript else None
        who = self._company.speaker if answers else said["who"]
        named = self._company.knows(who) or who in self._alone or (self._transcript and self._may_be(who))
        return Cue(0, said.end(), who, reach) if answers or named else None

    def byline(self, lines: Sequence[str]) -> str:
        """Who is named alone, with or without a title, on one of the lines."""
        named = (BYLINE.match(line.strip(" \u3000（）()")) for line in lines)
        names = ("".join(one["who"].split()) for one in named if one)
        return next((who for who in names if self._company.knows(who) or common_name(who)), "")

    def signature(self, text: str) -> str:
        """Who is named by a line that signs what stands before it, where several such stand in a document."""
        signed = SIGNED.match(text) if self._signs else None
        return signed["who"] if signed and self._company.knows(signed["who"]) else ""

    def above(self, text: str) -> str:
        """Whose speech a closing line says all above to have been."""
        return self._subjects.actor(text) if SPEECH_ABOVE.match(text) else ""

    def _in_turns(self, sentences: Sequence[Sentence]) -> bool:
        """Whether most paragraphs of a stretch begin with who speaks (议员甲：…, 行政长官：…), as no headlines do."""
        opens = [one for at, one in enumerate(sentences) if _begins(sentences, at) and not one.is_heading]
        labels = [(at, DIALOGUE.match(one.text)) for at, one in enumerate(opens)]
        turns = [(at, one) for at, one in labels if one and (not one["who"] or self._may_be(one["who"]))]
        people = any(one["office"] or self._company.knows(one["who"]) for _, one in turns)  # no places
        return people and len(turns) >= _TURNS and 2 * len(turns) > turns[-1][0] - turns[0][0]

    def _may_be(self, who: str) -> bool:
        return plausible_name(who) or (who not in WORDS and given_name(who[1:]))

    def _known(self, text: str) -> Cue | None:
        """Somebody known before a colon, by a name of whatever shape."""
        colon = COLON.search(text, 0, _LABEL) or (self._spaced and SPACED.match(text))
        end = colon and (colon.end("who") if "who" in colon.re.groupindex else colon.start())
        named = colon and next(iter(self._company.names.finditer(text, 0, end)), None)
        if not named or not BEFORE_NAME.fullmatch(text, 0, named.start()):
            return None
        behind = BEHIND_NAME.fullmatch(text, named.end(), end)
        if not behind or (behind["on"] and colon.end() == len(text)):
            return None
        reach = Reach.LABEL if colon.end() == len(text) else Reach.LENGTH
        return Cue(
            0, colon.end(), self._company.full(named.group()), Reach.WHOLE if self._transcript else reach
        )

    def _line(self, text: str) -> re.Match[str] | None:
        """A label without a colon, alone on its line, of somebody known."""
        line = NAME_LINE.match(text) if self.conference or self._transcript or self._alone else None
        known = line and (line["asks"] or self._company.knows(line["who"]) or line["who"] in self._alone)
        return line if known else None


def _names_above_prose(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The names that stand alone on a line above what they say, where two people do so."""
    lines = ((NAME_LINE.match(one.text), after.text) for one, after in pairwise(sentences))
    names = {
        line["who"]
        for line, after in lines
        if line and line["who"] and common_name(line["who"]) and after.endswith(_PROSE) and len(after) > _LINE
    }
    return frozenset(names if len(names) > 1 else ())


def _begins(sentences: Sequence[Sentence], at: int) -> bool:
    return not at or sentences[at - 1].paragraph != sentences[at].paragraph
