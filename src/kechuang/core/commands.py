"""Django for commands that read or write records; commands of engines never come here."""

from __future__ import annotations

import os

import typer

NOT_READY = (
    "the database is not set up or older than this program: "
    "run `kechuang centre load CENTRE` or `python manage.py migrate`"
)


def start_django() -> None:
    """Start Django."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kechuang.site.settings")
    django.setup()


def require_database() -> None:
    """End the command with what to do unless the database is there and as new as the program."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        ready = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        typer.echo(f"the database cannot be opened: {error}", err=True)
        raise typer.Exit(1) from None
    if not ready:
        typer.echo(NOT_READY, err=True)
        raise typer.Exit(1)


def open_records() -> None:
    """Start Django on a database that is ready; what the command says is English, as of every command."""
    start_django()
    require_database()
    from django.utils import translation

    translation.activate("en")
