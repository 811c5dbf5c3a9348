"""What an indicator counts for in an index: by its weights, by the variance of the index, and in one unit's score."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.pipeline import Result


def effective_weights(result: Result) -> dict[str, float]:
    """Share of each code in the index if every node were an arithmetic mean: the product of shares on its path."""
    place = {code: j for j, code in enumerate(result.framework.codes)}
    found = {result.framework.index: 1.0}
    for parent in reversed(result.framework.aggregates):
        below = result.framework.children[parent]
        total = sum(result.weights[place[child]] for child in below)
        for child in below:
            found[child] = found[parent] * float(result.weights[place[child]] / total)
    return found


def implied_weights(result: Result) -> dict[str, float]:
    """What each indicator really counts for: squared correlation with the index, scaled to sum to 1.

    Paruolo, Saisana and Saltelli (2013): the importance of a variable is its share in the variance of the index.
    """
    squares = {}
    for code in result.framework.indicators:
        known = ~np.isnan(result.values[code]) & ~np.isnan(result.scores)
        x, y = result.values[code][known], result.scores[known]
        squares[code] = float(np.corrcoef(x, y)[0, 1] ** 2) if np.ptp(x) and np.ptp(y) else 0.0
    total = sum(squares.values())
    return {code: square / total if total else 0.0 for code, square in squares.items()}


def contributions(result: Result, unit: int) -> dict[str, float]:
    """How much of the unit's score each indicator gives, under arithmetic means with missing values skipped.

    The parts sum to the score where every node is an arithmetic mean; a missing indicator gives nothing.
    """
    place = {code: j for j, code in enumerate(result.framework.codes)}
    share = {result.framework.index: 1.0}
    for parent in reversed(result.framework.aggregates):
        below = [c for c in result.framework.children[parent] if not np.isnan(result.values[c][unit])]
        total = sum(result.weights[place[child]] for child in below)
        for child in below:
            share[child] = share.get(parent, 0.0) * float(result.weights[place[child]] / total)
    return {
        code: share[code] * float(result.values[code][unit])
        for code in result.framework.indicators
        if code in share
    }
