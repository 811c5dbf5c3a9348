"""A first plan that keeps every rule; or, when there is none, the smallest set of rules to relax."""

from __future__ import annotations

from collections.abc import Callable

from .greedy import by_density, by_need, fill
from .layout import Layout, Place
from .model import Part, PartModel
from .state import State

EXACT = 40_000  # starts up to which the whole problem fits in one model
SHARE = {True: 0.4, False: 0.25}  # of the seconds left, for the exact proof and for the loose one
EFFORT = 1e6  # the solver's own clock does not limit it
WORKERS = 1  # a second thread searches without the linear relaxation and starves the one that proves
PROVEN = 0.5  # a bound on the exceptions above this means that there is no plan
RULE, FROZEN = 1000, 1001  # weights: as few exceptions as possible, a rule before a frozen request


class RelaxModel(PartModel):
    """Every rule and every frozen request may be given up; as few as possible are."""

    linearization = 2  # rules that may be given up are left out of the relaxation otherwise

    def _rules(self) -> None:
        self.relaxed = {}
        for k, rule in enumerate(self.layout.rules):
            used, rest = self._usage(k)
            relaxed = self._unless(rule.name)
            if rule.kind == "max":
                asked = sum(self.length[i] for i in rule.members)
                self.model.add(used + rest <= rule.slots + asked * relaxed)
            else:
                self.model.add(used + rest >= rule.slots - rule.slots * relaxed)
        for i, place in self.layout.frozen.items():  # given up, it may run elsewhere
            released = self._unless(f"frozen:{self.layout.instance.requests[i].id}")
            self.model.add(self.taken[i][self._spot(place)] >= 1 - released)

    def hint(self, state: State) -> None:
        """Start from a plan that breaks rules."""
        self.model.clear_hints()
        broken = set(state.broken())
        for name, var in self.relaxed.items():
            self.model.add_hint(var, name in broken)
        for i, variables in self.taken.items():
            here = self._spot(state.places[i]) if i in state.places else None
            for place, var in variables.items():
                self.model.add_hint(var, place == here)

    def _spot(self, place: Place) -> Place:
        return place

    def _unless(self, name: str):
        self.relaxed[name] = self.model.new_bool_var(name)
        return self.relaxed[name]

    def _objective(self) -> None:
        self.model.minimize(
            sum((FROZEN if name.startswith("frozen:") else RULE) * var for name, var in self.relaxed.items())
        )


class RoomModel(RelaxModel):
    """The same for large problems, looser: facilities hold what fits by length, wherever it stands.

    What is impossible here is impossible; what is possible here may still fail on the clock.
    """

    def _slots(self) -> None:
        for f, facility in enumerate(self.layout.instance.facilities):
            here = [
                (self.length[i], var) for i, vs in self.taken.items() for (g, _), var in vs.items() if f == g
            ]
            self.model.add(sum(length * var for length, var in here) <= facility.open_slots)

    def _spot(self, place: Place) -> Place:
        return place[0], 0

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


def mend(state: State, left: Callable[[], float], seed: int) -> tuple[State, tuple[str, ...]]:
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
    model.hint(state)
    _, found = model.solve(left() * SHARE[exact], seed, WORKERS, EFFORT)
    if found is not None and model.solver.best_objective_bound > PROVEN:
        return state, tuple(name for name, var in model.relaxed.items() if model.solver.boolean_value(var))
    if found is not None and model.solver.objective_value < PROVEN:
        mended = _realised(layout, found if exact else None, frozenset(found))
        state = better(mended, state)
    return state, ()


def _everything(layout: Layout) -> dict[int, list]:
    return {
        i: [(f, s) for f, _, a, b in cells for s in range(a, b + 1)]
        for i, cells in enumerate(layout.cells)
        if i not in layout.hopeless or i in layout.frozen
    }


def _rooms(layout: Layout) -> dict[int, list]:
    """Each request on each of its facilities, at no particular time."""
    return {
        i: [(f, 0) for f in sorted({f for f, *_ in cells})]
        for i, cells in enumerate(layout.cells)
        if i not in layout.hopeless or i in layout.frozen
    }


def _realised(layout: Layout, places: dict | None, chosen: frozenset[int]) -> State:
    """A plan from the model's answer: its places, or at least its choice of requests, then what else fits."""
    order = sorted(range(len(layout.groups)), key=lambda g: not chosen.intersection(layout.groups[g]))
    return fill(State(layout, layout.frozen if places is None else places), order)
