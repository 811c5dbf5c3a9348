"""Weights of the nodes, by statement, by experts or from the data."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.panel import Panel
from kechuang.indicators.engine.index.parameters import Parameter

PARAMETERS = {
    "method": Parameter(
        "choice",
        "given",
        "where weights come from",
        ("given", "equal", "budget", "ahp", "pca", "benefit_of_the_doubt"),
    ),
    "weights": Parameter("table", {}, "{code = weight} in place of the framework's (given)"),
    "points": Parameter(
        "table", {}, "{code = points}, or {expert = {code = points}} of several experts (budget)"
    ),
    "pairs": Parameter("table", {}, "{parent = {'a/b' = how many times a matters more than b}} (ahp)"),
    "rule": Parameter(
        "choice", "factors", "factors: OECD handbook; first: first component (pca)", ("factors", "first")
    ),
    "least_share": Parameter(
        "number", 0.0, "least share of a unit's score from one child (benefit of the doubt)", low=0
    ),
    "most_share": Parameter(
        "number", 1.0, "largest share of a unit's score from one child (the same)", high=1
    ),
}
RANDOM_INDEX = (0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)


def weigh(panel: Panel, p: dict) -> tuple[np.ndarray, tuple[str, ...]]:
    """Weights (codes,) in the framework's order, and notes.

    Benefit of the doubt has weights of its own for each unit, found while aggregating; the shared ones are then equal.
    Sources: OECD/JRC handbook 2008, step 6; Saaty (1980) for the analytic hierarchy process.
    """
    framework = panel.framework
    if p["method"] in ("equal", "benefit_of_the_doubt"):
        return np.ones(len(framework.codes)), ()
    found, notes = {"given": _given, "budget": _budget, "ahp": _ahp, "pca": _pca}[p["method"]](panel, p)
    weights = {code: framework.by_code[code].weight for code in framework.codes} | found
    return np.array([weights[code] for code in framework.codes]), notes


def _given(panel: Panel, p: dict) -> tuple[dict[str, float], tuple[str, ...]]:
    return _checked(panel, "weigh.weights", p["weights"]), ()


def _checked(panel: Panel, where: str, weights: dict) -> dict[str, float]:
    for code, weight in weights.items():
        if code not in panel.framework.by_code:
            raise refuse(f"{where} names '{code}', which is not in the framework", "correct the code")
        if not isinstance(weight, int | float) or not weight > 0:
            raise refuse(
                f"{where}.{code} = {weight!r} is not above zero", "give a positive weight or remove the node"
            )
    return {code: float(weight) for code, weight in weights.items()}


def _budget(panel: Panel, p: dict) -> tuple[dict[str, float], tuple[str, ...]]:
    """Mean over experts of the share of points that each gave."""
    several = any(isinstance(value, dict) for value in p["points"].values())
    experts = p["points"] if several else {"points": p["points"]}
    siblings = [
        codes
        for codes in panel.framework.children.values()
        if any(c in next(iter(experts.values())) for c in codes)
    ]
    if not siblings:
        raise refuse("weigh.method = 'budget' has no points", "give weigh.points = {code = points}")
    weights: dict[str, float] = {}
    for expert, points in experts.items():
        given = _checked(panel, f"weigh.points ({expert})", points)
        for codes in siblings:
            absent = [code for code in codes if code not in given]
            if absent:
                raise refuse(
                    f"weigh.points ({expert}): no points for '{absent[0]}'", "give points to all its siblings"
                )
            total = sum(given[code] for code in codes)
            for code in codes:
                weights[code] = weights.get(code, 0) + given[code] / total / len(experts)
    return weights, ()


def _ahp(panel: Panel, p: dict) -> tuple[dict[str, float], tuple[str, ...]]:
    """Principal eigenvector of the matrix of pairwise judgements; a note where they contradict each other."""
    if not p["pairs"]:
        raise refuse("weigh.method = 'ahp' has no pairs", "give weigh.pairs.<parent> = {'a/b' = 3}")
    weights, notes = {}, []
    for parent, pairs in p["pairs"].items():
        codes = panel.framework.children.get(parent)
        if codes is None:
            raise refuse(
                f"weigh.pairs names '{parent}', which is no parent in the framework", "correct the code"
            )
        eigenvalues, vectors = np.linalg.eig(_judgements(parent, codes, pairs))
        top = int(np.argmax(eigenvalues.real))
        vector = np.abs(vectors[:, top].real)
        weights |= dict(zip(codes, (vector / vector.sum()).tolist(), strict=True))
        n = len(codes)
        random = RANDOM_INDEX[min(n, len(RANDOM_INDEX) - 1)]
        ratio = (eigenvalues[top].real - n) / (n - 1) / random if random else 0
        if ratio > 0.1:
            notes.append(
                f"weigh: judgements below '{parent}' contradict each other (consistency ratio {ratio:.2f})"
            )
    return weights, tuple(notes)


def _judgements(parent: str, codes: tuple[str, ...], pairs: dict) -> np.ndarray:
    matrix = np.full((len(codes), len(codes)), np.nan)
    np.fill_diagonal(matrix, 1)
    for pair, value in pairs.items():
        a, _, b = pair.partition("/")
        if a not in codes or b not in codes or a == b or not isinstance(value, int | float) or value <= 0:
            raise refuse(
                f"weigh.pairs.{parent}: '{pair}' = {value!r} is no judgement",
                "write 'a/b' = a number above zero",
            )
        i, j = codes.index(a), codes.index(b)
        matrix[i, j], matrix[j, i] = value, 1 / value
    if np.isnan(matrix).any():
        i, j = np.argwhere(np.isnan(matrix))[0]
        raise refuse(f"weigh.pairs.{parent}: no judgement on '{codes[i]}/{codes[j]}'", "judge every pair")
    return matrix


def _pca(panel: Panel, p: dict) -> tuple[dict[str, float], tuple[str, ...]]:
    """Weights of indicators within each parent that has only indicators; other nodes keep the given ones."""
    from kechuang.indicators.engine.index.components import factor_weights, first_component

    weights = {}
    for codes in panel.framework.children.values():
        if len(codes) > 1 and set(codes) <= set(panel.codes):
            x = panel.values[:, [panel.codes.index(code) for code in codes]]
            x = x[~np.isnan(x).any(axis=1)]
            if len(x) < 3:
                raise refuse(
                    f"weigh by pca: fewer than 3 units are complete in {', '.join(codes)}", "impute first"
                )
            found = factor_weights(x) if p["rule"] == "factors" else first_component(x)
            weights |= dict(zip(codes, found.tolist(), strict=True))
    return weights, ()
