"""Principal components of indicators, as an audit and as a source of weights."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.errors import refuse


def correlation_components(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues (descending) and loadings (indicators, components) of the correlation matrix of (units, indicators).

    A loading is the correlation of indicator and component; the sum of a component's loadings is not negative.
    """
    if (np.ptp(x, axis=0) == 0).any():
        raise refuse(
            "components: an indicator is constant among the complete units", "take it out of the framework"
        )
    values, vectors = np.linalg.eigh(np.corrcoef(x, rowvar=False))
    values, vectors = np.clip(values[::-1], 0, None), vectors[:, ::-1]
    vectors = vectors * np.where(vectors.sum(axis=0) < 0, -1, 1)
    return values, vectors * np.sqrt(values)


def first_component(x: np.ndarray) -> np.ndarray:
    """Absolute loadings on the first component, summing to 1 (COINr, get_PCA)."""
    loadings = np.abs(correlation_components(x)[1][:, 0])
    return loadings / loadings.sum()


def factor_weights(x: np.ndarray) -> np.ndarray:
    """Weights (indicators,) by factor analysis, summing to 1 (OECD/JRC handbook 2008, step 6, after Nicoletti 2000).

    Components that explain more than 10 % of the variance each, and as many as explain 60 % together, are rotated by
    varimax. Each indicator counts on the factor
    where its squared loading is largest: that share of the factor's variance, times the factor's share of all, which
    is the squared loading up to a common factor.
    """
    values, loadings = correlation_components(x)
    share = values / values.sum()
    kept = max(int((share > 0.1).sum()), int(np.searchsorted(np.cumsum(share), 0.6)) + 1)
    squared = varimax(loadings[:, :kept]) ** 2
    best = squared.argmax(axis=1)
    weights = squared[np.arange(len(squared)), best]
    return weights / weights.sum()


def varimax(loadings: np.ndarray, rounds: int = 500) -> np.ndarray:
    """Loadings rotated so that the squared ones vary most (Kaiser 1958, with row normalisation)."""
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    x = loadings / np.where(length > 0, length, 1)
    rotation, before = np.eye(x.shape[1]), 0.0
    for _ in range(rounds):
        y = x @ rotation
        u, s, v = np.linalg.svd(x.T @ (y**3 - y * (y**2).mean(axis=0)))
        rotation = u @ v
        if s.sum() <= before * (1 + 1e-12):
            break
        before = s.sum()
    return x @ rotation * length
