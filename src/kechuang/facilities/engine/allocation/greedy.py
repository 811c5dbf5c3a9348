"""Greedy plans: groups in an order of merit, each request at its first or cheapest free start."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .bound import Prices
from .layout import Layout, Place
from .state import State


def by_density(layout: Layout) -> State:
    """Plain greedy: groups by value per slot, each request at its earliest free start; max-rules stay unbroken."""
    return fill(State(layout, layout.frozen), order_by_density(layout))


def by_need(layout: Layout) -> State:
    """First what frozen requests cannot do without, then each min-rule in turn, then the rest by density.

    Requests of an earlier plan (`layout.kept`) hold their place where they can.
    """
    state, order = standing(layout), order_by_density(layout)
    needed = _needed_by_frozen(layout)
    fill(state, [g for g in order if needed.intersection(layout.groups[g])])
    for k in state.unmet():
        fill(state, order, wanted=lambda members, k=k: _counts(state, members, [k]))
    return fill(state, order)


def by_price(layout: Layout, prices: Prices) -> State:
    """Groups by what they gain at the dual's prices, each request at its cheapest free start; needs come first."""

    def gain(i: int) -> float:
        cheapest = min((float(cost.min()) for _, _, cost in _priced(layout, prices, i)), default=np.inf)
        return (layout.value[i] - cheapest) / layout.duration[i] - prices.toll[i]

    ranks = [sum(gain(i) for i in members) / len(members) for members in layout.groups]
    order = np.argsort(-np.array(ranks), kind="stable").tolist()
    state, needed = standing(layout), _needed_by_frozen(layout)
    fill(state, [g for g in order if needed.intersection(layout.groups[g])], prices)
    fill(state, order, prices, lambda members: _counts(state, members, state.unmet()))
    return fill(state, order, prices)


def fill(
    state: State,
    order: Sequence[int],
    prices: Prices | None = None,
    wanted: Callable[[list[int]], bool] = lambda members: True,
) -> State:
    """Place wanted groups in this order while they fit; further rounds take those that waited for another request."""
    groups, waiting = state.layout.groups, list(order)
    while waiting:
        left = [g for g in waiting if not (wanted(groups[g]) and place_group(state, groups[g], prices))]
        again = [g for g in left if any(state.layout.after[i] for i in groups[g])]
        waiting = again if len(left) < len(waiting) else []
    return state


def order_by_density(layout: Layout) -> list[int]:
    """Groups by value a slot, the highest first."""
    ranks = [
        sum(layout.value[i] for i in members) / sum(int(layout.duration[i]) for i in members)
        for members in layout.groups
    ]
    return np.argsort(-np.array(ranks), kind="stable").tolist()


def _needed_by_frozen(layout: Layout) -> set[int]:
    """Frozen requests, their groups and predecessors, and so on."""
    needed, waiting = set(), set(layout.frozen)
    while waiting:
        i = waiting.pop()
        needed.add(i)
        waiting |= {*layout.groups[layout.group_of[i]], *layout.after[i]} - needed
    return needed


def _counts(state: State, members: list[int], rules: list[int]) -> bool:
    """Whether one of these rules is an unmet minimum and counts one of the members."""
    unmet = set(state.unmet()).intersection(rules)
    return any(state.layout.rules[k].members.intersection(members) for k in unmet)


def standing(layout: Layout) -> State:
    """Frozen requests, and those of an earlier plan where they may and can stay.

    What frozen requests cannot do without comes before the others: in its old place, or where those it drives out
    are worth the least.
    """
    state, kept = State(layout, layout.frozen), State(layout, {**layout.kept, **layout.frozen})
    needed = _needed_by_frozen(layout) - layout.frozen.keys()
    for i in sorted(needed - layout.hopeless.keys(), key=lambda i: len(layout.after[i])):
        found = (layout.kept[i], []) if i in layout.kept else kept.least_in_the_way(i)
        if found and state.can_place(i, *found[0]):
            state.put(i, found[0])
    for i in sorted(layout.kept.keys() - state.places.keys(), key=lambda i: layout.kept[i][1]):
        if i not in layout.hopeless and state.can_place(i, *layout.kept[i]):
            state.put(i, layout.kept[i])
    while lost := [i for i in state.places if i not in layout.frozen and not state.tied(i)]:
        for i in lost:
            state.drop(i)
    return state


def place_group(state: State, members: list[int], prices: Prices | None = None) -> bool:
    """Place all members at their first, or cheapest, free starts; or none of them."""
    if any(i in state.layout.hopeless for i in members):
        return False
    added = []
    todo = [i for i in members if i not in state.places]
    while todo:
        i = next((i for i in todo if _place(state, i, prices)), None)
        if i is None:
            for j in added:
                state.drop(j)
            return False
        added.append(i)
        todo.remove(i)
    return True


def _place(state: State, i: int, prices: Prices | None) -> bool:
    options = _earliest(state.layout, i) if prices is None else _cheapest(state.layout, prices, i)
    for facility, start in options:
        if state.can_place(i, facility, start):
            state.put(i, (facility, start))
            return True
    return False


def _earliest(layout: Layout, i: int) -> list[Place]:
    options = [(s, f) for f, _, first, last in layout.cells[i] for s in range(first, last + 1)]
    return [(f, s) for s, f in sorted(options)]


def _cheapest(layout: Layout, prices: Prices, i: int) -> list[Place]:
    options = [
        (cost, start, facility)
        for facility, first, costs in _priced(layout, prices, i)
        for start, cost in enumerate(costs.tolist(), first)
    ]
    return [(f, s) for _, s, f in sorted(options)]


def _priced(layout: Layout, prices: Prices, i: int):
    """(facility, first start, cost of each start) for the cells of request i."""
    for facility, opening, first, last in layout.cells[i]:
        at = np.arange(first, last + 1) + layout.shifts[facility][opening]
        yield facility, first, prices.prefix[at + layout.duration[i]] - prices.prefix[at]
