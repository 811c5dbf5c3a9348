"""How Chinese text gives somebody the word, and how it takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..people.names import plausible_name
from ..types import Sentence
from . import chinese_words as words
from .company import Company
from .label_words import SALUTES, SPEECH_HEAD, SPEECH_TITLE
from .labels import Labels
from .quotations import QUOTED, Span
from .subjects import NOBODY, Subjects
from .turns import Cue, Reach
from .untitled import meet_untitled
from .verbs import order, speech_start, takes_over, tells


class Chinese:
    """The cues of Chinese sentences. `company` says whom words mean."""

    quotes_only = False  # what somebody said goes on without quotation marks

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        self._subjects = subjects = Subjects(company)
        # The shapes in which a verb of speaking stands, with who is its subject; one group only where those before fail.
        self._shapes = (
            {
                words.CLAUSE_VERB: subjects.in_clause,
                words.DIRECT_VERB: subjects.at_once,
                words.LATE_VERB: subjects.ahead,
            },
            {words.OPINION: subjects.at_once},
            {words.BEFORE_QUOTE: subjects.before_quote},
        )
        self.actor, self.begins, self.nobody_new = subjects.actor, subjects.starts, subjects.by_pronoun
        self._after_body = False  # a body spoke in the sentence before
        meet_untitled(company, sentences)
        self._labels = Labels(subjects, company, sentences)
        self.label, self.signature, self.above = (
            self._labels.label,
            self._labels.signature,
            self._labels.above,
        )

    def cues(self, text: str, quoted: list[Span], speaker: str, apart: bool) -> list[Cue]:
        """All words of the sentence that give somebody the word, in order.

        `speaker` has the word so far; `apart`: the sentence stands apart from what they said.
        """
        after_body, self._after_body = self._after_body, False
        if not words.MAY_OPEN.search(text):
            return []
        if reported := words.REPORTED.match(text):
            return self._reported(text, reported, speaker, apart)
        if joins := words.AND_SAYS.match(text):
            self._after_body = after_body
            if after_body or (who := self._company.pronoun()):
                return [Cue(0, joins.end(), "" if after_body else who)]
        if words.LEARNS.match(text):
            return [Cue(0, 0, "")]
        if words.SEVERAL.match(text):
            self._company.nobody_acts()
            return [Cue(0, 0, "")]
        body = words.BODY_SPEAKS.match(text)
        if words.MEETING_STATES.match(text) or (body and not self._subjects.acting(body.group())):
            if body and words.NAMELESS.search(body.group()):
                self._company.nobody_acts()
            rumour = body and words.RUMOUR.match(body.group())  # which somebody takes up, or nobody
            self._after_body = not rumour
            return (self._said(text, quoted, Reach.PARAGRAPH) if rumour else []) or [Cue(0, 0, "")]
        reach = Reach.LENGTH if self._labels.conference or words.AT_LENGTH.search(text) else Reach.PARAGRAPH
        reach = Reach.WHOLE if words.IN_FULL.search(text) else reach
        cues = self._lists(text) or self._said(text, quoted, reach) or self._act(text)
        return cues or ([Cue(0, 0, "")] if words.UNNAMED.search(words.LEADS.sub("", text)) else [])

    def headline(self, text: str) -> str:
        """Whose speech a title announces."""
        return self.actor(text) if SPEECH_TITLE.search(text) else ""

    def byline(self, lines: Sequence[str]) -> str:
        """Who is named alone on a line below the title of a speech, or above its salutation."""
        if SPEECH_HEAD.search(lines[0]):
            return self._labels.byline(lines[1:])
        return self._labels.byline(lines[:1]) if any(map(SALUTES.match, lines[1:])) else ""

    def goes_on(self, text: str, speaker: str) -> bool:
        """Whether a paragraph that begins with `text` goes on with the speaker before it: it counts on, asks, quotes, says I."""
        if words.BODY_WILL.match(text):
            return False
        signs = words.GOES_ON.match(text) or words.FIRST_PERSON.search(QUOTED.sub("", text))
        return bool(signs) and self._subjects.starts(text) in ("", speaker)

    def cites(self, text: str) -> bool:
        """Whether the sentence tells what those said on whom a speaker calls in their own turn."""
        return bool(words.CITED.match(text))

    def voiced(self, text: str) -> bool:
        """Whether a sentence cannot be the narrator's: it begins to count, demands, or says I."""
        return bool(
            words.COUNTS.match(text)
            or words.DEMANDS.match(text)
            or words.FIRST_PERSON.search(QUOTED.sub("", text))
        )

    def narrates(self, paragraph: Sequence[Sentence], speaker: str) -> bool:
        """Whether the paragraph is the narrator's: it tells of the occasion, or names the speaker, who would say I."""
        text = paragraph[0].text
        if words.BODY_STATES.match(text) or self._subjects.starts(text):
            return not (words.GOES_ON.match(text) and self._subjects.starts(text) == speaker)
        for sentence in paragraph:
            named = speaker in QUOTED.sub("", sentence.text) and not words.GOES_ON.match(sentence.text)
            if named or words.TELLS.match(sentence.text):
                return True
            if words.CLAUSE_VERB.search(sentence.text):
                return False
        return False

    def ends(self, text: str, label: bool) -> bool:
        """Whether narration takes over for good: who else was there, who edited this."""
        return bool(words.CREDIT.match(text) if label else words.NARRATION.search(text))

    def _reported(self, text: str, reported: re.Match[str], speaker: str, apart: bool) -> list[Cue]:
        """“在甲看来…”, “据甲介绍…”: who is named there, else who has the word."""
        if eyes := reported["eyes"]:
            who = self._company.pronoun() if eyes in "他她" else self.actor(eyes)
            return [] if eyes == "我" else [Cue(0, reported.end(), who)]
        source = reported["who"] or ""
        who = self.actor(source) or (self._company.pronoun() if source in ("他", "她") else "")
        who = who or ("" if source else speaker)
        who = "" if words.HEARSAY.match(text) or (apart and words.STATISTICS.match(text)) else who
        return [Cue(0, reported.end(), who, Reach.LENGTH)]

    def _said(self, text: str, quoted: list[Span], reach: Reach) -> list[Cue]:
        """Cues by a verb of speaking: its subject stands in its clause, at once before it, or acts further ahead."""
        for shapes in self._shapes:
            cues: list[Cue] = []
            verbs = ((verb, shape) for shape in shapes for verb in shape.finditer(text))
            for verb, shape in sorted(verbs, key=order):
                late = shape is words.LATE_VERB
                behind = shape is words.CLAUSE_VERB and verb.end() >= len(text.rstrip("。！"))
                behind = behind and not text.endswith((":", "："))
                passed = verb.start() < (cues[-1].end if cues else 0) or (late and cues)
                if passed or not tells(text, verb, behind, quoted):
                    continue
                start, who = shapes[shape](text, verb.start())
                if words.IN_PASSING.match(text, start):
                    continue
                if who is NOBODY:
                    self._company.nobody_acts()
                    return cues or [Cue(start, verb.end(), "", behind=True) if behind else Cue(0, 0, "")]
                if not who or (
                    cues and not takes_over(text, start, verb, who, cues[-1], shape is words.DIRECT_VERB)
                ):
                    continue
                once = (late and words.VISITS.search(text, 0, verb.start())) or (
                    shape is words.DIRECT_VERB and text[verb.end() : verb.end() + 1] in ("他", "她")
                )
                end = speech_start(text, verb, late)
                cues.append(Cue(start, end, who, Reach.SENTENCE if once else reach, behind))
            if cues:
                return cues
        return []

    def _lists(self, text: str) -> list[Cue]:
        """“甲提出三点要求：”, “同时提出三点希望：”: what is listed below is theirs."""
        points = words.PROPOSES.search(text)
        if not points:
            return []
        who = self._subjects.starts(text) or (self._company.pronoun() if words.ADDS.match(text) else "")
        if points.end() < len(text):  # the first stands in the sentence itself
            return [Cue(0, points.end(), who, Reach.LENGTH)] if who else []
        return [Cue(0, 0, who, Reach.LENGTH, silent=True)] if who else []

    def _act(self, text: str) -> list[Cue]:
        """“甲作了题为…的报告”, “甲就…作了安排”: what follows is theirs."""
        act = words.SPEECH_ACT.search(text) or words.ARRANGES.match(text)
        name = act and next((one for one in act.groupdict().values() if one), "")
        if not name or not (plausible_name(name) or self._company.knows(name)):
            return []
        return [Cue(0, 0, name, Reach.LENGTH, silent=True)]
