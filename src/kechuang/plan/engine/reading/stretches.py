"""How a sentence is divided into stretches that each say one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .patterns import pattern

_ITEM = pattern(r"[一二三四五六七八九十][是要](?<![^,，、；;：:。\s]..)(?=[^,，、])")
_SEMICOLON = pattern(r"[；;](?![^“]*”)(?![^（]*）)")


def stretches(
    text: str, lead_in: int = 0, further: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int]]:
    """Spans of `text` behind the lead-in that ；, 一是…二是 (two or more) and `further` lead-ins divide it into,
    outside quotes."""
    cuts = [match.end() for match in _SEMICOLON.finditer(text)]
    items = [match.start() for match in _ITEM.finditer(text)]
    if len(items) > 1 or (items and text[: items[0]].rstrip().endswith((":", "："))):
        cuts += items
    edges = sorted({lead_in, len(text), *(cut for cut in cuts if cut > lead_in)})
    edges = sorted({*edges, *(edge for span in further for edge in span)})
    for start, end in pairwise(edges):
        if (start, end) in further:
            continue
        stripped = text[start:end].strip()
        if stripped:
            at = start + text[start:end].index(stripped)
            yield at, at + len(stripped)
