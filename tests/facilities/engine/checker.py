"""An independent checker of allocation plans: plain dictionaries in, a list of faults out.

Written from the published format alone; it shares no code with the engine.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import accumulate, combinations


@cache
def exact(number) -> Fraction:
    """The decimal that is printed."""
    return Fraction(str(number))


def opened(facility: dict) -> int:
    return sum(end - start for start, end in facility["open"])


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
    total = sum((1 - exact(f.get("reserve", 0))) * opened(f) for f in instance["facilities"])

    def rule(name, kind, key, who, share):
        members = {r["id"]: r["duration"] for r in instance["requests"] if r.get(key) == who}
        limit = exact(share) * total
        limit = limit if kind == "max" else min(limit, sum(members.values()))
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
    requests = {r["id"]: r for r in instance["requests"]}
    placed = {p["request"]: p for p in plan["placed"]}
    return place_faults(instance, plan["placed"]) + list(_print_faults(instance, requests, placed, plan))


def place_faults(instance: dict, places: list[dict]) -> list[str]:
    """Every rule these places break."""
    found = []
    requests = {r["id"]: r for r in instance["requests"]}
    placed = {p["request"]: p for p in places}
    if len(placed) != len(places):
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
        if (kind == "max" and used > limit) or (kind == "min" and used < limit):
            found.append(f"{name}: {used} against {limit}")
    return found + list(_tie_faults(instance, requests, placed))


def _machine_faults(instance, requests, placed):
    for facility in instance["facilities"]:
        blocks = sorted(
            (p for p in placed.values() if p["facility"] == facility["id"]), key=lambda p: p["start"]
        )
        used = sum(p["end"] - p["start"] for p in blocks)
        if used > (1 - exact(facility.get("reserve", 0))) * opened(facility):
            yield f"reserve:{facility['id']}: used"
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
    value = sum((exact(requests[name]["value"]) for name in placed), Fraction(0))
    if float(value) != plan["value"]:
        yield f"value {plan['value']} is not {float(value)}"
    bound = certified_bound(instance, plan["certificate"])
    if not 0 <= exact(plan["bound"]) - bound < Fraction(1, 10**6):
        yield f"the bound printed, {plan['bound']}, is not {float(bound)} rounded up"
    if plan["value"] > plan["bound"]:
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


def certified_bound(instance: dict, certificate: dict) -> Fraction:
    """The formula of the certificate, term by term, in exact arithmetic."""
    slot, rule = {}, {name: exact(price) for name, price in certificate["rule_price"].items()}
    for facility, runs in certificate["slot_price"].items():
        for start, end, price in runs:
            assert price >= 0
            for t in range(start, end):
                slot[facility, t] = exact(price)
    assert all(price >= 0 for price in rule.values())
    total, before = Fraction(0), {}
    for f in instance["facilities"]:
        total += sum((slot.get((f["id"], t), 0) for s, e in f["open"] for t in range(s, e)), Fraction(0))
        total += rule.get(f"reserve:{f['id']}", 0) * (1 - exact(f.get("reserve", 0))) * opened(f)
        horizon = max((e for _, e in f["open"]), default=0)
        before[f["id"]] = [0, *accumulate(slot.get((f["id"], t), 0) for t in range(horizon))]
    tolls = dict.fromkeys((r["id"] for r in instance["requests"]), Fraction(0))
    for name, kind, members, limit in shares(instance):
        sign = 1 if kind == "max" else -1
        total += sign * rule.get(name, 0) * limit
        for member in members:
            tolls[member] += sign * rule.get(name, 0)
    gains: dict = {}
    for r in instance["requests"]:
        length = r["duration"]
        cheapest = min(
            (
                before[f][start + length] - before[f][start] + rule.get(f"reserve:{f}", 0) * length
                for f, start in allowed_starts(instance, r)
            ),
            default=None,
        )
        key = ("group", r["group"]) if r.get("group") else ("request", r["id"])
        gain = None if cheapest is None else exact(r["value"]) - length * tolls[r["id"]] - cheapest
        gains.setdefault(key, []).append(gain)
    return total + sum(max(0, sum(members)) for members in gains.values() if None not in members)
