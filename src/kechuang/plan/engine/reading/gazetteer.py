"""The editable lists of the reader: plain text files in `gazetteers/`, one entry a line, # begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of `gazetteers/<name>.txt` in file order, aliases (after a tab) each as an entry of its own."""
    text = (files(__package__) / "gazetteers" / f"{name}.txt").read_text("utf-8")
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return tuple(part for line in lines for part in line.split("\t") if part)


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
