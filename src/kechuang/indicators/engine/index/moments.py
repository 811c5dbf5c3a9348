"""Column moments and the Box-Cox power."""

from __future__ import annotations

import warnings

import numpy as np


def skewness(x: np.ndarray) -> np.ndarray:
    """Sample skewness G1 of each column of (units, columns), NaN left out; NaN below 3 points or without spread.

    Type 2 of Joanes and Gill (1998), as in SAS, Excel and COINr.
    """
    n, deviation = _centred(x)
    with np.errstate(all="ignore"):
        g1 = np.sqrt(n) * np.nansum(deviation**3, axis=0) / np.nansum(deviation**2, axis=0) ** 1.5
        return np.where(n < 3, np.nan, g1 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(x: np.ndarray) -> np.ndarray:
    """Sample excess kurtosis G2 of each column, NaN left out; NaN below 4 points or without spread (same source)."""
    n, deviation = _centred(x)
    with np.errstate(all="ignore"):
        g2 = n * np.nansum(deviation**4, axis=0) / np.nansum(deviation**2, axis=0) ** 2 - 3
        return np.where(n < 4, np.nan, ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3)))


def _centred(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    n = (~np.isnan(x)).sum(axis=0).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a column without values has no mean
        return n, x - np.nanmean(x, axis=0)


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
