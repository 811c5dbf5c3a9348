"""Everything `make test` does: packages, lint, contracts, engines, records and pages on two databases, journeys.

    python -m tools.run_tests [--only check|engine|sqlite|postgresql|browser] [-k EXPRESSION]
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.system_packages import ensure

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
STAGES = ["check", "engine", "sqlite", "postgresql", "browser"]
ENGINE = ["tests/contracts", *sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("tests/*/engine"))]
DATABASE = sorted(
    str(p.relative_to(ROOT)) for kind in ("records", "web") for p in ROOT.glob(f"tests/*/{kind}") if p.is_dir()
)


class Tally:
    """Counts of all runs, for one closing line."""

    def __init__(self) -> None:
        self.passed = self.failed = self.skipped = 0

    def add(self, output: str) -> None:
        for count, word in re.findall(r"(\d+) (passed|failed|error|errors|skipped)", output.splitlines()[-1] if output else ""):
            if word.startswith("error"):
                word = "failed"
            setattr(self, word, getattr(self, word) + int(count))


def run(*command: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run, showing output as it comes; returns exit code and output."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    return process.wait(), "".join(lines).strip()


def pytest(tally: Tally, folders: list[str], *extra: str, env: dict[str, str] | None = None, workers: int = 2) -> bool:
    present = [folder for folder in folders if (ROOT / folder).exists()]
    if not present:
        return True
    parallel = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else ["-p", "no:xdist"]
    code, output = run(sys.executable, "-m", "pytest", *parallel, *extra, *present, env=env)
    tally.add(output)
    return code == 0


def check() -> bool:
    commands = [
        [BIN / "ruff", "check", "src", "tests", "bench", "tools"],
        [BIN / "ruff", "format", "--check", "src", "tests", "bench", "tools"],
        [BIN / "lint-imports"],
    ]
    return all([run(*map(str, command))[0] == 0 for command in commands])


def on_postgresql(tally: Tally, extra: list[str]) -> bool:
    from tests.postgres import temporary_cluster

    with temporary_cluster() as cluster:
        return pytest(tally, DATABASE, *extra, env={"DATABASE_URL": cluster.url})


def stage(name: str, tally: Tally, extra: list[str]) -> bool:
    match name:
        case "check":
            return check()
        case "engine":
            return pytest(tally, ENGINE, *extra)
        case "sqlite":
            return pytest(tally, [*DATABASE, "tests/faults"], *extra)
        case "postgresql":
            return on_postgresql(tally, extra)
        case _:
            return pytest(tally, ["tests/browser"], *extra, workers=1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=STAGES)
    arguments, extra = parser.parse_known_args()
    wanted = [arguments.only] if arguments.only else STAGES
    if not ensure(postgresql="postgresql" in wanted, browser="browser" in wanted):
        return 1
    tally, failed = Tally(), []
    for name in wanted:
        started = time.monotonic()
        print(f"── {name}", flush=True)
        if not stage(name, tally, extra):
            failed.append(name)
        print(f"── {name}: {time.monotonic() - started:.0f} s", flush=True)
    if failed:
        print("failed stages: " + ", ".join(failed))
    print(f"{tally.passed} passed, {tally.failed + (0 if tally.failed else len(failed))} failed, {tally.skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    shutil.rmtree(ROOT / ".pytest_cache", ignore_errors=True)
    sys.exit(main())
