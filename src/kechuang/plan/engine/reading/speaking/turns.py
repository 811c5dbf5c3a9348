"""A turn, and the quotation that names its speaker only at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..types import Sentence


@dataclass(frozen=True, slots=True)
class Turn:
    """`speaker` ("" = the document itself) with `role`; the first `lead_in` characters only say who speaks."""

    speaker: str = ""
    role: str = ""
    lead_in: int = 0
    quoted: int = 0  # where a quotation that stands before the lead-in ends

    def covers(self, at: int) -> bool:
        """Whether what stands at this character is the speaker's, not the narrator's."""
        return at >= self.lead_in or at < self.quoted


def reach_back(turns: list[Turn], sentences: Sequence[Sentence], index: int, speaker: str) -> None:
    """A quotation closed by “…,”X说 gives its earlier sentences in the paragraph the same speaker."""
    text = sentences[index].text
    quoted = index and sentences[index - 1].text
    if (
        speaker
        and quoted
        and quoted[-1] in "”」"
        and text[:1] not in "“「"
        and sentences[index - 1].paragraph == sentences[index].paragraph
    ):
        for back in range(_opening(sentences, index - 1), index):
            turns[back] = replace(turns[back], speaker=speaker, role=turns[index].role, lead_in=0)
    if not speaker or not _closes(text):
        return
    for back in range(index - 1, -1, -1):
        if sentences[back].paragraph != sentences[index].paragraph or sentences[back].text[-2:].count("”"):
            return
        turns[back] = replace(turns[back], speaker=speaker, role=turns[index].role)
        if sentences[back].text[:1] in "“「":
            return


def _opening(sentences: Sequence[Sentence], last: int) -> int:
    """The sentence of the paragraph that opens the quotation `last` ends in; one behind `last` where none does."""
    for at in range(last, -1, -1):
        if sentences[at].paragraph != sentences[last].paragraph:
            break
        if sentences[at].text[0] in "“「":
            return at
        if at < last and sentences[at].text[-1] in "”」":
            break
    return last + 1


def _closes(text: str) -> bool:
    return text.count("”") > text.count("“") or text.count("」") > text.count("「")
