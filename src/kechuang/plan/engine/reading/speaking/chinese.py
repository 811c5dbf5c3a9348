"""How Chinese text gives somebody the word, and how it takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..patterns import pattern
from ..people.names import common_name, plausible_name
from ..types import Sentence
from .chinese_words import (
    ARRANGES,
    AS_NOUN,
    AT_LENGTH,
    BEFORE_QUOTE,
    BODY_SPEAKS,
    BODY_STATES,
    CLAUSE_VERB,
    CREDIT,
    DIRECT_VERB,
    GOES_ON,
    HEARSAY,
    HOPES,
    IN_PASSING,
    INTRODUCED,
    LATE_VERB,
    LEADS,
    LEARNS,
    MAY_OPEN,
    MEETING_STATES,
    NAMELESS,
    NARRATION,
    NEGATED,
    OPINION,
    PROPOSES,
    REPORTED,
    SEVERAL,
    SPEECH_ACT,
    STATISTICS,
    TELLING,
    TELLS,
    TURNS,
    UNNAMED,
    VISITS,
)
from .company import Company
from .labels import Labels
from .quotations import Span, holds
from .subjects import NOBODY, Subjects
from .turns import Cue, Reach

_QUOTED = pattern(r"“[^”]*”|「[^」]*」")
_NAMED = 20  # characters before a verb in which a name and its title stand
_TITLED = 12  # characters in which somebody stands with a title


class Chinese:
    """The cues of Chinese sentences. `company` says whom words mean."""

    quotes_only = False  # what somebody said goes on without quotation marks

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        self._subjects = subjects = Subjects(company)
        # The shapes in which a verb of speaking stands, with who is its subject; one group only where those before fail.
        self._shapes = (
            {CLAUSE_VERB: subjects.in_clause, DIRECT_VERB: subjects.at_once},
            {OPINION: subjects.at_once},
            {LATE_VERB: subjects.ahead},
            {BEFORE_QUOTE: subjects.in_clause},
        )
        self.actor = self._subjects.actor
        for sentence in sentences:
            for verb in TELLING.finditer(sentence.text):
                at = verb.start()
                named = INTRODUCED.search(sentence.text, max(0, at - _NAMED), at)
                if named and len(named["who"]) > 2 and common_name(named["who"]):
                    company.meets(named["who"])
        self._labels = Labels(subjects, company, sentences)
        self.label = self._labels.label

    def cues(self, text: str, quoted: list[Span], speaker: str, apart: bool) -> list[Cue]:
        """All words of the sentence that give somebody the word, in order.

        `speaker` has the word so far; `apart`: the sentence stands apart from what they said.
        """
        if not MAY_OPEN.search(text):
            return []
        if (reported := REPORTED.match(text)) and reported["eyes"]:
            eyes = reported["eyes"]
            who = self._company.pronoun() if eyes in "他她" else self.actor(eyes)
            return [Cue(0, reported.end(), who)]
        if reported:
            who = self.actor(reported["who"] or "") or speaker
            who = "" if HEARSAY.match(text) or (apart and STATISTICS.match(text)) else who
            return [Cue(0, reported.end(), who, Reach.LENGTH)]
        if LEARNS.match(text):
            return [Cue(0, 0, "")]
        if SEVERAL.match(text):
            self._company.nobody_acts()
            return [Cue(0, 0, "")]
        body = BODY_SPEAKS.match(text)
        if MEETING_STATES.match(text) or (body and not self._subjects.acting(body.group())):
            if body and NAMELESS.search(body.group()):
                self._company.nobody_acts()
            return [Cue(0, 0, "")]
        reach = Reach.LENGTH if self._labels.conference or AT_LENGTH.search(text) else Reach.PARAGRAPH
        cues = self._said(text, quoted, reach) or self._act(text)
        return cues or ([Cue(0, 0, "")] if UNNAMED.search(LEADS.sub("", text)) else [])

    def goes_on(self, text: str, speaker: str) -> bool:
        """Whether a paragraph that begins with `text` goes on with the speaker before it: it counts on, asks, quotes."""
        return bool(GOES_ON.match(text)) and self._subjects.starts(text) in ("", speaker)

    def narrates(self, paragraph: Sequence[Sentence], speaker: str) -> bool:
        """Whether the paragraph is the narrator's: it tells of the occasion, or names the speaker, who would say I."""
        text = paragraph[0].text
        if BODY_STATES.match(text) or self._subjects.starts(text):
            return not (GOES_ON.match(text) and self._subjects.starts(text) == speaker)
        for sentence in paragraph:
            named = speaker in _QUOTED.sub("", sentence.text) and not GOES_ON.match(sentence.text)
            if named or TELLS.match(sentence.text):
                return True
            if CLAUSE_VERB.search(sentence.text):
                return False
        return False

    def ends(self, text: str, label: bool) -> bool:
        """Whether narration takes over for good: who else was there, who edited this."""
        return bool(CREDIT.match(text) if label else NARRATION.search(text))

    def _said(self, text: str, quoted: list[Span], reach: Reach) -> list[Cue]:
        """Cues by a verb of speaking: its subject stands in its clause, at once before it, or acts further ahead."""
        for shapes in self._shapes:
            cues: list[Cue] = []
            verbs = ((verb, shape) for shape in shapes for verb in shape.finditer(text))
            for verb, shape in sorted(verbs, key=lambda one: (one[0].start(), -one[0].end())):
                at = cues[-1].end if cues else 0
                if verb.start() < at or holds(quoted, verb.start()) or NEGATED.search(text, 0, verb.start()):
                    continue
                start, who = shapes[shape](text, verb.start())
                if IN_PASSING.match(text, start):
                    continue
                behind = shape is CLAUSE_VERB and verb.end() >= len(text.rstrip("。！"))
                if behind and not quoted and AS_NOUN.search(text, 0, verb.end()):
                    continue
                if who is NOBODY:
                    self._company.nobody_acts()
                    return cues or [Cue(start, verb.end(), "", behind=True) if behind else Cue(0, 0, "")]
                if not who or (
                    cues and not _takes_over(text, start, verb, who, cues[-1], shape is DIRECT_VERB)
                ):
                    continue
                once = shape is LATE_VERB and VISITS.search(text, 0, verb.start())
                end = _speech_start(text, verb, shape is LATE_VERB)
                cues.append(Cue(start, end, who, Reach.SENTENCE if once else reach, behind))
            if cues:
                return cues
        return []

    def _act(self, text: str) -> list[Cue]:
        """“甲作了题为…的报告”, “甲就…作了安排”, “甲提出三点要求：”: what follows is theirs."""
        if PROPOSES.search(text) and (who := self._subjects.starts(text)):
            return [Cue(0, 0, who, Reach.LENGTH, silent=True)]
        act = SPEECH_ACT.search(text) or ARRANGES.match(text)
        name = act and next((one for one in act.groupdict().values() if one), "")
        if not name or not (plausible_name(name) or self._company.knows(name)):
            return []
        return [Cue(0, 0, name, Reach.LENGTH, silent=True)]


def _takes_over(text: str, start: int, verb: re.Match[str], who: str, last: Cue, direct: bool) -> bool:
    """Whether a second person speaks in the sentence (…,校长乙则表示,…), and is not quoted by the first."""
    pronoun, quoted = text.startswith(("他", "她"), start), "总书记" in text[start : start + _TITLED]
    turns = not direct or bool(TURNS.search(text, start, verb.end()))
    return who != last.who and start - last.end > 2 and not pronoun and not quoted and turns


def _speech_start(text: str, verb: re.Match[str], late: bool) -> int:
    """Where what is said begins; what is hoped begins with the hope."""
    if hope := HOPES.search(text, verb.start(), verb.end()):
        return hope.start()
    return verb.end() + (late and text[verb.end() : verb.end() + 1] in tuple(",，:："))
