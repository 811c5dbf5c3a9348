from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from kechuang.indicators.engine.targets import TargetError, back_test, chance, forecast
from kechuang.indicators.engine.targets.forecast import METHODS, damped_trend, drift, naive


def test_naive_by_hand():
    fit = naive([1, 3, 2, 5], 4)
    sigma = sqrt((4 + 1 + 9) / 3)
    assert fit.means == (5, 5, 5, 5)
    assert fit.deviations == pytest.approx([sigma, sigma * sqrt(2), sigma * sqrt(3), sigma * 2])


def test_drift_by_hand():
    """Steps 2, -1, 3 with mean 4/3; residuals 2/3, -7/3, 5/3; one coefficient estimated."""
    fit = drift([1, 3, 2, 5], 2)
    sigma = sqrt((4 + 49 + 25) / 9 / 2)
    assert fit.means == pytest.approx([5 + 4 / 3, 5 + 8 / 3])
    assert fit.deviations == pytest.approx([sigma * sqrt(1 + 1 / 3), sigma * sqrt(2 * (1 + 2 / 3))])


@pytest.mark.parametrize("seed", range(5))
def test_damped_trend_against_matrix_recursion_and_closed_form(seed):
    """The state space form of ETS(A,Ad,N) and the variance formula of FPP3's table 8.8, both written anew."""
    series = np.random.default_rng(seed).normal(size=25).cumsum() + np.arange(25)
    ahead, best = 6, None
    for alpha in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        for star in (0.01, 0.1, 0.3, 0.5, 0.8):
            for phi in (0.8, 0.9, 0.98):
                step, seen = np.array([[1, phi], [0, phi]]), np.array([1, phi])
                gain, state, squares = (
                    np.array([alpha, alpha * star]),
                    np.array([series[1], series[1] - series[0]]),
                    0,
                )
                for value in series[2:]:
                    error = value - seen @ state
                    squares += error**2
                    state = step @ state + gain * error
                if best is None or squares < best[0]:
                    best = squares, alpha, alpha * star, phi, state
    squares, alpha, beta, phi, state = best
    step = np.array([[1, phi], [0, phi]])
    means = [np.array([1, phi]) @ np.linalg.matrix_power(step, h) @ state for h in range(ahead)]
    sigma2 = squares / (len(series) - 2 - 3)
    h = np.arange(1, ahead + 1)
    variance = sigma2 * (
        1
        + alpha**2 * (h - 1)
        + beta * phi * h / (1 - phi) ** 2 * (2 * alpha * (1 - phi) + beta * phi)
        - beta
        * phi
        * (1 - phi**h)
        / ((1 - phi) ** 2 * (1 - phi**2))
        * (2 * alpha * (1 - phi**2) + beta * phi * (1 + 2 * phi - phi**h))
    )
    fit = damped_trend(list(series), ahead)
    assert fit.means == pytest.approx(means)
    assert fit.deviations == pytest.approx(np.sqrt(variance))


def test_back_test_by_hand():
    """Origin 3 knows 0, 1, 2; origin 4 knows 0, 1, 2, 3; naive misses by 1, 2 and 1, drift never."""
    errors = back_test([0, 1, 2, 3, 4], 2)
    assert errors["naive"] == pytest.approx(4 / 3)
    assert errors["drift"] == pytest.approx(0)


def test_the_method_fits_the_series():
    assert forecast([float(3 * n) for n in range(12)], 3).method == "drift"
    assert forecast([5.0, 5.0, 5.0, 5.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0], 2).method == "naive"
    fading = [100 * (1 - 0.8**n) for n in range(14)]
    assert forecast(fading, 4).method == "damped_trend"
    assert set(forecast(fading, 4).errors) == set(METHODS)


def test_intervals_hold_about_as_often_as_they_say():
    rng, held, trials = np.random.default_rng(7), 0, 300
    for _ in range(trials):
        walk = list(rng.normal(1, 2, size=34).cumsum())
        low, high = forecast(walk[:30], 4).interval(4, 0.8)
        held += low <= walk[33] <= high
    assert 0.7 <= held / trials <= 0.9


def test_chance_agrees_with_simulation():
    seen = forecast([10.0, 12.0, 11.0, 14.0, 13.0, 16.0], 3)
    draws = np.random.default_rng(1).normal(seen.fit.means[2], seen.fit.deviations[2], 200_000)
    assert chance(seen, 3, 17.0) == pytest.approx((draws >= 17).mean(), abs=0.005)
    assert chance(seen, 3, 17.0, "lower") == pytest.approx(1 - chance(seen, 3, 17.0))
    sure = forecast([1.0, 2.0, 3.0, 4.0, 5.0], 2)
    assert (chance(sure, 2, 7.0), chance(sure, 2, 7.5)) == (1.0, 0.0)


def test_mistakes_are_named():
    for call, message in [
        (lambda: forecast([1.0, 2.0], 1), "2 values are too few"),
        (lambda: forecast([1.0, 2.0, 3.0], 0), "0 periods ahead"),
        (lambda: forecast([1.0, 2.0, 3.0], 1).interval(1, 80), "level 80"),
        (lambda: chance(forecast([1.0, 2.0, 3.0], 1), 2, 1.0), "reaches 1 periods"),
        (lambda: chance(forecast([1.0, 2.0, 3.0], 1), 1, 1.0, "neither"), "better direction"),
    ]:
        with pytest.raises(TargetError, match=message):
            call()
