"""A first plan that keeps every rule; or, when there is none, the smallest set of rules to relax."""

from __future__ import annotations

from collections.abc import Callable

from .greedy import by_density, by_need, fill
from .layout import Layout
from .model import Part, PartModel
from .state import State

EXACT = 40_000  # starts up to which the whole problem fits in one model
SHARE = {True: 0.4, False: 0.1}  # of the seconds left, for the exact proof and for the loose one
EFFORT = 1e6  # the solver's own clock does not limit it
RULE, FROZEN = 1000, 1001  # weights: as few exceptions as possible, a rule before a frozen request


class RelaxModel(PartModel):
    """Every rule and every frozen request may be given up; as few as possible are."""

    def _rules(self) -> None:
        self.relaxed = {}
        for k, rule in enumerate(self.layout.rules):
            used, rest = self._usage(k)
            spare = self._unless(rule.name) * (rule.slots + rest + sum(self.layout.duration.tolist()))
            if rule.kind == "max":
                self.model.add(used + rest <= rule.slots + spare)
            else:
                self.model.add(used + rest >= rule.slots - spare)
        for i in self.layout.frozen:
            released = self._unless(f"frozen:{self.layout.instance.requests[i].id}")
            self.model.add(self._placed(i) >= 1 - released)

    def _unless(self, name: str):
        self.relaxed[name] = self.model.new_bool_var(name)
        return self.relaxed[name]

    def _objective(self) -> None:
        self.model.minimize(
            sum((FROZEN if name.startswith("frozen:") else RULE) * var for name, var in self.relaxed.items())
        )


class RoomModel(RelaxModel):
    """The same for large problems, looser: openings hold what fits by length, wherever in them it stands.

    What is impossible here is impossible; what is possible here may still fail on the clock.
    """

    def _slots(self) -> None:
        openings: dict[tuple[int, int], list] = {}
        for i, variables in self.taken.items():
            for (facility, opening), var in variables.items():
                openings.setdefault((facility, opening), []).append(self.length[i] * var)
        for (facility, opening), terms in openings.items():
            start, end = self.layout.instance.facilities[facility].open[opening]
            self.model.add(sum(terms) <= end - start)

    def _changeovers(self) -> None:
        pass

    def _order(self) -> None:
        for i in self.taken:
            for j in self.layout.after[i]:
                self.model.add(self._placed(i) <= self._placed(j))


def first_plan(layout: Layout) -> State:
    """The better of the plain greedy plan and the one that serves needs first."""
    return better(by_density(layout), by_need(layout))


def better(*plans: State) -> State:
    """A plan that breaks nothing before one that does; then the one worth more."""
    return max(plans, key=lambda plan: (not plan.broken(), plan.worth))


def mend(state: State, left: Callable[[], float], seed: int, workers: int) -> tuple[State, tuple[str, ...]]:
    """(plan, rules to relax) from a plan that breaks rules.

    The set is empty when a plan was found, or none could be ruled out in the time: then the plan still breaks rules,
    and the search that follows tries to mend it.
    """
    layout = state.layout
    places = _everything(layout)
    exact = sum(len(options) for options in places.values()) <= EXACT
    if not exact:
        places = _rooms(layout)
    model = (RelaxModel if exact else RoomModel)(Part(State(layout), [], places))
    status, found = model.solve(left() * SHARE[exact], seed, workers, EFFORT)
    if status == "OPTIMAL" and model.solver.objective_value > 0.5:
        return state, tuple(name for name, var in model.relaxed.items() if model.solver.boolean_value(var))
    if found is not None and model.solver.objective_value < 0.5:
        mended = _realised(layout, found if exact else None, frozenset(found))
        state = better(mended, state)
    return state, ()


def _everything(layout: Layout) -> dict[int, list]:
    return {
        i: [layout.frozen[i]]
        if i in layout.frozen
        else [(f, s) for f, _, a, b in cells for s in range(a, b + 1)]
        for i, cells in enumerate(layout.cells)
        if i not in layout.hopeless or i in layout.frozen
    }


def _rooms(layout: Layout) -> dict[int, list]:
    return {
        i: sorted(
            {
                (f, opening)
                for f, opening, first, last in cells
                if i not in layout.frozen
                or (layout.frozen[i][0] == f and first <= layout.frozen[i][1] <= last)
            }
        )
        for i, cells in enumerate(layout.cells)
        if i not in layout.hopeless or i in layout.frozen
    }


def _realised(layout: Layout, places: dict | None, chosen: frozenset[int]) -> State:
    """A plan from the model's answer: its places, or at least its choice of requests, then what else fits."""
    order = sorted(range(len(layout.groups)), key=lambda g: not chosen.intersection(layout.groups[g]))
    return fill(State(layout, layout.frozen if places is None else places), order)
