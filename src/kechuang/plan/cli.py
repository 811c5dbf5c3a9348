"""`kechuang plan`: read documents into statements, show what was repaired. Starts no Django."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kechuang.plan.engine.reading.source import Source

app = typer.Typer(no_args_is_help=True, add_completion=False)
Row = dict[str, object]


class Format(StrEnum):
    JSONL = "jsonl"
    TABLE = "table"


Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Text, HTML, DOCX or PDF; - reads standard input")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="OUT", help="Write here, not to the terminal")
]
Shape = Annotated[
    Format | None,
    typer.Option("--format", help="Default: table on a terminal, jsonl elsewhere", show_default=False),
]


@app.command()
def read(
    files: Files,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day all these documents appeared"),
    ] = None,
    shape: Shape = None,
    out: Output = None,
) -> None:
    """Read documents into statements: figures, targets, tasks, attributions and times, with their places."""
    from kechuang.plan.engine.reading.read import read as read_document
    from kechuang.plan.rows import statement_row

    day: date | None = published.date() if published else None

    def rows(data: bytes, name: str) -> Iterator[Row]:
        reading = read_document(data, name, day)
        for warning in reading.warnings:
            typer.echo(f"{name}: {warning}", err=True)
        return (statement_row(name, statement) for statement in reading.statements)

    _run(
        files,
        rows,
        shape,
        out,
        ("doc", "kind", "sentence", "value", "unit", "time_start", "time_end", "speaker"),
    )


@app.command()
def repair(files: Files, shape: Shape = None, out: Output = None) -> None:
    """Show what was repaired in documents: place, raw text, replacement and the rule that says why."""
    from kechuang.plan.engine.reading.repair import repair as repair_source
    from kechuang.plan.engine.reading.source import open_source
    from kechuang.plan.rows import repair_row

    def rows(data: bytes, name: str) -> Iterator[Row]:
        source: Source = open_source(data, name)
        return (
            repair_row(name, source.raw, item)
            for item in repair_source(source.layer, source.form == "pdf").repairs
        )

    _run(files, rows, shape, out, ("doc", "start", "end", "raw", "replacement", "rule"))


def _run(
    files: Iterable[Path],
    rows: Callable[[bytes, str], Iterable[Row]],
    shape: Format | None,
    out: Path | None,
    columns: tuple[str, ...],
) -> None:
    """Read each file on its own: one that cannot be read is named on stderr, the others are written, exit 1."""
    from kechuang.plan.engine.reading.errors import ReadingError

    shape = shape or (Format.TABLE if out is None and sys.stdout.isatty() else Format.JSONL)
    found, failed = [], False
    for path in files:
        try:
            data, name = _bytes(path)
            found.extend(rows(data, name))
        except ReadingError as error:
            failed = True
            typer.echo(f"error: {error}", err=True)
    _write(found, shape, out, columns)
    raise typer.Exit(1 if failed else 0)


def _bytes(path: Path) -> tuple[bytes, str]:
    from kechuang.plan.engine.reading.errors import ReadingError
    from kechuang.plan.engine.reading.source import MAX_BYTES

    if str(path) == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1), "-"
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1), path.name
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ReadingError(f"the file cannot be opened ({reason})", str(path), "Check the path") from error


def _write(rows: list[Row], shape: Format, out: Path | None, columns: tuple[str, ...]) -> None:
    try:
        with contextlib.ExitStack() as stack:
            file = stack.enter_context(out.open("w", encoding="utf-8", newline="\n")) if out else sys.stdout
            if shape is Format.JSONL:
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            else:
                _table(rows, columns, file)
    except BrokenPipeError:
        sys.stderr.close()  # the reader downstream has gone: nothing more to say
    except OSError as error:
        typer.echo(
            f"error: {out}: cannot be written ({(error.strerror or '').lower()}). Check the folder", err=True
        )
        raise typer.Exit(2) from error


def _table(rows: list[Row], columns: tuple[str, ...], file) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold" if column == "sentence" else "ellipsis")
    for row in rows:
        table.add_row(*(Text("" if row[column] is None else str(row[column])) for column in columns))
    Console(file=file, soft_wrap=False).print(table)
