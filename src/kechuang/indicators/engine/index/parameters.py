"""What a stage's parameter may be: one declaration used to validate recipes and to write their reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kechuang.indicators.engine.index.errors import refuse

NUMBER = (int, float)
WANTED = {
    "text": "a text in quotes",
    "flag": "true or false",
    "number": "a number",
    "count": "a whole number",
    "pair": "[low, high]",
    "list": "a list in square brackets",
    "texts": "a list of texts in square brackets",
    "table": "a table in braces",
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a stage: its kind, default, bounds or choices, and what it does."""

    kind: str  # text, choice, flag, number, count, pair, list, texts, table
    default: Any
    about: str
    choices: tuple[str, ...] = ()
    low: float = float("-inf")
    high: float = float("inf")

    def check(self, where: str, value: Any) -> Any:
        """The value if it fits, else IndexInputError naming the parameter."""
        problem = _problem(self, value)
        if problem:
            raise refuse(f"{where} = {value!r} {problem}", f"write {self.wanted} ({self.about})")
        return value

    @property
    def wanted(self) -> str:
        """What may stand there, in words."""
        if self.kind == "choice":
            return f"one of {', '.join(self.choices)}"
        bounds = [
            f"{word} {bound:g}"
            for word, bound in (("from", self.low), ("to", self.high))
            if abs(bound) != float("inf")
        ]
        return " ".join([WANTED[self.kind], *bounds])


def validate(where: str, declared: Mapping[str, Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Given parameters over the defaults; refuses unknown names and values that do not fit."""
    for name, value in given.items():
        if name not in declared:
            raise refuse(
                f"{where} has no parameter '{name}'",
                f"use {', '.join(sorted(declared))} or correct the spelling",
            )
        declared[name].check(f"{where}.{name}", value)
    return {name: given.get(name, parameter.default) for name, parameter in declared.items()}


def _problem(parameter: Parameter, value: Any) -> str:
    kind = parameter.kind
    if kind == "choice":
        return "" if value in parameter.choices else "is unknown"
    if kind == "flag":
        return "" if isinstance(value, bool) else "is neither true nor false"
    if kind in ("number", "count"):
        return _number_problem(parameter, value)
    if kind == "pair":
        fits = isinstance(value, list | tuple) and len(value) == 2 and all(_is_number(v) for v in value)
        return "" if fits and value[0] < value[1] else "is not [low, high] with low below high"
    if kind == "list":
        return "" if isinstance(value, list | tuple) else "is not a list"
    if kind == "texts":
        fits = isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
        return "" if fits else "is not a list of texts"
    wanted = {"text": (str, "is not a text"), "table": (dict, "is not a table")}[kind]
    return "" if isinstance(value, wanted[0]) else wanted[1]


def _number_problem(parameter: Parameter, value: Any) -> str:
    if not _is_number(value):
        return "is not a number"
    if parameter.kind == "count" and not isinstance(value, int):
        return "is not a whole number"
    if not parameter.low <= value <= parameter.high:
        return f"is outside {parameter.low:g} to {parameter.high:g}"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, NUMBER) and not isinstance(value, bool)
