"""`kechuang organisations`: import organisations from ROR records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kechuang.core.commands import open_records

app = typer.Typer(no_args_is_help=True)


@app.callback()
def organisations() -> None:
    """Organisations of the centre."""


@app.command("import-ror")
def import_ror(
    file: Annotated[
        Path, typer.Argument(help="JSON list of ROR records, schema 1 or 2", exists=True, dir_okay=False)
    ],
    dry_run: Annotated[bool, typer.Option(help="only say what would change")] = False,
) -> None:
    """Import ROR records; running it twice changes nothing."""
    from kechuang.core.engine.ror import RorError, read_records

    try:
        data = file.read_bytes()
        records = read_records(data)
    except RorError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    open_records()
    from kechuang.core.acts import SYSTEM
    from kechuang.core.errors import Refusal
    from kechuang.core.files import keep
    from kechuang.core.imports import import_organisations

    try:
        source = None if dry_run else keep(SYSTEM, file.name, data)
    except Refusal as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(2) from refusal
    result = import_organisations(SYSTEM, records, source)
    typer.echo(f"{result.added} added, {result.changed} changed, {result.same} unchanged")
