"""The command: formats, exit codes, the clock, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.facilities.engine.checker import faults

COMMAND = [sys.executable, "-c", "from kechuang.site.cli import main; main()", "facilities"]


def run(*arguments, **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, **options
    )


@pytest.fixture
def crowded(tmp_path):
    path = tmp_path / "crowded.json"
    made = run(
        "generate", "--kind", "telescopes", "--requests", 150, "--facilities", 1, "--seed", 5, "-o", path
    )
    assert made.returncode == 0, made.stderr
    return path


def test_a_plan_in_the_published_format(crowded, tmp_path):
    out = tmp_path / "plan.json"
    done = run("allocate", crowded, "--seconds", 5, "--seed", 2, "-o", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    plan = json.loads(out.read_text())
    assert list(plan) == [
        "placed", "value", "bound", "gap", "unplaced", "relax", "certificate", "seconds", "solver",
    ]  # fmt: skip
    assert faults(json.loads(crowded.read_text()), plan) == []
    assert plan["seconds"] <= 5


def test_bad_input_exits_2_and_writes_nothing(tmp_path):
    bad, out = tmp_path / "bad.json", tmp_path / "plan.json"
    bad.write_text('{"slot_minutes": 5, "facilities": [], "requests": []}')
    done = run("allocate", bad, "-o", out)
    assert done.returncode == 2 and "facilities" in done.stderr and "Traceback" not in done.stderr
    assert not out.exists()
    assert run("allocate", tmp_path / "absent.json").returncode == 2
    assert run("generate", "--kind", "beamlines", "--load", 90).returncode == 2


def test_rules_that_cannot_hold_exit_3(crowded, tmp_path):
    data = json.loads(crowded.read_text())
    for request in data["requests"]:
        request["partner"], request["organisation"] = "p", "o"
    data |= {"quotas": [{"partner": "p", "min": 0.6}], "caps": [{"organisation": "o", "max": 0.5}]}
    path = tmp_path / "clash.json"
    path.write_text(json.dumps(data))
    done = run("allocate", path, "--seconds", 30)
    assert done.returncode == 3
    plan = json.loads(done.stdout)
    assert len(plan["relax"]) == 1 and plan["relax"][0] in ("quota:p:min", "cap:o")


def test_interrupt_keeps_the_best_plan(crowded):
    shown, terminal = os.openpty()
    command = [*COMMAND, "allocate", str(crowded), "--seconds", "100"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal, text=True)
    assert os.read(shown, 1)  # the first line of progress: there is a plan to keep
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    text, _ = process.communicate(timeout=60)
    assert process.returncode == 0 and time.monotonic() - begun < 45
    assert faults(json.loads(crowded.read_text()), json.loads(text)) == []


def test_generated_instances_repeat(tmp_path):
    again = [
        run("generate", "--kind", "beamlines", "--requests", 40, "--facilities", 2, "--load", 1.0)
        for _ in "ab"
    ]
    assert again[0].stdout == again[1].stdout != ""
    data = json.loads(again[0].stdout)
    asked = sum(r["duration"] for r in data["requests"])
    there = sum(e - s for f in data["facilities"] for s, e in f["open"])
    assert 0.7 < asked / there < 1.3
