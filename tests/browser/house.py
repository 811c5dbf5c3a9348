"""The product as a user runs it: a centre loaded into a folder of its own, worker and web server on a free port."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "kechuang-demo"
PATIENCE = 600.0
LENT = "KECHUANG_TEST_HOUSE"


@dataclass(frozen=True, slots=True)
class House:
    url: str
    var: Path

    def lent(self) -> dict[str, str]:
        """What another process needs in its environment to use this house."""
        return {LENT: json.dumps([self.url, str(self.var)])}

    @classmethod
    def standing(cls) -> House | None:
        """The house that this process was lent."""
        if LENT not in os.environ:
            return None
        url, var = json.loads(os.environ[LENT])
        return cls(url, Path(var))


@contextmanager
def running_house(var: Path) -> Iterator[House]:
    """Load the reference centre and serve it until the block ends."""
    with house_in_building(var) as when_ready:
        yield when_ready()


@contextmanager
def house_in_building(var: Path) -> Iterator[Callable[[], House]]:
    """Begin at once; what is given waits until the house stands. Both processes are stopped by their pid."""
    environment = {**os.environ, "KECHUANG_VAR": str(var), "LOG_LEVEL": "ERROR"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    port, log = _free_port(), var / "log.txt"
    kechuang = Path(sys.executable).with_name("kechuang")

    def when_ready() -> House:
        _await(process, port, log)
        return House(f"http://127.0.0.1:{port}", var)

    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(kechuang), "centre", "demo", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            yield when_ready
        finally:
            process.terminate()
            process.wait(30)


def _await(process: subprocess.Popen, port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the demo ended:\n{log.read_text()[-3000:]}")
        if _serves(port):
            return
        time.sleep(0.3)
    raise RuntimeError(f"the demo did not answer within {PATIENCE:.0f} s:\n{log.read_text()[-3000:]}")


def _serves(port: int) -> bool:
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/plan/public/", timeout=5).status == 200
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
