"""Fill missing values by a stated rule."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.panel import Panel
from kechuang.indicators.engine.index.parameters import Parameter

PARAMETERS = {
    "method": Parameter(
        "choice",
        "mean",
        "how a missing value is filled",
        ("none", "mean", "median", "group_mean", "group_median", "regression", "carry"),
    ),
    "group": Parameter("text", "", "column whose equal texts form a group (group_mean, group_median)"),
    "predictors": Parameter("count", 1, "how many best-correlated complete indicators to regress on", low=1),
    "time": Parameter(
        "text", "", "column that orders a unit's rows (carry); the other key columns name the unit"
    ),
    "reach": Parameter("number", float("inf"), "how far back in time a value may be carried", low=0),
}


def impute(panel: Panel, p: dict) -> Panel:
    """Panel without the gaps the rule can fill; a note counts those that remain.

    Mean and median of the column or of the unit's group, and the last value in time: COINr, Impute and impute_panel.
    Regression: least squares on the best-correlated complete indicators (OECD/JRC handbook 2008, step 3).
    """
    if p["method"] == "none":
        return panel
    fill = {"regression": _regression, "carry": _carry}.get(p["method"], _centre)
    values = fill(panel, p)
    gaps = int(np.isnan(values).sum())
    note = (f"impute: {gaps} values are still missing, because the rule found nothing to fill them from",)
    return panel.with_values(values, *(note if gaps else ()))


def _centre(panel: Panel, p: dict) -> np.ndarray:
    average = np.nanmedian if p["method"].endswith("median") else np.nanmean
    values = panel.values.copy()
    for rows in _groups(panel, p):
        block = values[rows]
        known = ~np.isnan(block).all(axis=0)
        centre = average(block[:, known], axis=0)
        block[:, known] = np.where(np.isnan(block[:, known]), centre, block[:, known])
        values[rows] = block
    return values


def _groups(panel: Panel, p: dict) -> list[np.ndarray]:
    if not p["method"].startswith("group"):
        return [np.arange(len(panel.rows))]
    if not p["group"]:
        raise refuse(
            f"impute.method = '{p['method']}' has no group", "name the group's column in impute.group"
        )
    labels = np.array(panel.table.text(p["group"]))[panel.rows]
    return [np.flatnonzero(labels == label) for label in np.unique(labels) if label]


def _regression(panel: Panel, p: dict) -> np.ndarray:
    x, values = panel.values, panel.values.copy()
    complete = np.flatnonzero(~np.isnan(x).any(axis=0))
    if not len(complete):
        raise refuse("impute by regression: no indicator is complete", "impute by mean or group_mean")
    for j in np.flatnonzero(np.isnan(x).any(axis=0)):
        known = ~np.isnan(x[:, j])
        best = _best_correlated(x[known], j, complete)[: p["predictors"]]
        if known.sum() <= len(best) + 1:
            continue
        design = np.column_stack([np.ones(len(x)), x[:, best]])
        coefficients = np.linalg.lstsq(design[known], x[known, j], rcond=None)[0]
        values[~known, j] = design[~known] @ coefficients
    return values


def _best_correlated(x: np.ndarray, j: int, candidates: np.ndarray) -> np.ndarray:
    centred = x[:, candidates] - x[:, candidates].mean(axis=0)
    target = x[:, j] - x[:, j].mean()
    scale = np.sqrt((centred**2).sum(axis=0) * (target**2).sum())
    strength = np.abs(np.divide(centred.T @ target, scale, out=np.zeros(len(candidates)), where=scale > 0))
    return candidates[np.argsort(-strength, kind="stable")]


def _carry(panel: Panel, p: dict) -> np.ndarray:
    if not p["time"]:
        raise refuse("impute.method = 'carry' has no time", "name the column of time in impute.time")
    time = panel.table.number(p["time"])[panel.rows]
    place = [i for i, key in enumerate(panel.table.keys) if key != p["time"]]
    series: dict[tuple, list[int]] = {}
    for i in np.argsort(time, kind="stable"):
        series.setdefault(tuple(panel.units[i][k] for k in place), []).append(int(i))
    values = panel.values.copy()
    for rows in series.values():
        _carry_forward(values, rows, time, p["reach"])
    return values


def _carry_forward(values: np.ndarray, rows: list[int], time: np.ndarray, reach: float) -> None:
    last = np.full(values.shape[1], np.nan)
    seen = np.full(values.shape[1], -np.inf)
    for i in rows:
        known = ~np.isnan(values[i])
        last[known], seen[known] = values[i, known], time[i]
        fill = ~known & (time[i] - seen <= reach)
        values[i, fill] = last[fill]
