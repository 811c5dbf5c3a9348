"""What a well-formed instance may still get wrong: names, horizons, overlaps, cycles, contradictions."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from .instance import BadInstance, Instance

MOST_SLOTS = 1_000_000  # beyond this the prices alone would not fit the memory


def checked(instance: Instance) -> Instance:
    """The instance itself. Raises BadInstance naming every contradiction with its place and remedy."""
    problems: list[str] = []
    for check in (_names, _facilities, _requests, _after, _rules, _frozen):
        problems += check(instance)
    if problems:
        raise BadInstance(problems)
    return instance


def _names(instance: Instance):
    for kind in ("facilities", "requests"):
        for name, count in Counter(item.id for item in getattr(instance, kind)).items():
            if count > 1:
                yield f"{kind}: id {name!r} is used {count} times; give each its own id"
    for position, (name, facility) in enumerate(instance.forbid):
        yield from _known(instance, f"forbid[{position}]", name, facility)


def _known(instance: Instance, place: str, request: str, facility: str | None):
    if request not in {r.id for r in instance.requests}:
        yield f"{place}.request: {request!r} is unknown; use the id of a request"
    if facility is not None and facility not in {f.id for f in instance.facilities}:
        yield f"{place}.facility: {facility!r} is unknown; use the id of a facility"


def _facilities(instance: Instance):
    total = sum(f.open_slots for f in instance.facilities)
    if total > MOST_SLOTS:
        yield f"facilities: {total:,} open slots are more than {MOST_SLOTS:,}; use longer slots or a shorter horizon"
    for i, facility in enumerate(instance.facilities):
        for before, behind in pairwise(facility.open):
            if behind[0] < before[1]:
                yield (
                    f"facilities[{i}].open ({facility.id}): {list(before)} and {list(behind)} overlap; "
                    "join them or move one"
                )


def _requests(instance: Instance):
    known = {f.id for f in instance.facilities}
    horizon = max((f.open[-1][1] for f in instance.facilities if f.open), default=0)
    for i, request in enumerate(instance.requests):
        place = f"requests[{i}] ({request.id})"
        for facility, spans in request.windows.items():
            if facility not in known:
                yield f"{place}.windows: facility {facility!r} is unknown; use one of the ids under facilities"
            for start, end in spans:
                if end > horizon:
                    yield (
                        f"{place}.windows[{facility!r}]: [{start}, {end}] ends after the horizon, slot {horizon}; "
                        "shorten the window or open the facility longer"
                    )
        longest = max(
            (end - start for spans in request.windows.values() for start, end in spans), default=None
        )
        if longest is not None and request.duration > longest:
            yield (
                f"{place}.duration: {request.duration} slots are longer than its longest window, {longest}; "
                "shorten the request or widen a window"
            )


def _after(instance: Instance):
    followers = {r.id: r.after for r in instance.requests}
    for i, request in enumerate(instance.requests):
        for name in request.after:
            if name not in followers:
                yield f"requests[{i}] ({request.id}).after: {name!r} is unknown; use the id of a request"
    left = {name: {n for n in after if n in followers} for name, after in followers.items()}
    while ready := {name for name, waits in left.items() if not waits & left.keys()}:
        left = {name: waits for name, waits in left.items() if name not in ready}
    if left:
        yield f"after: {' → '.join(_cycle(left))} wait for one another; remove one of these links"


def _cycle(left: dict[str, set[str]]) -> list[str]:
    path = [min(left)]
    while (following := min(left[path[-1]] & left.keys())) not in path:
        path.append(following)
    return [*path[path.index(following) :], following]


def _rules(instance: Instance):
    for kind, who in (("quotas", "partner"), ("floors", "discipline"), ("caps", "organisation")):
        for name, count in Counter(getattr(rule, who) for rule in getattr(instance, kind)).items():
            if count > 1:
                yield f"{kind}: {who} {name!r} has {count} entries; keep one"
    for i, quota in enumerate(instance.quotas):
        if quota.min is not None and quota.max is not None and quota.min > quota.max:
            yield (
                f"quotas[{i}] ({quota.partner}): min {float(quota.min)} is above max {float(quota.max)}; "
                "lower the min or raise the max"
            )


def _frozen(instance: Instance):
    requests = {r.id: r for r in instance.requests}
    facilities = {f.id: f for f in instance.facilities}
    banned = instance.forbidden()
    runs: dict[str, list] = {}
    for name, count in Counter(f.request for f in instance.frozen).items():
        if count > 1:
            yield f"frozen: request {name!r} is frozen {count} times; keep one"
    for i, frozen in enumerate(instance.frozen):
        place = f"frozen[{i}]"
        if faults := list(_known(instance, place, frozen.request, frozen.facility)):
            yield from faults
            continue
        request = requests[frozen.request]
        if banned.get(request.id, set()) & {None, frozen.facility}:
            yield f"{place}: {request.id} is frozen on {frozen.facility} and forbidden there; remove one of the two"
        elif not any(
            f == frozen.facility and first <= frozen.start <= last
            for f, first, last in instance.starts(request)
        ):
            yield (
                f"{place}: {request.id} cannot start at {frozen.start} on {frozen.facility}, outside its windows or the "
                "open time; correct the start or widen the window"
            )
        runs.setdefault(frozen.facility, []).append((frozen.start, frozen.start + request.duration, request))
    for facility, blocks in runs.items():
        yield from _clashes(facilities[facility], sorted(blocks, key=lambda b: b[:2]))


def _clashes(facility, blocks):
    for (_, end, before), (start, _, behind) in pairwise(blocks):
        needed = facility.changeover.get((before.setup, behind.setup), 0)
        if start < end + needed:
            yield (
                f"frozen: {before.id} and {behind.id} contradict each other on {facility.id}, {before.id} ends at {end}"
                + (f" and the changeover takes {needed}" if needed else "")
                + f" but {behind.id} starts at {start}; move or release one"
            )
