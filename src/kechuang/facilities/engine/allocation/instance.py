"""What is asked: facilities, requests and rules, in slots. Shares and values are exact fractions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

Span = tuple[int, int]  # half-open, in slots


class BadInstance(ValueError):
    """The input cannot be understood; `problems` says what, where and how to mend it, one a line."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Facility:
    """`open`: spans in which requests may run; `changeover`: (from set-up, to set-up) → slots; `reserve`: share."""

    id: str
    open: tuple[Span, ...]
    changeover: dict[tuple[str, str], int] = field(default_factory=dict)
    reserve: Fraction = Fraction(0)

    @property
    def open_slots(self) -> int:
        return sum(end - start for start, end in self.open)


@dataclass(frozen=True)
class Request:
    """One contiguous block of `duration` slots; `windows`: facility id → spans that may hold it."""

    id: str
    proposal: str
    value: Fraction
    duration: int
    windows: dict[str, tuple[Span, ...]]
    setup: str | None = None
    partner: str | None = None
    organisation: str | None = None
    discipline: str | None = None
    group: str | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quota:
    partner: str
    min: Fraction | None = None
    max: Fraction | None = None


@dataclass(frozen=True)
class Floor:
    discipline: str
    min: Fraction


@dataclass(frozen=True)
class Cap:
    organisation: str
    max: Fraction


@dataclass(frozen=True)
class Frozen:
    request: str
    facility: str
    start: int


@dataclass(frozen=True)
class Instance:
    """A whole allocation problem, already checked by `parse.read_instance`."""

    slot_minutes: int
    facilities: tuple[Facility, ...]
    requests: tuple[Request, ...]
    quotas: tuple[Quota, ...] = ()
    floors: tuple[Floor, ...] = ()
    caps: tuple[Cap, ...] = ()
    frozen: tuple[Frozen, ...] = ()
    forbid: tuple[tuple[str, str | None], ...] = ()  # (request, facility or None for all)

    @property
    def allocatable(self) -> Fraction:
        """A = Σ open × (1 − reserve), in slots: what every share is a share of."""
        return sum((f.open_slots * (1 - f.reserve) for f in self.facilities), Fraction(0))

    def forbidden(self) -> dict[str, set[str | None]]:
        """Request id → facilities it may not use; None among them forbids all."""
        table = defaultdict(set)
        for request, facility in self.forbid:
            table[request].add(facility)
        return table

    def starts(self, request: Request) -> list[tuple[str, int, int]]:
        """Allowed starts as (facility, first, last): inside one window and one open span, not forbidden."""
        banned = self.forbidden().get(request.id, set())
        return [] if None in banned else _starts(self.facilities, request, banned)


def _starts(facilities, request: Request, banned: set) -> list[tuple[str, int, int]]:
    found = []
    for facility in facilities:
        if facility.id in banned or facility.id not in request.windows:
            continue
        for opening in facility.open:
            ranges = sorted(
                (max(opening[0], window[0]), min(opening[1], window[1]) - request.duration)
                for window in request.windows[facility.id]
            )
            found += [(facility.id, first, last) for first, last in merge_ranges(ranges)]
    return found


def merge_ranges(ranges: list[Span]) -> list[Span]:
    """Join closed ranges, sorted by first, that overlap or touch; drop empty ones."""
    merged: list[Span] = []
    for first, last in ranges:
        if first > last:
            continue
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
