"""Installs the system packages that tests need where it may; says in one line what is missing where it may not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

POSTGRESQL_FOLDERS = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def _postgresql() -> bool:
    return bool(shutil.which("initdb")) or any(
        (path / "initdb").exists()
        for pattern in POSTGRESQL_FOLDERS
        for path in Path("/").glob(pattern.lstrip("/"))
    )


def _browser() -> bool:
    return any(shutil.which(name) for name in BROWSERS)


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
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, **quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=environment, **quiet
    )


def _absent(*, postgresql: bool, browser: bool) -> list[str]:
    needs = []
    if postgresql:
        needs.append(("postgresql", _postgresql))
    if browser:
        needs += [("chromium", _browser), ("fonts-noto-cjk", _fonts)]
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
    if packages := _absent(postgresql=True, browser=True):
        _install(packages)
