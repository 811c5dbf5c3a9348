"""Replicates: many settings of a recipe's uncertain inputs, drawn or read from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.framework import Framework
from kechuang.indicators.engine.index.recipe import Recipe, Uncertain
from kechuang.indicators.engine.index.table import read_csv


@dataclass(frozen=True)
class Weights:
    """Sets of weights (sets, codes), as such or as factors on the weights of the recipe; `ids` name the sets."""

    table: np.ndarray
    ids: tuple[str, ...]
    factors: bool


@dataclass(frozen=True)
class Replicates:
    """For each replicate: the alternatives chosen, as places in `alternatives`, and its set of weights, if any.

    `chosen` is (replicates, inputs other than weights); `weight_rows` is (replicates,) or None.
    """

    names: tuple[str, ...]
    inputs: tuple[Uncertain, ...]
    alternatives: tuple[tuple[Any, ...], ...]
    chosen: np.ndarray
    weights: Weights | None = None
    weight_rows: np.ndarray | None = None


def split_inputs(recipe: Recipe) -> tuple[tuple[Uncertain, ...], Uncertain | None]:
    """The recipe's uncertain inputs without, and then the one of, the weights."""
    if not recipe.uncertain:
        raise refuse(
            "the recipe has no uncertain inputs", "add [[uncertain]] tables with name, change and choices"
        )
    noisy = [uncertain for uncertain in recipe.uncertain if uncertain.of_weights]
    if len(noisy) > 1:
        raise refuse("two uncertain inputs change the weights", "keep one")
    return tuple(u for u in recipe.uncertain if not u.of_weights), noisy[0] if noisy else None


def draw(recipe: Recipe, framework: Framework, uniform: np.ndarray, rng: np.random.Generator) -> Replicates:
    """Replicates from uniform numbers in [0, 1), (replicates, inputs in the order of the recipe).

    Alternatives and sets of weights are equally likely, as in COINr's get_sensitivity and get_noisy_weights.
    """
    plain, noisy = split_inputs(recipe)
    alternatives, chosen = [], []
    for column, uncertain in zip(uniform.T, recipe.uncertain, strict=True):
        if uncertain.of_weights:
            continue
        if uncertain.between:
            low, high = uncertain.between
            alternatives.append(tuple((low + column * (high - low)).tolist()))
            chosen.append(np.arange(len(column)))
        else:
            alternatives.append(uncertain.choices)
            chosen.append((column * len(uncertain.choices)).astype(int))
    names = tuple(f"r_{i}" for i in range(1, len(uniform) + 1))
    table = np.array(chosen, dtype=int).reshape(len(plain), len(uniform)).T
    if noisy is None:
        return Replicates(names, plain, tuple(alternatives), table)
    rows = (uniform[:, recipe.uncertain.index(noisy)] * noisy.sets).astype(int)
    return Replicates(names, plain, tuple(alternatives), table, _noise(noisy, framework, rng), rows)


def _noise(noisy: Uncertain, framework: Framework, rng: np.random.Generator) -> Weights:
    levels = framework.levels
    moving = np.array([not noisy.levels or levels[code] in noisy.levels for code in framework.codes])
    if not moving.any():
        raise refuse(
            f"'{noisy.name}': no code stands on levels {noisy.levels}", f"use 1 to {max(levels.values())}"
        )
    spread = rng.uniform(-noisy.noise, noisy.noise, (noisy.sets, len(moving)))
    ids = tuple(str(i) for i in range(1, noisy.sets + 1))
    return Weights(np.where(moving, 1 + spread, 1), ids, factors=True)


