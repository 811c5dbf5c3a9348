"""Database triggers: events cannot be changed or deleted; the search index follows its entries."""

from __future__ import annotations

_SQLITE = [
    *(
        f"""CREATE TRIGGER IF NOT EXISTS core_event_no_{verb.lower()} BEFORE {verb} ON core_event
        BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    "CREATE VIRTUAL TABLE IF NOT EXISTS core_search_fts USING fts5(tokens, content='core_searchentry', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    """CREATE TRIGGER IF NOT EXISTS core_search_insert AFTER INSERT ON core_searchentry
    BEGIN INSERT INTO core_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER IF NOT EXISTS core_search_delete AFTER DELETE ON core_searchentry
    BEGIN INSERT INTO core_search_fts(core_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER IF NOT EXISTS core_search_update AFTER UPDATE ON core_searchentry
    BEGIN INSERT INTO core_search_fts(core_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    INSERT INTO core_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
]
_POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION core_event_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$""",
    """CREATE OR REPLACE TRIGGER core_event_no_change BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_append_only()""",
    """CREATE OR REPLACE TRIGGER core_event_no_truncate BEFORE TRUNCATE ON core_event
    EXECUTE FUNCTION core_event_append_only()""",
    """ALTER TABLE core_searchentry ADD COLUMN IF NOT EXISTS search tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
    "CREATE INDEX IF NOT EXISTS core_search_gin ON core_searchentry USING gin (search)",
]
_LIFT = {
    "sqlite": ["DROP TRIGGER IF EXISTS core_event_no_update", "DROP TRIGGER IF EXISTS core_event_no_delete"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS core_event_no_change ON core_event",
        "DROP TRIGGER IF EXISTS core_event_no_truncate ON core_event",
    ],
}


def install(connection) -> None:
    """Put triggers and search index in place. Safe to run again."""
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)


def lift(connection) -> None:
    """Take the event triggers away, so that a test database can be emptied."""
    with connection.cursor() as cursor:
        for statement in _LIFT[connection.vendor]:
            cursor.execute(statement)
