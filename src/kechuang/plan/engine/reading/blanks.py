"""Blanks that some Chinese documents set around their numbers (自 2018 年, 今 (6) 日) say nothing: texts are read without them."""

from __future__ import annotations

from dataclasses import replace

from .patterns import pattern

_BLANK = pattern(
    r"(?<=[一-龥）)])[ \u00a0\u2009](?=[\d（(])|(?<=[\d（(）)])[ \u00a0\u2009](?=[一-龥）)%％])|(?<=[（(])[ \u00a0\u2009](?=\d)"
)


class Close:
    """A text without such blanks, and the way back to the places of the text as it was."""

    def __init__(self, text: str) -> None:
        self._whole = text
        cuts = [m.start() for m in _BLANK.finditer(text)] if " " in text or "\u00a0" in text else []
        self.text = _without(text, cuts) if cuts else text
        self._cuts = cuts

    def restored(self, found: list) -> list:
        """What was found in the close text, with its places in the whole one."""
        return [self._restored(one) for one in found] if self._cuts else found

    def _restored(self, one):
        start, end = self._place(one.start), self._place(one.end - 1) + 1
        changes = {"text": self._whole[start:end]} if getattr(one, "text", "") else {}
        return replace(one, start=start, end=end, **changes)

    def _place(self, at: int) -> int:
        for cut in self._cuts:
            if cut > at:
                break
            at += 1
        return at


def _without(text: str, cuts: list[int]) -> str:
    kept, at = [], 0
    for cut in cuts:
        kept.append(text[at:cut])
        at = cut + 1
    return "".join(kept) + text[at:]
