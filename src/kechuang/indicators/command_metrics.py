"""The commands `compute` and `why`: declared metrics on files, or on the records of the centre."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from kechuang.core.commands import open_records
from kechuang.indicators.engine.metrics import (
    Calculator,
    Catalogue,
    Declared,
    DuckEngine,
    MetricError,
    Observation,
    open_snapshot,
    parse_cell,
    read_declarations,
)
from kechuang.indicators.engine.metrics.engines import Engine
from kechuang.indicators.engine.metrics.periods import label
from kechuang.indicators.engine.metrics.snapshot import portable
from kechuang.indicators.spark import spark_engine

if TYPE_CHECKING:
    import pyarrow as pa

Declarations = Annotated[Path | None, typer.Option(help="Declarations (TOML); without, those of the centre")]
Tables = Annotated[
    list[str] | None, typer.Option("--table", help="NAME=FILE.parquet or .csv; NAME=RELATION on PostgreSQL")
]
EngineName = Annotated[str, typer.Option(help="duckdb, postgres (DATABASE_URL) or spark")]
HEADER = ("metric", "version", "cell", "value", "top", "bottom", "unit")


def compute(
    declarations: Declarations = None,
    table: Tables = None,
    engine: EngineName = "duckdb",
    out: Annotated[Path | None, typer.Option("-o", "--out", help="CSV to write; else to the screen")] = None,
) -> None:
    """Compute every declared metric, a line a cell."""
    with _failing_kindly():
        _check_engine(engine)
        if declarations is None:
            _compute_centre(engine)
            return
        catalogue = read_declarations(_read(declarations))
        with _engine(engine, table or []) as running:
            calculator = Calculator(catalogue, running)
            lines = [
                _line(catalogue, each, seen) for each in catalogue for seen in calculator.values(each.id)
            ]
        with _output(out) as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *lines])


def why(
    metric: Annotated[str, typer.Argument(help="Id of a declared metric")],
    declarations: Declarations = None,
    cell: Annotated[
        str, typer.Option(help="Which cell: year=2024,field=…; an empty key is a missing one")
    ] = "",
    table: Tables = None,
    engine: EngineName = "duckdb",
    limit: Annotated[int, typer.Option(help="Rows to print a part; all are counted")] = 20,
) -> None:
    """List the rows behind one number, count them again, and compare."""
    with _failing_kindly():
        _check_engine(engine)
        if declarations is None:
            _why_centre(metric, cell, engine, limit)
            return
        with _engine(engine, table or []) as running:
            agrees = explain(Calculator(read_declarations(_read(declarations)), running), metric, cell, limit)
    if not agrees:
        raise typer.Exit(1)


def explain(calculator: Calculator, id: str, text: str, limit: int) -> bool:
    """Print the rows behind a cell and whether they give its value. Raises MetricError."""
    declared = calculator.catalogue[id]
    base = calculator.catalogue.base(declared)
    cell = parse_cell(text, base, dict(calculator.engine.schema(base.table)))
    found = [each for each in calculator.values(id, cell.dimensions) if each.cell == cell]
    parts = calculator.rows(id, cell)
    again = calculator.recount(id, cell, parts)
    for part in parts:
        where = part.part.cell.label(part.part.metric) or "all rows"
        if part.part.first is not None:
            where += f" (counted from {label(part.part.first, part.part.metric.grain)})"
        typer.echo(
            f"# {part.part.role}: {part.part.metric.id} v{part.part.metric.version} at {where}: {len(part.rows)} rows"
        )
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(part.columns)
        writer.writerows(part.rows[:limit])
        if len(part.rows) > limit:
            typer.echo(f"# … {len(part.rows) - limit} more rows, counted below; --limit shows them")
    if not found:
        typer.echo(f"# {declared.id} v{declared.version} has no such cell among its values")
        return True
    agrees = found[0] == again
    typer.echo(f"# {declared.id} v{declared.version} = {_sentence(found[0], declared.unit)}")
    typer.echo(f"# measure(rows) = {_sentence(again, declared.unit)}: {'equal' if agrees else 'NOT EQUAL'}")
    return agrees


def number(value: int | Fraction | float | None) -> str:
    """Whole numbers whole, others to 12 significant digits, nothing for no value."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{float(value):.12g}"


