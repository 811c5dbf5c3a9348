"""Large-neighbourhood search: think again about a part of the plan, exactly, and keep what is no worse.

Parts are boxes over half the facilities and a slice of the horizon, or the openings where one request left out (or
one group) could run. The slice grows while parts are solved to the end and shrinks while they are not.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from .bound import Prices
from .model import Part, PartModel
from .part import Box, Scope, part_of
from .state import State

CUTS = (0.05, 0.1, 0.2, 0.4)  # shares of its value that a start may lose at the dual's prices
PACE = {
    "OPTIMAL": 1.05,
    "FEASIBLE": 0.93,
    "UNKNOWN": 0.7,
}  # how the size of the parts follows the solver's success
ROOM = 5_000  # starts in a part beyond which dear ones are left out
SMALLEST, LARGEST = 0.01, 1.0  # share of the horizon
EFFORT = 0.5  # of the solver's own clock, a part
WHOLE = 10  # times that effort for the whole problem, when it is small
PATIENCE = 20.0  # wall seconds a part may take at most
SMALL = 4_000  # starts up to which the whole problem is tried at once
FEW = 0.1  # fewer left out than this share of those placed deserve attention one by one, as does a missed minimum
AROUND, AROUND_FEW = 0.25, 0.7  # how often a part is chosen around a request left out: usually, and then
RELATED = 6  # openings freed around a request that was left out


@dataclass
class Search:
    """Improves `state` step by step. `left` tells the seconds left; `workers` threads solve each part."""

    state: State
    prices: Prices
    left: Callable[[], float]
    seed: int = 1
    workers: int = 2
    share: float = 0.09
    rounds: int = 0
    building: float = 0.0  # seconds the slowest model took to build, in which the limit cannot be watched
    proven: bool = False  # the plan is known to be the best there is
    random: random.Random = field(init=False)

    def __post_init__(self):
        self.random = random.Random(self.seed)
        facilities = self.state.layout.instance.facilities
        self.horizon = max((f.open[-1][1] for f in facilities if f.open), default=0)
        starts = sum(last - first + 1 for cells in self.state.layout.cells for _, _, first, last in cells)
        self.small = starts <= SMALL
        self.open_at = [i for i, f in enumerate(facilities) if f.open]

    def step(self) -> bool:
        """Solve one part again. Returns whether the plan became better."""
        self.rounds += 1
        whole = self.rounds == 1 and self.small
        part = self._whole() if whole else self._choose()
        if all(len(part.starts[i]) == 1 for i in part.free) and len(part.starts) == len(part.free):
            self.proven = whole
            return False
        before = self.left()
        model = PartModel(part)
        self.building = max(self.building, before - self.left())
        effort = EFFORT * (WHOLE if whole else 1)
        status, places = model.solve(min(PATIENCE, self.left()), self.rounds, self.workers, effort)
        self.proven = whole and status == "OPTIMAL"
        self.share *= PACE.get(status, 1.0)
        self.share = min(LARGEST, max(SMALLEST, self.share))
        return places is not None and self._accept(part.free, places)

    def _accept(self, free: list[int], places: dict) -> bool:
        """Take over a part's answer unless it is worse; equal ones are taken to move on from a standstill."""
        before = self._merit()
        old = {i: self.state.places[i] for i in free}
        for i in free:
            self.state.drop(i)
        for i, place in places.items():
            self.state.put(i, place)
        if self._merit() >= before:
            return self._merit() > before
        for i in places:
            self.state.drop(i)
        for i, place in old.items():
            self.state.put(i, place)
        return False

    def _merit(self):
        """Shortfall of the min-rules first, then value."""
        rules, used = self.state.layout.rules, self.state.used
        return -sum(rules[k].slots - used[k] for k in self.state.unmet()), self.state.worth

    def _whole(self) -> Part:
        """Everything that is not frozen, at all its starts."""
        boxes = [(f, 0, self.horizon) for f in self.open_at]
        return part_of(self.state, boxes, Scope(self.prices, math.inf))

    def _choose(self) -> Part:
        outside = self._outside()
        few = self.state.unmet() or len(outside) < FEW * len(self.state.places)
        often = AROUND_FEW if few else AROUND
        boxes = self._around_request(outside) if outside and self.random.random() < often else self._slice()
        cut = self.random.choice(CUTS)
        part = part_of(self.state, boxes, Scope(self.prices, cut))
        while part.size > ROOM and cut > min(CUTS) / 4:
            cut /= 2
            part = part_of(self.state, boxes, Scope(self.prices, cut))
        return part

    def _slice(self) -> list[Box]:
        """Half the facilities over a slice of the horizon."""
        chosen = self.random.sample(self.open_at, -(-len(self.open_at) // 2))
        length = max(2, round(self.horizon * self.share * self.random.uniform(0.7, 1.3)))
        start = self.random.randrange(-length // 2, max(1, self.horizon - length // 2))
        return [(f, max(0, start), start + length) for f in chosen]

    def _outside(self) -> list[int]:
        layout, places = self.state.layout, self.state.places
        return [i for i in range(len(layout.cells)) if i not in places and i not in layout.hopeless]

    def _around_request(self, outside: list[int]) -> list[Box]:
        """Where a request left out, with its whole group, could run; those a missed minimum counts come first."""
        layout = self.state.layout
        unmet = [layout.rules[k].members for k in self.state.unmet()]
        missed = [i for i in outside if any(i in counted for counted in unmet)]
        members = layout.groups[layout.group_of[self.random.choice(missed or outside)]]
        boxes = []
        for i in members:
            cells = self.random.sample(
                layout.cells[i], min(len(layout.cells[i]), max(1, RELATED // len(members)))
            )
            boxes += [self._near(i, *cell) for cell in cells]
        return boxes

    def _near(self, i: int, facility: int, opening: int, first: int, last: int) -> Box:
        """The part of an opening that request i could fill, and its own length more on either side."""
        start, end = self.state.layout.instance.facilities[facility].open[opening]
        length = int(self.state.layout.duration[i])
        return facility, max(start, first - length), min(end, last + 2 * length)
