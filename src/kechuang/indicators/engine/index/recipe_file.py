"""A recipe from its TOML file, each entry checked: what is unknown, misplaced or does not fit is named."""

from __future__ import annotations

import tomllib
from typing import Any

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.parameters import Parameter, validate
from kechuang.indicators.engine.index.recipe import STAGES, Recipe, Stage, Uncertain, known_stage, with_change

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


def _stage(source: str, number: int, entry: dict) -> Stage:
    entry = dict(entry)
    name = entry.pop("name", None)
    known_stage(f"{source}, [[stage]] {number}", name)
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
