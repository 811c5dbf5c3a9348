"""What must hold of the repository as a whole."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_lock_files_name_no_registry():
    for path in [*tracked("*.lock"), *tracked("package-lock.json")]:
        assert not re.search(
            r"https?://[^\s\"]*(simple|registry|\.tgz|\.whl)|--(extra-)?index-url", path.read_text()
        ), path


def test_every_dependency_is_pinned_by_hash():
    for path in tracked("requirements*.lock"):
        for block in re.split(r"\n(?=[a-z0-9])", path.read_text()):
            if "==" in block:
                assert "--hash=sha256:" in block, f"{path.name}: {block.splitlines()[0]}"


def test_no_machine_path_or_large_file_is_tracked():
    for path in tracked():
        assert path.stat().st_size < 2 * 1024 * 1024, path
        if path.suffix in {".py", ".md", ".toml", ".html", ".js", ".css", ""}:
            assert not re.search(r"(?<![\w./])/(work|home|root)/", path.read_text(errors="replace")), path


@pytest.mark.parametrize("domain", ["plan", "indicators", "facilities"])
def test_every_domain_has_the_same_floor_plan(domain):
    folder = ROOT / "src/kechuang" / domain
    for name in ("engine", "models", "queries", "actions", "web", "migrations", "templates"):
        assert (folder / name).exists() or (folder / f"{name}.py").exists(), f"{domain} lacks {name}"
    for name in ("README.md", "apps.py", "ports.py", "cli.py", "web/urls.py", "web/api.py"):
        assert (folder / name).is_file(), f"{domain} lacks {name}"
