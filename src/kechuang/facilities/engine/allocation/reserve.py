"""The reserve list: who is next when time falls free, in which order, why they wait and where they would fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .explain import reasons
from .greedy import order_by_density, place_group, standing
from .instance import Instance
from .layout import Layout
from .plan import LeftOut, Placement
from .state import State


@dataclass(frozen=True)
class Waiting:
    """One request in waiting. `rank` counts from 1; `density` is its value a slot.

    `fits`: it can stand there now, together with its whole group, and nobody else need move.
    `instead`: else the place where those in its way, `in_place_of`, are worth the least, if order allows any.
    """

    rank: int
    request: str
    density: Fraction
    why: LeftOut
    fits: Placement | None = None
    instead: Placement | None = None
    in_place_of: tuple[str, ...] = ()


def reserve_list(instance: Instance, placed: Iterable[Placement]) -> tuple[Waiting, ...]:
    """Everyone not in `placed` who could run at all, the groups with the highest value a slot first.

    Each is tried against the same plan: `fits` of two of them may name the same time, and the earlier rank has it first.
    """
    layout = Layout(instance, {p.request: (p.facility, p.start) for p in placed})
    state = standing(layout)
    whys = {why.request: why for why in reasons(state)}
    found: list[Waiting] = []
    for g in order_by_density(layout):
        members = [i for i in layout.groups[g] if i not in state.places and i not in layout.hopeless]
        places = _tried(state, members)
        for i in members:
            request = instance.requests[i]
            blocked = None
            if i not in places:
                blocked = state.least_in_the_way(i) or state.least_in_the_way(i, limits=False)
            found.append(
                Waiting(
                    len(found) + 1,
                    request.id,
                    request.value / request.duration,
                    whys[request.id],
                    _placement(layout, i, places[i]) if i in places else None,
                    _placement(layout, i, blocked[0]) if blocked else None,
                    tuple(instance.requests[j].id for j in blocked[1]) if blocked else (),
                )
            )
    return tuple(found)


def _tried(state: State, members: list[int]) -> dict:
    """Where these members would stand if they were placed now; the state stays as it was."""
    if not members or not place_group(state, members):
        return {}
    places = {i: state.places[i] for i in members}
    for i in members:
        state.drop(i)
    return places


def _placement(layout: Layout, i: int, place) -> Placement:
    facility, start = place
    request = layout.instance.requests[i]
    return Placement(request.id, layout.instance.facilities[facility].id, start, start + request.duration)
