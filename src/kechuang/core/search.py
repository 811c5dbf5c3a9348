"""Global search: one tokenizer, two stores (SQLite FTS5, PostgreSQL tsvector), the same results.

A domain registers how its records become entries (`kinds.register(…, search=…)`); every recorded act refreshes the
entry of its object. `matching(kind, text)` gives a subquery of ids for a domain's own lists and facets.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from kechuang.core import kinds
from kechuang.core.engine.tokens import index_tokens, query_tokens, score, within
from kechuang.core.models.search import SearchEntry

CANDIDATES = 500
BATCH = 500
SHOWN = ["title", "title_en", "summary", "url", "secrecy", "tokens", "title_tokens"]
MOST_BYTES = 800_000  # of distinct tokens of one record: a tsvector holds less than 1 MiB
IN_TITLE = "¶"  # no token of ours can begin with it


def _entry(obj: models.Model, kind: kinds.Kind) -> SearchEntry:
    facts = kind.search(obj)
    title, title_en = str(facts["title"]), str(facts.get("title_en", ""))
    title_tokens = index_tokens(f"{title} {title_en}")
    body_tokens = index_tokens(f"{facts.get('summary', '')} {facts.get('text', '')}")
    marked = [IN_TITLE + token for token in title_tokens]
    return SearchEntry(
        kind=kind.name,
        object_id=str(obj.pk),
        title=title[:300],
        title_en=title_en[:300],
        summary=str(facts.get("summary", "")),
        url=obj.get_absolute_url(),
        secrecy=facts.get("secrecy", 0),
        tokens=" ".join(within(marked + title_tokens + body_tokens, MOST_BYTES)),
        title_tokens=" ".join(title_tokens),
    )


def refresh(obj: models.Model) -> None:
    """Write the record's entry anew, if its kind can be found."""
    kind = kinds.get(kinds.kind_of(obj))
    if kind and kind.search:
        refresh_many([obj])


def refresh_many(objects: list[models.Model]) -> None:
    """Entries of many records of one kind, set by set; those that stand as they were are left alone."""
    if not objects:
        return
    kind = kinds.get(kinds.kind_of(objects[0]))
    for start in range(0, len(objects), BATCH):
        entries = [_entry(obj, kind) for obj in objects[start : start + BATCH]]
        stand = SearchEntry.objects.filter(kind=kind.name, object_id__in=[e.object_id for e in entries])
        known = {key: tuple(facts) for key, *facts in stand.values_list("object_id", *SHOWN)}
        SearchEntry.objects.bulk_create(
            [e for e in entries if known.get(e.object_id) != tuple(getattr(e, name) for name in SHOWN)],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=SHOWN,
        )


_MATCH = {
    "sqlite": "SELECT e.id FROM core_search_fts f JOIN core_searchentry e ON e.id = f.rowid"
    " WHERE f.core_search_fts MATCH %s",
    "postgresql": "SELECT e.id FROM core_searchentry e WHERE e.search @@ %s::tsquery",
}
_KEYS = {
    "sqlite": "SELECT group_concat(rowid) FROM core_search_fts WHERE core_search_fts MATCH %s",
    "postgresql": "SELECT string_agg(e.id::text, ',') FROM core_searchentry e WHERE e.search @@ %s::tsquery",
}
_NEWEST = {"sqlite": " ORDER BY f.rowid DESC LIMIT ", "postgresql": " ORDER BY e.id DESC LIMIT "}


def _query(tokens: list[str]) -> str:
    """All tokens, in the store's own language. Tokens hold no quotes."""
    quote, both = ("'", " & ") if connection.vendor == "postgresql" else ('"', " AND ")
    return both.join(f"{quote}{token}{quote}" for token in tokens)


def entries(text: str) -> models.QuerySet[SearchEntry]:
    """Entries that hold every token of `text`."""
    tokens = query_tokens(text)
    if not tokens:
        return SearchEntry.objects.none()
    return SearchEntry.objects.filter(pk__in=RawSQL(_MATCH[connection.vendor], [_query(tokens)]))


def _newest(tokens: list[str], clearance: int, kind: str) -> models.QuerySet[SearchEntry]:
    """The newest CANDIDATES that hold the tokens; the store stops reading as soon as it has them."""
    sql, values = _MATCH[connection.vendor] + " AND e.secrecy <= %s", [_query(tokens), clearance]
    if kind:
        sql, values = sql + " AND e.kind = %s", [*values, kind]
    found = RawSQL(sql + _NEWEST[connection.vendor] + str(CANDIDATES), values)
    return SearchEntry.objects.filter(pk__in=found)


def matching(kind: str, text: str) -> models.QuerySet:
    """Keys (as integers) of the records of `kind` that match, for `filter(pk__in=…)`."""
    number = models.functions.Cast("object_id", models.BigIntegerField())
    return entries(text).filter(kind=kind).annotate(key=number).values("key")


def entry_keys(text: str) -> str:
    """Keys of the entries of any kind that hold every token, with commas between: one value however many they are."""
    tokens = query_tokens(text)
    if not tokens:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_KEYS[connection.vendor], [_query(tokens)])
        return cursor.fetchone()[0] or ""


def search(user: Any, text: str, *, kind: str = "", limit: int = 50) -> list[SearchEntry]:
    """The best entries this person may see, best first (ties: by title, then newest).

    Ranked are the newest CANDIDATES that hold the words in their title and, where these are fewer, the newest that
    hold them at all.
    Beside the entry's secrecy the kind's own rule is asked, so that an entry that lags behind shows nothing.
    """
    tokens = query_tokens(text)
    if not tokens:
        return []
    clearance = user.clearance if getattr(user, "is_authenticated", False) else 0
    candidates: dict[int, SearchEntry] = {}
    for asked in ([IN_TITLE + token for token in tokens], tokens):
        if len(candidates) < CANDIDATES:
            candidates |= {entry.pk: entry for entry in _newest(asked, clearance, kind)}

    def rank(entry: SearchEntry) -> tuple[float, str, int]:
        return -score(tokens, entry.title_tokens.split(), entry.tokens.split()), entry.title, -entry.pk

    return _visible(user, sorted(candidates.values(), key=rank), limit)


def _visible(user: Any, ranked: list[SearchEntry], limit: int) -> list[SearchEntry]:
    shown: list[SearchEntry] = []
    for start in range(0, len(ranked), max(limit, 1)):
        part = ranked[start : start + max(limit, 1)]
        rows = kinds.resolve_many((entry.kind, entry.object_id) for entry in part)
        shown += [e for e in part if (row := rows.get((e.kind, e.object_id))) and kinds.visible(user, row)]
        if len(shown) >= limit:
            break
    return shown[: max(limit, 0)]
