"""Who speaks in the earlier sentences of a quotation that names its speaker only at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .types import Sentence


def reach_back(turns: list, sentences: Sequence[Sentence], index: int, speaker: str) -> None:
    """A quotation closed by “…,”X说 gives its earlier sentences in the paragraph the same speaker."""
    text = sentences[index].text
    quoted = index and sentences[index - 1].text
    if (
        speaker
        and quoted
        and quoted[0] == "“"
        and quoted[-1] == "”"
        and sentences[index - 1].paragraph == sentences[index].paragraph
    ):
        turns[index - 1] = replace(turns[index - 1], speaker=speaker, role=turns[index].role, lead_in=0)
    if not speaker or text.count("”") <= text.count("“"):
        return
    for back in range(index - 1, -1, -1):
        if sentences[back].paragraph != sentences[index].paragraph or "”" in sentences[back].text[-2:]:
            return
        turns[back] = replace(turns[back], speaker=speaker, role=turns[index].role)
        if "“" in sentences[back].text[:1]:
            return
