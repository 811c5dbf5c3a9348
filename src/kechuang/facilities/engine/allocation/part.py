"""Choosing the part of a plan to think about again: boxes of time on some facilities, and who may move there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from .bound import Prices
from .model import Box, Part
from .state import State


@dataclass(frozen=True)
class Scope:
    """How generously starts are offered: `cut` drops starts that lose more than this share of the value at the
    dual's prices, which are too dear to appear in a good plan."""

    prices: Prices
    cut: float

    def losses(self, state: State, i: int, facility: int, opening: int, starts: np.ndarray) -> np.ndarray:
        """What each start costs at the prices beyond the request's value, as a share of the value."""
        layout = state.layout
        at = starts + layout.shifts[facility][opening]
        prefix, length = self.prices.prefix, layout.duration[i]
        cost = prefix[at + length] - prefix[at] + length * self.prices.toll[i]
        return (cost - layout.value[i]) / max(layout.value[i], 1e-9)


@dataclass
class Busy:
    """What other parts, still being solved, may change: their requests and their boxes."""

    requests: set[int] = field(default_factory=set)
    boxes: list[Box] = field(default_factory=list)

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Busy:
        parts = list(parts)
        return cls({i for part in parts for i in part.starts}, [box for part in parts for box in part.boxes])


def part_of(state: State, boxes: list[Box], scope: Scope, busy: Busy) -> Part:
    """Free every placed request that lies inside the boxes and offer the room to everyone not placed."""
    layout = state.layout
    boxes = _joined(boxes)
    free = [
        i
        for i, (facility, start) in state.places.items()
        if i not in layout.frozen
        and i not in busy.requests
        and any(f == facility and a <= start and start + int(layout.duration[i]) <= b for f, a, b in boxes)
    ]
    movable = set(free)
    walls = Walls(state, movable, busy.boxes)
    starts: dict[int, list] = {i: [] for i in free}
    for facility, a, b in boxes:
        for i, opening, first, last in _cells_in(layout, facility, a, b):
            if (i in state.places and i not in movable) or i in layout.hopeless or i in busy.requests:
                continue
            options = walls.open_starts(i, facility, max(first, a), min(last, b - int(layout.duration[i])))
            if len(options) and i not in movable:
                options = options[scope.losses(state, i, facility, opening, options) <= scope.cut]
            if len(options):
                starts.setdefault(i, []).extend((facility, s) for s in options.tolist())
    for i in free:
        if state.places[i] not in starts[i]:
            starts[i].append(state.places[i])
    return Part(state, free, _whole_groups(state, starts), boxes)


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes of one facility that overlap or touch become one."""
    merged: list[Box] = []
    for facility, a, b in sorted(boxes):
        if merged and merged[-1][0] == facility and a <= merged[-1][2]:
            merged[-1] = (facility, merged[-1][1], max(b, merged[-1][2]))
        else:
            merged.append((facility, a, b))
    return merged


def _cells_in(layout, facility: int, a: int, b: int):
    """(request, opening, first start, last start) of the cells that meet a box."""
    table = layout.cell_table[facility]
    hits = (table[:, 2] < b) & (table[:, 3] >= a)
    return table[hits].tolist()


def _whole_groups(state: State, starts: dict[int, list]) -> dict[int, list]:
    """Leave out members of a group that could not be placed whole, and those whose predecessor is out of reach."""
    layout = state.layout
    kept = {}
    for i, places in starts.items():
        if i not in state.places:
            tied = [*layout.groups[layout.group_of[i]], *layout.after[i]]
            if any(j not in state.places and j not in starts for j in tied):
                continue
        kept[i] = places
    return kept


class Walls:
    """What stays where it is: for each facility and set-up, the slots that a new block may not touch."""

    def __init__(self, state: State, movable: set[int], closed: list[Box]):
        self.state, self.movable, self.closed = state, movable, closed
        self.memory: dict[tuple[int, str | None], np.ndarray] = {}

    def _counts(self, facility: int, setup: str | None) -> np.ndarray:
        """counts[t] = blocked slots before t."""
        if (facility, setup) not in self.memory:
            layout = self.state.layout
            horizon = layout.instance.facilities[facility].open[-1][1]
            blocked = np.zeros(horizon + 1, dtype=np.int64)
            for start, end, i in self.state.lines[facility]:
                if i not in self.movable:
                    other = layout.instance.requests[i].setup
                    early = max(0, start - layout.changes(facility, setup, other))
                    blocked[early : end + layout.changes(facility, other, setup)] = 1
            for _, start, end in (box for box in self.closed if box[0] == facility):
                blocked[start:end] = 1
            self.memory[facility, setup] = np.r_[0, np.cumsum(blocked)]
        return self.memory[facility, setup]

    def open_starts(self, i: int, facility: int, first: int, last: int) -> np.ndarray:
        """Starts in first..last at which request i touches no wall and keeps its order with what is fixed."""
        if first > last:
            return np.zeros(0, dtype=np.int64)
        layout, places = self.state.layout, self.state.places
        for j in layout.after[i]:
            if j in places and j not in self.movable:
                first = max(first, places[j][1] + int(layout.duration[j]))
        for j in layout.followers[i]:
            if j in places and j not in self.movable:
                last = min(last, places[j][1] - int(layout.duration[i]))
        counts = self._counts(facility, layout.instance.requests[i].setup)
        starts = np.arange(first, last + 1)
        return starts[counts[starts + layout.duration[i]] == counts[starts]]
