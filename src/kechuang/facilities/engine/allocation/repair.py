"""Changing a plan that people already rely on: after a breakdown, or by a manager's hand, with the least change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from .certificate import prices_from
from .greedy import by_need, fill, order_by_density
from .instance import BadInstance, Frozen, Instance, Span
from .layout import Layout
from .plan import Certificate, Placement, Plan
from .search import Search
from .solve import Progress, allocate, placements


@dataclass(frozen=True)
class Change:
    """What happens to one request. `why`: closed (its place is not open to it any more), made_room (it moved or
    left for `gives_way_to`), added (it was left out before)."""

    request: str
    before: Placement | None
    after: Placement | None
    why: str
    gives_way_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Repair:
    """The new plan, who moves and why, and what the change costs (old value − new value; negative is a gain)."""

    plan: Plan
    changes: tuple[Change, ...]
    cost: float


@dataclass(frozen=True)
class Preview:
    """A quick look at a change: a plan, not yet the best. `broken` names rules it does not keep."""

    placed: tuple[Placement, ...]
    value: float
    changes: tuple[Change, ...]
    cost: float
    broken: tuple[str, ...]


def without(instance: Instance, facility: str, span: Span) -> Instance:
    """The instance after a breakdown: `facility` is closed over `span`. Frozen runs there are released."""
    a, b = span

    def cut(opening: Span) -> list[Span]:
        parts = [(opening[0], min(opening[1], a)), (max(opening[0], b), opening[1])]
        return [(start, end) for start, end in parts if start < end]

    facilities = tuple(
        replace(f, open=tuple(part for opening in f.open for part in cut(opening))) if f.id == facility else f
        for f in instance.facilities
    )
    duration = {r.id: r.duration for r in instance.requests}
    frozen = tuple(
        f
        for f in instance.frozen
        if f.facility != facility or f.start >= b or f.start + duration[f.request] <= a
    )
    return replace(instance, facilities=facilities, frozen=frozen)


def with_past(instance: Instance, placed: Iterable[Placement], now: int) -> Instance:
    """The instance with every placement that has begun before slot `now` frozen where it is."""
    known = {f.request for f in instance.frozen}
    past = (
        Frozen(p.request, p.facility, p.start) for p in placed if p.start < now and p.request not in known
    )
    return replace(instance, frozen=(*instance.frozen, *past))


def pinned(instance: Instance, request: str, facility: str, start: int) -> Instance:
    """The instance with `request` held at one place: a pin, or a move by hand. Raises BadInstance if it may not."""
    found = next((r for r in instance.requests if r.id == request), None)
    if found is None:
        raise BadInstance([f"pin: request {request!r} is unknown; use the id of a request"])
    if not any(f == facility and first <= start <= last for f, first, last in instance.starts(found)):
        raise BadInstance(
            [
                f"pin: {request} cannot start at {start} on {facility}; choose a start inside its windows and open time"
            ]
        )
    others = tuple(f for f in instance.frozen if f.request != request)
    return replace(instance, frozen=(*others, Frozen(request, facility, start)))


def forbidden(instance: Instance, request: str, facility: str | None = None) -> Instance:
    """The instance with `request` kept off `facility`, or off all of them."""
    return replace(instance, forbid=(*instance.forbid, (request, facility)))


def repair(
    instance: Instance,
    placed: Iterable[Placement],
    seconds: float,
    seed: int,
    clock: Callable[[], float],
    report: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> Repair:
    """Plan again for a changed `instance`, moving as few of `placed` as possible.

    A request that could stay counts half its value more where it stands, so it moves only when that lets at least
    as much stay in the plan. Requests left out so far may use what becomes free.
    """
    old = {p.request: p for p in placed}
    plan = allocate(instance, seconds, seed, clock, report, stop, keep=_keep(old))
    return Repair(
        plan, () if plan.relax else _changes(instance, old, plan.placed), _worth(instance, old) - plan.value
    )


def preview(
    instance: Instance,
    placed: Iterable[Placement],
    certificate: Certificate,
    seconds: float,
    seed: int,
    clock: Callable[[], float],
) -> Preview:
    """What a changed `instance` would cost at once: those who lose their place are put where room can be made.

    The prices of the plan's `certificate` guide the search; a longer `repair` can only find it cheaper.
    """
    begun, old = clock(), {p.request: p for p in placed}
    layout = Layout(instance, _keep(old))
    state = by_need(layout)
    with Search(state, prices_from(layout, certificate), lambda: seconds - (clock() - begun), seed) as search:
        while search.left() > search.building and state.worth < layout.most:
            search.step()
        search.finish()
    fill(state, order_by_density(layout))
    new = placements(state)
    value = float(state.value)
    return Preview(
        new, value, _changes(instance, old, new), _worth(instance, old) - value, tuple(state.broken())
    )


def _keep(old: dict[str, Placement]) -> dict[str, tuple[str, int]]:
    return {name: (p.facility, p.start) for name, p in old.items()}


def _worth(instance: Instance, old: dict[str, Placement]) -> float:
    return float(sum((r.value for r in instance.requests if r.id in old), Fraction(0)))


def _changes(
    instance: Instance, old: dict[str, Placement], placed: tuple[Placement, ...]
) -> tuple[Change, ...]:
    new = {p.request: p for p in placed}
    return tuple(
        _change(instance, request, old.get(request.id), new.get(request.id), placed)
        for request in instance.requests
        if old.get(request.id) != new.get(request.id)
    )


def _change(instance: Instance, request, before, after, placed) -> Change:
    if before is None:
        return Change(request.id, None, after, "added")
    allowed = any(f == before.facility and a <= before.start <= b for f, a, b in instance.starts(request))
    if not allowed:
        return Change(request.id, before, after, "closed")
    here = tuple(
        p.request
        for p in placed
        if p.facility == before.facility and p.start < before.end and before.start < p.end
    )
    return Change(request.id, before, after, "made_room", tuple(name for name in here if name != request.id))
