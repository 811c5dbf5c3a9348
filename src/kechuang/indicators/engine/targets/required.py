"""What it takes from now on."""

from __future__ import annotations

from dataclasses import dataclass

from kechuang.indicators.engine.targets.errors import TargetError


@dataclass(frozen=True, slots=True)
class Required:
    """What is needed each period: `amount` in the indicator's unit, `rate` as a share (None: not by any rate).

    `pace` compares with what was achieved of late: 2 = twice as fast as before (None: no pace to compare with).
    """

    reached: bool
    amount: float
    rate: float | None
    pace: float | None


def required(
    now: float, target: float, periods: float, better: str = "higher", recent: float | None = None
) -> Required:
    """From `now` to `target` in `periods`; `recent` is the average change a period so far.

    Raises TargetError when no time is left or no direction is better.
    """
    if better not in ("higher", "lower"):
        raise TargetError(f"a target needs a better direction, higher or lower: {better!r}")
    reached = now >= target if better == "higher" else now <= target
    if reached:
        return Required(True, 0.0, 0.0, 0.0)
    if periods <= 0:
        raise TargetError("no time is left to reach the target: its date has passed")
    amount = (target - now) / periods
    rate = (target / now) ** (1 / periods) - 1 if now > 0 and target > 0 else None
    forward = recent is not None and recent * amount > 0
    return Required(False, amount, rate, amount / recent if forward else None)
