"""Ranks of units by score."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.stages.normalise import lowest_ranks


def ranks(scores: np.ndarray) -> np.ndarray:
    """Ranks of each column of (units, sets): 1 the highest score, ties share the best rank, NaN stays NaN.

    Scores are compared to ten digits of the largest, so that the rounding of sums does not split a tie.
    """
    largest = np.nanmax(np.abs(scores), axis=0, initial=0)
    return lowest_ranks(-np.round(scores / np.where(largest > 0, largest, 1), 10))
