"""The CP-SAT model of a part of the plan: one yes/no per (request, start), cliques per slot and changeover.

A clique says that at most one of its starts is taken: all starts that cover a slot exclude one another, and so do
those that stand nearer than a changeover. Such a model has the strength of the time-indexed linear relaxation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from .changeover import changeover_cliques
from .layout import Place
from .state import State

Box = tuple[int, int, int]  # (facility, from slot, to slot)
SHORTFALL_WEIGHT = 3  # a slot short of a min-rule costs this many times the dearest slot of value


@dataclass
class Part:
    """What may change inside `boxes`: `free` placed requests, and others not placed, with their possible `starts`."""

    state: State
    free: list[int]
    starts: dict[int, list[Place]]
    boxes: list[Box] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(places) for places in self.starts.values())


class PartModel:
    """Builds and solves a Part: what it places keeps every rule together with what stays fixed."""

    linearization = 1  # how much of the model CP-SAT also gives to its linear relaxation

    def __init__(self, part: Part):
        from ortools.sat.python import cp_model

        self.cp = cp_model
        self.part, self.state, self.layout = part, part.state, part.state.layout
        self.model = cp_model.CpModel()
        self.taken: dict[int, dict[Place, object]] = {}
        self.penalties: list = []
        self.length = [request.duration for request in self.layout.instance.requests]
        free = set(part.free)
        self.fixed = {i: p for i, p in self.state.places.items() if i not in free}
        self._variables()
        self._slots()
        self._changeovers()
        self._rules()
        self._groups()
        self._order()
        self._objective()

    def _variables(self) -> None:
        for i, places in self.part.starts.items():
            here = self.state.places.get(i)
            self.taken[i] = {place: self.model.new_bool_var("") for place in places}
            for place, var in self.taken[i].items():
                self.model.add_hint(var, place == here)
            if len(places) > 1:
                self.model.add_at_most_one(self.taken[i].values())

    def _slots(self) -> None:
        """Cliques of starts that cover a slot; only slots where a start begins can be the tightest."""
        cover = defaultdict(list)
        begins = {place for places in self.part.starts.values() for place in places}
        for i, variables in self.taken.items():
            length = self.length[i]
            for (facility, start), var in variables.items():
                for slot in range(start, start + length):
                    if (facility, slot) in begins:
                        cover[facility, slot].append(var)
        for clique in cover.values():
            if len(clique) > 1:
                self.model.add_at_most_one(clique)

    def _changeovers(self) -> None:
        for clique in changeover_cliques(self.state, self.taken):
            self.model.add_at_most_one(clique)

    def _usage(self, k: int) -> tuple[object, int]:
        """(what the part uses of rule k, what the rest uses)."""
        rule, variables, lengths = self.layout.rules[k], [], []
        rest = self.state.used[k]
        for i in self.part.free:
            if k in self.state.rules_at[i, self.state.places[i][0]]:
                rest -= self.length[i]
        for i in rule.members & self.taken.keys():
            counted = [var for (f, _), var in self.taken[i].items() if k in self.state.rules_at[i, f]]
            variables += counted
            lengths += [self.length[i]] * len(counted)
        return self.cp.LinearExpr.weighted_sum(variables, lengths) if variables else 0, rest

    def _rules(self) -> None:
        for k, rule in enumerate(self.layout.rules):
            used, rest = self._usage(k)
            if rule.kind == "max" and not isinstance(used, int):
                self.model.add(used <= rule.slots - rest)
            elif rule.kind == "min" and self.state.used[k] >= rule.slots and not isinstance(used, int):
                self.model.add(used >= rule.slots - rest)
            elif rule.kind == "min" and rest < rule.slots:
                short = self.model.new_int_var(0, rule.slots, "")
                self.model.add(short >= rule.slots - rest - used)
                self.model.add_hint(short, max(0, rule.slots - self.state.used[k]))
                self.penalties.append(short)

    def _placed(self, i: int):
        """Whether request i is placed: 1, 0 or a sum of variables."""
        if i in self.taken:
            return self.cp.LinearExpr.sum(list(self.taken[i].values()))
        return int(i in self.fixed)

    def _groups(self) -> None:
        for members in {tuple(self.layout.groups[self.layout.group_of[i]]) for i in self.taken}:
            if len(members) > 1:
                first, *others = sorted(members, key=lambda i: i in self.taken)
                for other in others:
                    if other in self.taken:
                        self.model.add(self._placed(other) == self._placed(first))

    def _order(self) -> None:
        requests = self.layout.instance.requests
        links = {(j, i) for i in self.taken for j in self.layout.after[i]}
        links |= {(i, j) for i in self.taken for j in self.layout.followers[i]}
        for before, behind in links:
            if behind not in self.taken and behind not in self.fixed:
                continue
            if before not in self.taken and before not in self.fixed:
                self.model.add(self._placed(behind) == 0)
                continue
            end, begin = self._time(before, requests[before].duration), self._time(behind, 0)
            waits = self.model.new_bool_var("")
            self.model.add_hint(waits, behind in self.state.places)
            self.model.add(self._placed(behind) == waits)
            self.model.add(self._placed(before) >= waits)
            self.model.add(end <= begin).only_enforce_if(waits)

    def _time(self, i: int, later: int):
        if i in self.taken:
            return sum((start + later) * var for (_, start), var in self.taken[i].items())
        return self.fixed[i][1] + later

    def _objective(self) -> None:
        taken = [(i, place, var) for i, variables in self.taken.items() for place, var in variables.items()]
        worth = self.cp.LinearExpr.weighted_sum(
            [var for _, _, var in taken], [self.layout.worth(i, place) for i, place, _ in taken]
        )
        self.model.maximize(worth - SHORTFALL_WEIGHT * self.layout.dearest * sum(self.penalties))

    def solve(self, seconds: float, seed: int, workers: int, effort: float):
        """(status name, places of the part or None). Stops at `seconds` of wall clock or `effort` of the solver's own
        clock, which unlike the wall's is the same on every run."""
        solver = self.cp.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        solver.parameters.symmetry_level = 0
        solver.parameters.linearization_level = self.linearization
        solver.parameters.cp_model_probing_level = 0  # on cliques it costs more than it finds
        solver.parameters.catch_sigint_signal = False  # the caller decides what Ctrl-C means
        solver.parameters.max_deterministic_time = effort
        status = solver.solve(self.model)
        self.solver = solver
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return solver.status_name(status), None
        places = {
            i: place for i, vs in self.taken.items() for place, var in vs.items() if solver.boolean_value(var)
        }
        return solver.status_name(status), places
