"""Patterns that look first whether a match may begin: most of the reader's alternatives begin at few characters.

`re` tries every alternative at every character. A guard before them, the class of all characters that may come first,
turns most characters away in one step; what is found stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec, module_from_spec
from itertools import groupby
from re import _constants as op
from re import _parser as parser
from typing import Any, NamedTuple

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_BEGINNINGS = (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
_OTHERWISE = re.IGNORECASE | re.MULTILINE | re.LOCALE


class Opening(NamedTuple):
    """With which characters a match begins, as the items of a class; `maybe_none`: perhaps with none of them;
    `at_start`: perhaps with any, but then at the start of the text."""

    characters: tuple[tuple[Any, Any], ...] = ()
    maybe_none: bool = False
    at_start: bool = False


def _own_compiler() -> Any:
    """The compiler of `re` for our patterns alone, which works out each class of characters once.

    Our patterns hold a few hundred classes thousands of times, and one of all Chinese characters takes long.
    """
    spec = find_spec("re._compiler")
    own = module_from_spec(spec)
    spec.loader.exec_module(own)
    work_out, known = own._optimize_charset, {}

    def once(items: list[Any], *case: Any) -> Any:
        key = (*items, *case[:2])
        if key not in known:
            known[key] = work_out(items, *case)
        return known[key]

    own._optimize_charset = once
    return own


compiler = _own_compiler()


def guarded(source: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern, behind its guard where it has one. Its `pattern` is None."""
    parsed = parser.parse(source, flags)
    if not parsed.state.flags & _OTHERWISE and not _begins_plainly(parsed):
        if guard := _guard(opening_of(parsed), parsed.state):
            parsed.data[:0] = guard
        elif parsed[0][0] is op.BRANCH:
            parsed[0] = (op.BRANCH, (None, _in_runs(parsed[0][1][1], parsed.state)))
    return compiler.compile(parsed, flags)


def _in_runs(alternatives: Iterable[Any], state: Any) -> list[Any]:
    """Alternatives in their order, those that follow each other and have openings together behind one guard."""
    found: list[Any] = []
    for shut, run in groupby(alternatives, lambda one: bool(_guard(opening_of(one), state))):
        same = list(run)
        if shut and len(same) > 1:
            choice = (op.BRANCH, (None, same))
            guard = _guard(opening_of([choice]), state)
            same = [parser.SubPattern(state, [*guard, choice])]
        found += same
    return found


def opening_of(parsed: Iterable[tuple[Any, Any]]) -> Opening | None:
    """How a match begins; None where any character may come first."""
    found = Opening()
    for code, value in parsed:
        step = _step(code, value)
        if step is None:
            return None
        found = Opening(found.characters + step.characters, False, found.at_start or step.at_start)
        if not step.maybe_none:
            return found
    return found._replace(maybe_none=True)


def _step(code: Any, value: Any) -> Opening | None:
    """The opening of one step of a pattern."""
    if code is op.LITERAL:
        return Opening(((code, value),))
    if code is op.IN:
        return None if value[0][0] is op.NEGATE else Opening(tuple(value))
    if code is op.AT and value in _BEGINNINGS:
        return Opening(at_start=True)
    if code in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return Opening(maybe_none=True)
    if code is op.SUBPATTERN:
        _group, added, removed, inner = value
        return None if added or removed else opening_of(inner)
    if code in _REPEATS:
        least, _most, inner = value
        begun = opening_of(inner)
        return begun and begun._replace(maybe_none=begun.maybe_none or not least)
    return _either(value[1]) if code is op.BRANCH else None


def _either(alternatives: Iterable[Any]) -> Opening | None:
    begun = [opening_of(alternative) for alternative in alternatives]
    if None in begun:
        return None
    characters = tuple(item for each in begun for item in each.characters)
    return Opening(characters, any(each.maybe_none for each in begun), any(each.at_start for each in begun))


def _guard(opening: Opening | None, state: Any) -> list[tuple[Any, Any]]:
    """The steps that look ahead; none where anything may come first, or nothing need come."""
    if opening is None or opening.maybe_none:
        return []
    start = [(op.AT, op.AT_BEGINNING)] if opening.at_start else []
    ahead = parser.SubPattern(state, [(op.IN, list(dict.fromkeys(opening.characters)))])
    look = [(op.ASSERT, (1, ahead))] if opening.characters else []
    if start and look:
        return [(op.BRANCH, (None, [parser.SubPattern(state, start), parser.SubPattern(state, look)]))]
    return start or look


def _begins_plainly(parsed: Any) -> bool:
    """Whether `re` by itself looks only where the first characters stand."""
    if not len(parsed):
        return True
    code, value = parsed[0]
    if code is op.SUBPATTERN:
        return _begins_plainly(value[3])
    if code is op.BRANCH:
        return all(len(each) and each[0][0] is op.LITERAL for each in value[1])
    return code in (op.LITERAL, op.IN)
