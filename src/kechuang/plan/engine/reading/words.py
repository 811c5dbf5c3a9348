"""The editable tables of words that a family of sources replaced, such as by advertising."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class WordTable:
    """Words one family of sources replaced: used only where each string of the signature occurs often enough."""

    name: str
    signature: tuple[tuple[str, int], ...]
    words: dict[str, str]
    pattern: re.Pattern[str]

    def applies(self, text: str) -> bool:
        return all(text.count(mark) >= least for mark, least in self.signature)


@cache
def word_tables() -> tuple[WordTable, ...]:
    """Each `tables/*.toml`, longest words first."""
    found = []
    for path in sorted((files(__package__) / "tables").iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".toml"):
            continue
        data = tomllib.loads(path.read_text("utf-8"))
        words = data["words"]
        pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
        found.append(WordTable(data["name"], tuple(data["signature"].items()), words, pattern))
    return tuple(found)
