"""The editable tables of the repairs: phrases whose bytes were shifted, and words a source replaced."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CHOICE = re.compile(r"\(([^()]*)\)(\??)")
_HEAD = 2  # so many characters of a garbled form tell whether it can occur at all
_PRIVATE = re.compile(r"[\ue000-\uf8ff\x80\ufffd]")


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
    for path in sorted(_folder().iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".toml"):
            continue
        data = tomllib.loads(path.read_text("utf-8"))
        words = data["words"]
        pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
        found.append(WordTable(data["name"], tuple(data["signature"].items()), words, pattern))
    return tuple(found)


def shifted_in(text: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """A pattern of the garbled forms that may occur in a text (their lost first byte shows as ? or not at all) and
    what each means; None when there is none."""
    meant = shifted_phrases()
    heads = {head for head in _shifted_heads() if head in text}
    if not heads:
        return None
    forms = [form for form in meant if form[:_HEAD] in heads]
    longest_first = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.compile(f"[?？]?({longest_first})"), meant


@cache
def _shifted_heads() -> frozenset[str]:
    return frozenset(form[:_HEAD] for form in shifted_phrases())


@cache
def shifted_phrases() -> dict[str, str]:
    """Every garbled form of `tables/shifted.txt` and what it means."""
    meant: dict[str, str] = {}
    for line in (_folder() / "shifted.txt").read_text("utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            garbled, phrase = line.split("\t", 1)
            meant[garbled] = phrase
        elif line and not line.startswith("#"):
            for phrase in _combinations(line):
                garbled = _shift(phrase)
                if len(garbled) > _HEAD:
                    meant.setdefault(garbled, phrase)
    return meant


def _folder():
    return files(__package__) / "tables"


def _combinations(line: str) -> list[str]:
    parts, at = [], 0
    for found in _CHOICE.finditer(line):
        parts.append([line[at : found.start()]])
        parts.append(found[1].split("|") + ([""] if found[2] else []))
        at = found.end()
    parts.append([line[at:]])
    return ["".join(choice) for choice in itertools.product(*parts)]


def _shift(phrase: str) -> str:
    """The phrase as it shows when its first GBK byte is lost; a trailing half character is dropped."""
    shifted = phrase.encode("gb18030")[1:].decode("gb18030", "ignore")
    return _PRIVATE.sub("", shifted).replace("！", "!").replace("，", ",")
