"""Worker and web server as two processes that live and stop together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 10.0


class ServersError(Exception):
    """The servers could not start or one of them ended; the message says what to do."""


def ensure_free(port: int) -> None:
    """Raises ServersError when something already listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise ServersError(
                f"port {port} on {HOST} cannot be used ({error.strerror}): stop what listens there, "
                "or choose another with --port (make demo ARGS='--port 8001')"
            ) from None


def run(port: int, ready: Callable[[], None]) -> None:
    """Start both, call `ready` once the site answers, wait for Ctrl-C or SIGTERM, stop both.

    Raises ServersError when one of them ends by itself.
    """
    ensure_free(port)
    signal.signal(signal.SIGTERM, _stop)
    here = {"SITE_URL": f"http://{HOST}:{port}", **os.environ}  # where links in mails lead
    processes = {name: subprocess.Popen(command, env=here) for name, command in _commands(port).items()}
    try:
        _await_answer(port, processes)
        ready()
        while True:
            _check(processes)
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        _end(list(processes.values()))


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _commands(port: int) -> dict[str, list[str]]:
    programs = Path(sys.executable).parent
    server = ["--interface", "wsgi", "--host", HOST, "--port", str(port)]
    server += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    return {
        "worker": [str(programs / "kechuang"), "centre", "worker"],
        "web server": [str(programs / "granian"), *server, "kechuang.site.wsgi:application"],
    }


def _check(processes: dict[str, subprocess.Popen]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise ServersError(
                f"the {name} ended with exit code {process.returncode}; its last words are above"
            )


def _await_answer(port: int, processes: dict[str, subprocess.Popen]) -> None:
    while not _answers(port):
        _check(processes)
        time.sleep(0.2)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/accounts/login/", timeout=PATIENCE).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _end(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
