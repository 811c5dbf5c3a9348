"""Check a plan and its bound with a calculator: plain dictionaries in, every term out. Shares no code with the solver."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True)
class Term:
    """price × limit of one rule; negative for a minimum."""

    rule: str
    price: float
    limit: float
    amount: float


@dataclass(frozen=True, slots=True)
class Proof:
    """The bound from the printed prices, in its parts. `faults`: what the plan or its figures get wrong."""

    slots: float
    rules: tuple[Term, ...]
    groups: float
    paying_groups: int
    bound: float
    value: float
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def prove(instance: dict[str, Any], plan: dict[str, Any]) -> Proof:
    """Compute the bound again from the certificate and look at every placement (formula: docs/allocation.md)."""
    ladders = ladders_of(instance, plan)
    slots = math.fsum(
        ladders[f["id"]][end] - ladders[f["id"]][start]
        for f in instance["facilities"]
        for start, end in f["open"]
    )
    rules = list(rules_in(instance))
    prices = plan["certificate"]["rule_price"]
    terms = tuple(
        Term(name, prices[name], sign * limit, sign * limit * prices[name])
        for name, sign, _who, limit in rules
        if name in prices
    )
    gains = _group_gains(instance, rules, prices, ladders)
    groups = math.fsum(gain for gain in gains if gain > 0)
    bound = slots + math.fsum(t.amount for t in terms) + groups
    value = math.fsum(
        r["value"] for r in instance["requests"] if r["id"] in {p["request"] for p in plan["placed"]}
    )
    found = tuple(_faults(instance, plan, bound, value))
    return Proof(slots, terms, groups, sum(gain > 0 for gain in gains), bound, value, found)


def ladders_of(instance: dict, plan: dict) -> dict[str, list[float]]:
    """For each facility the price of all slots before each slot."""
    runs = plan["certificate"]["slot_price"]
    return {f["id"]: _ladder(f, runs.get(f["id"], [])) for f in instance["facilities"]}


def _ladder(facility: dict, runs: list) -> list[float]:
    price = [0.0] * max((end for _, end in facility["open"]), default=0)
    for start, end, each in runs:
        price[start:end] = [each] * (end - start)
    return [0.0, *accumulate(price)]


def rules_in(instance: dict) -> Iterator[tuple[str, int, tuple[str, str], float]]:
    """(name, +1 for a maximum or −1 for a minimum, (attribute, whom), limit in slots)."""
    opened = {f["id"]: sum(b - a for a, b in f["open"]) for f in instance["facilities"]}
    total = sum((1 - f.get("reserve", 0)) * opened[f["id"]] for f in instance["facilities"])
    for f in instance["facilities"]:
        yield f"reserve:{f['id']}", 1, ("facility", f["id"]), (1 - f.get("reserve", 0)) * opened[f["id"]]
    asked = {
        (key, row.get(key)): sum(r["duration"] for r in instance["requests"] if r.get(key) == row.get(key))
        for row in instance["requests"]
        for key in ("partner", "discipline", "organisation")
    }
    for quota in instance.get("quotas", []):
        who = ("partner", quota["partner"])
        if quota.get("max") is not None:
            yield f"quota:{who[1]}:max", 1, who, quota["max"] * total
        if quota.get("min") is not None:
            yield f"quota:{who[1]}:min", -1, who, min(quota["min"] * total, asked.get(who, 0))
    for floor in instance.get("floors", []):
        who = ("discipline", floor["discipline"])
        yield f"floor:{who[1]}", -1, who, min(floor["min"] * total, asked.get(who, 0))
    for cap in instance.get("caps", []):
        yield f"cap:{cap['organisation']}", 1, ("organisation", cap["organisation"]), cap["max"] * total


def _group_gains(instance: dict, rules: list, prices: dict, ladders: dict) -> list[float]:
    groups: dict[str, float] = {}
    for request in instance["requests"]:
        paid = request["duration"] * toll(request, rules, prices)
        gain = request["value"] - paid - cheapest_start(instance, request, prices, ladders)
        groups[group_of(request)] = groups.get(group_of(request), 0.0) + gain
    return list(groups.values())


def group_of(request: dict) -> str:
    return f"group {request['group']}" if request.get("group") else f"request {request['id']}"


def toll(request: dict, rules: list, prices: dict) -> float:
    """What the rules over shares take of each slot of a request, wherever it runs."""
    return sum(
        sign * prices.get(name, 0.0)
        for name, sign, (key, who), _ in rules
        if key != "facility" and request.get(key) == who
    )


def cheapest_start(instance: dict, request: dict, prices: dict, ladders: dict) -> float:
    """What its cheapest allowed start pays for slots and reserve; infinite where there is none."""
    banned = {row.get("facility") for row in instance.get("forbid", []) if row["request"] == request["id"]}
    return min(_starts(instance, request, banned, prices, ladders), default=math.inf)


def _starts(instance: dict, request: dict, banned: set, prices: dict, ladders: dict) -> Iterator[float]:
    """What each allowed start would pay for its slots and for the reserve."""
    if None in banned:
        return
    length = request["duration"]
    for f in instance["facilities"]:
        if f["id"] in banned:
            continue
        ladder, reserve = ladders[f["id"]], prices.get(f"reserve:{f['id']}", 0.0) * length
        for low, high in f["open"]:
            for first, last in request["windows"].get(f["id"], []):
                for start in range(max(low, first), min(high, last) - length + 1):
                    yield ladder[start + length] - ladder[start] + reserve


def _faults(instance: dict, plan: dict, bound: float, value: float) -> Iterator[str]:
    prices = [p for runs in plan["certificate"]["slot_price"].values() for _, _, p in runs]
    if any(p < 0 for p in [*prices, *plan["certificate"]["rule_price"].values()]):
        yield "a price is negative"
    scale = max(1.0, abs(bound))
    if bound > plan["bound"] + TOLERANCE * scale:
        yield f"the prices prove {bound:.2f}, the plan prints {plan['bound']:.2f}"
    if abs(value - plan["value"]) > TOLERANCE * scale:
        yield f"the placed requests are worth {value:.2f}, the plan prints {plan['value']:.2f}"
    requests = {r["id"]: r for r in instance["requests"]}
    for f in instance["facilities"]:
        here = sorted((p for p in plan["placed"] if p["facility"] == f["id"]), key=lambda p: p["start"])
        for before, behind in pairwise(here):
            if behind["start"] < before["end"]:
                yield f"{before['request']} and {behind['request']} overlap on {f['id']}"
        for p in here:
            windows = requests[p["request"]]["windows"].get(f["id"], [])
            inside = [
                any(a <= p["start"] and p["end"] <= b for a, b in spans) for spans in (f["open"], windows)
            ]
            if not all(inside):
                yield f"{p['request']} stands outside its window or the open time of {f['id']}"
