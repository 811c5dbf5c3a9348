"""Why a request was left out, and which placed requests stand in its way."""

from __future__ import annotations

from .layout import Place
from .plan import LeftOut
from .state import State


def reasons(state: State) -> list[LeftOut]:
    """One reason for each request that is not placed, in the order of the instance.

    - window: it has no allowed start at all
    - after: a request it must follow is not placed, or ends too late
    - quota, cap, reserve: a limit that counts it is reached wherever it could run
    - group: it could run, but not together with its whole group
    - quota, floor: those in its way are worth less, but a minimum needs them
    - outranked: those in its way at its best start are worth at least as much
    - capacity: they are worth less, but nothing else can be made of the time it would leave over
    """
    return [_reason(state, i) for i in range(len(state.layout.cells)) if i not in state.places]


def _reason(state: State, i: int) -> LeftOut:
    layout = state.layout
    request = layout.instance.requests[i]
    if i in layout.hopeless:
        return LeftOut(request.id, layout.hopeless[i])
    best = state.least_in_the_way(i)
    if best is None:
        reachable = [
            f for f, _, a, b in layout.cells[i] if any(state.in_order(i, s) for s in range(a, b + 1))
        ]
        reason = layout.rules[state.full_rules(i, reachable[0])[0]].reason if reachable else "after"
        return LeftOut(request.id, reason)
    _, in_the_way = best
    if not in_the_way:
        return LeftOut(request.id, "group")
    blocked_by = tuple(sorted(layout.instance.requests[j].id for j in in_the_way))
    if state.value_of(in_the_way) >= request.value:
        return LeftOut(request.id, "outranked", blocked_by)
    needed = _needed(state, in_the_way)
    return LeftOut(request.id, layout.rules[needed[0]].reason if needed else "capacity", blocked_by)


def _needed(state: State, placed: list[int]) -> list[int]:
    """Min-rules that would be broken without these requests."""
    rules, lost = state.layout.rules, {}
    for j in placed:
        place: Place = state.places[j]
        for k in state.rules_at[j, place[0]]:
            lost[k] = lost.get(k, 0) + int(state.layout.duration[j])
    return [
        k for k, slots in lost.items() if rules[k].kind == "min" and state.used[k] - slots < rules[k].slots
    ]
