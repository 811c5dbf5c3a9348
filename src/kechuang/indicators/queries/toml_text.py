"""A recipe written back as TOML: stages, framework and uncertain inputs of plain values."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from kechuang.indicators.engine.index import Recipe

BARE = re.compile(r"[A-Za-z0-9_-]+")


def recipe_text(recipe: Recipe) -> str:
    """TOML that `read_recipe` reads back to the same recipe."""
    lines = [f"name = {value(recipe.name)}", f"title = {value(recipe.title)}"]
    lines += [
        f"{name} = {value(text)}"
        for name, text in (("title_zh", recipe.title_zh), ("source", recipe.source))
        if text
    ]
    lines += ["", "[data]", f"unit = {value(list(recipe.unit))}"]
    if recipe.focus:
        lines.append(f"focus = {value(list(recipe.focus))}")
    if recipe.names:
        lines.append(f"names = {value(recipe.names)}")
    for entry in recipe.framework:
        lines += _table("framework", entry)
    for stage in recipe.stages:
        lines += _table("stage", {"name": stage.name, **stage.given})
    for each in recipe.uncertain:
        given = {"name": each.name, "change": each.change}
        if each.of_weights:
            given |= {"noise": each.noise, "levels": list(each.levels), "sets": each.sets}
        elif each.choices:
            given["choices"] = list(each.choices)
        else:
            given["between"] = list(each.between)
        lines += _table("uncertain", given)
    return "\n".join(lines) + "\n"


def _table(name: str, entries: Mapping[str, Any]) -> list[str]:
    return ["", f"[[{name}]]", *(f"{key(k)} = {value(v)}" for k, v in entries.items() if v is not None)]


def key(name: str) -> str:
    return name if BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def value(given: Any) -> str:
    """One TOML value."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, float) and math.isinf(given):
        return "inf" if given > 0 else "-inf"
    if isinstance(given, int | float):
        return repr(given)
    if isinstance(given, Mapping):
        return "{ " + ", ".join(f"{key(k)} = {value(v)}" for k, v in given.items()) + " }"
    if isinstance(given, list | tuple):
        return "[" + ", ".join(map(value, given)) + "]"
    return json.dumps(str(given), ensure_ascii=False)
