"""Why a request was left out, and which placed requests stand in its way."""

from __future__ import annotations

from .layout import Layout
from .plan import LeftOut
from .state import State


def reasons(state: State) -> list[LeftOut]:
    """One reason for each request that is not placed, in the order of the instance.

    window: no allowed start at all. after: a request it must follow is not placed, or ends too late. group: another
    member of its group cannot run. quota, cap, reserve: free time exists, but a limit is reached; floor: or it would
    have to push out what a min-rule needs. capacity: every start touches others of at least the same value a slot.
    outranked: a start exists whose holders are worth less a slot, but moving them does not pay in the whole plan.
    """
    return [_reason(state, i) for i in range(len(state.layout.cells)) if i not in state.places]


def _reason(state: State, i: int) -> LeftOut:
    layout = state.layout
    name = layout.instance.requests[i].id
    if i in layout.hopeless:
        return LeftOut(name, layout.hopeless[i])
    starts = [(f, s) for f, _, first, last in layout.cells[i] for s in range(first, last + 1)]
    in_order = [(f, s) for f, s in starts if state.in_order(i, s)]
    if not in_order:
        return LeftOut(name, "after")
    free = [(f, s) for f, s in in_order if not state.blockers(i, f, s)]
    for facility, _ in free:
        if full := state.full_rules(i, facility):
            return LeftOut(name, layout.rules[full[0]].reason)
        return LeftOut(name, "group")
    return _crowded(state, layout, i, in_order)


def _crowded(state: State, layout: Layout, i: int, starts: list[tuple[int, int]]) -> LeftOut:
    requests = layout.instance.requests
    name, mine = requests[i].id, requests[i].value
    if all(state.full_rules(i, f) for f in {f for f, _ in starts}):
        full = state.full_rules(i, starts[0][0])
        return LeftOut(name, layout.rules[full[0]].reason)
    cheapest = min(
        ({*state.blockers(i, f, s)} for f, s in starts),
        key=lambda found: sum(requests[j].value for j in found),
    )
    blocked_by = tuple(sorted(requests[j].id for j in cheapest))
    if len(layout.groups[layout.group_of[i]]) > 1 and any(
        j not in state.places for j in layout.groups[layout.group_of[i]] if j != i
    ):
        return LeftOut(
            name, "group" if mine > sum(requests[j].value for j in cheapest) else "capacity", blocked_by
        )
    kept_by_floor = [
        k
        for j in cheapest
        for k in state.rules_at[j, state.places[j][0]]
        if layout.rules[k].kind == "min" and state.used[k] - requests[j].duration < layout.rules[k].slots
    ]
    if mine > sum(requests[j].value for j in cheapest) and kept_by_floor:
        return LeftOut(name, layout.rules[kept_by_floor[0]].reason, blocked_by)
    dearer = sum(requests[j].value for j in cheapest) >= mine
    return LeftOut(name, "capacity" if not dearer else "outranked", blocked_by)
