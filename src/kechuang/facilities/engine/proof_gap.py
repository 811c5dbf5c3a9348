"""Where the gap between a plan and its bound comes from: three sums that add up to it exactly, whatever the prices are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from kechuang.facilities.engine.proof import cheapest_start, group_of, ladders_of, rules_in, toll


@dataclass(frozen=True, slots=True)
class Gap:
    """`free`: priced open slots that nobody uses. `limits`: priced limits not reached, minima exceeded.

    `places`: what requests lose that stand at a dearer place than their cheapest, or are left out though they would pay.
    """

    free: float
    limits: float
    places: float

    @property
    def whole(self) -> float:
        return self.free + self.limits + self.places


def gap_of(instance: dict[str, Any], plan: dict[str, Any]) -> Gap:
    """The parts of bound − value, from the printed prices."""
    prices, ladders = plan["certificate"]["rule_price"], ladders_of(instance, plan)
    requests = {r["id"]: r for r in instance["requests"]}
    sold = {
        p["request"]: ladders[p["facility"]][p["end"]] - ladders[p["facility"]][p["start"]]
        for p in plan["placed"]
    }
    offered = math.fsum(
        ladders[f["id"]][end] - ladders[f["id"]][start]
        for f in instance["facilities"]
        for start, end in f["open"]
    )
    rules = [rule for rule in rules_in(instance) if rule[0] in prices]
    limits = [
        prices[name] * sign * (limit - _used(plan, requests, key, who))
        for name, sign, (key, who), limit in rules
    ]
    places = {p["request"]: p for p in plan["placed"]}
    best, here = {}, {}
    for request in instance["requests"]:
        group, length = group_of(request), request["duration"]
        worth = request["value"] - length * toll(request, rules, prices)
        best[group] = best.get(group, 0.0) + worth - cheapest_start(instance, request, prices, ladders)
        if place := places.get(request["id"]):
            paid = sold[request["id"]] + prices.get(f"reserve:{place['facility']}", 0.0) * length
            here[group] = here.get(group, 0.0) + worth - paid
    missed = math.fsum(max(0.0, gain) - here.get(group, 0.0) for group, gain in best.items())
    return Gap(offered - math.fsum(sold.values()), math.fsum(limits), missed)


def _used(plan: dict, requests: dict, key: str, who: str) -> int:
    """Slots that count against a rule."""
    return sum(
        p["end"] - p["start"]
        for p in plan["placed"]
        if (p["facility"] if key == "facility" else requests[p["request"]].get(key)) == who
    )
