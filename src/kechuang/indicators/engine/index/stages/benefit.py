"""Benefit of the doubt: each unit is judged by the weights that are best for it."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.errors import refuse


def benefit_of_the_doubt(x: np.ndarray, least: float, most: float) -> tuple[np.ndarray, np.ndarray]:
    """Scores (units,) in 0..1 and weights (units, children) for children's values x >= 0, (units, children).

    For unit u: maximise Σ w_c x_uc subject to Σ w_c x_jc <= 1 for every unit j, w >= 0, and each child's share of the
    unit's score between `least` and `most`. One linear programme a unit, solved by GLOP (Melyn and Moesen 1991; Cherchye
    et al. 2007; OECD/JRC handbook 2008, step 6). A unit with a missing value has no score and is no benchmark.
    """
    children = x.shape[1]
    if least * children > 1 + 1e-12 or most * children < 1 - 1e-12:
        raise refuse(
            f"weigh: {children} children cannot each have a share between {least:g} and {most:g}",
            f"keep least_share at or below {1 / children:g} and most_share at or above it",
        )
    if np.nanmin(x) < 0:
        raise refuse("weigh: benefit of the doubt needs values that are not negative", "normalise by minmax")
    scores, weights = np.full(len(x), np.nan), np.full(x.shape, np.nan)
    complete = np.flatnonzero(~np.isnan(x).any(axis=1))
    for u in complete:
        weights[u] = _best_weights(x[complete], x[u], least, most)
        scores[u] = weights[u] @ x[u]
    return scores, weights


def _best_weights(others: np.ndarray, own: np.ndarray, least: float, most: float) -> np.ndarray:
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    w = [solver.NumVar(0, solver.infinity(), "") for _ in own]
    for row in others:
        if row.any():
            solver.Add(sum(float(v) * wc for v, wc in zip(row, w, strict=True)) <= 1)
    score = sum(float(v) * wc for v, wc in zip(own, w, strict=True))
    for value, wc in zip(own, w, strict=True):
        if least > 0:
            solver.Add(float(value) * wc >= least * score)
        if most < 1:
            solver.Add(float(value) * wc <= most * score)
    solver.Maximize(score)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        raise refuse(
            "weigh: benefit of the doubt found no bounded weights", "normalise to a range above zero"
        )
    return np.array([wc.solution_value() for wc in w])
