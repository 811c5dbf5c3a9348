"""The global search: what one may see, best first, by kind, with the words that were found set off."""

from __future__ import annotations

from collections import Counter

from django.shortcuts import render

from kechuang.core import kinds
from kechuang.core.engine.tokens import around, pieces, query_tokens
from kechuang.core.search import CANDIDATES, search

PAGE = 30
ROOM = 160


def search_page(request):
    """Results of one kind or of all; the counts are of what the person may see."""
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    shown = min(_number(request.GET.get("n")), CANDIDATES)
    everything = search(request.user, text, limit=CANDIDATES)
    counts = Counter(entry.kind for entry in everything)
    found = search(request.user, text, kind=kind, limit=CANDIDATES) if kind else everything
    labels = {name: entry.label for name, entry in kinds.all_kinds().items()}
    context = {
        "q": text,
        "kind": kind,
        "results": [_result(entry, text, labels) for entry in found[:shown]],
        "facets": sorted((str(labels.get(name, name)), name, n) for name, n in counts.items()),
        "total": len(everything),
        "most": len(everything) >= CANDIDATES,
        "following": shown + PAGE if len(found) > shown else 0,
    }
    return render(request, "core/search.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 and int(text) else PAGE


def _result(entry, text: str, labels: dict) -> dict:
    asked = query_tokens(text)
    return {
        "url": entry.url,
        "label": labels.get(entry.kind, entry.kind),
        "title": pieces(entry.title, asked),
        "title_en": pieces(entry.title_en, asked),
        "summary": pieces(around(entry.summary, asked, ROOM), asked),
    }
