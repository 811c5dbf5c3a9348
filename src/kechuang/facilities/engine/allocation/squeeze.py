"""Room for those few who are left out of a light plan: one or two placed requests step aside, nobody leaves."""

from __future__ import annotations

from .greedy import place_group
from .layout import Place
from .state import State

ASIDE = 2  # placed requests that may step aside for one


def squeeze(state: State) -> State:
    """Place who is left out wherever those in the way can all stand elsewhere; requests in groups are left to the search."""
    layout = state.layout
    for i in range(len(layout.cells)):
        if i in state.places or i in layout.hopeless or len(layout.groups[layout.group_of[i]]) > 1:
            continue
        places = [(f, s) for f, _, first, last in layout.cells[i] for s in range(first, last + 1)]
        any(_makes_room(state, i, place) for place in places)
    return state


def _makes_room(state: State, i: int, place: Place) -> bool:
    """Whether i stands at `place` now, those in its way elsewhere; else nothing has changed."""
    aside = state.blockers(i, *place)
    if len(aside) > ASIDE or any(_bound(state, j) for j in aside):
        return False
    old = {j: state.places[j] for j in aside}
    for j in aside:
        state.drop(j)
    if state.can_place(i, *place):
        state.put(i, place)
        moved = [j for j in aside if place_group(state, [j])]
        if len(moved) == len(aside):
            return True
        for j in (i, *moved):
            state.drop(j)
    for j, where in old.items():
        state.put(j, where)
    return False


def _bound(state: State, j: int) -> bool:
    """Whether j may not simply be moved: frozen, in a group, before another, or kept from an earlier plan."""
    layout = state.layout
    tied = len(layout.groups[layout.group_of[j]]) > 1 or layout.followers[j]
    return bool(tied) or j in layout.frozen or j in layout.kept
