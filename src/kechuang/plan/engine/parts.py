"""A long text in parts that are read one at a time: cut where a heading stands, else between lines, else sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kechuang.plan.engine.reading.headings import Outline

LONGEST = 20_000  # code points: a usual report is one part
TITLE = 40
_SENTENCE = re.compile(r"[。！？；!?;]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch [start, end) of the text, called by its first heading or its first words."""

    start: int
    end: int
    title: str


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    depth: int | None  # of a heading; None for other lines


@lru_cache(maxsize=32)
def parts(text: str, longest: int = LONGEST) -> tuple[Part, ...]:
    """The whole text in parts of at most `longest` code points, in order and without a gap."""
    if len(text) <= longest:
        return (Part(0, len(text), ""),)
    lines = list(_lines(text, longest))
    found, first = [], 0
    while first < len(lines):
        after = _cut(lines, first, longest)
        end = lines[after].start if after < len(lines) else len(text)
        found.append(Part(lines[first].start if found else 0, end, _title(lines[first:after])))
        first = after
    return tuple(found)


def _lines(text: str, longest: int) -> Iterator[_Line]:
    """Lines that hold something, none longer than a part."""
    pieces: list[tuple[int, int, str]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if words := line.strip():
            short = len(line) <= longest
            pieces += [(at, at + len(line), words)] if short else _pieces(line, at, longest)
        at += len(line)
    outline = Outline([words for _, _, words in pieces])
    for n, (start, end, words) in enumerate(pieces):
        heading, above = outline.enter(n)
        yield _Line(start, end, words, len(above) if heading else None)


def _pieces(line: str, at: int, longest: int) -> Iterator[tuple[int, int, str]]:
    """A line, or its sentences gathered to what a part may hold."""
    start, length = 0, len(line.rstrip())
    while length - start > longest:
        ends = [m.end() for m in _SENTENCE.finditer(line, start, start + longest)]
        end = ends[-1] if ends else start + longest
        yield at + start, at + end, line[start:end].strip()
        start = end
    yield at + start, at + len(line), line[start:].strip()


def _cut(lines: list[_Line], first: int, longest: int) -> int:
    """The line that begins the next part: the highest heading in the second half of what fits, the last of its kind."""
    begin = lines[first].start
    after = first + 1
    best: tuple[int, int] | None = None
    while after < len(lines) and lines[after].end - begin <= longest:
        depth = lines[after].depth
        if depth is not None and lines[after].start - begin >= longest // 2:
            best = max(best or (-depth, after), (-depth, after))
        after += 1
    if after == len(lines) or best is None:
        return after
    return best[1]


def _title(lines: list[_Line]) -> str:
    heading = next((line.text for line in lines if line.depth is not None), lines[0].text)
    return heading if len(heading) <= TITLE else heading[: TITLE - 1] + "…"
