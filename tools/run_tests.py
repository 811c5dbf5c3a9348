"""Everything `make test` does: packages, lint, contracts, engines, records and pages on two databases, journeys.

Journeys and the walk over all pages go beside the stages on the databases, since a browser mostly waits. What they
measure by the clock is measured right: the tests of the databases step back for them.

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
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tools.prepare import prepare
from tools.system_packages import ensure

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
STAGES = ["check", "engine", "sqlite", "postgresql", "browser"]
PURE = {"engine", "kernel"}
STORED = {"records", "web"}
ALL_PAGES = "tests/browser/test_all_pages.py"
WORKERS = 2
LONGEST_LIST = 60
NOTHING_COLLECTED = 5
WITHOUT_DJANGO = ["-p", "no:django", "-W", "ignore:Unknown config option:pytest.PytestConfigWarning"]


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


def run(*command: str, env: dict[str, str] | None = None, aside: bool = False) -> tuple[int, str]:
    """Run, showing output as it comes (or not, when it runs aside); returns exit code and output."""
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
        if not aside:
            print(line, end="", flush=True)
        lines.append(line)
    return process.wait(), "".join(lines).strip()


def pytest_command(
    places: list[str], *options: str, workers: int = WORKERS, spread: str = "worksteal"
) -> list[str]:
    """The command that runs those of the places that exist."""
    present = [place for place in places if (ROOT / place).exists()]
    return [sys.executable, "-m", "pytest", "-n", str(workers), "--dist", spread, *options, *present]


class Suite:
    """The stages of one run, and what runs aside while they do."""

    def __init__(self, wanted: list[str], extra: list[str], open_until_the_end: ExitStack) -> None:
        self.wanted, self.extra, self.tally = wanted, extra, Tally()
        self._open = open_until_the_end
        self._aside: list[Future] = []

    def check(self) -> bool:
        commands = [
            [BIN / "ruff", "check", "--no-cache", "src", "tests", "bench", "tools"],
            [BIN / "ruff", "format", "--check", "src", "tests", "bench", "tools"],
            [BIN / "lint-imports"],
            [sys.executable, "-m", "kechuang.core.translations", "missing"],
        ]
        words = [list(map(str, command)) for command in commands]
        with ThreadPoolExecutor(WORKERS) as pool:
            done = list(pool.map(lambda command: run(*command, aside=True), words))
        for command, (code, output) in zip(words, done, strict=True):
            print(output, flush=True)
            self.tally.failures += ["FAILED " + " ".join(command)] if code else []
        return not any(code for code, _ in done)

    def engine(self) -> bool:
        return self._pytest(folders(PURE), *WITHOUT_DJANGO)

    def sqlite(self) -> bool:
        if "browser" in self.wanted:
            self._visit_aside()
        return self._on_database(["tests/contracts", *folders(STORED), "tests/faults"])

    def postgresql(self) -> bool:
        from tests.postgres import PostgresMissing, temporary_cluster

        try:
            with temporary_cluster() as cluster:
                return self._on_database([*folders(STORED), "tests/faults"], DATABASE_URL=cluster.url)
        except PostgresMissing as error:
            print(error)
            self.tally.skipped += 1
            return os.environ.get("ALLOW_SKIP") == "1"

    def browser(self) -> bool:
        if not self._aside:
            self._visit_aside()
        ended = [self._ended(visit) for visit in self._aside]
        return all(ended)

    def _pytest(self, places: list[str], *options: str) -> bool:
        return self._counted(*run(*pytest_command(places, *options, *self.extra)))

    def _on_database(self, places: list[str], **env: str) -> bool:
        """Behind what runs aside, which waits more than it works and measures time by the clock."""
        return self._counted(*run("nice", "-n", "5", *pytest_command(places, *self.extra), env=env))

    def _counted(self, code: int, output: str) -> bool:
        """Where only some tests are asked for, nothing to run counts as passed."""
        self.tally.add(output)
        return code == 0 or (code == NOTHING_COLLECTED and bool(self.extra))

    def _visit_aside(self) -> None:
        """Build the house; when it stands its journeys are made (the steps of one stay together), then all its pages
        are looked at, or at the same time when nothing else goes on."""
        from tests.browser.house import house_in_building

        folder = self._open.enter_context(tempfile.TemporaryDirectory(prefix="kc-house-"))
        house = self._open.enter_context(house_in_building(Path(folder)))
        journeys = ["--no-loadscope-reorder", f"--ignore={ALL_PAGES}", *self.extra]
        commands = [
            pytest_command(["tests/browser"], *journeys, spread="loadfile"),
            pytest_command([ALL_PAGES], *self.extra, workers=1),
        ]
        queue = self._open.enter_context(ThreadPoolExecutor(1 if "sqlite" in self.wanted else WORKERS))
        visit = lambda command: run(*command, env=house().lent(), aside=True)  # noqa: E731
        self._aside = [queue.submit(visit, command) for command in commands]

    def _ended(self, visit: Future) -> bool:
        try:
            code, output = visit.result()
        except RuntimeError as error:  # there is no house
            self.tally.failures.append(f"ERROR {error}")
            return False
        print(output, flush=True)
        return self._counted(code, output)


def processor_time() -> float:
    """Seconds of all processes that have ended, so that a run on a busy machine can be judged too."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run_stages(suite: Suite) -> list[str]:
    """Returns the names of those that failed."""
    failed = []
    for name in suite.wanted:
        started, used = time.monotonic(), processor_time()
        print(f"── {name}", flush=True)
        if not getattr(suite, name)():
            failed.append(name)
        used = processor_time() - used
        print(f"── {name}: {time.monotonic() - started:.0f} s, processor {used:.0f} s", flush=True)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=STAGES)
    arguments, extra = parser.parse_known_args()
    wanted = [arguments.only] if arguments.only else STAGES
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the first of a run's many processes compiles for all
    if not ensure(postgresql="postgresql" in wanted, browser="browser" in wanted):
        return 1
    prepare()
    started = time.monotonic()
    with ExitStack() as stack:
        suite = Suite(wanted, extra, stack)
        failed = run_stages(suite)
    print(f"── all: {time.monotonic() - started:.0f} s, processor {processor_time():.0f} s", flush=True)
    suite.tally.close(failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
