"""Moments and the Box-Cox power."""

from __future__ import annotations

import numpy as np


def skewness_kurtosis(x: np.ndarray) -> tuple[float, float]:
    """Sample skewness G1 and excess kurtosis G2 of values (n,) without gaps; NaN below 4 values or without spread.

    Type 2 of Joanes and Gill (1998), as in SAS, Excel and COINr.
    """
    n = len(x)
    deviation = x - x.sum() / max(n, 1)
    square = deviation * deviation
    spread = square.sum()
    if n < 4 or spread == 0:
        return np.nan, np.nan
    skew = np.sqrt(n) * (square @ deviation) / spread**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    excess = n * (square @ square) / spread**2 - 3
    return skew, ((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3))


def box_cox_lambda(x: np.ndarray, low: float = -5.0, high: float = 5.0) -> float:
    """Power in [low, high] that maximises the Box-Cox profile likelihood of positive x (Box and Cox 1964).

    Golden-section search: the profile likelihood has one maximum.
    """
    ratio = (np.sqrt(5) - 1) / 2
    a, b = low, high
    while b - a > 1e-10:
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        if _likelihood(x, c) > _likelihood(x, d):
            b = d
        else:
            a = c
    return (a + b) / 2


def _likelihood(x: np.ndarray, power: float) -> float:
    logs = np.log(x)
    y = logs if abs(power) < 1e-12 else np.expm1(power * logs) / power
    return (power - 1) * logs.sum() - len(x) / 2 * np.log(y.var())
