"""`kechuang events`: verify the record of acts, seal it, write a seal to a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kechuang.core.commands import open_records

app = typer.Typer(no_args_is_help=True)


@app.command()
def verify(
    kept: Annotated[
        list[str] | None,
        typer.Option("--kept", help="a root kept outside the house, or a file that `seal -o` wrote"),
    ] = None,
) -> None:
    """Check every chain and seal, and each row against what its last act left; exit 1 and name what was altered."""
    roots = [_root(text) for text in kept or ()]
    open_records()
    from kechuang.core.models import Seal
    from kechuang.core.verifying import Tally
    from kechuang.core.verifying import verify as faults

    tally = Tally()
    found = list(faults(roots, tally))
    for fault in found:
        typer.echo(fault, err=True)
    if found:
        raise typer.Exit(1)
    typer.echo(f"{tally.events} events and {Seal.objects.count()} seals are whole")
    typer.echo(f"{tally.compared} rows stand as their last act left them")
    if tally.unvouched:
        kinds = ", ".join(f"{kind} {count}" for kind, count in tally.unvouched.items())
        typer.echo(f"{tally.unvouched.total()} rows no act vouches for: {kinds}")


def _root(text: str) -> str:
    """A root as it is, or the one in a seal's file."""
    if not Path(text).is_file():
        return text
    try:
        return json.loads(Path(text).read_text())["root"]
    except (ValueError, KeyError, TypeError):
        typer.echo(f"{text}: this is no seal (a JSON file with a root)", err=True)
        raise typer.Exit(2) from None


@app.command()
def seal(
    output: Annotated[Path | None, typer.Option("-o", help="write the seal to this file")] = None,
) -> None:
    """Seal what changed since the last seal and print the root, to be kept outside the house."""
    open_records()
    from kechuang.core.events import seal as seal_now

    made = seal_now()
    if made is None:
        typer.echo("nothing changed since the last seal")
        return
    if output:
        output.write_text(
            json.dumps(
                {"at": made.at.isoformat(), "root": made.root, "previous": made.previous, "heads": made.heads}
            )
        )
    typer.echo(made.root)
