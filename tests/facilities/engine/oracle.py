"""The best plan of a tiny instance by trying everything: the oracle of the property tests."""

from __future__ import annotations

from tests.facilities.engine.checker import allowed_starts, faults


def best_value(instance: dict) -> float | None:
    """The highest value of a plan that keeps every rule; None when there is no such plan."""
    best = None
    for placed in _plans(instance, 0, []):
        if not _valid(instance, placed):
            continue
        value = sum(r["value"] for r in instance["requests"] if any(p["request"] == r["id"] for p in placed))
        best = value if best is None else max(best, value)
    return best


def _plans(instance, position, placed):
    if position == len(instance["requests"]):
        yield list(placed)
        return
    request = instance["requests"][position]
    yield from _plans(instance, position + 1, placed)
    for facility, start in set(allowed_starts(instance, request)):
        end = start + request["duration"]
        if all(p["facility"] != facility or p["end"] <= start or end <= p["start"] for p in placed):
            block = {"request": request["id"], "facility": facility, "start": start, "end": end}
            yield from _plans(instance, position + 1, [*placed, block])


def _valid(instance, placed) -> bool:
    printed = ("value", "bound", "the ", "gap")
    empty = {"slot_price": {}, "rule_price": {}}
    plan = {"placed": placed, "unplaced": [], "value": 0, "bound": 0, "gap": 0, "certificate": empty}
    return not [fault for fault in faults(instance, plan) if not fault.startswith(printed)]
