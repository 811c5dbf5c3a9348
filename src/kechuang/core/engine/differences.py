"""What changed between two texts: lines are aligned first, then changed lines word by word (Chinese: character by character)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

TOKENS = re.compile(r"[A-Za-z]+|\d[\d.,]*\d|\d|\s+|.", re.S)
ALIKE = 0.5  # from which share of common words on one line is the other, changed
MOST_PAIRS = 10_000  # of lines in one changed stretch that are held against one another
MOST_WORDS = 4_000  # of a line that is compared word by word
Piece = tuple[str, str]  # ("same" | "old" | "new", text)


def changes(old: str, new: str) -> list[Piece]:
    """Pieces in order; the same and old ones join to `old`, the same and new ones to `new`."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(before[a:b])))
        else:
            pieces += _changed(before[a:b], after[c:d])
    return [piece for piece in pieces if piece[1]]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """A stretch of other lines: those that are alike word by word, the rest as gone and come."""
    at, to = 0, 0
    for i, j in [*_alike(before, after), (len(before), len(after))]:
        yield "old", "".join(before[at:i])
        yield "new", "".join(after[to:j])
        if i < len(before):
            yield from _words(before[i], after[j])
        at, to = i + 1, j + 1


def _alike(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of lines in the order of both that have most in common together."""
    if len(before) * len(after) > MOST_PAIRS:
        return []
    bags, others = [_bag(line) for line in before], [_bag(line) for line in after]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    likeness = [[_likeness(bag, other) for other in others] for bag in bags]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return list(_walk(best))


def _walk(best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _bag(line: str) -> Counter[str]:
    return Counter(token for token in TOKENS.findall(line) if not token.isspace())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Twice what both hold, of all they hold: 1 for the same words, 0 for none in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        yield from (("old", old), ("new", new))
        return
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[a:b])
        else:
            yield "old", "".join(before[a:b])
            yield "new", "".join(after[c:d])
