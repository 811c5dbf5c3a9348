"""An independent checker of allocation plans: plain dictionaries in, a list of faults out.

Written from the published format alone; it shares no code with the engine.
"""

from __future__ import annotations

import math
from itertools import combinations

TOLERANCE = 1e-6


def allowed_starts(instance: dict, request: dict):
    banned = [f.get("facility") for f in instance.get("forbid", []) if f["request"] == request["id"]]
    if None in banned:
        return
    for facility in instance["facilities"]:
        if facility["id"] in banned:
            continue
        for low, high in facility["open"]:
            for first, last in request["windows"].get(facility["id"], []):
                for start in range(max(low, first), min(high, last) - request["duration"] + 1):
                    yield facility["id"], start


def shares(instance: dict):
    """(name, "max" or "min", member ids, limit in slots) of every quota, floor and cap."""
    total = sum((1 - f.get("reserve", 0)) * sum(e - s for s, e in f["open"]) for f in instance["facilities"])

    def rule(name, kind, key, who, share):
        members = {r["id"]: r["duration"] for r in instance["requests"] if r.get(key) == who}
        limit = share * total if kind == "max" else min(share * total, sum(members.values()))
        return name, kind, set(members), limit

    for quota in instance.get("quotas", []):
        for kind in ("min", "max"):
            if quota.get(kind) is not None:
                yield rule(f"quota:{quota['partner']}:{kind}", kind, "partner", quota["partner"], quota[kind])
    for floor in instance.get("floors", []):
        yield rule(f"floor:{floor['discipline']}", "min", "discipline", floor["discipline"], floor["min"])
    for cap in instance.get("caps", []):
        yield rule(f"cap:{cap['organisation']}", "max", "organisation", cap["organisation"], cap["max"])


def faults(instance: dict, plan: dict) -> list[str]:
    """Every rule the plan breaks, and every figure it prints wrongly."""
    found = []
    requests = {r["id"]: r for r in instance["requests"]}
    placed = {p["request"]: p for p in plan["placed"]}
    if len(placed) != len(plan["placed"]):
        found.append("a request is placed twice")
    for name, place in placed.items():
        request = requests[name]
        if place["end"] - place["start"] != request["duration"]:
            found.append(f"{name} has the wrong length")
        if (place["facility"], place["start"]) not in set(allowed_starts(instance, request)):
            found.append(f"{name} is outside its windows")
    found += _machine_faults(instance, requests, placed)
    for name, kind, members, limit in shares(instance):
        used = sum(requests[r]["duration"] for r in placed if r in members)
        if (kind == "max" and used > limit + TOLERANCE) or (kind == "min" and used < limit - TOLERANCE):
            found.append(f"{name}: {used} against {limit}")
    found += _tie_faults(instance, requests, placed)
    found += _print_faults(instance, requests, placed, plan)
    return found


def _machine_faults(instance, requests, placed):
    for facility in instance["facilities"]:
        blocks = sorted(
            (p for p in placed.values() if p["facility"] == facility["id"]), key=lambda p: p["start"]
        )
        used = sum(p["end"] - p["start"] for p in blocks)
        if used > (1 - facility.get("reserve", 0)) * sum(e - s for s, e in facility["open"]) + TOLERANCE:
            yield f"reserve of {facility['id']} is used"
        for before, behind in combinations(blocks, 2):
            key = f"{requests[before['request']].get('setup')}>{requests[behind['request']].get('setup')}"
            if behind["start"] < before["end"] + facility.get("changeover", {}).get(key, 0):
                yield f"{before['request']} and {behind['request']} stand too near"


def _tie_faults(instance, requests, placed):
    groups = {}
    for request in requests.values():
        if request.get("group"):
            groups.setdefault(request["group"], set()).add(request["id"] in placed)
        for name in request.get("after", []):
            if request["id"] in placed and (
                name not in placed or placed[name]["end"] > placed[request["id"]]["start"]
            ):
                yield f"{request['id']} runs before {name}"
    yield from (f"group {name} is torn" for name, states in groups.items() if len(states) > 1)
    for frozen in instance.get("frozen", []):
        place = placed.get(frozen["request"])
        if place is None or (place["facility"], place["start"]) != (frozen["facility"], frozen["start"]):
            yield f"frozen {frozen['request']} moved"


def _print_faults(instance, requests, placed, plan):
    value = sum(requests[name]["value"] for name in placed)
    if abs(value - plan["value"]) > 1e-6 * max(1, value):
        yield f"value {plan['value']} is not {value}"
    bound = certified_bound(instance, plan["certificate"])
    if abs(bound - plan["bound"]) > 1e-6 * max(1, bound):
        yield f"bound {plan['bound']} is not {bound}"
    if plan["value"] > plan["bound"] + 1e-6:
        yield "the value is above the bound"
    gap = (plan["bound"] - plan["value"]) / plan["bound"] if plan["bound"] else 0
    if abs(gap - plan["gap"]) > 1e-9:
        yield f"gap {plan['gap']} is not {gap}"
    left = {u["request"] for u in plan["unplaced"]}
    if left != set(requests) - set(placed):
        yield "the requests left out are not those unplaced"
    for row in plan["unplaced"]:
        if row["reason"] in ("capacity", "outranked") and not set(row["blocked_by"]) <= set(placed):
            yield f"{row['request']} is blocked by requests that are not placed"
        if row["reason"] in ("capacity", "outranked") and not row["blocked_by"]:
            yield f"{row['request']}: nobody is named as standing in the way"


def certified_bound(instance: dict, certificate: dict) -> float:
    """The formula of the certificate, term by term."""
    slot, rule = {}, certificate["rule_price"]
    for facility, runs in certificate["slot_price"].items():
        for start, end, price in runs:
            assert price >= 0
            for t in range(start, end):
                slot[facility, t] = price
    assert all(price >= 0 for price in rule.values())
    total = 0.0
    for f in instance["facilities"]:
        total += sum(slot.get((f["id"], t), 0.0) for s, e in f["open"] for t in range(s, e))
        total += (
            rule.get(f"reserve:{f['id']}", 0.0) * (1 - f.get("reserve", 0)) * sum(e - s for s, e in f["open"])
        )
    tolls = dict.fromkeys((r["id"] for r in instance["requests"]), 0.0)
    for name, kind, members, limit in shares(instance):
        sign = 1 if kind == "max" else -1
        total += sign * rule.get(name, 0.0) * limit
        for member in members:
            tolls[member] += sign * rule.get(name, 0.0)
    gains: dict = {}
    for r in instance["requests"]:
        cheapest = min(
            (
                sum(slot.get((f, t), 0.0) for t in range(start, start + r["duration"]))
                + rule.get(f"reserve:{f}", 0.0) * r["duration"]
                for f, start in allowed_starts(instance, r)
            ),
            default=math.inf,
        )
        key = ("group", r["group"]) if r.get("group") else ("request", r["id"])
        gains[key] = gains.get(key, 0.0) + r["value"] - r["duration"] * tolls[r["id"]] - cheapest
    return total + sum(max(0.0, gain) for gain in gains.values())
