"""Rules over shares as limits in slots: names, members, and how much a plan uses of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from .instance import Instance


@dataclass(frozen=True)
class Rule:
    """`members` are request positions. A reserve rule counts only what runs on `facility`."""

    name: str
    kind: str  # "max" or "min"
    reason: str  # quota, cap, floor or reserve
    members: frozenset[int]
    limit: Fraction
    facility: str | None = None

    @property
    def sign(self) -> int:
        """What a price on this rule does to its members: a max costs them, a min pays them."""
        return 1 if self.kind == "max" else -1

    @property
    def slots(self) -> int:
        """The limit as whole slots: a max is rounded down, a min up."""
        return math.floor(self.limit) if self.kind == "max" else math.ceil(self.limit)


def rules_of(instance: Instance) -> list[Rule]:
    """Every rule of the instance; limits are share × A, a min at most what its members ask for in all."""
    rules = [
        _rule(instance, f"reserve:{f.id}", "max", "reserve", None, f.open_slots * (1 - f.reserve), f.id)
        for f in instance.facilities
        if f.reserve
    ]
    total = instance.allocatable
    for quota in instance.quotas:
        who = ("partner", quota.partner)
        if quota.max is not None:
            rules.append(
                _rule(instance, f"quota:{quota.partner}:max", "max", "quota", who, quota.max * total)
            )
        if quota.min is not None:
            rules.append(
                _rule(instance, f"quota:{quota.partner}:min", "min", "quota", who, quota.min * total)
            )
    for floor in instance.floors:
        who = ("discipline", floor.discipline)
        rules.append(_rule(instance, f"floor:{floor.discipline}", "min", "floor", who, floor.min * total))
    for cap in instance.caps:
        who = ("organisation", cap.organisation)
        rules.append(_rule(instance, f"cap:{cap.organisation}", "max", "cap", who, cap.max * total))
    return rules


def _rule(instance, name, kind, reason, who, limit, facility=None) -> Rule:
    members = frozenset(
        i for i, request in enumerate(instance.requests) if who is None or getattr(request, who[0]) == who[1]
    )
    if kind == "min":
        limit = min(limit, Fraction(sum(instance.requests[i].duration for i in members)))
    return Rule(name, kind, reason, members, Fraction(limit), facility)
