"""Which lines are the page around an article, by the editable table `tables/chrome.txt`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from .patterns import pattern

LONGEST = 220  # a longer line is never chrome
PROSE = pattern(r"[。；！？]|[,，、][^,，]{4,}[,，]|[.!?;][\"'”’)\]]*(?:\s|$)|[:：]$")
# A headline of other news, told in exclamations, of no sentence that ends: …狂扫21万张！这档卡位 旺宏封关涨停
HEADLINE = pattern(r"[^。；“”]{4,60}[！？!?][^。；“”]{0,60}[^。！？；!?.…”」』：:）)]")
CONTACT = pattern(r"(?i:(?:media|press|news)?\s*(?:contacts?|enquiries|inquiries)\s*[:：]|联系人\s*[:：])")
_ARROWS = (">", "›", "»", ">>")
_CRUMB = 16
_TITLE = 10  # characters from which on a line told twice is a title, no item of two lists
PARAGRAPH = 80  # a line so long is prose


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    sections: dict[str, list[str]] = {}
    for line in (files(__package__) / "tables" / "chrome.txt").read_text("utf-8").splitlines():
        if re.fullmatch(r"\[(?:stop|link|credit|chrome)\]", line):
            current = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            current.append(f"(?:{line})")
    return {name: re.compile("|".join(lines)) for name, lines in sections.items()}


def line_class(line: str) -> str:
    """ "stop", "link", "credit", "chrome", or "" for a line that may belong to the article."""
    line = line.strip()
    if len(line) > LONGEST:
        return ""
    for name, lines in _patterns().items():
        if lines.fullmatch(line):
            return name
    return ""


def line_classes(lines: Sequence[str]) -> list[str]:
    """The class of each line; a title told again, crumbs beside a > and the value under a bare label ("来源：") are
    chrome too, and a link with no paragraph behind it ends the article."""
    kinds = [line_class(line) for line in lines]
    seen: set[str] = set()
    for at, line in enumerate(lines):
        if line in seen and not kinds[at] and not PROSE.search(line):
            kinds[at] = "chrome"
        if _TITLE <= len(line) < PARAGRAPH:
            seen.add(line)
        before = lines[at - 1] if at else ""
        if not kinds[at] and CONTACT.fullmatch(before) and not PROSE.search(line):
            kinds[at] = "chrome"
        if kinds[at] or len(line) > _CRUMB:
            continue
        after = lines[at + 1] if at + 1 < len(lines) else ""
        label = at and kinds[at - 1] in ("chrome", "credit") and before.endswith((":", "："))
        if label or before in _ARROWS or after in _ARROWS:
            kinds[at] = "chrome"
    for at in range(len(lines) - 1, -1, -1):
        if len(lines[at]) >= PARAGRAPH and not kinds[at]:
            break
        if kinds[at] == "link":
            kinds[at] = "stop"
    return kinds
