"""The whole run: first plan, prices, search, proof, reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .bound import Dual
from .certificate import bound_from, certificate_of, rounded_up
from .explain import reasons
from .feasibility import better, first_plan, mend
from .greedy import by_price, fill
from .instance import Instance
from .layout import Layout
from .plan import Placement, Plan
from .search import Search
from .squeeze import squeeze
from .state import State

DUAL_SHARE, DUAL_MOST = 0.12, 20.0  # of the time, and seconds, for the prices before the search
CROWDED = 10  # prices deserve less time when fewer than a tenth are left out: they may well all be nothing
MEND_SHARE = 0.2  # of the time for making room in an earlier plan before the rules are doubted
POLISH_SHARE = 0.04  # of the time for the prices after it
TAIL_SHARE, TAIL_FACTOR, TAIL_LEAST = (
    0.05,
    3.0,
    0.3,
)  # time for proof and reasons: at first, × measured + seconds
SOLVER = "greedy, Lagrangian prices, large-neighbourhood search with OR-Tools CP-SAT"


@dataclass(frozen=True)
class Progress:
    """What is known so far: seconds gone, value of the best plan, the bound, rounds of the search, and how many
    requests of the earlier plan stand elsewhere or nowhere."""

    seconds: float
    value: float
    bound: float
    rounds: int
    moved: int


def allocate(
    instance: Instance,
    seconds: float,
    seed: int,
    clock: Callable[[], float],
    report: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
    workers: int = 2,
    keep: dict[str, tuple[str, int]] | None = None,
) -> Plan:
    """The best plan found within `seconds` of `clock`, with its bound, certificate and reasons.

    `report` is told of progress; `stop` is asked between steps and ends the run early, keeping the best plan.
    `keep` maps requests to the (facility, start) of an earlier plan; they move only where that pays.
    When no plan keeps every rule, the plan is empty and `relax` names the smallest set of rules to relax.
    """
    run = _Run(Layout(instance, keep or {}), seconds, seed, clock, report, stop, workers)
    relax = run.start()
    if not relax:
        run.search()
        relax = tuple(run.state.broken())
    if relax:
        return Plan(relax=relax, seconds=run.gone(), solver=SOLVER)
    run.polish()
    return run.plan()


class _Run:
    """One allocation from first plan to proof, within its seconds."""

    def __init__(self, layout, seconds, seed, clock, report, stop, workers):
        self.layout, self.seconds, self.seed, self.workers = layout, seconds, seed, workers
        self.clock, self.report, self.stop = clock, report, stop
        self.begun = clock()
        self.tail = TAIL_SHARE * seconds  # kept for the proof and the reasons, until it has been measured

    def gone(self) -> float:
        return round(self.clock() - self.begun, 3)

    def left(self) -> float:
        """Seconds until the proof must be written."""
        return self.seconds - self.tail - (self.clock() - self.begun)

    def until(self, left: float) -> Callable[[], bool]:
        return lambda: self.stop() or self.left() <= left

    def start(self) -> tuple[str, ...]:
        """Make the first plan and the prices. Returns the rules to relax when there is no plan."""
        self.state = first_plan(self.layout)
        self.dual = Dual(self.layout, self.seed)
        self.tell(0)
        left_out = len(self.layout.cells) - len(self.state.places)
        if left_out * CROWDED < len(self.state.places):
            self.state = squeeze(self.state)
            left_out = len(self.layout.cells) - len(self.state.places)
        crowded = min(1.0, CROWDED * left_out / max(1, len(self.state.places)))
        spend = min(DUAL_SHARE * self.seconds, DUAL_MOST) * crowded
        self.dual.descend(float(self.state.value), self.until(self.left() - spend))
        self.state = better(self.state, by_price(self.layout, self.dual.best))
        if self.state.broken() and self.layout.kept:
            self.improve(MEND_SHARE * self.seconds, lambda: not self.state.broken())
        if self.state.broken():
            self.state, relax = mend(self.state, self.left, self.seed)
            if relax:
                return relax
        rehearsed = self.clock()
        self.plan()
        self.tail = TAIL_FACTOR * (self.clock() - rehearsed) + TAIL_LEAST
        return ()

    def tell(self, rounds: int) -> None:
        places, kept = self.state.places, self.layout.keep_at
        moved = sum(places.get(i) != place for i, place in kept.items())
        self.report(Progress(self.gone(), float(self.state.value), self.dual.best.bound, rounds, moved))

    def search(self) -> None:
        self.improve(self.left() - POLISH_SHARE * self.seconds, self._complete)
        fill(self.state, range(len(self.layout.groups)))

    def improve(self, seconds: float, enough: Callable[[], bool]) -> None:
        """Search for so many seconds, or until it is enough."""
        rest = self.left() - seconds
        with Search(
            self.state, self.dual.best, lambda: self.left() - rest, self.seed, self.workers
        ) as search:
            search.whole()
            while not self.until(rest + search.building)() and not search.proven and not enough():
                search.step()
                self.tell(search.rounds)
            search.finish()

    def _complete(self) -> bool:
        """Whether nothing can be better: all who could run do, or the bound is reached."""
        if self.state.broken():
            return False
        if self.state.worth >= self.layout.most:
            return True
        reached = self.dual.best.bound - float(self.state.value) < 1 / self.layout.scale
        return reached and not self.layout.kept

    def polish(self) -> None:
        self.dual.descend(float(self.state.value), self.until(0))

    def plan(self) -> Plan:
        layout = self.layout
        certificate = certificate_of(layout, self.dual.best)
        return Plan(
            placed=placements(self.state),
            value=float(self.state.value),
            bound=rounded_up(bound_from(layout.instance, certificate)),
            unplaced=tuple(reasons(self.state)),
            certificate=certificate,
            seconds=self.gone(),
            solver=SOLVER,
        )


def placements(state: State) -> tuple[Placement, ...]:
    """Who stands where, by facility and time."""
    requests, facilities = state.layout.instance.requests, state.layout.instance.facilities
    found = sorted(
        (facilities[f].id, start, start + requests[i].duration, requests[i].id)
        for i, (f, start) in state.places.items()
    )
    return tuple(Placement(request, f, start, end) for f, start, end, request in found)
