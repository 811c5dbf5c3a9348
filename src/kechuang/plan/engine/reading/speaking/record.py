"""What has been heard so far: the voices of each sentence, and the quotation whose speaker is still to be named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..types import Sentence
from .quotations import Span
from .turns import Cue, Turn, Voice


class Record:
    """One entry a sentence, in order; `waiting` are the sentences of the last quotation whose opening names no speaker."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._heard: list[list[tuple[int, str]]] = []
        self._lead_ins: list[Sequence[Span]] = []
        self.waiting: list[int] = []

    def add(self, voices: list[tuple[int, str]], lead_ins: Sequence[Span] = ()) -> None:
        """The next sentence: who is heard from which place on, and the stretches that only say so."""
        self._heard.append(voices)
        self._lead_ins.append(lead_ins)

    def first(self, at: int) -> str:
        """Who is heard first in a sentence."""
        return self._heard[at][0][1]

    def last(self) -> str:
        """Who is heard last so far."""
        return self._heard[-1][-1][1]

    def name(self, who: str) -> None:
        """The waiting quotation is theirs."""
        for at in self.waiting:
            self._heard[at] = [(0, who)]

    def name_waiting(self, at: int, cue: Cue, inside: bool) -> None:
        """A quotation that names its speaker only behind it, or in the sentence or paragraph after it."""
        if not self.waiting or self.waiting[-1] != at - 1 or not (cue.who or cue.behind):
            return
        first, last = self._sentences[self.waiting[0]], self._sentences[at - 1]
        same = last.paragraph == self._sentences[at].paragraph
        opens = not self.waiting[0] or self._sentences[self.waiting[0] - 1].paragraph != first.paragraph
        if inside or not self.first(self.waiting[0]) or (same and (opens or cue.behind)):
            self.name(cue.who)

    def turns(self, role: Callable[[str], str]) -> list[Turn]:
        """One turn a sentence; `role(who)` is the title beside a name."""
        return [
            Turn(tuple(Voice(start, who, role(who)) for start, who in voices), tuple(lead_ins))
            for voices, lead_ins in zip(self._heard, self._lead_ins, strict=True)
        ]
