"""Where a series is heading: simple methods, chosen by how well each would have forecast the past.

Methods and prediction intervals after Hyndman & Athanasopoulos, Forecasting: Principles and Practice (3rd ed.),
sections 5.2 (naive, drift), 5.5 (intervals), 5.10 (rolling origin), 8.2 and 8.7 (damped trend).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import sqrt
from statistics import NormalDist, fmean
from typing import TYPE_CHECKING

from kechuang.indicators.engine.targets.errors import TargetError

if TYPE_CHECKING:
    import numpy as np

SHORTEST = 3  # values before the first forecast that is judged
_ALPHAS = (0.1, 0.3, 0.5, 0.7, 0.9, 0.99)
_BETAS = (0.01, 0.1, 0.3, 0.5, 0.8)
_PHIS = (0.8, 0.9, 0.98)


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted method: `means[h-1]` and `deviations[h-1]` are for h periods ahead."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The chosen method with its fit, and the mean absolute error of every method in the back-test."""

    method: str
    fit: Fit
    errors: dict[str, float]

    def interval(self, ahead: int, level: float = 0.8) -> tuple[float, float]:
        """The central interval that holds the value `ahead` periods on with probability `level`."""
        if not 0 < level < 1:
            raise TargetError(f"an interval of level {level} does not exist: use a share such as 0.8")
        margin = NormalDist().inv_cdf((1 + level) / 2) * self.fit.deviations[ahead - 1]
        mean = self.fit.means[ahead - 1]
        return mean - margin, mean + margin


def naive(series: Sequence[float], ahead: int) -> Fit:
    """The last value stays; its error grows with the root of the horizon."""
    steps = [later - earlier for earlier, later in pairwise(series)]
    sigma = _sigma(steps, estimated=0)
    return Fit((series[-1],) * ahead, tuple(sigma * sqrt(h) for h in range(1, ahead + 1)))


def drift(series: Sequence[float], ahead: int) -> Fit:
    """The average step goes on; the interval counts that the step itself is an estimate."""
    n = len(series) - 1
    slope = (series[-1] - series[0]) / n
    steps = [later - earlier - slope for earlier, later in pairwise(series)]
    sigma = _sigma(steps, estimated=1)
    horizon = range(1, ahead + 1)
    return Fit(
        tuple(series[-1] + slope * h for h in horizon), tuple(sigma * sqrt(h * (1 + h / n)) for h in horizon)
    )


def damped_trend(series: Sequence[float], ahead: int) -> Fit:
    """Holt's trend that fades: level, trend and damping by least squared one-step errors on a grid."""
    import numpy as np

    grid = np.array(list(product(_ALPHAS, _BETAS, _PHIS))).T
    levels, trends, squares = _smooth(series, *grid)
    best = int(squares.argmin())
    alpha, beta, phi = grid[:, best].tolist()
    level, trend = float(levels[best]), float(trends[best])
    sigma = sqrt(float(squares[best]) / max(1, len(series) - 2 - 3))
    faded = [sum(phi**k for k in range(1, h + 1)) for h in range(ahead + 1)]
    variance, deviations = 1.0, []
    for h in range(1, ahead + 1):
        deviations.append(sigma * sqrt(variance))
        variance += (alpha + alpha * beta * faded[h]) ** 2
    return Fit(tuple(level + trend * faded[h] for h in range(1, ahead + 1)), tuple(deviations))


METHODS: dict[str, Callable[[Sequence[float], int], Fit]] = {
    "naive": naive,
    "drift": drift,
    "damped_trend": damped_trend,
}


def forecast(series: Sequence[float], ahead: int) -> Forecast:
    """Forecast equally spaced values `ahead` periods on by the method with the smallest back-test error.

    Raises TargetError for fewer than three values or a horizon below one.
    """
    if len(series) < SHORTEST:
        raise TargetError(f"{len(series)} values are too few to forecast from: give at least {SHORTEST}")
    if ahead < 1:
        raise TargetError(f"cannot forecast {ahead} periods ahead: the date must lie after the last value")
    errors = back_test(series, ahead)
    method = min(errors, key=errors.__getitem__) if errors else "naive"
    return Forecast(method, METHODS[method](series, ahead), errors)


def back_test(series: Sequence[float], ahead: int) -> dict[str, float]:
    """Mean absolute error a method over every origin in the past and every horizon up to `ahead`.

    Empty when there is no past to judge by.
    """
    misses: dict[str, list[float]] = {name: [] for name in METHODS}
    for origin in range(SHORTEST, len(series)):
        known, future = series[:origin], series[origin : origin + ahead]
        for name, method in METHODS.items():
            means = method(known, len(future)).means
            misses[name] += [abs(mean - actual) for mean, actual in zip(means, future, strict=True)]
    return {name: fmean(missed) for name, missed in misses.items() if missed}


def _smooth(
    series: Sequence[float], alpha: np.ndarray, beta: np.ndarray, phi: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Final levels and trends, and the sums of squared one-step errors from the third value on: one a parameter."""
    level, trend, squares = series[1] + 0 * alpha, series[1] - series[0] + 0 * alpha, 0 * alpha
    for value in series[2:]:
        expected = level + phi * trend
        error = value - expected
        squares = squares + error * error
        level = expected + alpha * error
        trend = phi * trend + alpha * beta * error
    return level, trend, squares


def _sigma(errors: Sequence[float], estimated: int) -> float:
    """Root mean square of errors, corrected for what was estimated as far as there are errors to spare."""
    return sqrt(sum(error * error for error in errors) / max(1, len(errors) - estimated))
