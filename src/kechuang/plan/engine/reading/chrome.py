"""Which lines are the page around an article, by the editable table `tables/chrome.txt`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

LONGEST = 220  # a longer line is never chrome


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
    for name, pattern in _patterns().items():
        if pattern.fullmatch(line):
            return name
    return ""
