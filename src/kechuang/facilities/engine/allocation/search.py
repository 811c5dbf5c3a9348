"""Large-neighbourhood search: think again about parts of the plan, exactly, and keep what is no worse.

Each of `workers` threads solves a part of its own; parts being solved at one time share no request and no room. Answers are
taken over in the order in which the parts were chosen, so that the seed decides and not the clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from .bound import Prices
from .layout import Place
from .model import Part, PartModel
from .neighbourhood import Neighbourhood
from .part import Busy
from .state import State

EFFORT = 0.5  # of the solver's own clock, a part
WHOLE = 10  # times that effort for the whole problem, when it is small
PATIENCE = 20.0  # wall seconds a part may take at most
SMALL = 4_000  # starts up to which the whole problem is tried at once
AHEAD = 1  # parts chosen beyond those being solved, so that no thread waits for the oldest answer


@dataclass
class Search:
    """Improves `state` step by step until `left()` seconds are gone; use it as a context."""

    state: State
    prices: Prices
    left: Callable[[], float]
    seed: int = 1
    workers: int = 2
    rounds: int = 0
    building: float = 0.0  # seconds the slowest model took to build, in which the limit cannot be watched
    proven: bool = False  # the plan is known to be the best there is
    running: deque[tuple[Part, Future]] = field(default_factory=deque)

    def __enter__(self) -> Search:
        self.neighbourhood = Neighbourhood(self.state, self.prices, self.seed)
        self.pool = ThreadPoolExecutor(self.workers)
        return self

    def __exit__(self, *error) -> None:
        self.pool.shutdown()

    def whole(self) -> None:
        """Solve a small problem at once, and prove its plan where that succeeds."""
        starts = sum(last - first + 1 for cells in self.state.layout.cells for _, _, first, last in cells)
        if starts > SMALL:
            return
        part = self.neighbourhood.whole()
        if _fixed(part):
            self.proven = True
            return
        status, places = PartModel(part).solve(
            min(PATIENCE, self.left()), self.seed, self.workers, EFFORT * WHOLE
        )
        self.proven = status == "OPTIMAL"
        if places is not None:
            self._accept(part, places)

    def step(self) -> None:
        """Begin parts until all threads are at work, then take over the oldest answer."""
        for _ in range(self.workers + AHEAD - len(self.running)):
            self._begin()
        if self.running:
            self._take()

    def finish(self) -> None:
        """Take over what is still being solved."""
        while self.running:
            self._take()

    def _begin(self) -> None:
        self.rounds += 1
        part = self.neighbourhood.choose(Busy.of(part for part, _ in self.running))
        if _fixed(part):
            return
        begun, seed = self.left(), self.rounds
        model = PartModel(part)
        self.building = max(self.building, begun - self.left())
        solve = self.pool.submit(lambda: model.solve(min(PATIENCE, self.left()), seed, 1, EFFORT))
        self.running.append((part, solve))

    def _take(self) -> None:
        part, future = self.running.popleft()
        status, places = future.result()
        self.neighbourhood.learn(status)
        if places is not None:
            self._accept(part, places)

    def _accept(self, part: Part, places: dict[int, Place]) -> None:
        """Take over a part's answer unless it is worse; equal ones are taken to move on from a standstill."""
        before = self._merit()
        old = {i: self.state.places[i] for i in part.free}
        for i in part.free:
            self.state.drop(i)
        added = []
        for i, place in places.items():
            if self.state.blockers(i, *place) or self.state.full_rules(i, place[0]):
                break  # parts solved beside it took the room of a rule or of a changeover
            self.state.put(i, place)
            added.append(i)
        if len(added) == len(places) and self._merit() >= before and self._tied({*old, *places}):
            return
        for i in added:
            self.state.drop(i)
        for i, place in old.items():
            self.state.put(i, place)

    def _tied(self, touched: set[int]) -> bool:
        """Whether the order of what changed still holds."""
        state, layout = self.state, self.state.layout
        near = {j for i in touched for j in (i, *layout.followers[i])}
        return all(state.in_order(i, state.places[i][1]) for i in near if i in state.places)

    def _merit(self):
        """What frozen requests lack first, then the shortfall of the min-rules, then value."""
        rules, used = self.state.layout.rules, self.state.used
        short = sum(rules[k].slots - used[k] for k in self.state.unmet())
        return -len(self.state.loose()), -short, self.state.worth


def _fixed(part: Part) -> bool:
    """Whether there is nothing to decide."""
    return len(part.starts) == len(part.free) and all(len(part.starts[i]) == 1 for i in part.free)
