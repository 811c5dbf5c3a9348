"""Commands that need the records say what to do when these are not there; never a traceback."""

import os
import subprocess
import sys

import pytest

COMMANDS = ["events verify", "events seal", "centre summary", "centre worker"]


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_database(command, tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", "from kechuang.site.cli import main; main()", *command.split()],
        env=environment | {"KECHUANG_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "kechuang centre load" in done.stderr and "Traceback" not in done.stderr
