"""`kechuang centre`: load a centre, serve it with its worker, print its summary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from kechuang.core.commands import open_records, require_database, start_django

app = typer.Typer(no_args_is_help=True)
PASSWORD = "kechuang-demo"


def _step(words: str) -> None:
    typer.echo(f"  {words} …")


@contextmanager
def _clearly() -> Iterator[None]:
    """What can go wrong outside our code ends the command with its message."""
    from kechuang.core.assets import AssetsError
    from kechuang.core.errors import Refusal
    from kechuang.site.reference.folder import CentreError
    from kechuang.site.servers import ServersError

    try:
        yield
    except (AssetsError, CentreError, ServersError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except Refusal as refusal:
        from kechuang.core.folders import VAR

        typer.echo(str(refusal), err=True)
        typer.echo(
            f"what {VAR} holds does not fit this centre: move the folder away and load again", err=True
        )
        raise typer.Exit(1) from None


def prepare() -> None:
    """Assets, translations, database, static files: all that a server needs, only what is missing."""
    from kechuang.core.assets import ensure_assets
    from kechuang.core.folders import ROOT
    from kechuang.core.translations import compile_all

    _step("browser assets")
    with _clearly():
        ensure_assets(ROOT)
    compile_all()
    start_django()
    from django.core.management import call_command

    _step("database")
    call_command("migrate", verbosity=0, interactive=False)
    _step("static files")
    call_command("collectstatic", verbosity=0, interactive=False)


@app.command()
def demo(
    serve: Annotated[bool, typer.Option(help="start worker and web server")] = True,
    port: Annotated[int, typer.Option(help="port on 127.0.0.1")] = 8000,
) -> None:
    """Load the reference centre and serve it."""
    from kechuang.site.servers import ensure_free

    if serve:
        with _clearly():
            ensure_free(port)
    typer.echo("Kechuang: loading the reference centre")
    prepare()
    from kechuang.site.reference.load import load
    from kechuang.site.summary import print_summary

    with _clearly():
        load("beijing", progress=_step, password=PASSWORD)
    print_summary()
    if serve:
        _serve(port)


@app.command()
def load(
    centre: Annotated[str, typer.Argument(help="name of a reference centre or path of a centre's folder")],
) -> None:
    """Load a centre from its folder of data; running it twice changes nothing."""
    prepare()
    from kechuang.site.reference.load import load as load_centre

    with _clearly():
        load_centre(centre, progress=_step)


@app.command()
def summary() -> None:
    """Print documents, statements by kind, commitments by state, tasks started, observations."""
    open_records()
    from kechuang.site.summary import print_summary

    print_summary()


@app.command()
def serve(port: Annotated[int, typer.Option(help="port on 127.0.0.1")] = 8000) -> None:
    """Start worker and web server for what is loaded."""
    prepare()
    _serve(port)


@app.command()
def worker() -> None:
    """Run the timetable and the queue of jobs, until stopped."""
    start_django()
    require_database()
    from kechuang.site.worker import work

    work()


def _serve(port: int) -> None:
    from kechuang.site.servers import run

    def ready() -> None:
        typer.echo(f"\nOpen http://127.0.0.1:{port}/  (Ctrl-C stops)")
        _print_accounts()

    with _clearly():
        run(port, ready)
    typer.echo("stopped")


def _print_accounts() -> None:
    from django.utils import translation

    from kechuang.core.models import Membership

    rows = Membership.objects.filter(user__username__startswith="demo-").select_related(
        "user", "organisation"
    )
    known = [row for row in rows.order_by("role") if row.user.check_password(PASSWORD)]
    if not known:
        return
    typer.echo(f"Demo accounts (password {PASSWORD}):")
    with translation.override("en"):
        for row in known:
            typer.echo(f"  {row.user.username:<18} {row.get_role_display()} · {row.organisation}")
