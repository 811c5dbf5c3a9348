"""What has been heard so far: the voices of each sentence, and the quotation whose speaker is still to be named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice, takewhile

from ..types import Sentence
from .quotations import CLOSERS, Span, is_speech
from .turns import Cue, Turn, Voice

_FAR = 60  # sentences in which the end of a quotation is looked for


class Record:
    """One entry a sentence, in order; `waiting` are the sentences of the last quotation whose opening names no speaker."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._heard: list[list[tuple[int, str]]] = []
        self._lead_ins: list[Sequence[Span]] = []
        self.waiting: list[int] = []
        self._signed = -1  # the last line that signs what stands before it

    def add(self, voices: list[tuple[int, str]], lead_ins: Sequence[Span] = ()) -> None:
        """The next sentence: who is heard from which place on, and the stretches that only say so."""
        self._heard.append(voices)
        self._lead_ins.append(lead_ins)

    def silence(self, who: str = "") -> None:
        """The next sentence ends what is waited for; `who` is named behind it."""
        self.add([(0, who)])
        self.waiting = []

    def first(self, at: int) -> str:
        """Who is heard first in a sentence."""
        return self._heard[at][0][1]

    def last(self) -> str:
        """Who is heard last so far."""
        return self._heard[-1][-1][1]

    def opens(self) -> bool:
        """Whether the waiting quotation opens a paragraph."""
        first = self.waiting[0] if self.waiting else 0
        before = self._sentences[first - 1] if first else None
        return bool(self.waiting) and (not before or before.paragraph != self._sentences[first].paragraph)

    def name(self, who: str) -> None:
        """The waiting quotation is theirs."""
        for at in self.waiting:
            self._heard[at] = [(0, who)]

    def name_waiting(self, at: int, cue: Cue, inside: bool) -> None:
        """A quotation that names its speaker only behind it, or in the sentence or paragraph after it."""
        if not self.waiting or self.waiting[-1] != at - 1 or not (cue.who or cue.behind):
            return
        same = self._sentences[at - 1].paragraph == self._sentences[at].paragraph
        says = self._sentences[at].text[: cue.end]
        another = cue.who != self.first(self.waiting[0]) and not cue.start and "则" not in says
        signed = self._sentences[at].text.startswith(("—", "–"))  # ——市长甲认为,…
        if (
            inside
            or signed
            or not self.first(self.waiting[0])
            or (same and (self.opens() or cue.behind or another))
        ):
            self.name(cue.who)

    def sign(self, who: str) -> None:
        """The next sentence names who said all before it that nobody else did (——市长甲)."""
        for at in range(len(self._heard) - 1, -1, -1):
            if self._sentences[at].is_heading or at == self._signed or self._heard[at] != [(0, "")]:
                break
            self._heard[at] = [(0, who)]
        self._signed = len(self._heard)
        self.silence()

    def close(self, who: str) -> None:
        """The next sentence says that all before it was theirs."""
        for at, sentence in enumerate(self._sentences[: len(self._heard)]):
            if not sentence.is_heading:
                self._heard[at] = [(0, who)]
        self.silence()

    def first_line(self, at: int) -> bool:
        """Whether the sentence is the document's first and stands alone on its line."""
        return not at and len(self.paragraph(at)) == 1

    def on_top(self, at: int) -> bool:
        """Whether nothing but headings stands before the sentence."""
        return all(one.is_heading for one in islice(self._sentences, at))

    def paragraph(self, at: int) -> list[Sentence]:
        """The sentence and those of its paragraph behind it."""
        number = self._sentences[at].paragraph
        return list(takewhile(lambda one: one.paragraph == number, islice(self._sentences, at, None)))

    def rest(self, at: int) -> Iterator[str]:
        """The paragraphs from here on, up to a heading."""
        prose = takewhile(lambda one: not one.is_heading, islice(self._sentences, at, at + _FAR))
        for _, part in groupby(prose, key=lambda one: one.paragraph):
            yield " ".join(one.text for one in part)

    def attributes(self, at: int, spans: list[Span]) -> bool:
        """Whether the sentence only names the speaker of the quotation before it."""
        sentence, before = self._sentences[at], self._sentences[at - 1] if at else None
        follows = before and before.paragraph == sentence.paragraph and before.text.endswith(CLOSERS)
        return bool(follows and not any(is_speech(sentence.text, span) for span in spans))

    def turns(self, role: Callable[[str], str]) -> list[Turn]:
        """One turn a sentence; `role(who)` is the title beside a name."""
        return [
            Turn(tuple(Voice(start, who, role(who)) for start, who in voices), tuple(lead_ins))
            for voices, lead_ins in zip(self._heard, self._lead_ins, strict=True)
        ]
