"""The paragraphs of a page that lost its lines: blanks behind a full stop stand where one began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..english_tasks import is_english
from ..types import Sentence

_STOPS = ("。", "！", "？", "!", "?", "。”", "！”", "？”", "!”", "?”", "。」")
# How many such blanks a line holds that was several, and behind what part of its full stops: more only space them.
_LEAST, _MOST = 3, 0.7


def paragraphs_apart(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The same sentences, of which those behind such blanks begin a paragraph."""
    lines: dict[int, list[tuple[Sentence, Sentence]]] = {}
    for a, b in pairwise(sentences):
        if a.paragraph == b.paragraph:
            lines.setdefault(a.paragraph, []).append((a, b))
    breaks: set[int] = set()
    for pairs in lines.values():
        apart = {id(b) for a, b in pairs if b.start > a.end and _ends(a.text) and not is_english(b.text)}
        if _LEAST <= len(apart) <= _MOST * len(pairs):
            breaks |= apart
    if not breaks:
        return sentences
    added, found = 0, []
    for sentence in sentences:
        added += id(sentence) in breaks
        found.append(replace(sentence, paragraph=sentence.paragraph + added))
    return found


def _ends(text: str) -> bool:
    """Whether a sentence ends with a full stop that no blank stands before."""
    return text.endswith(_STOPS) and not text.rstrip("”」。！？!?").endswith((" ", "\u3000"))