def read_weights(content: bytes, framework: Framework, source: str = "the weights file") -> Weights:
    """Sets of weights from CSV columns rep, iCode, Weight (Level is not needed)."""
    header, rows = read_csv(content, source)
    for needed in ("rep", "iCode", "Weight"):
        if needed not in header:
            raise refuse(f"{source} has no column '{needed}'", "give columns rep, iCode, Level, Weight")
    rep, code, weight = (header.index(name) for name in ("rep", "iCode", "Weight"))
    place = {name: j for j, name in enumerate(framework.codes)}
    ids = {name: i for i, name in enumerate(dict.fromkeys(row[rep] for _, row in rows))}
    table = np.full((len(ids), len(place)), np.nan)
    for line, row in rows:
        if row[code] not in place:
            raise refuse(f"{source}, line {line}: '{row[code]}' is not in the framework", "correct the code")
        table[ids[row[rep]], place[row[code]]] = _positive(row[weight], source, line)
    table[:, place[framework.index]] = 1
    if np.isnan(table).any():
        i, j = np.argwhere(np.isnan(table))[0]
        raise refuse(
            f"{source}: set {list(ids)[i]} has no weight for '{framework.codes[j]}'", "add that line"
        )
    return Weights(table, tuple(ids), factors=False)


def _positive(cell: str, source: str, line: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = 0.0
    if not 0 < value < np.inf:
        raise refuse(f"{source}, line {line}: weight '{cell}' is no number above zero", "correct it")
    return value


def read_settings(
    content: bytes, recipe: Recipe, weights: Weights | None, source: str = "the settings file"
) -> Replicates:
    """Replicates from a table: a row each, the first column its name, then a column for each uncertain input.

    A column is known by its heading up to a bracket. A cell holds the number itself where the choices are numbers,
    else the choice's place counted from 0 or its text; for weights, the `rep` of the weights file.
    """
    plain, noisy = split_inputs(recipe)
    header, rows = read_csv(content, source)
    headings = [heading.partition("(")[0].strip() for heading in header]
    for uncertain in recipe.uncertain:
        if uncertain.name not in headings:
            raise refuse(
                f"{source} has no column '{uncertain.name}'", "add a column for every uncertain input"
            )
    alternatives, chosen = [], []
    for uncertain in plain:
        column = headings.index(uncertain.name)
        cells = [row[column] for _, row in rows]
        distinct = {cell: i for i, cell in enumerate(dict.fromkeys(cells))}
        lines = {row[column]: line for line, row in reversed(rows)}
        alternatives.append(
            tuple(_choice(uncertain, cell, f"{source}, line {lines[cell]}") for cell in distinct)
        )
        chosen.append([distinct[cell] for cell in cells])
    names = tuple(row[0] for _, row in rows)
    table = np.array(chosen, dtype=int).reshape(len(plain), len(rows)).T
    if noisy is None:
        return Replicates(names, plain, tuple(alternatives), table)
    if weights is None:
        raise refuse(f"{source} has the column '{noisy.name}' of weights", "give their values with --weights")
    rows_of_weights = _weight_rows(rows, headings.index(noisy.name), weights, source)
    return Replicates(names, plain, tuple(alternatives), table, weights, rows_of_weights)


def _weight_rows(rows: Sequence, column: int, weights: Weights, source: str) -> np.ndarray:
    place = {name: i for i, name in enumerate(weights.ids)}
    for line, row in rows:
        if row[column] not in place:
            raise refuse(
                f"{source}, line {line}: no set of weights '{row[column]}'", "add it to the weights file"
            )
    return np.array([place[row[column]] for _, row in rows])


def _choice(uncertain: Uncertain, cell: str, where: str) -> Any:
    choices = uncertain.choices or uncertain.between
    try:
        number = float(cell)
    except ValueError:
        number = None
    if number is not None and all(isinstance(c, int | float) and not isinstance(c, bool) for c in choices):
        return int(number) if number.is_integer() else number
    if number is not None and number.is_integer() and 0 <= number < len(choices):
        return choices[int(number)]
    if cell in choices:
        return cell
    raise refuse(
        f"{where}: '{cell}' is no setting of '{uncertain.name}'",
        f"write a place from 0 to {len(choices) - 1} among its choices",
    )
