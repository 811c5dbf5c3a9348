"""The instance as arrays: all open time on one axis, and every allowed start of every request on it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from .instance import Instance, _starts
from .rule_arrays import RuleArrays
from .rules import Rule, rules_of

Place = tuple[int, int]  # (facility position, start slot)


@dataclass(frozen=True)
class Layout:
    """Positions instead of ids. `cells[i]` lists (facility, opening, first start, last start) of request i.

    `keep`: request id → (facility id, start) where it stood in an earlier plan that should change little.
    """

    instance: Instance
    keep: dict[str, tuple[str, int]] = field(default_factory=dict)

    @cached_property
    def cells(self) -> list[list[tuple[int, int, int, int]]]:
        facility_at = {f.id: i for i, f in enumerate(self.instance.facilities)}
        banned = self.instance.forbidden()
        table = []
        for request in self.instance.requests:
            blocked = banned.get(request.id, set())
            ranges = [] if None in blocked else _starts(self.instance.facilities, request, blocked)
            table.append([(facility_at[f], self._opening(facility_at[f], a), a, b) for f, a, b in ranges])
        return table

    @cached_property
    def cell_table(self) -> list[np.ndarray]:
        """For each facility, rows (request, opening, first start, last start)."""
        rows = [[] for _ in self.instance.facilities]
        for i, cells in enumerate(self.cells):
            for f, opening, first, last in cells:
                rows[f].append((i, opening, first, last))
        return [np.array(row, dtype=np.int64).reshape(-1, 4) for row in rows]

    def _opening(self, facility: int, slot: int) -> int:
        return int(np.searchsorted(self._opening_starts[facility], slot, side="right")) - 1

    @cached_property
    def _opening_starts(self) -> list[np.ndarray]:
        return [np.array([start for start, _ in f.open], dtype=np.int64) for f in self.instance.facilities]

    @cached_property
    def shifts(self) -> list[list[int]]:
        """shifts[f][opening] + slot = position of the slot on the axis of open time."""
        offset, table = 0, []
        for facility in self.instance.facilities:
            row = []
            for start, end in facility.open:
                row.append(offset - start)
                offset += end - start
            table.append(row)
        return table

    @cached_property
    def axis(self) -> int:
        return sum(f.open_slots for f in self.instance.facilities)

    @cached_property
    def duration(self) -> np.ndarray:
        return np.array([r.duration for r in self.instance.requests], dtype=np.int64)

    @cached_property
    def value(self) -> np.ndarray:
        return np.array([float(r.value) for r in self.instance.requests])

    @cached_property
    def scale(self) -> int:
        """The factor that turns every value into an integer for the solver (6 decimals at most)."""
        return min(math.lcm(*(r.value.denominator for r in self.instance.requests)), 10**6)

    @cached_property
    def most(self) -> int:
        """What everyone who could run would be worth together."""
        alive = [i for i in range(len(self.cells)) if i not in self.hopeless]
        return sum(self.worth(i, self.kept.get(i, (-1, -1))) for i in alive)

    @cached_property
    def dearest(self) -> int:
        """No slot is worth more than this to the search."""
        return max(
            (3 * int(r.value * self.scale) // r.duration + 1 for r in self.instance.requests), default=1
        )

    @cached_property
    def rules(self) -> list[Rule]:
        return rules_of(self.instance)

    @cached_property
    def priced(self) -> RuleArrays:
        return RuleArrays(self.rules, self.instance)

    @cached_property
    def groups(self) -> list[list[int]]:
        """Members of each group; a request without a group is its own."""
        table = defaultdict(list)
        for i, request in enumerate(self.instance.requests):
            table[("group", request.group) if request.group else ("request", i)].append(i)
        return list(table.values())

    @cached_property
    def group_of(self) -> np.ndarray:
        found = np.zeros(len(self.instance.requests), dtype=np.int64)
        for g, members in enumerate(self.groups):
            found[members] = g
        return found

    @cached_property
    def after(self) -> list[list[int]]:
        position = {r.id: i for i, r in enumerate(self.instance.requests)}
        return [[position[name] for name in r.after] for r in self.instance.requests]

    @cached_property
    def followers(self) -> list[list[int]]:
        table = [[] for _ in self.after]
        for i, names in enumerate(self.after):
            for name in names:
                table[name].append(i)
        return table

    @cached_property
    def hopeless(self) -> dict[int, str]:
        """Requests that can never run, with the reason: no allowed start, or tied to one that has none."""
        lost = {i: "window" for i, cells in enumerate(self.cells) if not cells}
        waiting = list(lost)
        while waiting:
            i = waiting.pop()
            tied = [(j, "group") for j in self.groups[self.group_of[i]]] + [
                (j, "after") for j in self.followers[i]
            ]
            for j, reason in tied:
                if j not in lost:
                    lost[j] = reason
                    waiting.append(j)
        return lost

    @cached_property
    def frozen(self) -> dict[int, Place]:
        return self._positions({f.request: (f.facility, f.start) for f in self.instance.frozen})

    @cached_property
    def keep_at(self) -> dict[int, Place]:
        return self._positions(self.keep)

    @cached_property
    def kept(self) -> dict[int, Place]:
        """Places of the earlier plan that are still allowed."""
        return {
            i: (f, start)
            for i, (f, start) in self.keep_at.items()
            if any(g == f and first <= start <= last for g, _, first, last in self.cells[i])
        }

    def _positions(self, places: dict[str, tuple[str, int]]) -> dict[int, Place]:
        request_at = {r.id: i for i, r in enumerate(self.instance.requests)}
        facility_at = {f.id: i for i, f in enumerate(self.instance.facilities)}
        return {
            request_at[name]: (facility_at[facility], start)
            for name, (facility, start) in places.items()
            if name in request_at and facility in facility_at
        }

    def worth(self, i: int, place: Place) -> int:
        """What placing request i there is worth to the search: its value, and half as much again for staying."""
        value = int(self.instance.requests[i].value * self.scale)
        return 2 * value + (value if i in self.kept and self.kept[i] == place else 0)

    def changeover(self, facility: int, before: int, behind: int) -> int:
        """Slots facility needs between request `before` and request `behind`."""
        return self.changes(
            facility, self.instance.requests[before].setup, self.instance.requests[behind].setup
        )

    def changes(self, facility: int, before: str | None, behind: str | None) -> int:
        return self.instance.facilities[facility].changeover.get((before, behind), 0)