def _line(catalogue: Catalogue, declared: Declared, seen: Observation) -> tuple:
    cell = seen.cell.label(catalogue.base(declared))
    return (declared.id, declared.version, cell, number(seen.value), seen.top, seen.bottom, declared.unit)


def _sentence(seen: Observation, unit: str) -> str:
    if seen.value is None:
        return f"no value (top {seen.top}, bottom {seen.bottom}: nothing to divide or compare by)"
    of = "" if seen.bottom is None else f" (top {seen.top}, bottom {seen.bottom})"
    return f"{number(seen.value)} {unit}{of}"


def _check_engine(name: str) -> None:
    if name not in ("duckdb", "postgres", "spark"):
        raise typer.BadParameter(
            f"unknown engine {name!r}: use duckdb, postgres or spark", param_hint="--engine"
        )


@contextmanager
def _engine(name: str, given: list[str]) -> Iterator[Engine]:
    sources = {}
    for pair in given:
        table, equals, source = pair.partition("=")
        if not (table and equals and source) or table in sources:
            raise typer.BadParameter(f"{pair!r}: write NAME=FILE, each name once", param_hint="--table")
        sources[table] = source
    if name == "postgres":
        with _postgres(sources) as engine:
            yield engine
        return
    tables = {table: _source(table, Path(source)) for table, source in sources.items()}
    yield DuckEngine(tables) if name == "duckdb" else spark_engine(tables)


@contextmanager
def _postgres(relations: dict[str, str]) -> Iterator[Engine]:
    import os

    import psycopg

    from kechuang.indicators.engine.metrics import PostgresEngine

    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        raise typer.BadParameter("postgres needs DATABASE_URL=postgres://…", param_hint="--engine")
    try:
        with psycopg.connect(url) as connection:
            yield PostgresEngine(connection, relations)
    except psycopg.Error as error:
        raise typer.BadParameter(
            f"PostgreSQL: {str(error).splitlines()[0]}", param_hint="DATABASE_URL"
        ) from error


def _source(name: str, path: Path) -> pa.Table | str:
    """A snapshot, checked against its name; another Parquet file by its path, for the engine to read what it
    needs; a CSV as a typed table. Raises SnapshotError for a snapshot that was changed."""
    import pyarrow as pa
    import pyarrow.csv

    if re.fullmatch("[0-9a-f]{64}", path.stem):
        return open_snapshot(_read(path), path.stem)
    content = _read(path) if path.suffix.lower() == ".csv" else b""
    if not content:
        return str(path)
    try:
        options = pyarrow.csv.ConvertOptions(strings_can_be_null=True)
        data = pyarrow.csv.read_csv(BytesIO(content.removeprefix(b"\xef\xbb\xbf")), convert_options=options)
    except pa.ArrowException as error:
        raise typer.BadParameter(f"{path}: {error}", param_hint="--table") from error
    return portable(name, data)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from error


@contextmanager
def _output(out: Path | None) -> Iterator[TextIO]:
    """The screen, or a file that stands complete or not at all."""
    if out is None:
        yield sys.stdout
        return
    partial = out.with_name(out.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
        partial.replace(out)
    except OSError as error:
        raise typer.BadParameter(f"{out}: {error.strerror}", param_hint="-o") from error
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _failing_kindly() -> Iterator[None]:
    try:
        yield
    except MetricError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(1) from error


def _compute_centre(engine: str) -> None:
    open_records()
    from kechuang.core.acts import SYSTEM
    from kechuang.core.errors import Refusal
    from kechuang.indicators.actions import recompute

    try:
        typer.echo(recompute(SYSTEM, engine=engine))
    except Refusal as refusal:
        typer.echo(f"Error: {refusal}", err=True)
        raise typer.Exit(1) from refusal


def _why_centre(metric: str, cell: str, engine: str, limit: int) -> None:
    open_records()
    from kechuang.indicators.queries import calculator, id_of

    if not explain(calculator(engine=engine), id_of(metric), cell, limit):
        raise typer.Exit(1)
