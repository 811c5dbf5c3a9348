"""Declarations read back equal; each mistake is named with its remedy."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings

from kechuang.indicators.engine.metrics import (
    Calculator,
    Catalogue,
    Cell,
    CellError,
    Condition,
    DeclarationError,
    Derived,
    DuckEngine,
    Measure,
    Metric,
    MetricError,
    TableError,
    open_snapshot,
    parse_cell,
    read_declarations,
    take_snapshot,
)
from kechuang.indicators.engine.metrics.periods import first_day, index_of, label, parse
from tests.indicators.engine.metrics.cases import derived, header, metrics

TOML = """
[[metric]]
id = "value"
name_zh = "技术合同成交额"
name_en = "Contract value"
unit = "fen"
owner = "transfer office"
source = "Statistical handbook"
table = "contracts"
measure = { sum = "amount" }
filter = [{ column = "day", op = ">=", value = 2020-01-01 }, { column = "kind", op = "in", value = [1, 2] }]
dimensions = ["field"]
time = "day"

[[derived]]
id = "growth"
name_zh = "增速"
name_en = "Growth"
unit = "%"
owner = "transfer office"
source = "Statistical handbook"
kind = "growth"
of = "value"
offset = 1
scale = 100
"""


def counted(**more):
    return Metric(**header("m") | {"table": "t", "measure": Measure("count")} | more)


@settings(max_examples=60)
@given(metric=metrics())
def test_a_metric_survives_json(metric):
    again = Metric.from_dict(json.loads(json.dumps(metric.as_dict())))
    assert again.as_dict() == metric.as_dict()


@settings(max_examples=60)
@given(catalogue=derived())
def test_a_derived_metric_survives_json(catalogue):
    assert Derived.from_dict(json.loads(json.dumps(catalogue["d"].as_dict()))) == catalogue["d"]


def test_declarations_are_read_from_toml():
    catalogue = read_declarations(TOML.encode())
    assert catalogue["value"].filter == (
        Condition("day", ">=", date(2020, 1, 1)),
        Condition("kind", "in", (1, 2)),
    )
    assert catalogue["growth"].offset == 1
    assert catalogue.base(catalogue["growth"]) is catalogue["value"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('id = "value"', 'id = "Value 1"'), "not a code name"),
        (('sum = "amount"', 'average = "amount"'), "unknown 'average'"),
        (('{ sum = "amount" }', '"sum"'), "measure 'sum'"),
        (('op = ">="', 'op = "~"'), "unknown operator '~'"),
        (('time = "day"', 'tiem = "day"'), "unknown key 'tiem'"),
        (('of = "value"', 'of = "valeu"'), "'valeu': not declared"),
        (('of = "value"', 'of = "growth"'), "growth of growth"),
        (("offset = 1", "offset = 0"), "needs 'offset'"),
        (("offset = 1", 'over = "value"'), "takes no 'over'"),
        (('id = "growth"', 'id = "value"'), "declared twice"),
        (('time = "day"\n', ""), "has no time field"),
        (('unit = "fen"', 'unit = " "'), "unit is empty"),
        (('unit = "fen"\n', ""), "missing 1 required"),
        (("[[metric]]", "[[metrics]]"), "unknown table 'metrics'"),
        (("[[metric]]", "[metric]"), "Here write \\[\\[metric\\]\\]"),
        (("[[metric]]", "[[metric"), "not readable as TOML"),
        (('"in", value = [1, 2]', '"in", value = []'), "non-empty list"),
        (("value = 2020-01-01", "value = 1.5"), "value 1.5"),
        (("offset = 1", "offset = 1\nversion = 0"), "version 0"),
    ],
)
def test_mistakes_are_named(change, message):
    with pytest.raises(DeclarationError, match=message):
        read_declarations(TOML.replace(*change).encode())


@pytest.mark.parametrize(
    ("metric", "message"),
    [
        (counted(measure=Measure("sum", "nope")), "no column 'nope'. Columns: "),
        (counted(measure=Measure("sum", "name")), "'name' is string, but sum needs int64"),
        (counted(time="name"), "time field by year needs date or int64"),
        (counted(time="n", grain="month"), "time field by month needs date"),
        (counted(filter=(Condition("name", "<", "x"),)), "condition '<' needs int64 or date"),
        (counted(filter=(Condition("n", "=", "1"),)), "'1' is not int64"),
        (counted(filter=(Condition("n", "=", True),)), "True is not int64"),
        (counted(filter=(Condition("day", "<", "next year"),)), "is not date"),
        (counted(table="other"), "table 'other': not given. Tables given: t"),
    ],
)
def test_a_table_that_does_not_fit_is_named(metric, message):
    taken = take_snapshot("t", [{"n": 1, "name": "x", "day": date(2024, 5, 1)}])
    engine = DuckEngine({"t": open_snapshot(taken.content, taken.name)})
    with pytest.raises(MetricError, match=message):
        Calculator(Catalogue([metric]), engine).values("m")


def test_a_year_that_is_missing_is_never_compared_with_another():
    """LAG would compare 2022 with 2020."""
    rows = [{"year": year, "n": n} for year, n in [(2019, 100), (2020, 110), (2022, 200), (2023, 190)]]
    value = counted(measure=Measure("sum", "n"), time="year")
    growth = Derived(**header("g"), kind="growth", of="m", offset=1, scale=100)
    taken = take_snapshot("t", rows)
    engine = DuckEngine({"t": open_snapshot(taken.content, taken.name)})
    seen = {
        each.cell.period: each.value for each in Calculator(Catalogue([value, growth]), engine).values("g")
    }
    assert seen == {2019: None, 2020: Fraction(10), 2022: None, 2023: Fraction(-5)}


def test_cells_are_read_and_refused():
    metric = counted(dimensions=("field", "n"), time="day", grain="quarter")
    types = {"field": "string", "n": "int64", "day": "date"}
    assert parse_cell("quarter=2024-Q3, field=bio", metric, types) == Cell(2024 * 4 + 2, ("field",), ("bio",))
    assert parse_cell("quarter=,n=", metric, types) == Cell(None, ("n",), (None,))
    for text, message in [
        ("year=2024", "no quarter"),
        ("quarter=2024", "not a quarter"),
        ("quarter=2024-Q1,fild=x", "no 'fild'. Dimensions: quarter, field, n"),
        ("quarter=2024-Q1,n=x", "not a value of type int64"),
        ("quarter=2024-Q1,n", "not name=value"),
    ]:
        with pytest.raises(CellError, match=message):
            parse_cell(text, metric, types)


@pytest.mark.parametrize("grain", ["year", "quarter", "month"])
def test_periods_have_labels_and_first_days(grain):
    for year in (1999, 2024):
        for month in range(1, 13):
            index = index_of(date(year, month, 28), grain)
            assert parse(label(index, grain), grain) == index
            assert index_of(first_day(index, grain), grain) == index
            assert first_day(index, grain) <= date(year, month, 28) < first_day(index + 1, grain)


def test_a_dimension_must_be_declared():
    taken = take_snapshot("t", [{"n": 1}])
    calculator = Calculator(
        Catalogue([counted()]), DuckEngine({"t": open_snapshot(taken.content, taken.name)})
    )
    with pytest.raises(CellError, match="no dimension 'n'"):
        calculator.values("m", by=["n"])
    bare = DuckEngine({"t": open_snapshot(taken.content, taken.name).drop_columns(["row_digest"])})
    with pytest.raises(TableError, match="no column 'row_digest'"):
        Calculator(Catalogue([counted()]), bare).digests("m")


def test_columns_of_other_types_are_carried_along():
    table = pa.table({"n": [1, 2], "score": [1.5, None], "when": pa.array([0, 0], pa.timestamp("us"))})
    metric = counted(filter=(Condition("score", "present"),))
    calculator = Calculator(Catalogue([metric]), DuckEngine({"t": table}))
    (seen,) = calculator.values("m")
    (part,) = calculator.rows("m", seen.cell)
    assert (seen.value, part.columns, part.rows[0][:2]) == (1, ("n", "score", "when"), (1, 1.5))
    with pytest.raises(TableError, match="'score' is other, but sum needs int64"):
        Calculator(Catalogue([counted(measure=Measure("sum", "score"))]), DuckEngine({"t": table})).values(
            "m"
        )


def test_a_year_to_date_is_compared_even_where_the_month_had_no_rows():
    """Nothing was signed in February 2023, yet January to February 2023 had 4."""
    rows = [
        {"day": date(2023, 1, 9), "n": 4},
        {"day": date(2024, 1, 9), "n": 5},
        {"day": date(2024, 2, 9), "n": 1},
    ]
    value = counted(measure=Measure("sum", "n"), time="day", grain="month")
    to_date = Derived(**header("to_date"), kind="cumulative", of="m")
    growth = Derived(**header("g"), kind="growth", of="to_date", offset=12, scale=100)
    taken = take_snapshot("t", rows)
    engine = DuckEngine({"t": open_snapshot(taken.content, taken.name)})
    seen = Calculator(Catalogue([value, to_date, growth]), engine).values("g")
    assert [(each.top, each.bottom, each.value) for each in seen] == [(4, None, None), (5, 4, 25), (6, 4, 50)]


def test_an_empty_text_is_not_a_missing_one():
    rows = [
        {"year": year, "field": field, "n": n}
        for year, field, n in [(2022, "", 10), (2022, None, 20), (2023, "", 11), (2023, None, 30)]
    ]
    value = counted(measure=Measure("sum", "n"), time="year", dimensions=("field",))
    growth = Derived(**header("g"), kind="growth", of="m", offset=1, scale=100)
    taken = take_snapshot("t", rows)
    engine = DuckEngine({"t": open_snapshot(taken.content, taken.name)})
    seen = Calculator(Catalogue([value, growth]), engine).values("g")
    assert {each.cell.keys: each.value for each in seen if each.cell.period == 2023} == {
        ("",): 10,
        (None,): 50,
    }
    assert len(seen) == 4
