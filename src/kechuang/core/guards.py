"""Database triggers: events and seals cannot be changed or deleted; the search index follows its entries."""

from __future__ import annotations

_KEPT = ("core_event", "core_seal")
_SQLITE = [
    *(
        f"""CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'events and seals are append-only'); END"""
        for table in _KEPT
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes without asking the trigger above
    """CREATE TRIGGER IF NOT EXISTS core_event_no_replace BEFORE INSERT ON core_event
    WHEN EXISTS (SELECT 1 FROM core_event WHERE id = new.id) OR EXISTS (SELECT 1 FROM core_event
    WHERE kind = new.kind AND object_id = new.object_id AND seq = new.seq)
    BEGIN SELECT RAISE(ABORT, 'events and seals are append-only'); END""",
    # "ascii" splits at blanks only, since our tokens hold ASCII letters and digits or anything beyond ASCII
    "CREATE VIRTUAL TABLE IF NOT EXISTS core_search_fts USING fts5(tokens, content='core_searchentry', content_rowid='id', tokenize='ascii')",
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
    $$ BEGIN RAISE EXCEPTION 'events and seals are append-only'; END $$""",
    *(
        f"""CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION core_event_append_only()"""
        for table in _KEPT
    ),
    *(
        f"""CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        EXECUTE FUNCTION core_event_append_only()"""
        for table in _KEPT
    ),
    """ALTER TABLE core_searchentry ADD COLUMN IF NOT EXISTS search tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
    "CREATE INDEX IF NOT EXISTS core_search_gin ON core_searchentry USING gin (search)",
]
_LIFT = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in _KEPT for verb in ("update", "delete")
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}"
        for table in _KEPT
        for verb in ("change", "truncate")
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
