"""`kechuang centre`: load a centre, serve it with its worker, print its summary."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)
PASSWORD = "kechuang-demo"


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kechuang.site.settings")
    import django

    django.setup()


def _step(words: str) -> None:
    typer.echo(f"  {words} …")


def prepare() -> None:
    """Assets, translations, database, static files: all that a server needs, only what is missing."""
    from kechuang.core.assets import ensure_assets
    from kechuang.core.translations import compile_all

    _step("assets")
    ensure_assets()
    compile_all()
    _django()
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
    typer.echo("Kechuang: loading the reference centre")
    prepare()
    from kechuang.site.reference.load import load
    from kechuang.site.summary import print_summary

    load("beijing", progress=_step, password=PASSWORD)
    print_summary()
    if serve:
        run_servers(port)


@app.command()
def load(
    centre: Annotated[str, typer.Argument(help="name of a reference centre or path of a centre's folder")],
) -> None:
    """Load a centre from its folder of data; running it twice changes nothing."""
    prepare()
    from kechuang.site.reference.load import load as load_centre

    load_centre(centre, progress=_step)


@app.command()
def summary() -> None:
    """Print documents, statements by kind, commitments by state, tasks started, observations."""
    _django()
    from kechuang.site.summary import print_summary

    print_summary()


@app.command()
def serve(port: Annotated[int, typer.Option(help="port on 127.0.0.1")] = 8000) -> None:
    """Start worker and web server for what is loaded."""
    prepare()
    run_servers(port)


@app.command()
def worker() -> None:
    """Run the timetable and the queue of jobs, until stopped."""
    _django()
    from kechuang.site.worker import work

    work()


def run_servers(port: int) -> None:
    """Worker and server as two processes, stopped together."""
    kechuang = Path(sys.executable).with_name("kechuang")
    granian = Path(sys.executable).with_name("granian")
    server = [str(granian), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    commands = [
        [str(kechuang), "centre", "worker"],
        [*server, "kechuang.site.wsgi:application"],
    ]
    processes = [subprocess.Popen(command) for command in commands]
    typer.echo(f"\nOpen http://127.0.0.1:{port}/  (Ctrl-C stops)")
    _print_accounts()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(10)


def _print_accounts() -> None:
    from kechuang.core.models import Membership

    rows = Membership.objects.filter(user__username__startswith="demo-").select_related(
        "user", "organisation"
    )
    typer.echo(f"Demo accounts (password {PASSWORD}):")
    for row in rows.order_by("role"):
        typer.echo(f"  {row.user.username:<18} {row.get_role_display()} · {row.organisation}")
