"""A temporary PostgreSQL cluster for tests: its own folder, its own port, gone when the block ends.

    with temporary_cluster() as cluster:
        os.environ["DATABASE_URL"] = cluster.url          # postgres://postgres@127.0.0.1:5xxxx/kechuang

Also as a command that lends one to another: `python tests/postgres.py pytest tests/…` sets DATABASE_URL.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DATABASE = "kechuang"
USER = "postgres"
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",  # compiling a query costs more than it saves on so few rows
    "autovacuum": "off",  # statistics taken of half-filled tables make plans, and times, a matter of luck
    "max_connections": "200",  # two crowds of writers may press at once
}
_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)


class PostgresMissing(RuntimeError):
    """No PostgreSQL server programs on this machine, or they cannot be started."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: `url` for DATABASE_URL, `conninfo` for psycopg, `folder` with its data and log."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    @property
    def conninfo(self) -> str:
        return f"host=127.0.0.1 port={self.port} user={USER} dbname={DATABASE}"

    def url_of(self, database: str) -> str:
        return f"postgres://{USER}@{quote(str(self.folder), safe='')}:{self.port}/{database}"


def find_binaries() -> Path:
    """The folder with initdb and postgres: by pg_config, PATH or the usual places. Raises PostgresMissing."""
    candidates = []
    if pg_config := shutil.which("pg_config"):
        found = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(found.stdout.strip()))
    if initdb := shutil.which("initdb"):
        candidates.append(Path(initdb).parent)
    for pattern in _FOLDERS:
        candidates += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing(
        "PostgreSQL's initdb and postgres were not found: install the server or put it on PATH"
    )


@contextmanager
def temporary_cluster() -> Iterator[Cluster]:
    """Start a server with an empty UTF-8 database `kechuang` on a free port of 127.0.0.1; stop and erase it."""
    binaries = find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="kc-pg-"))
    server = guard = None
    try:
        as_user = _hand_over(folder)
        data = folder / "data"
        options = ["--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={USER}", "--no-sync"]
        _run([*as_user, str(binaries / "initdb"), "-D", str(data), *options])
        for _ in range(3):  # another process may take the port between our look and the server's start
            port = _free_port()
            server = _start([*as_user, str(binaries / "postgres"), "-D", str(data)], port, folder)
            if _answers(server, port):
                break
        else:
            raise PostgresMissing(f"PostgreSQL did not start: {_last_line(folder / 'log')}")
        guard = _guard(folder)
        cluster = Cluster(port, folder)
        _create_database(cluster)
        yield cluster
    finally:
        if server:
            _stop(server, folder / "data")
        if guard:
            guard.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _hand_over(folder: Path) -> list[str]:
    """The prefix that runs a command as a user PostgreSQL accepts: it refuses to run as root."""
    if os.geteuid() != 0:
        return []
    try:
        owner = pwd.getpwnam(USER)
    except KeyError:
        raise PostgresMissing(f"PostgreSQL refuses to run as root and there is no user {USER!r}") from None
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if runuser is None:
        raise PostgresMissing(
            "PostgreSQL refuses to run as root and there is no runuser (package util-linux)"
        )
    return [runuser, "-u", USER, "--"]


def _start(command: list[str], port: int, folder: Path) -> subprocess.Popen:
    settings = [f"--{name}={value}" for name, value in _FAST.items()]
    where = [f"--port={port}", "--listen_addresses=127.0.0.1", f"--unix_socket_directories={folder}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen([*command, *where, *settings], stdout=log, stderr=log, cwd=folder)


def _answers(server: subprocess.Popen, port: int, seconds: float = 30) -> bool:
    import psycopg

    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(
                f"host=127.0.0.1 port={port} user={USER} dbname=postgres connect_timeout=2"
            ).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return server.poll() is None
    return False


def _create_database(cluster: Cluster) -> None:
    import psycopg

    conninfo = cluster.conninfo.replace(f"dbname={DATABASE}", "dbname=postgres")
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")


def _stop(server: subprocess.Popen, data: Path) -> None:
    """Stop this server by the pid it wrote down itself (the one we started may be runuser)."""
    try:
        os.kill(int((data / "postmaster.pid").read_text().split()[0]), 3)  # SIGQUIT: at once, nothing is kept
    except (OSError, ValueError, IndexError):
        server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()


def _guard(folder: Path) -> subprocess.Popen:
    """A shell that ends the server and erases its folder even when this process is killed: its input then ends."""
    script = 'read _; kill -QUIT "$(head -1 "$0/data/postmaster.pid")"; sleep 1; rm -rf "$0"'
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(
        ["sh", "-c", script, str(folder)], stdin=subprocess.PIPE, start_new_session=True, **quiet
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise PostgresMissing(
            f"{Path(command[-1]).name}: {(done.stderr or done.stdout).strip().splitlines()[-1]}"
        )


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "no log"


def main() -> int:
    """Run a command with DATABASE_URL pointing at a temporary cluster; exit as it exits."""
    try:
        with temporary_cluster() as cluster:
            return subprocess.run(
                sys.argv[1:], env=os.environ | {"DATABASE_URL": cluster.url}, check=False
            ).returncode
    except PostgresMissing as error:
        print(error, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
