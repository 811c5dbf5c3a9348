"""`kechuang indicators`: indices and metrics from files to files, without Django and without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kechuang.indicators.command_metrics import compute, why

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.command()(compute)
app.command()(why)

Recipe = Annotated[Path, typer.Argument(help="Recipe (TOML): stages with their parameters")]
Data = Annotated[Path, typer.Option(help="CSV: a row a unit")]
Meta = Annotated[
    Path | None, typer.Option(help="CSV with COINr's iMeta columns; else the recipe's framework")
]
Out = Annotated[Path, typer.Option("-o", "--out", help="Folder to write to")]
Change = Annotated[list[str] | None, typer.Option("--set", help="Change a parameter: stage.parameter=value")]


@app.command()
def index(recipe: Recipe, data: Data, out: Out, meta: Meta = None, change: Change = None) -> None:
    """Compose an index: every stage, scores and ranks as CSV."""
    from kechuang.indicators.engine.index.command import run_index

    run_index(recipe, data, meta, out, change or [])


@app.command()
def sensitivity(
    recipe: Recipe,
    data: Data,
    out: Out,
    meta: Meta = None,
    change: Change = None,
    draws: Annotated[int, typer.Option(help="Model evaluations")] = 10_000,
    seed: Annotated[int, typer.Option(help="Seed of the draws")] = 1,
    settings: Annotated[Path | None, typer.Option(help="CSV of replicates to replay one by one")] = None,
    weights: Annotated[Path | None, typer.Option(help="CSV rep, iCode, Level, Weight for --settings")] = None,
) -> None:
    """Try the recipe's uncertain inputs: rank intervals and Sobol indices, or a replay of given replicates."""
    from kechuang.indicators.engine.index.command import run_replay, run_sensitivity

    if settings is None and weights is not None:
        raise typer.BadParameter("--weights needs --settings", param_hint="--weights")
    if settings is None:
        run_sensitivity(recipe, data, meta, out, change or [], draws, seed)
    else:
        run_replay(recipe, data, meta, out, change or [], settings, weights)
