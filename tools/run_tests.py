"""Everything `make test` does: packages, lint, contracts, engines, records and pages on two databases, journeys.

python -m tools.run_tests [--only check|engine|sqlite|postgresql|browser] [pytest's own options, such as -k WORD]
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.prepare import prepare
from tools.system_packages import ensure

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
STAGES = ["check", "engine", "sqlite", "postgresql", "browser"]
PURE = {"engine", "kernel"}
STORED = {"records", "web"}
WORKERS = 2
LONGEST_LIST = 60
NOTHING_COLLECTED = 5


def folders(kinds: set[str]) -> list[str]:
    """The test folders of these kinds in every domain."""
    found = (path for path in ROOT.glob("tests/*/*") if path.is_dir() and path.name in kinds)
    return sorted(str(path.relative_to(ROOT)) for path in found)


class Tally:
    """Counts and failures of all runs, for the closing lines: often only the end of a log is kept."""

    def __init__(self) -> None:
        self.passed = self.failed = self.skipped = 0
        self.failures: list[str] = []

    def add(self, output: str) -> None:
        lines = output.splitlines() or [""]
        self.failures += [line for line in lines if line.startswith(("FAILED ", "ERROR "))]
        for count, word in re.findall(r"(\d+) (passed|failed|error|skipped)", lines[-1]):
            name = "failed" if word == "error" else word
            setattr(self, name, getattr(self, name) + int(count))

    def close(self, stages: list[str]) -> None:
        for failure in self.failures[:LONGEST_LIST]:
            print(failure[:300])
        if stages:
            print("failed stages: " + ", ".join(stages))
        failed = self.failed or len(stages)
        print(f"{self.passed} passed, {failed} failed, {self.skipped} skipped")


def run(*command: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run, showing output as it comes; returns exit code and output."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    return process.wait(), "".join(lines).strip()


def pytest(tally: Tally, places: list[str], *extra: str, spread: str = "worksteal", **env: str) -> bool:
    """One run of pytest over those of the places that exist; nothing left to run counts as passed."""
    present = [place for place in places if (ROOT / place).exists()]
    parallel = ["-n", str(WORKERS), "--dist", spread]
    code, output = run(sys.executable, "-m", "pytest", *parallel, *extra, *present, env=env)
    tally.add(output)
    return code in (0, NOTHING_COLLECTED)


def check(tally: Tally) -> bool:
    commands = [
        [BIN / "ruff", "check", "--no-cache", "src", "tests", "bench", "tools"],
        [BIN / "ruff", "format", "--check", "src", "tests", "bench", "tools"],
        [BIN / "lint-imports"],
        [sys.executable, "-m", "kechuang.core.translations", "missing"],
    ]
    failed = [command for command in commands if run(*map(str, command))[0]]
    tally.failures += ["FAILED " + " ".join(str(word) for word in command) for command in failed]
    return not failed


def on_postgresql(tally: Tally, extra: list[str]) -> bool:
    from tests.postgres import PostgresMissing, temporary_cluster

    try:
        with temporary_cluster() as cluster:
            return pytest(tally, [*folders(STORED), "tests/faults"], *extra, DATABASE_URL=cluster.url)
    except PostgresMissing as error:
        print(error)
        tally.skipped += 1
        return os.environ.get("ALLOW_SKIP") == "1"


def in_a_browser(tally: Tally, extra: list[str]) -> bool:
    """One loaded centre for both workers; a journey's steps stay together, one worker looks at all pages meanwhile."""
    from tests.browser.house import running_house

    options = ["--no-loadscope-reorder", *extra]
    try:
        with tempfile.TemporaryDirectory(prefix="kc-house-") as folder, running_house(Path(folder)) as house:
            return pytest(tally, ["tests/browser"], *options, spread="loadfile", **house.lent())
    except RuntimeError as error:
        tally.failures.append(f"ERROR {error}")
        return False


def processor_time() -> float:
    """Seconds of all processes that have ended, so that a run on a busy machine can be judged too."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def stage(name: str, tally: Tally, extra: list[str]) -> bool:
    match name:
        case "check":
            return check(tally)
        case "engine":
            return pytest(tally, folders(PURE), *extra)
        case "sqlite":
            return pytest(tally, ["tests/contracts", *folders(STORED), "tests/faults"], *extra)
        case "postgresql":
            return on_postgresql(tally, extra)
        case _:
            return in_a_browser(tally, extra)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=STAGES)
    arguments, extra = parser.parse_known_args()
    wanted = [arguments.only] if arguments.only else STAGES
    if not ensure(postgresql="postgresql" in wanted, browser="browser" in wanted):
        return 1
    prepare()
    tally, failed = Tally(), []
    for name in wanted:
        started, used = time.monotonic(), processor_time()
        print(f"── {name}", flush=True)
        if not stage(name, tally, extra):
            failed.append(name)
        used = processor_time() - used
        print(f"── {name}: {time.monotonic() - started:.0f} s, processor {used:.0f} s", flush=True)
    tally.close(failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
