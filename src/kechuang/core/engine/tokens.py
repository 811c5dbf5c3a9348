"""The one tokenizer of the house: Chinese single characters and bigrams, Latin words and numbers in lower case.

Index text with `index_tokens`; turn what a person typed into `query_tokens` (bigrams where a Chinese run is longer
than one character, which keeps phrases together). Same tokens on every store, hence the same results.

A token holds ASCII letters and digits, or characters beyond ASCII; never a blank, a mark or a control character. It is
cut at LONGEST characters, since a store may refuse longer ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

LONGEST = 64
MOST_ASKED = 64
_HAN_CHARS = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN_CHARS}]+|[^\W_]+")
_HAN = re.compile(rf"[{_HAN_CHARS}]")
_SPLIT = re.compile(rf"[{_HAN_CHARS}]+|[^{_HAN_CHARS}]+")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _runs(text: str) -> list[str]:
    """Runs of Han characters, and Latin words, in order."""
    return [part for run in _RUN.findall(_folded(text)) for part in _SPLIT.findall(run)]


def index_tokens(text: str) -> list[str]:
    """Every token of `text` in order of appearance, repeats kept."""
    tokens: list[str] = []
    for run in _runs(text):
        if _HAN.match(run):
            tokens.extend(run)
            tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            tokens.append(run[:LONGEST])
    return tokens


def query_tokens(text: str) -> list[str]:
    """The tokens a record must have to be found, without repeats, the first MOST_ASKED."""
    tokens: list[str] = []
    for run in _runs(text):
        if _HAN.match(run) and len(run) > 1:
            tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            tokens.append(run[:LONGEST])
    return list(dict.fromkeys(tokens))[:MOST_ASKED]


def within(tokens: Iterable[str], most_bytes: int) -> list[str]:
    """As many of the tokens, in order, as keep the distinct ones within `most_bytes` of UTF-8."""
    seen: set[str] = set()
    kept: list[str] = []
    for token in tokens:
        if token not in seen:
            most_bytes -= len(token.encode()) + 8
            if most_bytes < 0:
                break
            seen.add(token)
        kept.append(token)
    return kept


def score(query: list[str], title: list[str], body: list[str]) -> float:
    """Relevance ≥ 0: share of the query in the title counts most, then title brevity, then frequency in the body."""
    if not query:
        return 0.0
    in_title = set(title)
    hits = sum(token in in_title for token in query) / len(query)
    brevity = 1 / (1 + len(title)) if hits else 0.0
    counts = sum(min(body.count(token), 5) for token in query) / (5 * len(query))
    return 4 * hits + 2 * brevity * hits + counts


def pieces(text: str, asked: list[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is one of the asked tokens: what a list of results sets off."""
    wanted, hit = set(asked), bytearray(len(text))
    for run in re.finditer(rf"[{_HAN_CHARS}]+|[^\W_{_HAN_CHARS}]+", text):
        begin, end = run.span()
        if not _HAN.match(run[0]):
            if _folded(run[0])[:LONGEST] in wanted:
                hit[begin:end] = b"\1" * (end - begin)
            continue
        for length in (1, 2):
            for i in range(begin, end - length + 1):
                if text[i : i + length] in wanted:
                    hit[i : i + length] = b"\1" * length
    cuts = [i for i in range(1, len(text)) if hit[i] != hit[i - 1]]
    return [(text[a:b], bool(hit[a])) for a, b in pairwise([0, *cuts, len(text)]) if a < b]


def around(text: str, asked: list[str], room: int) -> str:
    """At most `room` characters of `text`, from shortly before the first asked token."""
    if len(text) <= room:
        return text
    first = 0
    for piece, hit in pieces(text, asked):
        if hit:
            break
        first += len(piece)
    start = 0 if first >= len(text) else min(max(0, first - room // 4), len(text) - room)
    return ("…" if start else "") + text[start : start + room] + ("…" if start + room < len(text) else "")
