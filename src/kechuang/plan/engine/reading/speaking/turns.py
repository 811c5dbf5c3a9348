"""Whose word a sentence is, stretch by stretch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import zip_longest

from .quotations import Span, speech_before


@dataclass(frozen=True, slots=True)
class Voice:
    """From `start` (in the sentence) on `speaker` is heard as `role`; "" is the narrator, the document itself."""

    start: int = 0
    speaker: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """The voices of one sentence, ascending, the first at 0; `lead_ins` are stretches that only say who speaks."""

    voices: tuple[Voice, ...] = (Voice(),)
    lead_ins: tuple[tuple[int, int], ...] = ()

    def at(self, place: int) -> Voice:
        """Who is heard at this character of the sentence."""
        return self.voices[bisect_right(self.voices, place, key=lambda voice: voice.start) - 1]

    def over(self, start: int, end: int) -> Voice:
        """Who is heard longest in this stretch of the sentence."""
        ends = [*(voice.start for voice in self.voices[1:]), end]
        return max(
            zip(self.voices, ends, strict=True), key=lambda one: min(one[1], end) - max(one[0].start, start)
        )[0]

    @property
    def main(self) -> Voice:
        """The last who speaks here, or the narrator."""
        return next((voice for voice in reversed(self.voices) if voice.speaker), self.voices[0])

    @property
    def speaker(self) -> str:
        return self.main.speaker

    @property
    def role(self) -> str:
        return self.main.role

    @property
    def lead_in(self) -> int:
        """Where the words that say who speaks first end."""
        return self.lead_ins[0][1] if self.lead_ins and not self.lead_ins[0][0] else 0


class Reach(IntEnum):
    """How far somebody goes on who was given the word: this sentence, this paragraph, over paragraphs, to the next
    label; WHOLE: all up to the next label, whomever it quotes, as in a transcript or the text of a speech."""

    SENTENCE, PARAGRAPH, LENGTH, LABEL, WHOLE = range(5)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words at `start:end` of a sentence that give somebody the word.

    `who` is the person in full, "" where a body or nobody named speaks. `behind`: what is said stands before the cue
    (“…,” she said). `silent`: the sentence itself is still the narrator's (X作了报告。).
    """

    start: int
    end: int
    who: str
    reach: Reach = Reach.PARAGRAPH
    behind: bool = False
    silent: bool = False


def merged(voices: list[tuple[int, str]], length: int) -> list[tuple[int, str]]:
    """Ascending, at most one a place (the last), none at the end, none that changes nothing."""
    kept: list[tuple[int, str]] = []
    for start, who in voices:
        if kept and kept[-1][0] >= start:
            kept.pop()
        if not kept:
            kept.append((0, who))
        elif kept[-1][1] != who and start < length:
            kept.append((start, who))
    return kept


def opening_voices(
    text: str, first: Cue, spans: list[Span], opening: int, attributes: bool
) -> list[tuple[int, str]]:
    """Who is heard before the first cue: the narrator, or whom the cue names behind or after a quotation."""
    if 0 < opening <= first.start + 1:
        return [(0, first.who), (opening, "")]
    if (near := speech_before(text, spans, first.start)) and not first.behind:
        return [(0, ""), (near[0], first.who), (near[1], "")]
    if first.behind:
        said_before, said_behind = ("", first.who) if attributes else (first.who, "")
        return [(0, said_before), (first.start, ""), (first.end, said_behind)]
    return [(0, first.who if not first.start and first.end >= len(text) else "")]


def cued_voices(
    text: str, cues: Sequence[Cue], spans: list[Span], opening: int, attributes: bool
) -> tuple[list[tuple[int, str]], list[Span]]:
    """Who is heard in a sentence with these cues, and the stretches that only say so.

    `opening`: where the speech ends with which the sentence begins; `attributes`: it only names who spoke before it.
    """
    voices, lead_ins, said = opening_voices(text, cues[0], spans, opening, attributes), [], 0
    for cue, after in zip_longest(cues, cues[1:]):
        if said:
            voices.append((cue.start, ""))
        if cue.silent:
            continue
        if cue.behind and cue.start and not any(start >= cue.end for start, _ in spans):
            lead_ins.append((cue.start, after.start if after else len(text)))
        if cue.behind:
            voices += [
                pair for start, end in spans if start >= cue.end for pair in ((start, cue.who), (end, ""))
            ]
        else:
            voices.append((cue.end, cue.who))
            lead_ins.append((cue.start if said else 0, cue.end))
        said = cue.end
    return merged(voices, len(text)), [span for span in lead_ins if span[1]]
