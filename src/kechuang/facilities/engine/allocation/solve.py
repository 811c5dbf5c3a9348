"""The whole run: first plan, prices, search, proof, reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .bound import Dual
from .certificate import bound_from, certificate_of, rounded_up
from .explain import reasons
from .feasibility import first_plan
from .greedy import by_price
from .instance import Instance
from .layout import Layout
from .neighbourhood import Search
from .plan import Placement, Plan
from .state import State

DUAL_SHARE, DUAL_MOST = 0.12, 20.0  # of the time, and seconds, for the prices before the search
POLISH_SHARE = 0.04  # of the time for the prices after it
MARGIN = 0.03  # of the time kept for the proof and the reasons
SOLVER = "greedy, Lagrangian prices, large-neighbourhood search with OR-Tools CP-SAT"


@dataclass(frozen=True)
class Progress:
    """What is known so far: seconds gone, value of the best plan, the bound, rounds of the search."""

    seconds: float
    value: float
    bound: float
    rounds: int


def allocate(
    instance: Instance,
    seconds: float,
    seed: int,
    clock: Callable[[], float],
    report: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
    workers: int = 2,
) -> Plan:
    """The best plan found within `seconds` of `clock`, with its bound, certificate and reasons.

    `report` is told of progress; `stop` is asked between steps and ends the run early, keeping the best plan.
    When no plan keeps every rule, the plan is empty and `relax` names the smallest set of rules to relax.
    """
    begun = clock()
    deadline = begun + seconds * (1 - MARGIN) - 0.2
    layout = Layout(instance)
    dual = Dual(layout, seed)

    def over(at: float) -> Callable[[], bool]:
        return lambda: stop() or clock() >= at

    state, relax = first_plan(layout, lambda: deadline - clock(), seed, workers)
    if relax:
        return Plan(relax=relax, seconds=clock() - begun, solver=SOLVER)

    def tell(rounds: int) -> None:
        report(Progress(clock() - begun, float(state.value), dual.best.bound, rounds))

    tell(0)
    dual.descend(float(state.value), over(begun + min(DUAL_SHARE * seconds, DUAL_MOST)))
    priced = by_price(layout, dual.best)
    if not priced.broken() and (state.broken() or priced.value > state.value):
        state = priced
    search_end = deadline - POLISH_SHARE * seconds
    search = Search(state, dual.best, lambda: search_end - clock(), seed, workers)
    while not search.proven and (
        not over(search_end)()
        and dual.best.bound - float(state.value) >= float(1 / layout.scale)
        and state_open(state)
    ):
        search.step()
        tell(search.rounds)
    if broken := state.broken():
        return Plan(relax=tuple(broken), seconds=clock() - begun, solver=SOLVER)
    dual.descend(float(state.value), over(deadline))
    return _finished(layout, state, dual, clock() - begun)


def state_open(state: State) -> bool:
    """Whether anyone who could run is left out."""
    return len(state.places) + len(state.layout.hopeless) < len(state.layout.cells)


def _finished(layout: Layout, state: State, dual: Dual, seconds: float) -> Plan:
    certificate = certificate_of(layout, dual.best)
    requests, facilities = layout.instance.requests, layout.instance.facilities
    placed = sorted(
        (facilities[f].id, start, start + requests[i].duration, requests[i].id)
        for i, (f, start) in state.places.items()
    )
    return Plan(
        placed=tuple(Placement(request, f, start, end) for f, start, end, request in placed),
        value=float(state.value),
        bound=rounded_up(bound_from(layout.instance, certificate)),
        unplaced=tuple(reasons(state)),
        certificate=certificate,
        seconds=round(seconds, 3),
        solver=SOLVER,
    )
