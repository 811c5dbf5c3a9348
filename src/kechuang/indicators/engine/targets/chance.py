"""How likely a target is to be reached by its date."""

from __future__ import annotations

from statistics import NormalDist

from kechuang.indicators.engine.targets.errors import TargetError
from kechuang.indicators.engine.targets.forecast import Forecast


def chance(forecast: Forecast, ahead: int, target: float, better: str = "higher") -> float:
    """Probability, 0 to 1, that the value `ahead` periods on is at least (lower: at most) the target.

    Under the normal distribution of the forecast's interval; a series without any error gives 0 or 1.
    Raises TargetError when the forecast does not reach that far or no direction is better.
    """
    if better not in ("higher", "lower"):
        raise TargetError(f"a target needs a better direction, higher or lower: {better!r}")
    if not 1 <= ahead <= len(forecast.fit.means):
        raise TargetError(f"the forecast reaches {len(forecast.fit.means)} periods ahead, not {ahead}")
    mean, deviation = forecast.fit.means[ahead - 1], forecast.fit.deviations[ahead - 1]
    if deviation == 0:
        return float(mean >= target if better == "higher" else mean <= target)
    below = NormalDist(mean, deviation).cdf(target)
    return 1 - below if better == "higher" else below
