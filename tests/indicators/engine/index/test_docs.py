"""The reference in docs/index-recipes.md holds every stage and parameter as declared in the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from kechuang.indicators.engine.index.parameters import Parameter
from kechuang.indicators.engine.index.recipe import STAGES

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "index-recipes.md"


def row(name: str, parameter: Parameter) -> str:
    kind = ", ".join(f"`{choice}`" for choice in parameter.choices) or parameter.kind
    default = (
        ""
        if parameter.default in ("", {}, []) or parameter.default != parameter.default
        else parameter.default
    )
    return f"| `{name}` | {kind} | {default} | {parameter.about} |"


@pytest.mark.parametrize("stage", STAGES)
def test_every_parameter_is_described(stage):
    section = DOCUMENT.read_text(encoding="utf-8").split(f"### {stage}\n")[1].split("\n#")[0]
    assert [line for line in section.splitlines() if line.startswith("| `")] == [
        row(name, parameter) for name, parameter in STAGES[stage].items()
    ]
