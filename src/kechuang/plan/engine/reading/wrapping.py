"""Lines broken by a page's width (PDF, mail, old text files) joined again, and page numbers between them dropped."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from .layers import Layer

_PAGE_NUMBER = re.compile(r"\n[ \t\u3000]*[-—–·]?[ \t]*\d{1,3}[ \t]*[-—–·]?[ \t\u3000]*(?=\n)")
_ENDS = tuple("。！？!?；;：:”’」』)）】…")
_OPENS = re.compile(
    r"[ \t]{2,}|\u3000|[-•·●○■□◆▪*]\s|——|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．]\s?(?!\d)|第[一二三四五六七八九十百]+[章节條条编編]"
)
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’]")


def unwrap(layer: Layer) -> None:
    """Join the lines of hard-wrapped text. Text whose lines are paragraphs is left alone."""
    width = _page_width(layer.text)
    if not width:
        return
    numbers = [(found.start(), found.end(), "") for found in _PAGE_NUMBER.finditer(layer.text)]
    layer.edit(numbers, "page-number")
    layer.edit(list(_joins(layer.text, width)), "line-wrap")


def _page_width(text: str) -> int:
    """The width lines were broken at, in characters; 0 where they were not."""
    lines = [line.rstrip() for line in text.split("\n")]
    lines = [line for line in lines if line.strip()]
    if len(lines) < 6:
        return 0
    longest = sorted(map(len, lines))[int(len(lines) * 0.95)]
    if not 15 <= longest <= 130:
        return 0
    wide = bool(_WIDE.search(text[:2000]))
    full = [line for line in lines if len(line) >= longest * (0.85 if wide else 0.75)]
    if len(full) < 0.45 * len(lines) or (wide and _spread(full) > 6):
        return 0
    broken = sum(not line.endswith((*_ENDS, ".")) for line in full)
    return longest if broken >= 0.6 * len(full) else 0


def _spread(lines: list[str]) -> int:
    """Difference between the lengths that hold the middle nine tenths of the lines."""
    lengths = sorted(Counter(map(len, lines)).elements())
    return lengths[int(len(lengths) * 0.95)] - lengths[int(len(lengths) * 0.05)]


def _joins(text: str, width: int):
    at, lines = 0, text.split("\n")
    for line, following in itertools.pairwise(lines):
        end = at + len(line)
        at = end + 1
        stripped = line.rstrip()
        if not stripped or not following.strip() or len(stripped) < width * 0.7 or _OPENS.match(following):
            continue
        if stripped.endswith((*_ENDS[:6], ".")) and len(stripped) < width * 0.95:
            continue
        indent = len(following) - len(following.lstrip())
        start, stop, first = end - (len(line) - len(stripped)), at + indent, following.lstrip()[0]
        if stripped[-1] == "-" and stripped[-2:-1].isalpha() and first.islower():
            yield start - 1, stop, ""
        elif stripped[-1] == "\u00ad" or _WIDE.match(stripped[-1]) or _WIDE.match(first):
            yield start, stop, ""
        else:
            yield start, stop, " "
