"""Installs the system packages that tests need where it may; says in one line what is missing where it may not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

POSTGRESQL_FOLDERS = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin"]
# the first draws pages and nothing else: the same engine for two thirds of the time
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


def _postgresql() -> bool:
    return bool(shutil.which("initdb")) or any(
        (path / "initdb").exists()
        for pattern in POSTGRESQL_FOLDERS
        for path in Path("/").glob(pattern.lstrip("/"))
    )


def find_browser() -> str | None:
    """A Chromium on this machine, by the names under which it is packaged."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _packaged(name: str) -> bool:
    return (
        bool(shutil.which("apt-cache"))
        and not subprocess.run(["apt-cache", "show", name], capture_output=True, check=False).returncode
    )


def _fonts() -> bool:
    listed = (
        subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
        if shutil.which("fc-list")
        else None
    )
    return bool(listed and listed.stdout.strip())


def _install(packages: list[str]) -> None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("installing system packages: " + " ".join(packages), flush=True)
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *map(_as_packaged, packages))


def _apt(*words: str) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *words], env=environment, **quiet)


def _as_packaged(name: str) -> str:
    """Not every distribution has the small browser."""
    return "chromium" if name == BROWSERS[0] and not _packaged(name) else name


def _absent(*, postgresql: bool, browser: bool) -> list[str]:
    needs = []
    if postgresql:
        needs.append(("postgresql", _postgresql))
    if browser:
        needs += [(BROWSERS[0], find_browser), ("fonts-noto-cjk", _fonts)]
    return [package for package, there in needs if not there()]


def ensure(*, postgresql: bool, browser: bool) -> bool:
    """True when all that is asked for is there (installed now, if need be), or ALLOW_SKIP=1 lets tests skip."""
    if absent := _absent(postgresql=postgresql, browser=browser):
        _install(absent)
    if absent := _absent(postgresql=postgresql, browser=browser):
        print(f"missing: {', '.join(absent)} (install them, or set ALLOW_SKIP=1 to skip their tests)")
        return os.environ.get("ALLOW_SKIP") == "1"
    return True


if __name__ == "__main__":  # beside the environment's setting up; run_tests says what is missing in the end
    wanted = _absent(postgresql=True, browser=True)
    if not shutil.which(BROWSERS[0]) and _packaged(BROWSERS[0]):
        wanted = [*{*wanted, BROWSERS[0]}]
    if wanted:
        _install(wanted)
