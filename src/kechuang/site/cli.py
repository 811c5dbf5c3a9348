"""The `kechuang` command: one group a domain, loaded only when it is asked for."""

from __future__ import annotations

import importlib
import sys

import typer
from typer.core import TyperGroup

GROUPS = {
    "plan": "Read documents into statements; repair texts",
    "facilities": "Allocate time on facilities; generate instances",
    "indicators": "Compute indicators and indices; show the rows behind a number",
    "events": "Verify and seal the record of acts",
    "centre": "Load a reference centre; print its summary",
    "organisations": "Import organisations",
}
MODULES = {
    "events": "kechuang.core.cli_events",
    "organisations": "kechuang.core.cli_organisations",
    "centre": "kechuang.site.cli_centre",
}


class LazyGroups(TyperGroup):
    """Imports a domain's commands on first use, so that `kechuang plan read` never starts Django."""

    def list_commands(self, ctx):
        return list(GROUPS)

    def get_command(self, ctx, name):
        if name not in GROUPS:
            return None
        module = importlib.import_module(MODULES.get(name, f"kechuang.{name}.cli"))
        command = typer.main.get_command(module.app)
        command.name = name
        command.help = GROUPS[name]
        return command


app = typer.Typer(
    cls=LazyGroups, no_args_is_help=True, add_completion=False, help="Kechuang: from promise to proof."
)


@app.callback()
def root() -> None:
    """Kechuang: from promise to proof."""


def main() -> None:
    """Entry point. Wrong usage exits 2; a domain's command decides its own exit codes."""
    sys.exit(app())
