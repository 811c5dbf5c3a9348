"""Which time a quantity is about: its own clause's, its sentence's, or the frame it stands in.

A frame is set by the lead sentence of a paragraph or list ("五年来，…", "今年主要预期目标是：") or by a heading
("2026年重点工作") and holds for what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from .periods import find_periods
from .types import FoundPeriod, FoundQuantity, Sentence, TimeRole

_LEAD = 10  # characters before a period that still leads its sentence ("据介绍，", "各位代表！")
_CLAUSE_END = re.compile(r"[，。；！？：,;!?:]")
_ANNOUNCES = re.compile(
    r"[：:]\s*$|方面|以下|如下|主要做了|重点抓|重点做|抓好|目标|包括|回顾|安排|\b(?:as follows|following)\b"
)
_WITHIN_YEAR = re.compile(
    r"^(?:全年|年底前?|年末|年初|年内|上半年|下半年|第?[一二三四]季度|前三季度|\d{1,2}月份?)$"
)


@dataclass(slots=True)
class _Frames:
    """The frames in force while walking a document from its first sentence."""

    document_date: date | None
    paragraph: int = -1
    running: FoundPeriod | None = None
    announced: FoundPeriod | None = None
    heading: tuple[str, ...] = ()
    enumerating: bool = False
    _of_heading: dict[str, FoundPeriod | None] = field(default_factory=dict)

    def enter(self, sentence: Sentence) -> None:
        """Forget what no longer holds at `sentence`."""
        if sentence.heading != self.heading and sentence.heading[: len(self.heading)] != self.heading:
            self.announced = None
        if sentence.is_heading:
            self.running = None
        self.heading = sentence.heading
        if sentence.paragraph != self.paragraph:
            self.running = None
            self.paragraph = sentence.paragraph
            if self.enumerating and sentence.enumeration is None and not sentence.text.startswith("——"):
                self.announced = None
        self.enumerating = sentence.enumeration is not None

    def leave(self, sentence: Sentence, periods: Sequence[FoundPeriod]) -> None:
        """Take the frame that `sentence` sets for what follows."""
        lead = _lead(sentence.text, periods)
        if lead is None or sentence.is_heading:
            return
        self.running = lead
        if _ANNOUNCES.search(sentence.text) and sentence.enumeration is None:
            self.announced = lead

    def current(self, sentence: Sentence) -> FoundPeriod | None:
        for frame in (self.running, self.announced):
            if frame is not None:
                return frame
        for heading in reversed(sentence.heading):
            frame = self._heading(heading)
            if frame is not None:
                return frame
        return None

    def _heading(self, text: str) -> FoundPeriod | None:
        if text not in self._of_heading:
            named = _framing(find_periods(text, self.document_date))
            self._of_heading[text] = named[0] if len(named) == 1 else None
        return self._of_heading[text]


def attach(
    sentences: Sequence[Sentence],
    quantities: Sequence[Sequence[FoundQuantity]],
    periods: Sequence[Sequence[FoundPeriod]],
    document_date: date | None,
) -> list[list[FoundPeriod | None]]:
    """For each quantity of each sentence the period it is about, or None.

    `quantities[i]` and `periods[i]` belong to `sentences[i]`, with offsets from that sentence's start. A period taken
    from a frame has text "" and start = end = -1. A growth whose base year is named takes that base, role baseline,
    unless the sentence names a period of its own for it.
    """
    frames = _Frames(document_date)
    attached = []
    for sentence, amounts, times in zip(sentences, quantities, periods, strict=True):
        frames.enter(sentence)
        frame = frames.current(sentence)
        attached.append([_period_of(sentence.text, amount, times, frame) for amount in amounts])
        frames.leave(sentence, times)
    return attached


def _framing(periods: Sequence[FoundPeriod]) -> list[FoundPeriod]:
    """Periods that can hold for more than their own clause: no bases of comparison, no single days."""
    return [
        p
        for p in periods
        if p.role not in (TimeRole.BASELINE, TimeRole.POINT, TimeRole.VAGUE, TimeRole.DURATION)
    ]


def _lead(text: str, periods: Sequence[FoundPeriod]) -> FoundPeriod | None:
    framing = _framing(periods)
    if not framing:
        return None
    if framing[0].start <= _LEAD:
        return framing[0]
    return framing[-1] if text.rstrip().endswith(("：", ":")) and len(framing) == 1 else None


def _period_of(
    text: str, amount: FoundQuantity, periods: Sequence[FoundPeriod], frame: FoundPeriod | None
) -> FoundPeriod | None:
    own = _own(text, amount, [p for p in periods if p.role is not TimeRole.BASELINE])
    if own is not None:
        return _in_year_of(own, frame)
    base = _base(text, amount, [p for p in periods if p.role is TimeRole.BASELINE])
    if base is not None:
        return base
    return replace(frame, start=-1, end=-1, text="") if frame is not None else None


def _own(text: str, amount: FoundQuantity, periods: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """The nearest period before the amount in its sentence, else one behind it in its clause."""
    before = [p for p in periods if p.end <= amount.start]
    if before:
        return before[-1]
    after = next((p for p in periods if p.start >= amount.end), None)
    if after is not None and not _CLAUSE_END.search(text, amount.end, after.start):
        return after
    return None


def _base(text: str, amount: FoundQuantity, bases: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """The base of comparison named in the amount's own clause, before it (in English also behind it)."""
    for base in reversed(bases):
        if base.end <= amount.start and not _CLAUSE_END.search(text, base.end, amount.start):
            return base
        if (
            text.isascii()
            and base.start >= amount.end
            and not _CLAUSE_END.search(text, amount.end, base.start)
        ):
            return base
    return None


def _in_year_of(own: FoundPeriod, frame: FoundPeriod | None) -> FoundPeriod:
    """全年 or 上半年 under a heading of another year is of that year."""
    if frame is None or own.first is None or own.last is None or not _WITHIN_YEAR.match(own.text):
        return own
    if frame.first is None or frame.last is None or frame.first.year != frame.last.year:
        return own
    year = frame.first.year
    last = (
        own.last.replace(year=year, day=min(own.last.day, 28))
        if own.last.month == 2
        else own.last.replace(year=year)
    )
    first = (
        own.first.replace(year=year, day=min(own.first.day, 28))
        if own.first.month == 2
        else own.first.replace(year=year)
    )
    return replace(own, first=first, last=last) if first <= last else own
