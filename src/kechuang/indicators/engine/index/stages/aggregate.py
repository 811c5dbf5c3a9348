"""Combine children into parents up the tree, for one set of weights or for many at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.panel import Panel
from kechuang.indicators.engine.index.parameters import Parameter
from kechuang.indicators.engine.index.stages.benefit import benefit_of_the_doubt

KINDS = ("arithmetic", "geometric", "harmonic", "generalised", "median", "copeland")
PARAMETERS = {
    "method": Parameter("choice", "arithmetic", "how children combine into a parent", KINDS),
    "nodes": Parameter("table", {}, "{parent = method} where a parent differs from `method`"),
    "power": Parameter(
        "number", 0.5, "power of the generalised mean; 1 is arithmetic, 0 geometric, −1 harmonic"
    ),
    "missing": Parameter(
        "choice",
        "skip",
        "skip: weights are spread over the children present; propagate: the parent is missing too",
        ("skip", "propagate"),
    ),
    "zeros": Parameter(
        "choice", "refuse", "keep: a zero makes the geometric or harmonic mean zero", ("refuse", "keep")
    ),
}
Batch = np.ndarray  # (units, 1) if the same under every set of weights, else (units, sets)


def aggregate(
    panel: Panel, weights: np.ndarray, p: dict, shares_between: tuple[float, float] | None = None
) -> dict[str, Batch]:
    """Values of every code of the tree.

    `weights` is (sets, codes) in the framework's order; only the proportions among siblings matter. The result
    keeps one column where nothing depends on the set, so that replicates share what they have in common.
    `shares_between` asks for benefit of the doubt with these bounds on a child's share, in place of the weights.
    Means: OECD/JRC handbook 2008, step 7; Copeland: handbook, multi-criteria, as in COINr, a_copeland.
    """
    framework = panel.framework
    place = {code: j for j, code in enumerate(framework.codes)}
    for code, method in p["nodes"].items():
        if code not in framework.children:
            raise refuse(
                f"aggregate.nodes names '{code}', which is no parent in the framework", "correct the code"
            )
        PARAMETERS["method"].check(f"aggregate.nodes.{code}", method)
    values: dict[str, Batch] = {code: panel.values[:, [j]] for j, code in enumerate(panel.codes)}
    for parent in framework.aggregates:
        children = framework.children[parent]
        if shares_between:
            below = np.hstack([values[child] for child in children])
            values[parent] = benefit_of_the_doubt(below, *shares_between)[0][:, None]
            continue
        chosen = weights[:, [place[child] for child in children]]
        shares = _shares(parent, chosen)
        method = p["nodes"].get(parent, p["method"])
        values[parent] = _combine(panel, children, [values[child] for child in children], shares, method, p)
    return values


def _shares(parent: str, weights: np.ndarray) -> np.ndarray:
    total = weights.sum(axis=1, keepdims=True)
    if (weights < 0).any() or (total <= 0).any():
        raise refuse(f"the weights below '{parent}' are negative or sum to zero", "give weights above zero")
    shares = weights / total
    return shares[:1] if (shares == shares[0]).all() else shares


def _combine(
    panel: Panel, children: tuple[str, ...], xs: list[Batch], shares: np.ndarray, method: str, p: dict
) -> Batch:
    power = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0, "generalised": p["power"]}.get(method)
    gaps = any(np.isnan(x).any() for x in xs)
    if power is not None:
        if power != 1:
            for child, x in zip(children, xs, strict=True):
                _refuse_unsuitable(panel, child, x, method, power, p["zeros"])
        result = _power_mean(xs, shares, power, gaps)
    else:
        result = {"median": _weighted_median, "copeland": _copeland}[method](*_stack(xs), shares)
    if gaps:
        missing = [np.isnan(x) for x in xs]
        gone = (
            np.logical_or.reduce(missing) if p["missing"] == "propagate" else np.logical_and.reduce(missing)
        )
        result = np.where(gone, np.nan, result)
    return result


def _refuse_unsuitable(panel: Panel, child: str, x: Batch, method: str, power: float, zeros: str) -> None:
    with np.errstate(invalid="ignore"):
        bad = x < 0 if power > 0 or zeros == "keep" else x <= 0
    if bad.any():
        i, k = (int(place) for place in np.argwhere(bad)[0])
        raise refuse(
            f"aggregate: the {method} mean needs values above zero, but '{child}' is {x[i, k]:g} for {panel.label(i)}",
            "normalise to a range above zero such as [1, 100], or aggregate by arithmetic",
        )


def _power_mean(xs: list[Batch], shares: np.ndarray, power: float, gaps: bool) -> Batch:
    forward, backward = _transforms(power)
    with np.errstate(divide="ignore", invalid="ignore"):
        if not gaps and all(x.shape[1] == 1 for x in xs):
            return backward(forward(np.hstack(xs)) @ shares.T)
        total, present = 0.0, 0.0
        for x, share in zip(xs, shares.T, strict=True):
            term = forward(x)
            total = total + share * (np.where(np.isnan(x), 0, term) if gaps else term)
            present = present + share * ~np.isnan(x) if gaps else 1.0
        return backward(total / present)


def _transforms(power: float) -> tuple[Callable, Callable]:
    if power == 1:
        return (lambda x: x), (lambda y: y)
    if power == 0:
        return np.log, np.exp
    if power == -1:
        return np.reciprocal, np.reciprocal
    return (lambda x: x**power), (lambda y: y ** (1 / power))


def _stack(xs: list[Batch]) -> tuple[np.ndarray]:
    width = max(x.shape[1] for x in xs)
    return (np.stack([np.broadcast_to(x, (len(x), width)) for x in xs], axis=2),)


def _weighted_median(x: np.ndarray, shares: np.ndarray) -> Batch:
    """Where the cumulative weight passes one half; midway to the next where it meets it. x is (units, sets, children)."""
    shape = (x.shape[0], max(x.shape[1], len(shares)), x.shape[2])
    x, weight = np.broadcast_to(x, shape), np.broadcast_to(shares, shape)
    weight = np.where(np.isnan(x), 0, weight)
    order = np.argsort(x, axis=2, kind="stable")
    x, weight = np.take_along_axis(x, order, axis=2), np.take_along_axis(weight, order, axis=2)
    half = weight.sum(axis=2, keepdims=True) / 2
    cumulative = np.cumsum(weight, axis=2)
    lower = (cumulative < half - 1e-12).sum(axis=2, keepdims=True)
    upper = np.minimum((cumulative <= half + 1e-12).sum(axis=2, keepdims=True), shape[2] - 1)
    low, high = np.take_along_axis(x, lower, axis=2), np.take_along_axis(x, upper, axis=2)
    return ((low + high) / 2)[:, :, 0]


def _copeland(x: np.ndarray, shares: np.ndarray) -> Batch:
    """Units outranked minus units that outrank, by the weight of the children in which one is ahead."""
    scores = np.empty((len(x), max(x.shape[1], len(shares))))
    for i, own in enumerate(x):
        ahead = np.nan_to_num(np.sign(own - x))
        margin = (ahead * shares).sum(axis=2)
        scores[i] = np.where(np.abs(margin) < 1e-12, 0, np.sign(margin)).sum(axis=0)
    return scores
