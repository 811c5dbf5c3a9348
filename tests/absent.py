"""What a machine may lack for a test, and what follows: one place decides whether the test is left out or fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def public(name: str = "") -> Path:
    """A file or folder of the public data beside the checkout. The test is left out where no such data stand there at
    all; where they do and this one is missing, it fails."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ is not beside this checkout")
    found = SHARED / name
    assert found.exists(), f"the public data have no {name}"
    return found


def lacking(what: str) -> None:
    """A program is missing or does not start: the test fails, unless ALLOW_SKIP=1 lets tests be left out."""
    leave_out = pytest.skip if os.environ.get("ALLOW_SKIP") == "1" else pytest.fail
    leave_out(what)
