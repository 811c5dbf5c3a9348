"""`kechuang indicators compute` and `why` on files, as a person types them."""

from __future__ import annotations

import csv

import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from kechuang.indicators.cli import app

HEAD = 'unit = "fen"\nowner = "transfer office"\nsource = "handbook"\nname_zh = "额"\nname_en = "value"\n'
TOML = f"""
[[metric]]
id = "value"
{HEAD}
table = "contracts"
measure = {{ sum = "value_fen" }}
filter = [{{ column = "status", op = "=", value = "registered" }}]
dimensions = ["field", "region"]
time = "signed_on"

[[derived]]
id = "leaving"
{HEAD.replace("fen", "%")}
kind = "share"
of = "value"
total = ["region"]
scale = 100
"""
CSV = """\ufeffid,field,region,status,signed_on,value_fen,note
1,bio,津冀,registered,2023-01-05,300,1.5
2,bio,北京,registered,2023-02-05,100,
3,,北京,registered,2024-03-05,50,
4,bio,北京,draft,2024-04-05,70,
5,bio,北京,registered,,7,
"""
NULLS = pyarrow.csv.ConvertOptions(strings_can_be_null=True)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "m.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "c.csv").write_text(CSV, encoding="utf-8")
    pq.write_table(pyarrow.csv.read_csv(tmp_path / "c.csv", convert_options=NULLS), tmp_path / "c.parquet")
    return tmp_path


def run(files, verb, *rest, table="c.csv"):
    arguments = [
        verb,
        "--declarations",
        str(files / "m.toml"),
        "--table",
        f"contracts={files / table}",
        *rest,
    ]
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize("table", ["c.csv", "c.parquet"])
def test_compute_writes_a_line_a_cell(files, table):
    done = run(files, "compute", "-o", str(files / "out.csv"), table=table)
    assert done.exit_code == 0, done.output
    lines = list(csv.DictReader((files / "out.csv").open(encoding="utf-8")))
    assert [(line["metric"], line["cell"], line["value"]) for line in lines] == [
        ("value", "year=2023,field=bio,region=北京", "100"),
        ("value", "year=2023,field=bio,region=津冀", "300"),
        ("value", "year=2024,field=,region=北京", "50"),
        ("value", "year=,field=bio,region=北京", "7"),
        ("leaving", "year=2023,field=bio,region=北京", "25"),
        ("leaving", "year=2023,field=bio,region=津冀", "75"),
        ("leaving", "year=2024,field=,region=北京", "100"),
    ]
    assert (lines[5]["top"], lines[5]["bottom"]) == ("300", "400")
    again = run(files, "compute", table=table)
    assert again.output == (files / "out.csv").read_text(encoding="utf-8")


def test_why_shows_the_rows_and_counts_them_again(files):
    done = run(files, "why", "leaving", "--cell", "year=2023,region=津冀")
    assert done.exit_code == 0, done.output
    assert "# top: value v1 at year=2023,region=津冀: 1 rows" in done.output
    assert "# bottom: value v1 at year=2023: 2 rows" in done.output
    assert "1,bio,津冀,registered,2023-01-05,300,1.5" in done.output
    assert "leaving v1 = 75 % (top 300, bottom 400)" in done.output
    assert "measure(rows) = 75 % (top 300, bottom 400): equal" in done.output


def test_why_of_a_long_list_says_how_much_is_not_printed(files):
    done = run(files, "why", "value", "--cell", "year=2023", "--limit", "1")
    assert "# … 1 more rows, counted below; --limit shows them" in done.output
    assert "measure(rows) = 400 fen: equal" in done.output


def test_why_of_a_cell_that_is_not_there(files):
    done = run(files, "why", "value", "--cell", "year=1999")
    assert done.exit_code == 0 and "no such cell" in done.output


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["why", "valeu", "--cell", "year=2023"], 1, "'valeu': not declared"),
        (["why", "value"], 1, "no year"),
        (["why", "value", "--cell", "year=2023,feld=x"], 1, "no 'feld'"),
        (["compute", "--engine", "oracle"], 2, "unknown engine 'oracle'"),
        (["compute", "--table", "x"], 2, "write NAME=FILE"),
        (["compute", "--table", "contracts=twice.csv"], 2, "each name once"),
        (["compute", "--table", "x=absent.csv"], 2, "No such file"),
        (["compute", "--table", "x=absent.parquet"], 1, "absent.parquet"),
        (["compute", "-o", "absent/folder/out.csv"], 2, "No such file"),
    ],
)
def test_mistakes_are_said_without_a_traceback(files, arguments, code, message):
    done = run(files, *arguments)
    assert done.exit_code == code
    assert message in " ".join(done.output.replace("│", " ").split())
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_broken_table_is_named(files):
    (files / "c.csv").write_text("a,b\n1\n", encoding="utf-8")
    assert "Expected 2 columns, got 1" in " ".join(run(files, "compute").output.replace("│", " ").split())
    (files / "c.parquet").write_bytes(b"no parquet")
    assert "Give a Parquet file" in run(files, "compute", table="c.parquet").output
    (files / "c.csv").write_text("", encoding="utf-8")
    assert run(files, "compute").exit_code in (1, 2)


def test_a_changed_snapshot_is_named(files):
    from kechuang.indicators.engine.metrics import take_snapshot

    taken = take_snapshot("contracts", pq.read_table(files / "c.parquet"))
    (files / f"{taken.name}.parquet").write_bytes(taken.content)
    assert run(files, "compute", table=f"{taken.name}.parquet").output == run(files, "compute").output
    rows = pq.read_table(files / f"{taken.name}.parquet").to_pydict()
    rows["value_fen"][0] += 1
    pq.write_table(pyarrow.table(rows), files / f"{taken.name}.parquet")
    for verb in (["compute"], ["why", "value", "--cell", "year=2023"]):
        done = run(files, *verb, table=f"{taken.name}.parquet")
        assert done.exit_code == 1
        assert taken.name[:12] in done.output and "it was changed" in done.output


def test_postgres_needs_an_address(files, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x")
    assert run(files, "compute", "--engine", "postgres").exit_code == 2
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    done = run(files, "compute", "--engine", "postgres")
    assert done.exit_code == 2 and "PostgreSQL:" in done.output
