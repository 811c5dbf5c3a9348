"""Every declared indicator of the reference centre on Spark, and the commands that ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kechuang.indicators import actions, queries
from kechuang.indicators.cli import app
from kechuang.indicators.models import Metric, Observation
from tests.indicators.counted import _snapshots, tasks  # noqa: F401 — fixtures
from tests.indicators.engine.metrics import test_commands

pytestmark = [pytest.mark.spark, pytest.mark.django_db]
FOLDER = Path(__file__).resolve().parents[2] / "src/kechuang/site/reference/beijing"


@pytest.fixture
def centre(session, tasks):  # noqa: F811
    actions.load_reference(FOLDER)


def test_spark_and_duckdb_agree_on_every_declared_indicator(centre):
    duck, spark = queries.calculator(), queries.calculator(engine="spark")
    assert len(duck.catalogue) == Metric.objects.exclude(tables="").count() > 40
    for declared in duck.catalogue:
        for by in ((), duck.catalogue.base(declared).dimensions):
            assert duck.values(declared.id, by) == spark.values(declared.id, by), (declared.id, by)


def test_computing_the_centre_on_spark_changes_no_number(centre):
    before = Observation.objects.count()
    done = CliRunner().invoke(app, ["compute", "--engine", "spark"])
    assert done.exit_code == 0, done.output
    assert "0 new observations" in done.output
    assert Observation.objects.count() == before


def test_the_rows_of_a_cell_come_from_spark(centre):
    arguments = ["why", "contracts-out-share", "--cell", "year=2016", "--engine", "spark"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert "equal" in done.output and "4 rows" in done.output


@pytest.mark.parametrize("table", ["c.csv", "c.parquet"])
def test_files_give_the_same_lines_on_spark(session, tmp_path, table):
    files = test_commands.files.__wrapped__(tmp_path)
    spark, duck = (
        test_commands.run(files, "compute", "--engine", name, table=table) for name in ("spark", "duckdb")
    )
    assert spark.exit_code == 0, spark.output
    assert spark.stdout == duck.stdout


def test_a_table_spark_cannot_read_is_named(session, tmp_path):
    files = test_commands.files.__wrapped__(tmp_path)
    (files / "c.parquet").write_bytes(b"no parquet")
    done = test_commands.run(files, "compute", "--engine", "spark", table="c.parquet")
    assert done.exit_code == 1 and "contracts" in done.output and "Traceback" not in done.output
