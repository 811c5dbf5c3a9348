"""Global search: one tokenizer, two stores (SQLite FTS5, PostgreSQL tsvector), the same results.

A domain registers how its records become entries (`kinds.register(…, search=…)`); every recorded act refreshes the
entry of its object. `matching(kind, text)` gives a subquery of ids for a domain's own lists and facets.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from kechuang.core import kinds
from kechuang.core.engine.tokens import index_tokens, query_tokens, score
from kechuang.core.models.search import SearchEntry
from kechuang.core.roles import may_see_secrecy

CANDIDATES = 500


def _entry(obj: models.Model, kind: kinds.Kind) -> SearchEntry:
    facts = kind.search(obj)
    title, title_en = str(facts["title"]), str(facts.get("title_en", ""))
    title_tokens = index_tokens(f"{title} {title_en}")
    body_tokens = index_tokens(f"{facts.get('summary', '')} {facts.get('text', '')}")
    return SearchEntry(
        kind=kind.name,
        object_id=str(obj.pk),
        title=title[:300],
        title_en=title_en[:300],
        summary=str(facts.get("summary", "")),
        url=obj.get_absolute_url(),
        secrecy=facts.get("secrecy", 0),
        tokens=" ".join(title_tokens + body_tokens),
        title_tokens=" ".join(title_tokens),
    )


def refresh(obj: models.Model) -> None:
    """Write the record's entry anew, if its kind can be found."""
    kind = kinds.get(kinds.kind_of(obj))
    if kind and kind.search:
        refresh_many([obj])


def refresh_many(objects: list[models.Model]) -> None:
    """Entries of many records of one kind in one statement."""
    if not objects:
        return
    kind = kinds.get(kinds.kind_of(objects[0]))
    SearchEntry.objects.bulk_create(
        [_entry(obj, kind) for obj in objects],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["title", "title_en", "summary", "url", "secrecy", "tokens", "title_tokens"],
    )


def remove(obj: models.Model) -> None:
    SearchEntry.objects.filter(kind=kinds.kind_of(obj), object_id=str(obj.pk)).delete()


def entries(text: str) -> models.QuerySet[SearchEntry]:
    """Entries that hold every token of `text`."""
    tokens = query_tokens(text)
    if not tokens:
        return SearchEntry.objects.none()
    if connection.vendor == "postgresql":
        query = " & ".join("'" + token.replace("'", "''").replace("\\", "\\\\") + "'" for token in tokens)
        return SearchEntry.objects.extra(where=["search @@ %s::tsquery"], params=[query])
    query = " AND ".join('"' + token.replace('"', '""') + '"' for token in tokens)
    return SearchEntry.objects.extra(
        where=["core_searchentry.id IN (SELECT rowid FROM core_search_fts WHERE core_search_fts MATCH %s)"],
        params=[query],
    )


def matching(kind: str, text: str) -> models.QuerySet:
    """Keys (as integers) of the records of `kind` that match, for `filter(pk__in=…)`."""
    number = models.functions.Cast("object_id", models.BigIntegerField())
    return entries(text).filter(kind=kind).annotate(key=number).values("key")


def search(user: Any, text: str, *, kind: str = "", limit: int = 50) -> list[SearchEntry]:
    """The best entries this person may see, best first (ties: by title, then newest)."""
    tokens = query_tokens(text)
    found = entries(text)
    if kind:
        found = found.filter(kind=kind)
    clearance = 0 if not getattr(user, "is_authenticated", False) else user.clearance
    candidates = found.filter(secrecy__lte=clearance).order_by("-id")[:CANDIDATES]
    visible = [entry for entry in candidates if may_see_secrecy(user, entry.secrecy)]

    def rank(entry: SearchEntry) -> tuple[float, str, int]:
        relevance = score(tokens, entry.title_tokens.split(), entry.tokens.split())
        return -relevance, entry.title, -entry.pk

    return sorted(visible, key=rank)[:limit]
