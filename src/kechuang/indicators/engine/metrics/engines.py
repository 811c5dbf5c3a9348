"""Where declarations are run: DuckDB on files, PostgreSQL on live tables, Spark for what outgrows a machine.

Each engine is handed what it reads (tables, paths, a connection, a session) and answers two questions: what
types a table has, and what rows a query gives. Ibis writes the SQL of each from one expression.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from kechuang.indicators.engine.metrics.errors import TableError
from kechuang.indicators.engine.metrics.tables import OTHER, Schema

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_TYPES = {
    "int64": (
        "bigint",
        "integer",
        "smallint",
        "tinyint",
        "hugeint",
        "int",
        "long",
        "ubigint",
        "uinteger",
        "short",
    ),
    "string": ("varchar", "text", "character varying", "character", "string", "char"),
    "date": ("date",),
    "boolean": ("boolean",),
}
_PORTABLE = {native: portable for portable, natives in _TYPES.items() for native in natives}


def portable_type(native: str) -> str:
    """The shared type for what an engine calls its type; "other" when it has none."""
    return _PORTABLE.get(native.lower().split("(")[0].strip(), OTHER)


class Engine(Protocol):
    """Runs SQL of `dialect` over tables known by their declared names."""

    dialect: str

    def relation(self, table: str) -> str:
        """The name by which SQL knows a declared table. Raises TableError."""

    def schema(self, table: str) -> Schema:
        """Column names with portable types. Raises TableError."""

    def fetch(self, sql: str) -> list[tuple]:
        """All rows of a query."""


def known(table: str, relations: Mapping[str, Any]) -> Any:
    if table not in relations:
        given = ", ".join(sorted(relations)) or "none"
        raise TableError(f"table {table!r}", "not given", f"Tables given: {given}.")
    return relations[table]


class DuckEngine:
    """DuckDB over Arrow tables, or over Parquet files that the caller names by path."""

    dialect = "duckdb"

    def __init__(self, tables: Mapping[str, pa.Table | str], threads: int | None = None) -> None:
        import duckdb

        self._connection: duckdb.DuckDBPyConnection = duckdb.connect()
        if threads:
            self._connection.execute(f"SET threads = {int(threads)}")
        self._tables = dict.fromkeys(tables)
        for name, source in tables.items():
            try:
                source = self._connection.read_parquet(source) if isinstance(source, str) else source
                self._connection.register(name, source)
            except duckdb.Error as error:
                what = str(error).splitlines()[0]
                raise TableError(
                    f"table {name!r}", what, "Give a Parquet file or a CSV named .csv."
                ) from error
        self._schemas: dict[str, Schema] = {}

    def relation(self, table: str) -> str:
        known(table, self._tables)
        return table

    def schema(self, table: str) -> Schema:
        if table not in self._schemas:
            described = self._connection.table(self.relation(table))
            pairs = zip(described.columns, described.types, strict=True)
            self._schemas[table] = tuple((name, portable_type(str(native))) for name, native in pairs)
        return self._schemas[table]

    def fetch(self, sql: str) -> list[tuple]:
        return self._connection.execute(sql).fetchall()


class PostgresEngine:
    """PostgreSQL through a DB-API connection that the caller owns (psycopg's or Django's).

    `relations` maps declared tables to the live tables or views that hold their rows.
    """

    dialect = "postgres"

    def __init__(self, connection: Any, relations: Mapping[str, str]) -> None:
        self._connection, self._relations = connection, dict(relations)
        self._schemas: dict[str, Schema] = {}

    def relation(self, table: str) -> str:
        return known(table, self._relations)

    def schema(self, table: str) -> Schema:
        if table not in self._schemas:
            name = self.relation(table)
            found = self.fetch(
                "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
                f"WHERE attrelid = to_regclass('{_quoted(name)}') AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            )
            if not found:
                raise TableError(
                    f"table {table!r}", f"the database has no {name!r}", "Name an existing table or view."
                )
            self._schemas[table] = tuple((column, portable_type(native)) for column, native in found)
        return self._schemas[table]

    def fetch(self, sql: str) -> list[tuple]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()


class SparkEngine:
    """Spark through a session that the caller owns; the tables are its views or tables of these names."""

    dialect = "pyspark"

    def __init__(self, session: Any, relations: Mapping[str, str]) -> None:
        self._session, self._relations = session, dict(relations)

    def relation(self, table: str) -> str:
        return known(table, self._relations)

    def schema(self, table: str) -> Schema:
        pairs = self._session.table(self.relation(table)).dtypes
        return tuple((name, portable_type(native)) for name, native in pairs)

    def fetch(self, sql: str) -> list[tuple]:
        return [tuple(row) for row in self._session.sql(sql).collect()]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("'", "''") + '"'
