"""Reads over metrics and observations."""

from __future__ import annotations

from typing import Any


def cell_key(cell: dict[str, Any]) -> str:
    """One text for one cell: its dimensions in order of name; "" for the whole."""
    return "|".join(f"{name}={cell[name]}" for name in sorted(cell))
