"""What the reference centre's file says, for tests that load parts of it."""

from __future__ import annotations

import tomllib
from typing import Any

from kechuang.site.reference.folder import folder_of


def reference_facts() -> dict[str, Any]:
    """As the file has them, but for a plan that is searched only briefly."""
    facts = tomllib.loads((folder_of("beijing") / "facilities.toml").read_text())
    facts["calls"]["plan_seconds"] = 1
    return facts
