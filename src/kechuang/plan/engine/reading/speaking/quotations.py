"""Quotation marks: which stretches of a sentence stand in them, and whether the last one is still open."""

from __future__ import annotations

from ..patterns import pattern

_MARK = pattern(r"[“”「」\"]")
_OPENS, _CLOSES = "“「", "”」"
OPENERS = ("“", "「", '"')
CLOSERS = ("”", "」", '"')
Span = tuple[int, int]


def quotations(text: str, inside: bool) -> tuple[list[Span], bool]:
    """Spans in quotation marks, marks included, and whether the text ends inside; `inside`: it begins so."""
    spans, start, depth = [], 0, int(inside)
    for found in _MARK.finditer(text):
        at = found.start()
        opens = _opens(text, at, depth)
        if opens and not depth:
            start = at
        depth = depth + 1 if opens else max(depth - 1, 0)
        if not depth and not opens:
            spans.append((start, at + 1))
    if depth:
        spans.append((start, len(text)))
    return spans, bool(depth)


def _opens(text: str, at: int, depth: int) -> bool:
    """Whether the mark opens; one that has no direction, or the wrong one, opens before a word where none is open."""
    mark = text[at]
    if mark in _OPENS:
        return True
    wrong = mark in _CLOSES and (not at or text[at - 1] == " ") and text[at + 1 : at + 2].isalpha()
    return not depth and (mark == '"' or wrong)


def holds(spans: list[Span], at: int) -> bool:
    """Whether the character at this place stands in quotation marks."""
    return any(start < at < end for start, end in spans)
