"""A recipe: the stages of an index with their parameters, and which of them are uncertain."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.parameters import validate
from kechuang.indicators.engine.index.stages import (
    aggregate,
    denominate,
    impute,
    normalise,
    screen,
    treat,
    weigh,
)

STAGES = {
    "denominate": denominate.PARAMETERS,
    "impute": impute.PARAMETERS,
    "screen": screen.PARAMETERS,
    "treat": treat.PARAMETERS,
    "normalise": normalise.PARAMETERS,
    "weigh": weigh.PARAMETERS,
    "aggregate": aggregate.PARAMETERS,
}


@dataclass(frozen=True)
class Stage:
    """A named stage with the parameters given; the others have their defaults."""

    name: str
    given: Mapping[str, Any]

    @property
    def parameters(self) -> dict[str, Any]:
        return validate(self.name, STAGES[self.name], self.given)


@dataclass(frozen=True)
class Uncertain:
    """An uncertain input: a choice among alternatives, a number in an interval, or noise on the weights."""

    name: str
    change: str
    choices: tuple = ()
    between: tuple[float, float] | None = None
    noise: float = 0.25
    levels: tuple[int, ...] = ()
    sets: int = 100

    @property
    def of_weights(self) -> bool:
        return self.change == "weights"


@dataclass(frozen=True)
class Recipe:
    """A checked recipe. `framework` holds the entries of the tree, if the recipe carries it.

    `focus` is the key of the unit the index is about, `names` the columns that name units in other words (zh, en).
    """

    name: str
    title: str
    unit: tuple[str, ...]
    framework: tuple[dict, ...]
    stages: tuple[Stage, ...]
    uncertain: tuple[Uncertain, ...]
    title_zh: str = ""
    source: str = ""
    focus: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def stage(self, name: str) -> Stage:
        """The stage of that name; with its defaults where the recipe leaves it out."""
        return next((stage for stage in self.stages if stage.name == name), Stage(name, {}))


def with_change(recipe: Recipe, address: str, value: Any) -> Recipe:
    """The recipe with one parameter changed (`stage.parameter`, `table.key` below it), or a whole stage replaced."""
    name, _, path = address.partition(".")
    known_stage("--set or change", name)
    given = dict(recipe.stage(name).given)
    if path:
        parameter, _, key = path.partition(".")
        given[parameter] = {**given.get(parameter, {}), key: value} if key else value
    elif isinstance(value, dict):
        given = value
    else:
        raise refuse(f"'{address}' names a stage, but {value!r} is no table", "write stage.parameter=value")
    changed = Stage(name, given)
    changed.parameters  # noqa: B018 — validates
    if any(stage.name == name for stage in recipe.stages):
        stages = tuple(changed if stage.name == name else stage for stage in recipe.stages)
    else:
        order = list(STAGES)
        before = [stage for stage in recipe.stages if order.index(stage.name) < order.index(name)]
        stages = (*before, changed, *(stage for stage in recipe.stages if stage not in before))
    return replace(recipe, stages=stages)


def parse_change(text: str) -> tuple[str, Any]:
    """`stage.parameter=value` into address and value; the value is TOML, or plain text if it is not."""
    address, sign, value = text.partition("=")
    if not sign or not address.strip():
        raise refuse(f"--set '{text}' is not stage.parameter=value", "write for example --set treat.winmax=3")
    try:
        return address.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return address.strip(), value.strip()


def known_stage(where: str, name: Any) -> None:
    """Raises IndexInputError where there is no such stage."""
    if name not in STAGES:
        raise refuse(f"{where}: unknown stage '{name}'", f"use {', '.join(STAGES)}")
