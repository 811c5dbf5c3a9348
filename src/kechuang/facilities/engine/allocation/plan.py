"""What is answered: who runs where and when, what it is worth, the proof, and a reason for everyone left out."""

from __future__ import annotations

from dataclasses import dataclass, field

REASONS = ("window", "capacity", "quota", "cap", "floor", "reserve", "group", "after", "outranked")


@dataclass(frozen=True)
class Placement:
    request: str
    facility: str
    start: int
    end: int


@dataclass(frozen=True)
class LeftOut:
    """`blocked_by` names the placed requests that stand in the way (for capacity and outranked)."""

    request: str
    reason: str
    blocked_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Certificate:
    """Prices ≥ 0. `slot_price`: facility → runs (start, end, price per slot); `rule_price`: rule name → price a slot."""

    slot_price: dict[str, list[tuple[int, int, float]]] = field(default_factory=dict)
    rule_price: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A plan and its proof. `relax` is filled, and everything else empty, when no plan satisfies every rule."""

    placed: tuple[Placement, ...] = ()
    value: float = 0.0
    bound: float = 0.0
    unplaced: tuple[LeftOut, ...] = ()
    relax: tuple[str, ...] = ()
    certificate: Certificate = field(default_factory=Certificate)
    seconds: float = 0.0
    solver: str = ""

    @property
    def gap(self) -> float:
        return (self.bound - self.value) / self.bound if self.bound else 0.0

    def as_json(self) -> dict:
        """The plan in the format of the command."""
        return {
            "placed": [
                {"request": p.request, "facility": p.facility, "start": p.start, "end": p.end}
                for p in self.placed
            ],
            "value": self.value,
            "bound": self.bound,
            "gap": self.gap,
            "unplaced": [
                {"request": u.request, "reason": u.reason, "blocked_by": list(u.blocked_by)}
                for u in self.unplaced
            ],
            "relax": list(self.relax),
            "certificate": {
                "slot_price": {
                    f: [list(run) for run in runs] for f, runs in self.certificate.slot_price.items()
                },
                "rule_price": self.certificate.rule_price,
            },
            "seconds": self.seconds,
            "solver": self.solver,
        }
