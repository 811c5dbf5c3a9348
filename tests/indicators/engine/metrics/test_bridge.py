"""A changed definition is shown beside the old one, and never slips in unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kechuang.indicators.engine.metrics import (
    Calculator,
    Catalogue,
    Condition,
    DeclarationError,
    DuckEngine,
    Measure,
    Metric,
    open_snapshot,
    take_snapshot,
)
from kechuang.indicators.engine.metrics.bridge import bridge, changes, check_succession
from tests.indicators.engine.metrics.cases import header

OLD = Metric(
    **header("value"), table="t", measure=Measure("sum", "amount"), dimensions=("field",), time="day"
)
NEW = replace(OLD, version=2, filter=(Condition("registered", "=", True),))
ROWS = [
    {"field": field, "amount": amount, "registered": registered, "day": date(year, 6, 1)}
    for year in (2021, 2022, 2023)
    for field, amount, registered in [("a", 10, True), ("a", 5, False), ("b", 7, False)]
]


def values(metric, **more):
    taken = take_snapshot("t", ROWS)
    engine = DuckEngine({"t": open_snapshot(taken.content, taken.name)})
    return Calculator(Catalogue([metric]), engine).values("value", **more)


def test_both_versions_stand_side_by_side():
    found = bridge(OLD, NEW, values(OLD), values(NEW), 2022, 2023)
    seen = [
        (pair.cell.period, pair.cell.key("field"), pair.old, pair.new, pair.difference)
        for pair in found.pairs
    ]
    assert seen == [
        (2022, "a", 15, 10, -5),
        (2022, "b", 7, None, None),
        (2023, "a", 15, 10, -5),
        (2023, "b", 7, None, None),
    ]
    assert found.link() == Fraction(2, 3)


def test_changes_are_named():
    assert changes(OLD, NEW) == {"filter": ([], [{"column": "registered", "op": "=", "value": True}])}


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (replace(NEW, version=1), "filter changed within version 1"),
        (replace(NEW, version=3), "version 3 after 1"),
        (replace(OLD, version=2), "says the same"),
        (replace(NEW, id="other"), "follows another metric"),
    ],
)
def test_wrong_successions_are_refused(new, message):
    with pytest.raises(DeclarationError, match=message):
        check_succession(OLD, new)


def test_bridges_need_order_and_the_same_dimensions():
    with pytest.raises(DeclarationError, match="end after it begins"):
        bridge(OLD, NEW, [], [], 2023, 2022)
    with pytest.raises(DeclarationError, match="other dimensions"):
        bridge(OLD, NEW, values(OLD), values(NEW, by=[]), 2022, 2023)
    assert bridge(OLD, NEW, [], [], 2022, 2023).link() is None
