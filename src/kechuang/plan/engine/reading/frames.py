"""Which time a quantity is about: its own clause's, its sentence's, or the frame it stands in.

A frame is set by the lead sentence of a paragraph or list ("五年来，…", "今年主要预期目标是：") or by a heading
("2026年重点工作") and holds for what follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .attaching import in_turn, period_of
from .framing import Frames, is_item, part_of_year
from .types import FoundPeriod, FoundQuantity, Sentence

_DASHES = "——"
_TITLE_WITHIN = 200


def _items_ahead(sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence whether a second or later item of a list stands at or after it, before a new list or heading."""
    ahead = False
    flags = []
    for sentence in reversed(sentences):
        if sentence.is_heading or sentence.text.startswith("一是"):
            flags.append(is_item(sentence))
            ahead = False
            continue
        ahead = ahead or is_item(sentence)
        flags.append(ahead)
    return flags[::-1]


def _dashes_behind(sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence whether the paragraph behind its own begins a list of —— items, its own being none."""
    flags, next_begins, behind, paragraph = [], False, False, None
    for sentence in reversed(sentences):
        if sentence.paragraph != paragraph:
            paragraph, behind = sentence.paragraph, next_begins
        next_begins = sentence.text.startswith(_DASHES)
        flags.append(behind and not is_item(sentence))
    return flags[::-1]


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
    frames = Frames(document_date)
    attached = []
    paragraph = -1
    for sentence, amounts, times, ahead, dashed in zip(
        sentences, quantities, periods, _items_ahead(sentences), _dashes_behind(sentences), strict=True
    ):
        frames.enter(sentence, ahead)
        frame = frames.current(sentence)
        own = in_turn(sentence.text, amounts, times)
        attached.append(
            [own.get(at) or period_of(sentence.text, one, times, frame) for at, one in enumerate(amounts)]
        )
        frames.leave(sentence, times, sentence.paragraph != paragraph, dashed)
        if sentence.is_heading and not sentence.heading and sentence.start <= _TITLE_WITHIN:
            frames.title = frames.title or part_of_year(times)
        paragraph = sentence.paragraph
    return attached
