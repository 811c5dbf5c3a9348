"""Lines broken by a page's width (PDF, mail, old text files) joined again, and page numbers between them dropped."""

from __future__ import annotations

import itertools

from .layers import Layer
from .patterns import pattern

_PAGE_NUMBER = pattern(r"\n[ \t\u3000]*[-—–·]?[ \t]*\d{1,3}[ \t]*[-—–·]?[ \t\u3000]*(?=\n)")
_ENDS = tuple("。！？!?；;：:”’」』)）】…")
_OPENS = pattern(
    r"[ \t]{2,}|\u3000|[-•·●○■□◆▪*]\s|——|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．]\s?(?!\d)|第[一二三四五六七八九十百]+[章节條条编編]"
)
_FULL_STOP = pattern("[。！？!?.；;：:][”’\"'」』)）】]*$")
_WIDE = pattern(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’]")


def unwrap(layer: Layer, printed: bool = False) -> None:
    """Join the lines of hard-wrapped text. Text whose lines are paragraphs is left alone, unless it was `printed`."""
    page = _page_width(layer.text, printed)
    if page:
        numbers = [(found.start(), found.end(), "") for found in _PAGE_NUMBER.finditer(layer.text)]
        layer.edit(numbers, "page-number")
        layer.edit(list(_joins(layer.text, page)), "line-wrap")


def columns(line: str) -> int:
    """Columns a line takes: Chinese characters take two."""
    return len(line) + len(_WIDE.findall(line))


def _page_width(text: str, printed: bool) -> int:
    """The column lines were broken at; 0 where they were not."""
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    if len(lines) < 6:
        return 0
    widths = [columns(line) for line in lines]
    page = sorted(widths)[int(len(widths) * (0.75 if printed else 0.95))]
    if not 30 <= page <= 140:
        return 0
    if printed:
        return page
    chinese = len(_WIDE.findall(text[:2000])) > 200 or bool(_WIDE.search(text[:200]))
    full = [
        line for line, width in zip(lines, widths, strict=True) if width >= page * (0.9 if chinese else 0.75)
    ]
    if len(full) < 0.4 * len(lines):
        return 0
    broken = sum(not line.endswith((*_ENDS, ".")) for line in full)
    return page if broken >= 0.6 * len(full) else 0


def _joins(text: str, page: int):
    at, lines = 0, text.split("\n")
    for line, following in itertools.pairwise(lines):
        end = at + len(line)
        at = end + 1
        stripped, width = line.rstrip(), columns(line.rstrip())
        if not stripped or not following.strip() or width < page * 0.72 or _OPENS.match(following):
            continue
        if _FULL_STOP.search(stripped) and width < page * 0.93:
            continue
        indent = len(following) - len(following.lstrip())
        start, stop, first = end - (len(line) - len(stripped)), at + indent, following.lstrip()[0]
        if stripped[-1] == "-" and stripped[-2:-1].isalpha() and first.islower():
            yield start - 1, stop, ""
        elif first in "%‰" or _WIDE.match(stripped[-1]) or _WIDE.match(first):
            yield start, stop, ""
        else:
            yield start, stop, " "
