"""Tame outliers: winsorise while skewness and kurtosis are both too large, else transform."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.moments import box_cox_lambda, skewness_kurtosis
from kechuang.indicators.engine.index.panel import Panel
from kechuang.indicators.engine.index.parameters import Parameter

PARAMETERS = {
    "skew": Parameter("number", 2.0, "an indicator passes if its absolute skewness is below this …", low=0),
    "kurtosis": Parameter("number", 3.5, "… or its excess kurtosis is below this"),
    "winmax": Parameter("count", 5, "most points to winsorise; 0 goes straight to the transform", low=0),
    "otherwise": Parameter(
        "choice",
        "log_shifted",
        "transform of the original when winsorising does not suffice",
        ("log_shifted", "log_plus_one", "log", "box_cox", "none"),
    ),
    "power": Parameter("number", float("nan"), "Box-Cox power; left out, it is fitted by maximum likelihood"),
    "skip": Parameter("texts", [], "indicators left as they are"),
}


def treat(panel: Panel, p: dict) -> Panel:
    """Treated columns, with what was done to each in `details` (COINr, Treat with winsorise and log_CT)."""
    unknown = sorted(set(p["skip"]) - set(panel.codes))
    if unknown:
        raise refuse(f"treat.skip names '{unknown[0]}', which is no indicator", "correct the code")
    values, details = panel.values.copy(), {}
    for j, code in enumerate(panel.codes):
        known = ~np.isnan(values[:, j])
        if code not in p["skip"] and not _passes(values[known, j], p):
            values[known, j], details[code] = _treat_column(panel, j, known, p)
    stubborn = [code for code, detail in details.items() if not detail["passes"]]
    notes = (f"treat: still skewed after treatment: {', '.join(stubborn)}",) if stubborn else ()
    return panel.with_values(values, *notes, details={**panel.details, "treat": details})


def _passes(x: np.ndarray, p: dict) -> bool:
    """Whether skewness or kurtosis is in bounds; so is a column too short or too flat to have them."""
    skew, kurtosis = skewness_kurtosis(x)
    return abs(skew) < p["skew"] or kurtosis < p["kurtosis"] or np.isnan(skew)


def _treat_column(panel: Panel, j: int, known: np.ndarray, p: dict) -> tuple[np.ndarray, dict]:
    x = panel.values[known, j]
    treated, points = _winsorise(x, p)
    detail = {"points": points, "transform": ""}
    if not _passes(treated, p) and p["otherwise"] != "none":
        treated = _transform(panel, j, known, p)
        detail = {"points": 0, "transform": p["otherwise"]}
    return treated, detail | {"passes": bool(_passes(treated, p))}


def _winsorise(x: np.ndarray, p: dict) -> tuple[np.ndarray, int]:
    """Pull the extreme on the skewed side to the next value until the column passes or `winmax` points are used.

    Tied extremes move together and count each, as in COINr, so the limit can be passed by a tie.
    """
    x = x.copy()
    high = low = 0
    while high + low < p["winmax"] and not _passes(x, p):
        if skewness_kurtosis(x)[0] >= 0:
            extreme = x == x.max()
            x[extreme], high = x[~extreme].max(), int(extreme.sum())
        else:
            extreme = x == x.min()
            x[extreme], low = x[~extreme].min(), int(extreme.sum())
    return x, high + low


def _transform(panel: Panel, j: int, known: np.ndarray, p: dict) -> np.ndarray:
    x = panel.values[known, j]
    if p["otherwise"] == "log_shifted":
        return np.log(x - x.min() + 0.01 * (x.max() - x.min()))
    if p["otherwise"] == "log_plus_one":
        return np.log(x - x.min() + 1)
    if p["otherwise"] == "box_cox":
        shifted = x - x.min() + 1
        power = box_cox_lambda(shifted) if np.isnan(p["power"]) else p["power"]
        return np.log(shifted) if power == 0 else (shifted**power - 1) / power
    if (x <= 0).any():
        i = int(np.flatnonzero(known)[np.argmin(x)])
        raise refuse(
            f"treat: the logarithm of '{panel.codes[j]}' does not exist for {panel.label(i)} ({x.min():g})",
            "set treat.otherwise = 'log_shifted', which shifts the column above zero",
        )
    return np.log(x)
