"""Guarded patterns find what the same patterns find without a guard: every pattern of the reader, on texts of all kinds."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from pathlib import Path
from re import _parser as parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine import reading
from kechuang.plan.engine.reading.openings import _begins_plainly, guarded, opening_of
from kechuang.plan.engine.reading.patterns import _Later

OWN = sorted((Path(__file__).parent / "own").glob("*.txt"))


def every_pattern() -> list[_Later]:
    found: dict[str, _Later] = {}
    for module in pkgutil.walk_packages(reading.__path__, f"{reading.__name__}."):
        values = vars(importlib.import_module(module.name)).values()
        inner = [
            v.values() if isinstance(v, dict) else v for v in values if isinstance(v, list | tuple | dict)
        ]
        for value in [*values, *(each for some in inner for each in some)]:
            if type(value) is _Later and isinstance(value.pattern, str):
                found[value.pattern] = value
    return list(found.values())


def texts() -> list[str]:
    """Lines, and pieces of lines that begin and end anywhere."""
    chance = random.Random(1)
    lines = [line for path in OWN for line in path.read_text().splitlines() if line.strip()]
    lines = chance.sample(lines, 24)
    cuts = [sorted((chance.randrange(len(line)), chance.randrange(len(line) + 1))) for line in lines]
    return [
        "",
        "\n",
        *lines,
        *(line[a:b] for line, (a, b) in zip(lines, cuts, strict=True)),
        "\n".join(lines[:5]),
    ]


def found(compiled: re.Pattern[str], text: str) -> list:
    one = [m and m.span() for m in (compiled.match(text), compiled.fullmatch(text), compiled.match(text, 3))]
    return [
        *one,
        *((m.span(), m.groups()) for m in compiled.finditer(text)),
        compiled.search(text, 2) is None,
    ]


def test_each_pattern_finds_the_same_behind_its_guard():
    patterns, lines = every_pattern(), texts()
    assert len(patterns) > 200
    for ours in patterns:
        plain = re.compile(ours.pattern, ours._flags)
        assert [found(ours, line) for line in lines] == [found(plain, line) for line in lines], ours.pattern


@pytest.mark.parametrize(
    ("source", "looks_first"),
    [
        (r"(?<!x)ab|cd?e|[f-h]\d", True),
        (r"^ab|(?:c|d)e", True),
        (r"(?:^|[,，])要", True),
        (r"(?:a?b?)c|(?=z)\w", True),
        (r"a*|b", False),  # may be empty
        (r"[^a]b|c", False),
        (r".b|c", False),
        (r"(?i:a)b|c", False),
        (r"ab|cd", False),  # `re` looks first by itself
    ],
)
def test_a_guard_stands_where_it_helps(source, looks_first):
    ours, plain = guarded(source), re.compile(source)
    for text in (
        "",
        "ab",
        "xab",
        "cde",
        "ce",
        "f1",
        "de",
        ",要",
        "要",
        "c",
        "abc",
        "z",
        "qb",
        "Ab",
        "cd",
        "aaa",
    ):
        assert found(ours, text) == found(plain, text)
    opening = opening_of(parser.parse(source))
    assert (
        bool(opening and not opening.maybe_none and not _begins_plainly(parser.parse(source))) == looks_first
    )


PIECES = st.sampled_from(
    ["a", "b", "[bc]", "[^a]", ".", "^", "$", r"\b", "(?=a)", "(?!b)", "(?<=a)", "(?<!c)", r"\d", "1"]
)
REPEATS = st.sampled_from(["", "", "?", "*", "+", "{1,2}", "*?"])


@st.composite
def patterns(draw, depth: int = 2) -> str:
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        if depth and draw(st.booleans()):
            alternatives = draw(st.lists(patterns(depth - 1), min_size=1, max_size=3))
            pieces.append(f"(?:{'|'.join(alternatives)}){draw(REPEATS)}")
        else:
            piece = draw(PIECES)
            pieces.append(piece + (draw(REPEATS) if piece[0] in "ab[.1\\" and piece != r"\b" else ""))
    return "".join(pieces)


@given(patterns(), st.text("abc1 \n", max_size=12))
def test_any_pattern_finds_the_same(source, text):
    assert found(guarded(source), text) == found(re.compile(source), text)
