"""What domains hand in at start: tables that metrics count, and the files that declare the metrics."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kechuang.indicators.engine.metrics import Catalogue, DeclarationError, Declared, Metric
from kechuang.indicators.engine.metrics.derived import Derived

if TYPE_CHECKING:
    import pyarrow as pa

FACTS = (
    "unit_en",
    "definition_zh",
    "definition_en",
    "parent",
    "public",
    "small_cell",
    "accumulates",
    "prices",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that metrics count.

    export    all rows as mappings (or Arrow) of whole numbers, text, dates and truth values
    kinds     kinds of record whose acts change it
    relation  a SELECT over live tables that gives the same rows on PostgreSQL; "" = load the export
    link      name of the address that shows the record of a row, by its column `id`
    secrecy   column that says from which clearance on a row may be seen; "" = all may
    columns   {name: int64, string, date or boolean}, so that a table without rows has its columns too
    words     {column: {code: words}} for columns that hold codes
    named     {column: kind of record} for columns that hold Chinese names of records
    """

    name: str
    export: Callable[[], Iterable[Mapping[str, Any]] | pa.Table]
    kinds: tuple[str, ...] = ()
    relation: str = ""
    link: str = ""
    secrecy: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)

    def rows(self) -> Iterable[Mapping[str, Any]] | pa.Table:
        """The export, typed by `columns` where they are given."""
        import pyarrow as pa

        found = self.export()
        if not self.columns or isinstance(found, pa.Table):
            return found
        types = {"int64": pa.int64(), "string": pa.string(), "date": pa.date32(), "boolean": pa.bool_()}
        schema = pa.schema([(name, types[kind]) for name, kind in self.columns.items()])
        return pa.Table.from_pylist([dict(row) for row in found], schema=schema)


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration of a file with what only pages need (see FACTS)."""

    declared: Declared
    facts: Mapping[str, Any]


_tables: dict[str, Table] = {}
_files: dict[str, list[Path]] = {}


def register_table(
    name: str,
    export: Callable[[], Iterable[Mapping[str, Any]] | pa.Table],
    kinds: tuple[str, ...] = (),
    relation: str = "",
    link: str = "",
    secrecy: str = "",
    columns: Mapping[str, str] | None = None,
    words: Mapping[str, Mapping[str, Any]] | None = None,
    named: Mapping[str, str] | None = None,
) -> None:
    """Hand in a table that metrics count; see Table."""
    given = (columns or {}, words or {}, named or {})
    _tables[name] = Table(name, export, kinds, relation, link, secrecy, *given)


def register_metrics(domain: str, path: str | Path) -> None:
    """Declare the metrics of a TOML file for a domain."""
    files = _files.setdefault(domain, [])
    if Path(path) not in files:
        files.append(Path(path))


def tables() -> list[str]:
    """Names of all tables that metrics may count."""
    return sorted(_tables)


def table(name: str) -> Table | None:
    return _tables.get(name)


def tables_fed_by(kind: str) -> list[str]:
    """Names of the tables that an act on a record of this kind changes."""
    return [each.name for each in _tables.values() if kind in each.kinds]


def declared() -> dict[str, list[Entry]]:
    """All entries of all files by domain. Raises DeclarationError."""
    return {
        domain: [entry for path in paths for entry in read_entries(path.read_bytes(), path.name)]
        for domain, paths in _files.items()
    }


def read_entries(content: bytes, source: str) -> list[Entry]:
    """Declarations as the engine reads them, each with its facts for pages. Raises DeclarationError."""
    try:
        plain = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(source, f"not readable as TOML: {error}", "Mend the file there.") from error
    entries = []
    for name, kind in (("metric", Metric), ("derived", Derived)):
        for each in plain.get(name, ()):
            own = {key: value for key, value in each.items() if key not in FACTS}
            facts = {key: each[key] for key in FACTS if key in each}
            entries.append(Entry(kind.from_dict(own), facts))
    Catalogue(entry.declared for entry in entries)
    return entries
