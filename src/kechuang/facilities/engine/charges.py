"""What use costs and what it says about sharing; whole fen and whole minutes throughout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MINUTES = 60


class Access(StrEnum):
    """Which rate a use is charged at."""

    INTERNAL = "internal"
    ACADEMIC = "academic"
    ENTERPRISE = "enterprise"
    PROPRIETARY = "proprietary"


BANDS = (0, 100_00, 500_00, 2_000_00)


def charge(minutes: int, lost: int, rate: int) -> int:
    """Fen for `minutes` of use less `lost` ones at `rate` fen an hour; a started fen is not charged.

    Raises ValueError on a negative figure or more time lost than used.
    """
    if min(minutes, lost, rate) < 0:
        raise ValueError("minutes, lost minutes and rates are not negative")
    if lost > minutes:
        raise ValueError(f"{lost} minutes lost of {minutes}")
    return (minutes - lost) * rate // MINUTES


def band(rate: int | None) -> int:
    """Price band of a rate (fen an hour): 0 free, then up to 100, 500, 2,000 yuan, then above; -1 = on request."""
    if rate is None:
        return -1
    return sum(rate > limit for limit in BANDS)


@dataclass(frozen=True, slots=True)
class Paid:
    """How an amount is paid: from which vouchers (key → fen), and what is left to pay."""

    vouchers: dict[int, int]
    due: int


def pay(amount: int, balances: Iterable[tuple[int, int]]) -> Paid:
    """Spend vouchers, given as (key, balance in fen) in order of use; no balance falls below zero."""
    used: dict[int, int] = {}
    for key, balance in balances:
        take = min(max(balance, 0), amount)
        if take > 0:
            used[key] = take
            amount -= take
    return Paid(used, amount)


@dataclass(frozen=True, slots=True)
class Sharing:
    """What an institution shared in a period: minutes, fen, counts."""

    open: int
    used: int
    outside: int
    value: int
    value_opened: int
    outputs: int


@dataclass(frozen=True, slots=True)
class Score:
    """Each part and the total in tenths of a point (0 to 1000)."""

    utilisation: int
    outside: int
    opened: int
    outputs: int
    total: int


WEIGHTS = {"utilisation": 40, "outside": 30, "opened": 20, "outputs": 10}


def score(sharing: Sharing) -> Score:
    """Utilisation (used ÷ open), use by others (outside ÷ used), value opened ÷ value, outputs per 1,000 hours (full
    at 10), weighted 40, 30, 20, 10. A part without a denominator counts 0."""
    parts = {
        "utilisation": _tenths(sharing.used, sharing.open),
        "outside": _tenths(sharing.outside, sharing.used),
        "opened": _tenths(sharing.value_opened, sharing.value),
        "outputs": _tenths(sharing.outputs * 1000 * MINUTES, sharing.used * 10),
    }
    total = sum(parts[name] * weight for name, weight in WEIGHTS.items()) // 100
    return Score(**parts, total=total)


def _tenths(part: int, whole: int) -> int:
    return min(1000, part * 1000 // whole) if whole > 0 else 0


def contract_score(indicators: Iterable[tuple[int, int, int]]) -> int | None:
    """Tenths of a point for a performance contract: (weight, target, actual) each, capped at its target.

    Integers in one unit each; None when nothing weighs."""
    rows = [(weight, target, actual) for weight, target, actual in indicators if weight > 0 and target > 0]
    weights = sum(weight for weight, _, _ in rows)
    if not weights:
        return None
    return sum(weight * _tenths(max(actual, 0), target) for weight, target, actual in rows) // weights
