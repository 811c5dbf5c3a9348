"""A published text as it was read: any span with its repairs done. Pure; spans and repairs point into the raw text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

LONGEST = 60
_ENDS = re.compile(r"[。！？!?]|(?<=[a-z0-9])\.(?=\s|$)")


class Repaired:
    """`repairs` are (start, end, replacement, …); one that stands in another mends what that one made."""

    def __init__(self, raw: str, repairs: Iterable[Sequence]) -> None:
        self.raw, self.repairs = raw, _pieces(repairs)
        self._starts = [repair[0] for repair in self.repairs]

    def text(self, start: int, end: int) -> str:
        """The span as read; repairs that only reach into it are left out."""
        pieces, at = [], start
        for begin, stop, replacement in self.repairs[bisect_left(self._starts, start) :]:
            if begin >= end:
                break
            if at <= begin and stop <= end:
                pieces += [self.raw[at:begin], replacement]
                at = stop
        return "".join([*pieces, self.raw[at:end]])

    def title(self, body: Sequence[Sequence[int]]) -> str:
        """What the document is called when nobody said: its first line, or the first sentence of a paragraph."""
        if not body:
            return ""
        line = re.sub(r"\s+", " ", self.text(*body[0])).strip()
        if ended := _ENDS.search(line):
            line = line[: ended.start()]
        if len(line) <= LONGEST:
            return line
        return (line[:LONGEST].rsplit(" ", 1)[0] if line.isascii() else line[: LONGEST - 1]) + "…"


def _pieces(repairs: Iterable[Sequence]) -> list[tuple[int, int, str]]:
    """The repairs in order; a replacement as long as its span stands character for character, as the reader maps it."""
    found: dict[int, tuple[int, int, str]] = {}
    for start, end, new, *_rule in sorted(repairs, key=lambda repair: (repair[0], -repair[1])):
        if len(new) != end - start:
            found.setdefault(start, (start, end, new))
            continue
        for at, character in enumerate(new, start):
            if found.get(at, (at, at + 1))[1] == at + 1:
                found[at] = (at, at + 1, character)
    return sorted(found.values())
