"""The commands: fields, formats, exit codes, and what goes where."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from kechuang.plan.cli import app
from tests.plan.engine.texts import ARTICLE, ENGLISH

FIELDS = [
    "doc",
    "kind",
    "sentence",
    "start",
    "end",
    "q_start",
    "q_end",
    "value",
    "value_max",
    "unit",
    "comparator",
    "t_start",
    "t_end",
    "time_text",
    "time_start",
    "time_end",
    "time_role",
    "speaker",
    "role",
    "subject",
    "organisations",
    "programmes",
    "rules",
    "confidence",
]
run = CliRunner()


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "规划.txt"
    path.write_bytes(b"\xef\xbb\xbf" + ("投资２２７亿元。\r\n" + ARTICLE).encode())
    return path


def rows(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


def test_statements_are_one_object_a_line_with_all_fields(plan):
    result = run.invoke(app, ["read", str(plan), "--published", "2022-07-16"])
    assert result.exit_code == 0
    found = rows(result.stdout)
    assert all(list(row) == FIELDS for row in found)
    raw = plan.read_bytes().decode("utf-8-sig")
    assert {row["doc"] for row in found} == {"规划.txt"}
    assert all(raw[row["start"] : row["end"]] == row["sentence"] for row in found)
    money = next(row for row in found if row["unit"] == "元")
    assert raw[money["q_start"] : money["q_end"]] == "２２７亿元"
    assert money["value"] == 22_700_000_000 and isinstance(money["value"], int)
    goal = next(row for row in found if row["value"] == 10)
    assert (goal["kind"], goal["time_start"], goal["time_end"], goal["time_role"]) == (
        "target",
        "2022-07-16",
        "2025-12-31",
        "deadline",
    )
    assert {row["kind"] for row in found} <= {"figure", "target", "task", "attribution", "time"}


def test_a_bad_file_among_good_ones(plan, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "junk.bin").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    files = [str(tmp_path / name) for name in ("empty.txt", "photo.png", plan.name, "absent.txt", "junk.bin")]
    result = run.invoke(app, ["read", *files])
    assert result.exit_code == 1
    assert {row["doc"] for row in rows(result.stdout)} == {plan.name}
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert any("photo.png: this is a picture" in line for line in errors)
    assert len(errors) == 4 and "Traceback" not in result.stderr
    for name in ("empty.txt", "absent.txt", "junk.bin"):
        assert any(name in line for line in errors)


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "{plan}", "--published", "16.7.2022"],
        ["read", "{plan}", "--published", "2022-02-30"],
        ["read", "{plan}", "--format", "xml"],
        ["read", "{plan}", "--nonsense"],
        ["read", "{plan}", "-o", "{plan}/out.jsonl"],
        ["repair"],
        ["nonsense"],
    ],
)
def test_wrong_usage_exits_2(plan, arguments):
    result = run.invoke(app, [argument.format(plan=plan) for argument in arguments])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_output_file_and_table(plan, tmp_path):
    out = tmp_path / "out.jsonl"
    assert run.invoke(app, ["read", str(plan), "-o", str(out)]).stdout == ""
    assert rows(out.read_text("utf-8"))
    table = run.invoke(app, ["read", str(plan), "--format", "table"])
    assert table.exit_code == 0 and "kind" in table.stdout and "{" not in table.stdout


def test_several_files_share_the_date(plan, tmp_path):
    other = tmp_path / "release.txt"
    other.write_text(ENGLISH)
    found = rows(run.invoke(app, ["read", str(plan), str(other), "--published", "2024-03-01"]).stdout)
    assert list(dict.fromkeys(row["doc"] for row in found)) == [plan.name, "release.txt"]
    assert any(row["doc"] == "release.txt" and row["time_start"] == "2024-03-01" for row in found)


def test_repairs_are_listed_with_their_rule(plan):
    result = run.invoke(app, ["repair", str(plan)])
    assert result.exit_code == 0
    found = rows(result.stdout)
    assert {
        "doc": plan.name,
        "start": 2,
        "end": 5,
        "raw": "２２７",
        "replacement": "227",
        "rule": "width",
    } in found


def test_the_command_is_pure_quick_and_survives_a_closed_pipe(plan):
    code = (
        "import sys; from kechuang.site.cli import main; sys.argv = ['kechuang', 'plan', 'read', sys.argv[1]]\n"
        "try: main()\n"
        "except SystemExit as end: code = end.code\n"
        "print('django' in sys.modules, 'trafilatura' in sys.modules, code, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(plan)], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False False 0"
    assert rows(done.stdout)
    script = "from kechuang.site.cli import main; main()"
    reader = subprocess.Popen(
        [sys.executable, "-c", script, "plan", "read", *[str(plan)] * 200],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    reader.stdout.readline()
    reader.stdout.close()
    assert b"Traceback" not in reader.stderr.read()
    reader.stderr.close()
    reader.wait()
