"""What stands around a sentence: the paragraphs of a page that lost its lines, what is below a label, items of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise, takewhile

from ..english_tasks import is_english
from ..types import Sentence
from .quotations import BULLET, CLOSERS, OPENERS, QUOTED

_STOPS = ("。", "！", "？", "!", "?", "。”", "！”", "？”", "!”", "?”", "。」")
# How many such blanks a line holds that was several, and behind what part of its full stops: more only space them.
_LEAST, _MOST = 3, 0.7


def paragraphs_apart(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The same sentences; on a page that lost its lines, where blanks stand behind a full stop, a paragraph begins."""
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


def told_below(sentences: Sequence[Sentence], at: int, who: str) -> bool:
    """Whether the paragraph below a label names who has it, as they would not: 代表甲: and 甲在…调研…。"""
    below = islice(sentences, at + 1, None)
    first = next((one for one in below if not one.is_heading), None)
    if not first or not who:
        return False
    rest = takewhile(lambda one: one.paragraph == first.paragraph, below)
    return any(who in QUOTED.sub("", one.text) for one in (first, *rest))


def is_item(sentences: Sequence[Sentence], at: int) -> bool:
    """Whether the sentence is an item of the English list above it: a bullet, or a line that no full stop ends
    or that goes on with such a line."""
    text, before = sentences[at].text, sentences[at - 1].text.rstrip("".join(CLOSERS))
    if text.startswith(OPENERS):
        return False
    goes_on = not (text.endswith((".", ":")) and before.endswith((".", ":")))
    return bool(BULLET.match(text)) or (goes_on and not BULLET.match(before))
