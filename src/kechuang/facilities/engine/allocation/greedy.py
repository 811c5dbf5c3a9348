"""Plain greedy: requests by value per slot, each at its first free start. The yardstick, and the first plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .bound import Prices
from .layout import Layout
from .state import State

FIRST = 1e12  # above any value per slot


def by_density(layout: Layout, first: frozenset[int] = frozenset()) -> State:
    """Take groups by value per slot, each request at its earliest possible start; the rules stay unbroken.

    Groups with a member in `first` come before all others.
    """
    ranks = [
        sum(layout.value[i] for i in members) / sum(int(layout.duration[i]) for i in members)
        + (FIRST if first.intersection(members) else 0.0)
        for members in layout.groups
    ]
    return fill(State(layout, layout.frozen), np.argsort(-np.array(ranks), kind="stable").tolist())


def by_price(layout: Layout, prices: Prices, state: State | None = None) -> State:
    """Take groups by what they gain at the dual's prices, each request at its cheapest possible start."""
    prefix = prices.prefix

    def cost(i: int, facility: int, opening: int, start: int) -> float:
        at = start + layout.shifts[facility][opening]
        return prefix[at + layout.duration[i]] - prefix[at]

    def gain(i: int) -> float:
        best = min(
            (cost(i, f, k, s) for f, k, a, b in layout.cells[i] for s in range(a, b + 1)), default=np.inf
        )
        return (layout.value[i] - best) / layout.duration[i] - prices.toll[i]

    ranks = [sum(gain(i) for i in members) / len(members) for members in layout.groups]
    order = np.argsort(-np.array(ranks), kind="stable").tolist()
    return fill(state or State(layout, layout.frozen), order, cost)


def fill(state: State, order: Sequence[int], cost=None) -> State:
    """Place groups in this order while they fit; a second round takes those that waited for another request."""
    layout = state.layout
    waiting = list(order)
    while waiting:
        left = [g for g in waiting if not _place_group(state, layout.groups[g], cost)]
        again = [g for g in left if any(layout.after[i] for i in layout.groups[g])]
        progress = len(left) < len(waiting)
        waiting = again if progress else []
    return state


def _place_group(state: State, members: list[int], cost) -> bool:
    if any(i in state.layout.hopeless for i in members):
        return False
    added = []
    todo = [i for i in members if i not in state.places]
    while todo:
        i = next((i for i in todo if _place(state, i, cost)), None)
        if i is None:
            for j in added:
                state.drop(j)
            return False
        added.append(i)
        todo.remove(i)
    return True


def _place(state: State, i: int, cost) -> bool:
    options = [(f, k, s) for f, k, first, last in state.layout.cells[i] for s in range(first, last + 1)]
    if cost is None:
        options.sort(key=lambda option: (option[2], option[0]))
    else:
        options.sort(key=lambda option: (cost(i, *option), option[2]))
    for facility, _, start in options:
        if state.can_place(i, facility, start):
            state.put(i, (facility, start))
            return True
    return False
