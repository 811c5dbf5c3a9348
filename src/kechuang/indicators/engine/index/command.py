"""The commands `kechuang indicators index` and `sensitivity`: files in, files out, exit code 2 on bad input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

import numpy as np

from kechuang.indicators.engine.index.errors import IndexInputError, refuse
from kechuang.indicators.engine.index.framework import Framework, from_entries, from_meta
from kechuang.indicators.engine.index.pipeline import Pipeline, Result
from kechuang.indicators.engine.index.ranks import ranks
from kechuang.indicators.engine.index.recipe import Recipe, parse_change, with_change
from kechuang.indicators.engine.index.recipe_file import read_recipe
from kechuang.indicators.engine.index.replicates import read_settings, read_weights
from kechuang.indicators.engine.index.sensitivity import intervals, nominal_scores, study
from kechuang.indicators.engine.index.table import Table, read_table
from kechuang.indicators.engine.index.uncertainty import RankIntervals, evaluate, rank_intervals
from kechuang.indicators.engine.index.writing import csv_lines

WRITTEN = {
    "denominate": "denominated",
    "impute": "imputed",
    "screen": "screened",
    "treat": "treated",
    "normalise": "normalised",
}


def _command(act: Callable) -> Callable:
    """Turns bad input into one line on standard error and exit code 2."""

    @wraps(act)
    def guarded(*arguments) -> None:
        try:
            act(*arguments)
        except IndexInputError as fault:
            _say(f"error: {fault}")
            raise SystemExit(2) from None

    return guarded


@_command
def run_index(recipe: Path, data: Path, meta: Path | None, out: Path, changes: Iterable[str]) -> None:
    """Write each stage as NN-<stage>.csv, weights.csv, scores.csv and ranks.csv.

    Where the recipe declares uncertain inputs, rank_intervals.csv stands beside the ranks.
    """
    chosen, pipeline = _load(recipe, data, meta, changes)
    result = pipeline.run(chosen)
    folder = _folder(out)
    for number, (stage, panel) in enumerate(list(result.stages.items())[1:], 1):
        _write_values(
            folder / f"{number:02d}-{WRITTEN[stage]}.csv",
            pipeline.table,
            panel.units,
            panel.codes,
            panel.values,
        )
    codes = result.framework.codes
    values = np.column_stack([result.values[code] for code in codes])
    _write_values(
        folder / f"{len(result.stages):02d}-aggregated.csv", pipeline.table, result.units, codes, values
    )
    _write_result(folder, pipeline.table, result)
    _say(*result.notes)
    if chosen.uncertain:
        try:
            _write_intervals(folder, pipeline.table, intervals(pipeline, chosen))
        except IndexInputError as fault:
            _say(f"no rank intervals: {fault}")


@_command
def run_sensitivity(
    recipe: Path, data: Path, meta: Path | None, out: Path, changes: Iterable[str], draws: int, seed: int
) -> None:
    """Write scores.csv (a column a replicate), rank_intervals.csv and sobol.csv."""
    chosen, pipeline = _load(recipe, data, meta, changes)
    found = study(pipeline, chosen, draws, seed)
    folder = _folder(out)
    _write_scores(folder, pipeline.table, found.replicates.names, found.nominal, found.scores)
    _write_intervals(folder, pipeline.table, found.intervals)
    lines = [
        ",".join([uncertain.name, *(f"{values[i]:.17g}" for values in vars(found.sobol).values())])
        for i, uncertain in enumerate(chosen.uncertain)
    ]
    _write(folder / "sobol.csv", "\n".join([",".join(["input", *vars(found.sobol)]), *lines, ""]))
    _say(*found.notes)


@_command
def run_replay(
    recipe: Path,
    data: Path,
    meta: Path | None,
    out: Path,
    changes: Iterable[str],
    settings: Path,
    weights: Path | None,
) -> None:
    """Evaluate given replicates; write scores.csv (a column a replicate) and rank_intervals.csv."""
    chosen, pipeline = _load(recipe, data, meta, changes)
    sets = read_weights(_read(weights), pipeline.framework, weights.name) if weights else None
    replicates = read_settings(_read(settings), chosen, sets, settings.name)
    scores, nominal = evaluate(pipeline, chosen, replicates), nominal_scores(pipeline, chosen)
    folder = _folder(out)
    _write_scores(folder, pipeline.table, replicates.names, nominal, scores)
    _write_intervals(folder, pipeline.table, rank_intervals(ranks(nominal[:, None])[:, 0], ranks(scores)))


def _write_scores(
    folder: Path, table: Table, names: tuple[str, ...], nominal: np.ndarray, scores: np.ndarray
) -> None:
    _write_values(
        folder / "scores.csv", table, table.units, ("nominal", *names), np.column_stack([nominal, scores])
    )


def _write_intervals(folder: Path, table: Table, found: RankIntervals) -> None:
    columns = vars(found)
    values = np.column_stack(list(columns.values()))
    _write_values(folder / "rank_intervals.csv", table, table.units, tuple(columns), values)


def _write_result(folder: Path, table: Table, result: Result) -> None:
    tree = result.framework
    downwards = tuple(reversed(tree.codes))
    scores = np.column_stack([result.values[code] for code in downwards])
    _write_values(folder / "scores.csv", table, result.units, downwards, scores)
    places = np.column_stack([result.ranks[code] for code in downwards])
    _write_values(folder / "ranks.csv", table, result.units, downwards, places)
    weights = zip(
        tree.codes, (tree.by_code[code].parent for code in tree.codes), result.weights.tolist(), strict=True
    )
    lines = [f"{code},{parent},{weight!r}" for code, parent, weight in weights]
    _write(folder / "weights.csv", "\n".join(["code,parent,weight", *lines, ""]))


def _load(recipe: Path, data: Path, meta: Path | None, changes: Iterable[str]) -> tuple[Recipe, Pipeline]:
    chosen = read_recipe(_read(recipe), recipe.name)
    for change in changes:
        chosen = with_change(chosen, *parse_change(change))
    table = read_table(_read(data), chosen.unit, data.name)
    return chosen, Pipeline(table, _framework(chosen, recipe, meta))


def _framework(recipe: Recipe, source: Path, meta: Path | None) -> Framework:
    if meta is not None:
        return from_meta(_read(meta), meta.name)
    if not recipe.framework:
        raise refuse(f"{source.name} holds no framework", "add [[framework]] tables to it or give --meta")
    return from_entries(recipe.framework, source.name)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise refuse(f"{path} cannot be read ({fault.strerror})", "correct the path") from None


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise refuse(f"{out} cannot be made a folder ({fault.strerror})", "choose another with -o") from None
    return out


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise refuse(
            f"{path} cannot be written ({fault.strerror})", "choose another folder with -o"
        ) from None


def _write_values(path: Path, table: Table, units: tuple, codes: tuple[str, ...], values: np.ndarray) -> None:
    _write(path, csv_lines(("unit", *table.keys[1:]), units, codes, values))


def _say(*lines: str) -> None:
    sys.stderr.writelines(f"{line}\n" for line in lines)
