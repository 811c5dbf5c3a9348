"""How far a programme is: each part counts by its weight, down to the promise and the task."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def together(parts: Iterable[tuple[int, Fraction | None]]) -> Fraction | None:
    """The mean of the parts by weight; what nobody knows anything of is left out. None where nothing is left."""
    known = [(weight, progress) for weight, progress in parts if progress is not None]
    whole = sum(weight for weight, _progress in known)
    return sum(weight * progress for weight, progress in known) / Fraction(whole) if whole else None


def way_covered(measured: Decimal, target: Decimal, baseline: Decimal | None) -> Fraction | None:
    """How much of the way from the baseline (else from nothing) to the target is covered, from 0 to 1."""
    start = Fraction(baseline or 0)
    whole = Fraction(target) - start
    if not whole:
        return None
    return min(max((Fraction(measured) - start) / whole, Fraction(0)), Fraction(1))
