"""Bring indicators to one scale, more always better."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.panel import Panel
from kechuang.indicators.engine.index.parameters import Parameter

PARAMETERS = {
    "method": Parameter(
        "choice",
        "minmax",
        "the common scale",
        (
            "none",
            "minmax",
            "goalposts",
            "z",
            "rank",
            "percentile",
            "borda",
            "distance_to_best",
            "distance_to_target",
        ),
    ),
    "range": Parameter("pair", [0, 100], "[lowest, highest] score (minmax, goalposts)"),
    "mean": Parameter("number", 0.0, "mean after z"),
    "sd": Parameter("number", 1.0, "standard deviation after z", low=1e-300),
    "goalposts": Parameter("table", {}, "{indicator = [low, high]} in the indicator's own unit (goalposts)"),
    "cap": Parameter("flag", True, "hold values beyond a goalpost or target at it"),
    "log": Parameter("texts", [], "indicators compared by their natural logarithm (goalposts)"),
}


def normalise(panel: Panel, p: dict) -> Panel:
    """Normalised columns. Sources: OECD/JRC handbook 2008, step 5; COINr, Normalise, whose conventions are kept.

    Directions are applied first. z uses the sample standard deviation; ranks give ties the lowest rank.
    """
    direction = np.array([panel.framework.by_code[code].direction for code in panel.codes])
    if p["method"] == "goalposts":
        return panel.with_values(_goalposts(panel, p, direction))
    x = panel.values * direction
    if p["method"] != "none":
        _refuse_constant(panel, x)
    if p["method"] == "distance_to_target":
        return panel.with_values(_distance_to_target(panel, x, direction, p["cap"]))
    return panel.with_values(METHODS[p["method"]](x, p))


def lowest_ranks(x: np.ndarray) -> np.ndarray:
    """Ranks of each column of (units, columns): 1 for the smallest, ties share the lowest; NaN stays NaN."""
    order = np.argsort(x, axis=0, kind="stable")
    ordered = np.take_along_axis(x, order, axis=0)
    position = np.arange(1, len(x) + 1)[:, None] * np.ones(x.shape[1:], dtype=int)
    same = np.zeros(x.shape, dtype=bool)
    same[1:] = ordered[1:] == ordered[:-1]
    first = np.maximum.accumulate(np.where(same, 1, position), axis=0)
    ranks = np.empty(x.shape)
    np.put_along_axis(ranks, order, first, axis=0)
    ranks[np.isnan(x)] = np.nan
    return ranks


def _minmax(x: np.ndarray, p: dict) -> np.ndarray:
    low, high = np.nanmin(x, axis=0), np.nanmax(x, axis=0)
    return (x - low) / (high - low) * (p["range"][1] - p["range"][0]) + p["range"][0]


def _z(x: np.ndarray, p: dict) -> np.ndarray:
    return (x - np.nanmean(x, axis=0)) / np.nanstd(x, axis=0, ddof=1) * p["sd"] + p["mean"]


def _percentile(x: np.ndarray, p: dict) -> np.ndarray:
    return (lowest_ranks(x) - 1) / ((~np.isnan(x)).sum(axis=0) - 1)


METHODS = {
    "none": lambda x, p: x,
    "minmax": _minmax,
    "z": _z,
    "rank": lambda x, p: lowest_ranks(x),
    "borda": lambda x, p: lowest_ranks(x) - 1,
    "percentile": _percentile,
    "distance_to_best": lambda x, p: _minmax(x, {"range": (0, 1)}),
}


def _refuse_constant(panel: Panel, x: np.ndarray) -> None:
    for code, column in zip(panel.codes, x.T, strict=True):
        known = column[~np.isnan(column)]
        if len(known) == 0 or known.min() == known.max():
            raise refuse(
                f"normalise: indicator '{code}' is constant among the units, so it cannot tell them apart",
                "take it out of the framework, or normalise by goalposts",
            )


def _goalposts(panel: Panel, p: dict, direction: np.ndarray) -> np.ndarray:
    """(x − low) / (high − low), capped to 0..1 and spread over `range`; counted from the other end if less is better.

    With `log`, x, low and high are replaced by their logarithms (UNDP, Technical note 1 of the human development
    report, for income).
    """
    for code in (*p["goalposts"], *p["log"]):
        if code not in panel.codes:
            raise refuse(
                f"normalise.goalposts or .log names '{code}', which is no indicator", "correct the code"
            )
    scores = np.empty(panel.values.shape)
    for j, code in enumerate(panel.codes):
        low, high = _posts(code, p)
        x = panel.values[:, j]
        if code in p["log"]:
            x, low, high = _log(panel, j, low), np.log(low), np.log(high)
        share = (x - low) / (high - low) if direction[j] == 1 else (high - x) / (high - low)
        scores[:, j] = np.clip(share, 0, 1) if p["cap"] else share
    return scores * (p["range"][1] - p["range"][0]) + p["range"][0]


def _posts(code: str, p: dict) -> tuple[float, float]:
    if code not in p["goalposts"]:
        raise refuse(f"normalise: no goalposts for indicator '{code}'", f"add {code} = [low, high]")
    posts = PARAMETERS["range"].check(f"normalise.goalposts.{code}", p["goalposts"][code])
    return float(posts[0]), float(posts[1])


def _log(panel: Panel, j: int, low: float) -> np.ndarray:
    x, code = panel.values[:, j], panel.codes[j]
    if low <= 0:
        raise refuse(f"normalise: the low goalpost {low:g} of '{code}' has no logarithm", "set it above zero")
    if (x <= 0).any():
        i = int(np.flatnonzero(x <= 0)[0])
        raise refuse(
            f"normalise: '{code}' is {x[i]:g} for {panel.label(i)}, which has no logarithm",
            "correct the value, or take the indicator out of normalise.log",
        )
    return np.log(x)


def _distance_to_target(panel: Panel, x: np.ndarray, direction: np.ndarray, cap: bool) -> np.ndarray:
    targets = []
    for code in panel.codes:
        target = panel.framework.by_code[code].target
        if target is None:
            raise refuse(f"normalise: indicator '{code}' has no target", "set its Target in the framework")
        targets.append(target)
    low = np.nanmin(x, axis=0)
    reach = np.array(targets) * direction - low
    for code, span in zip(panel.codes, reach, strict=True):
        if span <= 0:
            raise refuse(
                f"normalise: the target of '{code}' is no better than its worst unit", "correct the Target"
            )
    share = (x - low) / reach
    return np.minimum(share, 1) if cap else share
