"""Calculators over the declarations in force and the newest, or given, snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F, Max

from kechuang.indicators.engine.metrics import (
    Calculator,
    Catalogue,
    Declared,
    DuckEngine,
    Metric,
    PostgresEngine,
    TableError,
)
from kechuang.indicators.engine.metrics.derived import Derived
from kechuang.indicators.engine.metrics.engines import Engine
from kechuang.indicators.models import MetricVersion, Snapshot
from kechuang.indicators.queries import snapshots
from kechuang.indicators.queries.cells import id_of
from kechuang.indicators.registry import table as registered
from kechuang.indicators.spark import spark_engine


def declaration(plain: Mapping[str, Any]) -> Declared:
    """A stored declaration as the engine's. Raises DeclarationError."""
    return Derived.from_dict(dict(plain)) if "kind" in plain else Metric.from_dict(dict(plain))


def versions_in_force() -> dict[str, MetricVersion]:
    """The newest version of every declared metric, by the engine's id."""
    rows = MetricVersion.objects.annotate(newest=Max("metric__versions__version")).filter(version=F("newest"))
    return {id_of(row.metric.code): row for row in rows.select_related("metric")}


def catalogue(instead: Iterable[Declared] = ()) -> Catalogue:
    """Declarations in force; those `instead` take the place of the ones with their id."""
    found = {id: declaration(row.declaration) for id, row in versions_in_force().items()}
    return Catalogue({**found, **{each.id: each for each in instead}}.values())


def tables_of(declared: Declared, within: Catalogue) -> tuple[str, str]:
    """Tables above and below the line (the second is "" where there is none of its own)."""
    top = within.base(declared).table
    over = within.base(within[declared.over]).table if isinstance(declared, Derived) and declared.over else ""
    return top, over


def calculator(
    engine: str = "duckdb", instead: Iterable[Declared] = (), at: Mapping[str, Snapshot] | None = None
) -> Calculator:
    """A calculator on the newest snapshots, on those given `at` alone, or on PostgreSQL's live tables.

    Raises SnapshotError for a snapshot that was tampered with, TableError for an engine that is not there.
    """
    within = catalogue(instead)
    every = {name for each in within for name in tables_of(each, within) if name}
    names = every if at is None or engine == "postgres" else set(at)
    if engine == "postgres":
        return Calculator(within, postgres(names))
    known = {name: at[name] if at is not None else snapshots.newest(name) for name in names}
    tables = {name: snapshots.read(row) for name, row in known.items() if row}
    if engine == "spark":  # each was checked above; Spark reads the files itself
        return Calculator(within, spark_engine({n: str(snapshots.path_of(known[n].name)) for n in tables}))
    return Calculator(within, DuckEngine(tables, threads=2))


def postgres(names: Iterable[str]) -> Engine:
    """Live tables by temporary views of the relations that domains registered; raises TableError elsewhere."""
    if connection.vendor != "postgresql":
        raise TableError("engine postgres", "the centre does not run on PostgreSQL", "Set DATABASE_URL.")
    relations = {}
    with connection.cursor() as cursor:
        for name in names:
            known = registered(name)
            if known is None or not known.relation:
                continue
            cursor.execute(f'CREATE OR REPLACE TEMPORARY VIEW "live_{name}" AS {known.relation}')
            relations[name] = f"live_{name}"
    return PostgresEngine(connection, relations)
