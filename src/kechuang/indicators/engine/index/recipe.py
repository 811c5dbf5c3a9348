"""A recipe: the stages of an index with their parameters, and which of them are uncertain."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.parameters import Parameter, validate
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
FIXED_ORDER = ("normalise", "weigh", "aggregate")
UNCERTAIN = {
    "name": Parameter("text", "", "name of the input, and of its column in a settings file"),
    "change": Parameter("text", "", "stage.parameter, a whole stage, or weights"),
    "choices": Parameter("list", [], "alternatives, equally likely"),
    "between": Parameter("pair", None, "[low, high] of a uniform number"),
    "noise": Parameter("number", 0.25, "weights are multiplied by 1 ± up to this", low=0, high=0.999),
    "levels": Parameter("list", [], "levels of the tree whose weights vary; empty for all"),
    "sets": Parameter("count", 100, "how many sets of weights are drawn", low=1),
}
TOP = {"name", "title", "title_zh", "source", "data", "framework", "stage", "uncertain"}
DATA = {"unit", "focus", "names"}
LANGUAGES = ("zh", "en")


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


def read_recipe(content: bytes, source: str = "the recipe") -> Recipe:
    """Recipe from TOML bytes. Raises IndexInputError naming what is unknown, misplaced or does not fit."""
    try:
        raw = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise refuse(f"{source} is not valid TOML: {fault}", "correct that place") from None
    data = _data(source, raw)
    stages = tuple(_stage(source, i, entry) for i, entry in enumerate(_tables(source, raw, "stage"), 1))
    recipe = Recipe(
        name=raw.get("name", ""),
        title=raw.get("title", ""),
        unit=_texts(source, data, "unit"),
        framework=tuple(_tables(source, raw, "framework")),
        stages=stages,
        uncertain=tuple(_uncertain(source, entry) for entry in _tables(source, raw, "uncertain")),
        title_zh=raw.get("title_zh", ""),
        source=raw.get("source", ""),
        focus=_texts(source, data, "focus"),
        names=data.get("names", {}),
    )
    _check_order(source, recipe)
    for uncertain in recipe.uncertain:
        for choice in () if uncertain.of_weights else uncertain.choices or uncertain.between:
            with_change(recipe, uncertain.change, choice)
    return recipe


def with_change(recipe: Recipe, address: str, value: Any) -> Recipe:
    """The recipe with one parameter changed (`stage.parameter`, `table.key` below it), or a whole stage replaced."""
    name, _, path = address.partition(".")
    _known_stage("--set or change", name)
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


def _data(source: str, raw: dict) -> dict:
    """The table [data], after a look at what stands in it and beside it."""
    data = raw.get("data", {})
    if not isinstance(data, dict):
        raise refuse(f"{source}: 'data' is no table", "write [data] with unit = … below it")
    for entries, known in ((raw, TOP), (data, DATA)):
        for key in entries:
            if key not in known:
                raise refuse(f"{source}: unknown entry '{key}'", f"use {', '.join(sorted(known))}")
    names = data.get("names", {})
    if not isinstance(names, dict) or set(names) - set(LANGUAGES) or not all(map(_is_text, names.values())):
        raise refuse(
            f"{source}: [data] names = {names!r} names no columns", 'write { zh = "column", en = "column" }'
        )
    return data


def _texts(source: str, data: dict, key: str) -> tuple[str, ...]:
    """One text or a list of texts."""
    given = data.get(key, ())
    texts = (given,) if _is_text(given) else given
    if not isinstance(texts, list | tuple) or not all(map(_is_text, texts)):
        raise refuse(f"{source}: [data] {key} = {given!r} is no text", f'write {key} = "…" or ["…", "…"]')
    return tuple(texts)


def _is_text(given: Any) -> bool:
    return isinstance(given, str)


def _tables(source: str, raw: dict, key: str) -> list[dict]:
    tables = raw.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise refuse(f"{source}: '{key}' is not a list of tables", f"write [[{key}]] above each")
    return tables


def _known_stage(where: str, name: Any) -> None:
    if name not in STAGES:
        raise refuse(f"{where}: unknown stage '{name}'", f"use {', '.join(STAGES)}")


def _stage(source: str, number: int, entry: dict) -> Stage:
    entry = dict(entry)
    name = entry.pop("name", None)
    _known_stage(f"{source}, [[stage]] {number}", name)
    validate(f"{source}, [[stage]] {number}, {name}", STAGES[name], entry)
    return Stage(name, entry)


def _check_order(source: str, recipe: Recipe) -> None:
    names = [stage.name for stage in recipe.stages]
    for name in names:
        if names.count(name) > 1:
            raise refuse(f"{source}: stage '{name}' stands twice", "remove one")
    late = [name for name in names if name in FIXED_ORDER]
    if late != sorted(late, key=FIXED_ORDER.index) or names[len(names) - len(late) :] != late:
        raise refuse(
            f"{source}: the stages stand as {', '.join(names)}", f"end with {', '.join(FIXED_ORDER)}"
        )


def _uncertain(source: str, entry: dict) -> Uncertain:
    where = f"{source}, [[uncertain]] '{entry.get('name', '')}'"
    choices, levels = entry.get("choices", []), entry.get("levels", [])
    values = validate(where, UNCERTAIN, entry)
    if not isinstance(choices, list) or not isinstance(levels, list):
        raise refuse(f"{where}: choices and levels are lists", "write them in square brackets")
    if not values["name"] or not values["change"]:
        raise refuse(f"{where} lacks a name or what it changes", "give name and change")
    if values["change"] != "weights" and bool(choices) == bool(values["between"]):
        raise refuse(f"{where} needs either choices or between", "give one of them")
    between = tuple(values["between"]) if values["between"] else None
    return Uncertain(
        values["name"],
        values["change"],
        tuple(choices),
        between,
        values["noise"],
        tuple(levels),
        values["sets"],
    )
