"""Which part of a plan to think about again: half the facilities over a slice of the horizon, or the openings where
one request left out (or one group) could run. The slice grows while parts are solved to the end and shrinks while
they are not."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from .bound import Prices
from .model import Box, Part
from .part import Busy, Scope, part_of
from .state import State

CUTS = (0.05, 0.1, 0.2, 0.4)  # shares of its value that a start may lose at the dual's prices
PACE = {
    "OPTIMAL": 1.05,
    "FEASIBLE": 0.93,
    "UNKNOWN": 0.7,
}  # how the size of the parts follows the solver's success
ROOM = 5_000  # starts in a part beyond which dear ones are left out
SMALLEST, LARGEST = 0.01, 1.0  # share of the horizon
FEW = 0.1  # fewer left out than this share of those placed deserve attention one by one, as does a missed minimum
AROUND, AROUND_FEW = 0.25, 0.7  # how often a part is chosen around a request left out: usually, and then
RELATED = 6  # openings freed around a request that was left out


@dataclass
class Neighbourhood:
    """Chooses parts of `state` at random. `share`: length of a slice as a share of the horizon."""

    state: State
    prices: Prices
    seed: int = 1
    share: float = 0.09
    random: random.Random = field(init=False)

    def __post_init__(self):
        self.random = random.Random(self.seed)
        facilities = self.state.layout.instance.facilities
        self.horizon = max((f.open[-1][1] for f in facilities if f.open), default=0)
        self.open_at = [i for i, f in enumerate(facilities) if f.open]

    def learn(self, status: str) -> None:
        """Follow how the solver ended on a part."""
        self.share = min(LARGEST, max(SMALLEST, self.share * PACE.get(status, 1.0)))

    def whole(self) -> Part:
        """Everything that is not frozen, at all its starts."""
        boxes = [(f, 0, self.horizon) for f in self.open_at]
        return part_of(self.state, boxes, Scope(self.prices, math.inf), Busy())

    def choose(self, busy: Busy) -> Part:
        """A part apart from those being solved."""
        outside = [i for i in self._outside() if i not in busy.requests]
        few = self._missed(outside) or len(outside) < FEW * len(self.state.places)
        often = AROUND_FEW if few else AROUND
        boxes = self._around_request(outside) if outside and self.random.random() < often else self._slice()
        cut = self.random.choice(CUTS)
        part = part_of(self.state, boxes, Scope(self.prices, cut), busy)
        while part.size > ROOM and cut > min(CUTS) / 4:
            cut /= 2
            part = part_of(self.state, boxes, Scope(self.prices, cut), busy)
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

    def _missed(self, outside: list[int]) -> list[int]:
        """Those without whom a plan breaks a rule; else those who had a place in the earlier plan."""
        layout = self.state.layout
        unmet = [layout.rules[k].members for k in self.state.unmet()]
        unmet += [
            {j for k in (i, *layout.after[i]) for j in layout.groups[layout.group_of[k]]}
            for i in self.state.loose()
        ]
        missed = [i for i in outside if any(i in members for members in unmet)]
        return missed or [i for i in outside if i in layout.keep_at]

    def _around_request(self, outside: list[int]) -> list[Box]:
        """Where a request left out, with its whole group, could run; those that are missed come first."""
        layout = self.state.layout
        members = layout.groups[layout.group_of[self.random.choice(self._missed(outside) or outside)]]
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
