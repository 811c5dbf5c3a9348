"""Text whose bytes were read one too late, as in ?!笆奈濉逼陂g for 。“十四五”期間, read again from the right byte.

A full stop before a quotation mark lost its first byte when a page in GBK was copied; from there each character is made
of halves of two, until one whose second half is an ASCII letter puts the rest right. Bytes shift back by themselves
where all halves made characters; where some vanished, the phrase is looked up in `tables/shifted.txt`.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from importlib.resources import files

from .patterns import pattern

Edit = tuple[int, int, str]
_STOP = "！".encode("gb18030")  # what is left of 。 (A1 A3) and of the mark behind it (A1 B0)
_TAIL = r"([^\x00-\x7f\s]{0,24}?[@-Z\[-~])"
_RUN = pattern(rf"[?？][!！]{_TAIL}")
_MARKS = ("。“", "。”", "。《", "。》", "。‘", "。’")
_CHOICE = pattern(r"\(([^()]*)\)")
_VANISHED = pattern(r"[\ue000-\uf8ff\x80\ufffd]")
_HEAD = 2  # so many characters of a garbled phrase tell whether it can occur at all


def shifted_spans(text: str) -> list[Edit]:
    """Spans of garbled text and what they mean, ascending and disjoint; known phrases before what the bytes give."""
    known = list(_by_phrase(text))
    found = [edit for edit in _by_bytes(text) if not any(a < edit[1] and edit[0] < b for a, b, _ in known)]
    return sorted(known + found)


def _by_bytes(text: str):
    for match in _RUN.finditer(text):
        back = _decode(b"\xa1" + _STOP + match[1].encode("gb18030"))
        if back.startswith(_MARKS):
            yield match.start(), match.end(), back


def _by_phrase(text: str):
    heads = {head for head in _heads() if head in text}
    forms = sorted((form for form in phrases() if form[:_HEAD] in heads), key=len, reverse=True)
    if not forms:
        return
    pattern = re.compile(f"[?？]?([!！]?)({'|'.join(map(re.escape, forms))})({_TAIL})?")
    for match in pattern.finditer(text):
        phrase, pending = phrases()[match[2]]
        tail = (match[3] or "").encode("gb18030")
        rest = _decode(tail[1:]) if pending and tail[:1] == pending else ""
        yield match.start(), match.end() if rest else match.end(2), ("。" if match[1] else "") + phrase + rest


@cache
def phrases() -> dict[str, tuple[str, bytes]]:
    """Each garbled form, the phrase it means, and the byte of it that went into the character behind the form."""
    found: dict[str, tuple[str, bytes]] = {}
    for line in (files(__package__) / "tables" / "shifted.txt").read_text("utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            garbled, phrase = line.split("\t", 1)
            found[garbled] = (phrase, b"")
        elif line and not line.startswith("#"):
            for phrase in _combinations(line):
                data = phrase.encode("gb18030")
                garbled = _VANISHED.sub("", data[1:].decode("gb18030", "ignore"))
                if len(garbled) >= _HEAD:
                    found.setdefault(garbled, (phrase, data[-1:] if data[-1] > 0x7F else b""))
    return found


@cache
def _heads() -> frozenset[str]:
    return frozenset(form[:_HEAD] for form in phrases())


def _combinations(line: str) -> list[str]:
    parts = [part.split("|") for part in _CHOICE.split(line)]
    return ["".join(choice) for choice in itertools.product(*parts)]


def _decode(data: bytes) -> str:
    """The text of bytes put right, or "" where they give none."""
    text = data.decode("gb18030", "replace")
    return "" if _VANISHED.search(text) else text
