"""The same declarations on Spark: two worker processes beside the driver, integers equal to DuckDB's."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kechuang.indicators.engine.metrics import (
    Calculator,
    Catalogue,
    DuckEngine,
    SparkEngine,
    digest_rows,
    open_snapshot,
    take_snapshot,
)
from tests.indicators.engine.metrics import brute
from tests.indicators.engine.metrics.cases import derived, metrics, random_table

pytestmark = pytest.mark.spark
ARROW = {int: pa.int64(), str: pa.string(), bool: pa.bool_(), brute.date: pa.date32()}
SCHEMA = pa.schema([(name, ARROW[kind]) for name, kind in brute.COLUMNS.items()])
FEW = settings(
    max_examples=6,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@pytest.fixture(scope="module")
def engines(session, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    taken = take_snapshot("contracts", pa.Table.from_pylist(random_table(7, 300), SCHEMA))
    (folder / "contracts.parquet").write_bytes(taken.content)
    frame = session.read.parquet(str(folder / "contracts.parquet"))
    frame.createOrReplaceTempView("contracts")
    return [
        SparkEngine(session, {"contracts": "contracts"}),
        DuckEngine({"contracts": open_snapshot(taken.content, taken.name)}, threads=1),
    ]


def agree(catalogue: Catalogue, id: str, engines) -> None:
    seen = []
    for engine in engines:
        calculator = Calculator(catalogue, engine)
        observations = calculator.values(id)
        digests = []
        for observation in observations[:2]:
            parts = calculator.rows(id, observation.cell)
            assert calculator.recount(id, observation.cell, parts) == observation
            assert [calculator.digest(part.part) for part in parts] == [digest_rows(part) for part in parts]
            digests.append([digest_rows(part) for part in parts])
        seen.append((observations, digests))
    assert seen[0] == seen[1]


@FEW
@given(metric=metrics())
def test_counted_metrics(engines, metric):
    agree(Catalogue([metric]), "m", engines)


@FEW
@given(catalogue=derived())
def test_derived_metrics(engines, catalogue):
    agree(catalogue, "d", engines)


def test_the_columns_of_a_parquet_file_have_the_same_types(engines):
    assert engines[0].schema("contracts") == engines[1].schema("contracts")


def test_a_snapshot_read_by_spark_is_the_snapshot(engines):
    rows = engines[0].fetch("SELECT count(*), sum(row_digest) FROM contracts")
    assert rows == engines[1].fetch("SELECT count(*), sum(row_digest) FROM contracts")
