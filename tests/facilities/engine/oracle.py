"""Tiny instances by trying everything: the best plan, the fewest rules to relax, and why a request is left out."""

from __future__ import annotations

from tests.facilities.engine.checker import allowed_starts, exact, opened, place_faults, shares


class Plans:
    """Every way to place requests that can stand at all: its value, and the rules it gives up."""

    def __init__(self, instance: dict) -> None:
        values = {r["id"]: r["value"] for r in instance["requests"]}
        names = [name for name, *_ in shares(instance)]
        said = {f"{name}: ": name for name in names}
        said |= {f"reserve:{f['id']}: ": f"reserve:{f['id']}" for f in instance["facilities"]}
        said |= {f"frozen {f['request']} moved": f"frozen:{f['request']}" for f in instance.get("frozen", [])}
        self._ways = [
            (sum(values[p["request"]] for p in placed), broken)
            for placed in _plans(instance, 0, [])
            if (broken := _broken(instance, placed, said)) is not None
        ]

    def best_value(self, relaxed: tuple[str, ...] = ()) -> float | None:
        """The highest value of a plan that keeps every rule but those `relaxed`; None when there is no such plan."""
        return max((value for value, broken in self._ways if broken <= set(relaxed)), default=None)

    def fewest_to_relax(self) -> int:
        """How many quotas, floors, caps, reserves and frozen requests must go before there is a plan at all."""
        return min(len(broken) for _, broken in self._ways)


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


def _broken(instance, placed, said) -> set[str] | None:
    """The rules and frozen requests these places give up; None when they cannot stand at all."""
    broken = set()
    for fault in place_faults(instance, placed):
        name = next((name for start, name in said.items() if fault.startswith(start)), None)
        if name is None:
            return None
        broken.add(name)
    return broken


def wrong_reasons(instance: dict, plan: dict) -> list[str]:
    """Requests left out whose reason, or those named as standing in their way, do not follow from the plan."""
    return [row["request"] for row in plan["unplaced"] if not _explained(instance, plan, row)]


def _explained(instance: dict, plan: dict, row: dict) -> bool:
    requests = {r["id"]: r for r in instance["requests"]}
    placed = {p["request"]: p for p in plan["placed"]}
    request, reason = requests[row["request"]], row["reason"]
    starts = set(allowed_starts(instance, request))
    if not starts or reason == "window":
        return not starts and reason == "window"
    if reason == "group" and not row["blocked_by"]:
        return (
            bool(request.get("group"))
            and sum(r.get("group") == request["group"] for r in requests.values()) > 1
        )
    ordered = [s for s in starts if _in_order(requests, placed, request, s)]
    if not ordered or reason == "after":
        return not ordered and reason == "after"
    limits = {f: _full(instance, requests, placed, request, f) for f, _ in ordered}
    open_to_it = [s for s in ordered if not limits[s[0]]]
    if not open_to_it:
        return reason in set().union(*limits.values()) and not row["blocked_by"]
    ways = [_blockers(instance, requests, placed, request, s) for s in open_to_it]
    worth = {frozenset(way): sum(exact(requests[name]["value"]) for name in way) for way in ways}
    named = frozenset(row["blocked_by"])
    if worth.get(named) != min(worth.values()):
        return False
    if worth[named] >= exact(request["value"]):
        return reason == "outranked"
    return reason in (_needed(instance, requests, placed, named) or {"capacity"})


def _in_order(requests, placed, request, start) -> bool:
    _, begin = start
    end = begin + request["duration"]
    before = all(name in placed and placed[name]["end"] <= begin for name in request.get("after", []))
    behind = (
        placed[r["id"]]
        for r in requests.values()
        if request["id"] in r.get("after", []) and r["id"] in placed
    )
    return before and all(p["start"] >= end for p in behind)


def _full(instance, requests, placed, request, facility) -> set[str]:
    """The kinds of limit that one more run of this length would break there."""
    found = set()
    for name, kind, members, limit in shares(instance):
        used = sum(requests[r]["duration"] for r in placed if r in members)
        if kind == "max" and request["id"] in members and used + request["duration"] > limit:
            found.add(name.partition(":")[0])
    here = next(f for f in instance["facilities"] if f["id"] == facility)
    used = sum(p["end"] - p["start"] for p in placed.values() if p["facility"] == facility)
    if here.get("reserve") and used + request["duration"] > (1 - exact(here["reserve"])) * opened(here):
        found.add("reserve")
    return found


def _blockers(instance, requests, placed, request, start) -> set[str]:
    facility, begin = start
    changes = next(f for f in instance["facilities"] if f["id"] == facility).get("changeover", {})
    end, found = begin + request["duration"], set()
    for name, p in placed.items():
        other = requests[name].get("setup")
        first = changes.get(f"{other}>{request.get('setup')}", 0)
        behind = changes.get(f"{request.get('setup')}>{other}", 0)
        if p["facility"] == facility and p["end"] + first > begin and end + behind > p["start"]:
            found.add(name)
    return found


def _needed(instance, requests, placed, names) -> set[str]:
    """The kinds of minimum that would fail without these."""
    return {
        rule.partition(":")[0]
        for rule, kind, members, limit in shares(instance)
        if kind == "min"
        and members & names
        and sum(requests[r]["duration"] for r in placed if r in members and r not in names) < limit
    }
