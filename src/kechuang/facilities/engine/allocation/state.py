"""A plan in the making: who is placed where, and whether one more would still fit every rule."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from fractions import Fraction

from .layout import Layout, Place


class State:
    """Mutable set of placements over a layout. `can_place` checks time, changeover, order and max-rules."""

    def __init__(self, layout: Layout, places: dict[int, Place] | None = None):
        self.layout = layout
        self.places: dict[int, Place] = {}
        self.lines: list[list[tuple[int, int, int]]] = [[] for _ in layout.instance.facilities]
        self.used = [0] * len(layout.rules)
        self.rules_at = _rules_at(layout)
        self.reach = [
            max(facility.changeover.values(), default=0) for facility in layout.instance.facilities
        ]  # how far a changeover can make two blocks feel each other
        for i, place in (places or {}).items():
            self.put(i, place)

    @property
    def value(self) -> Fraction:
        return self.value_of(self.places)

    @property
    def worth(self) -> int:
        """What the search maximises: value, and a bonus for what stays where an earlier plan had it."""
        return sum(self.layout.worth(i, place) for i, place in self.places.items())

    def put(self, i: int, place: Place) -> None:
        facility, start = place
        length = self.layout.instance.requests[i].duration
        self.places[i] = place
        insort(self.lines[facility], (start, start + length, i))
        for k in self.rules_at[i, facility]:
            self.used[k] += length

    def drop(self, i: int) -> None:
        facility, start = self.places.pop(i)
        length = self.layout.instance.requests[i].duration
        self.lines[facility].remove((start, start + length, i))
        for k in self.rules_at[i, facility]:
            self.used[k] -= length

    def blockers(self, i: int, facility: int, start: int) -> list[int]:
        """Placed requests that overlap this place or stand too near for a changeover."""
        line, reach = self.lines[facility], self.reach[facility]
        end = start + self.layout.instance.requests[i].duration
        found = []
        for k in range(bisect_left(line, (end + reach,)) - 1, -1, -1):
            other_start, other_end, other = line[k]
            if other_end + reach <= start:
                break
            if other_start >= start:
                clear = other_start >= end + self.layout.changeover(facility, i, other)
            else:
                clear = start >= other_end + self.layout.changeover(facility, other, i)
            if not clear:
                found.append(other)
        return found

    def least_in_the_way(self, i: int, limits: bool = True) -> tuple[Place, list[int]] | None:
        """Where those in the way of request i are worth the least, and they; only starts that order (and limits) allow."""
        best = None
        for f, _, first, last in self.layout.cells[i]:
            if limits and self.full_rules(i, f):
                continue
            for start in range(first, last + 1):
                if not self.in_order(i, start):
                    continue
                found = self.blockers(i, f, start)
                if best is None or self.value_of(found) < self.value_of(best[1]):
                    best = (f, start), found
                if not found:
                    return best
        return best

    def value_of(self, requests: Iterable[int]) -> Fraction:
        return sum((self.layout.instance.requests[j].value for j in requests), Fraction(0))

    def full_rules(self, i: int, facility: int) -> list[int]:
        """Max-rules that would be broken by placing i there."""
        length, rules = self.layout.instance.requests[i].duration, self.layout.rules
        return [
            k
            for k in self.rules_at[i, facility]
            if rules[k].kind == "max" and self.used[k] + length > rules[k].slots
        ]

    def in_order(self, i: int, start: int) -> bool:
        """Whether every request it must follow is placed and ended, and every placed follower starts late enough."""
        requests = self.layout.instance.requests
        for j in self.layout.after[i]:
            if j not in self.places or self.places[j][1] + requests[j].duration > start:
                return False
        end = start + requests[i].duration
        return all(self.places[j][1] >= end for j in self.layout.followers[i] if j in self.places)

    def can_place(self, i: int, facility: int, start: int) -> bool:
        return (
            not self.blockers(i, facility, start)
            and not self.full_rules(i, facility)
            and self.in_order(i, start)
        )

    def unmet(self) -> list[int]:
        """Min-rules that the plan does not reach yet."""
        return [
            k for k, rule in enumerate(self.layout.rules) if rule.kind == "min" and self.used[k] < rule.slots
        ]

    def broken(self) -> list[str]:
        """Names of the rules and frozen requests the plan does not satisfy; empty for a valid plan."""
        layout = self.layout
        names = [layout.rules[k].name for k in self.unmet()]
        names += [
            rule.name
            for k, rule in enumerate(layout.rules)
            if rule.kind == "max" and self.used[k] > rule.slots
        ]
        return names + [f"frozen:{layout.instance.requests[i].id}" for i in self.loose()]

    def loose(self) -> list[int]:
        """Frozen requests whose group is not whole or whose predecessors are not in place."""
        return [i for i in self.layout.frozen if not self.tied(i)]

    def tied(self, i: int) -> bool:
        """Whether the group of the placed request i is whole and its order holds."""
        group = self.layout.groups[self.layout.group_of[i]]
        return all(j in self.places for j in group) and self.in_order(i, self.places[i][1])


def _rules_at(layout: Layout) -> dict[tuple[int, int], list[int]]:
    """(request, facility) → the rules that count it."""
    facility_at = {f.id: i for i, f in enumerate(layout.instance.facilities)}
    table = {}
    general = [[] for _ in layout.instance.requests]
    special = [[] for _ in layout.instance.facilities]
    for k, rule in enumerate(layout.rules):
        if rule.facility is not None:
            special[facility_at[rule.facility]].append(k)
        else:
            for i in rule.members:
                general[i].append(k)
    for i, counted in enumerate(general):
        for f, reserve in enumerate(special):
            table[i, f] = counted + reserve
    return table
