"""For random tables and declarations: engines, plain loops and the rows behind each cell all agree."""

from __future__ import annotations

from math import isclose

import psycopg
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kechuang.indicators.engine.metrics import (
    Calculator,
    Catalogue,
    Derived,
    DuckEngine,
    PostgresEngine,
    digest_rows,
    open_snapshot,
    parse_cell,
    take_snapshot,
)
from tests.absent import lacking
from tests.indicators.engine.metrics import brute
from tests.indicators.engine.metrics.cases import TABLE, derived, metrics
from tests.postgres import PostgresMissing, temporary_cluster

ARROW = {int: pa.int64(), str: pa.string(), bool: pa.bool_(), brute.date: pa.date32()}
SCHEMA = pa.schema([(name, ARROW[kind]) for name, kind in brute.COLUMNS.items()])
SQL = "id bigint, field text, region varchar(6), kind integer, open boolean, amount bigint, day date, row_digest bigint"
RELAXED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@pytest.fixture(scope="module")
def connection():
    try:
        with temporary_cluster() as cluster, psycopg.connect(cluster.conninfo, autocommit=True) as connection:
            connection.execute(f'CREATE TABLE "live contracts" ({SQL})')
            yield connection
    except PostgresMissing as missing:
        lacking(str(missing))


def snapshot_table(rows):
    snapshot = take_snapshot("contracts", pa.Table.from_pylist(rows, SCHEMA))
    return open_snapshot(snapshot.content, snapshot.name)


def load(connection, table):
    connection.execute('TRUNCATE "live contracts"')
    with connection.cursor().copy('COPY "live contracts" FROM STDIN') as copy:
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
            copy.write_row(row)
    return PostgresEngine(connection, {"contracts": "live contracts"})


def expected(catalogue, id, rows, by):
    declared = catalogue[id]
    if isinstance(declared, Derived):
        return brute.derived_values(declared, catalogue, {"contracts": rows}, by)
    return brute.base_values(declared, rows, by)


def close(a, b):
    return isclose(a, b, rel_tol=1e-12) if isinstance(a, float) and isinstance(b, float) else a == b


def check(catalogue, id, rows, engines, by):
    """Values equal the loops'; rows give the value back; digests are those of the rows, on each engine."""
    want = expected(catalogue, id, rows, by)
    seen = []
    for engine in engines:
        calculator = Calculator(catalogue, engine)
        observations = calculator.values(id, by)
        got = {(o.cell.period, *o.cell.keys): o.value for o in observations}
        assert len(got) == len(observations)
        assert got.keys() == want.keys()
        assert all(close(got[key], want[key]) for key in want), (got, want)
        digests = []
        for observation in observations[:6]:
            parts = calculator.rows(id, observation.cell)
            assert calculator.recount(id, observation.cell, parts) == observation
            assert [calculator.digest(part.part) for part in parts] == [digest_rows(part) for part in parts]
            digests.append([digest_rows(part) for part in parts])
        seen.append((observations, digests))
    assert all(each == seen[0] for each in seen)


@settings(max_examples=40, suppress_health_check=RELAXED)
@given(rows=TABLE, metric=metrics(), data=st.data())
def test_counted_metrics(connection, rows, metric, data):
    by = tuple(data.draw(st.permutations(metric.dimensions)))[: data.draw(st.integers(0, 3))]
    table = snapshot_table(rows)
    catalogue = Catalogue([metric])
    engines = [DuckEngine({"contracts": table}, threads=1), load(connection, table)]
    check(catalogue, "m", rows, engines, by)


@settings(max_examples=60, suppress_health_check=RELAXED)
@given(rows=TABLE, catalogue=derived(), data=st.data())
def test_derived_metrics(connection, rows, catalogue, data):
    dimensions = catalogue.base(catalogue["d"]).dimensions
    by = dimensions if catalogue["d"].kind == "ratio" else dimensions[: data.draw(st.integers(0, 3))]
    table = snapshot_table(rows)
    check(catalogue, "d", rows, [DuckEngine({"contracts": table}, threads=1), load(connection, table)], by)


@settings(max_examples=20, suppress_health_check=RELAXED)
@given(rows=TABLE, metric=metrics())
def test_all_digests_at_once_equal_the_digest_of_each_cell(rows, metric):
    calculator = Calculator(Catalogue([metric]), DuckEngine({"contracts": snapshot_table(rows)}, threads=1))
    digests = calculator.digests("m")
    for observation in calculator.values("m"):
        (part,) = calculator.parts("m", observation.cell)
        assert digests.pop(observation.cell) == calculator.digest(part)
    assert not digests


@settings(max_examples=20, suppress_health_check=RELAXED)
@given(rows=TABLE, metric=metrics())
def test_a_cell_is_read_back_from_its_label(rows, metric):
    rows = [row for row in rows if row["field"] != ""]
    engine = DuckEngine({"contracts": snapshot_table(rows)}, threads=1)
    for observation in Calculator(Catalogue([metric]), engine).values("m"):
        text = observation.cell.label(metric)
        assert parse_cell(text, metric, dict(engine.schema("contracts"))) == observation.cell
