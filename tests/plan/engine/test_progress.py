"""Progress by weight, held up against a plain sum over the leaves."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.progress import together, way_covered

SHARE = st.fractions(0, 1)
PARTS = st.lists(st.tuples(st.integers(0, 9), st.none() | SHARE), max_size=8)


@given(PARTS)
def test_the_mean_repeats_each_part_as_often_as_it_weighs(parts):
    repeated = [far for weight, far in parts if far is not None for _ in range(weight)]
    assert together(parts) == (sum(repeated, Fraction()) / len(repeated) if repeated else None)


@given(PARTS, st.integers(1, 9))
def test_what_nobody_knows_and_a_common_factor_change_nothing(parts, factor):
    assert together([(factor * weight, far) for weight, far in [*parts, (3, None)]]) == together(parts)


@pytest.mark.parametrize(
    ("measured", "target", "baseline", "far"),
    [
        (5, 10, None, Fraction(1, 2)),
        (12, 10, None, 1),
        (-1, 10, None, 0),
        (8, 10, 6, Fraction(1, 2)),
        (25, 20, 30, Fraction(1, 2)),  # at most: down from 30 to 20
        (35, 20, 30, 0),
        (5, 6, 6, None),
    ],
)
def test_the_way_from_the_baseline_to_the_target(measured, target, baseline, far):
    baseline = None if baseline is None else Decimal(baseline)
    assert way_covered(Decimal(measured), Decimal(target), baseline) == far
