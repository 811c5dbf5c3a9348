"""Changeover as cliques: sets of starts of which at most one can be taken.

Let c(a, b) be the slots between a run of set-up a and a later one of set-up b. If a runs in slot t − k and b in slot t, with
1 ≤ k ≤ c(a, b), they stand too near. All runs of any such a in slot t − k exclude one another too, so they form one clique with
the runs of b in slot t. Not every k is needed: two runs of lengths d and e are at all distances of a stretch of
d + e − 1 slots, so a lag every d + e − 1 slots, counted back from c(a, b), meets every pair that is too near.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .state import State


def changeover_cliques(state: State, taken: dict[int, dict]) -> Iterator[list]:
    """Cliques over the variables of `taken`: request → place → variable."""
    running: dict[tuple, list] = defaultdict(list)  # (facility, set-up, slot) → starts that run then
    resting: dict[tuple, list] = defaultdict(list)  # the same, and those whose own set-up must pause then
    shortest: dict[int, dict[str, int]] = defaultdict(dict)
    for i, variables in taken.items():
        request = state.layout.instance.requests[i]
        for (facility, start), var in variables.items():
            if request.setup is None or not state.reach[facility]:
                continue
            least = shortest[facility].get(request.setup, request.duration)
            shortest[facility][request.setup] = min(least, request.duration)
            end = start + request.duration
            for slot in range(start, end):
                running[facility, request.setup, slot].append(var)
            if pause := state.layout.changes(facility, request.setup, request.setup):
                for slot in range(start, end + pause):
                    resting[facility, request.setup, slot].append(var)
    yield from (clique for clique in resting.values() if len(clique) > 1)
    for facility, lengths in shortest.items():
        for setup in lengths:
            yield from _before(state, facility, setup, lengths, running)


def _before(
    state: State, facility: int, setup: str, lengths: dict[str, int], running: dict
) -> Iterator[list]:
    """Cliques of runs of `setup` with runs of other set-ups shortly before them."""
    pauses = {a: state.layout.changes(facility, a, setup) for a in lengths if a != setup}
    lags = {lag for a, pause in pauses.items() for lag in range(pause, 0, -(lengths[setup] + lengths[a] - 1))}
    for (f, b, slot), runs in list(running.items()):
        if (f, b) != (facility, setup):
            continue
        for lag in lags:
            early = [
                var
                for a, pause in pauses.items()
                if pause >= lag
                for var in running.get((f, a, slot - lag), ())
            ]
            if early:
                yield runs + early
