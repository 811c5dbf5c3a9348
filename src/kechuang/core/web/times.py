"""Moments as pages show them: in the house's own time zone, to the minute."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime


def to_the_minute(moment: datetime | None) -> str:
    """2026-11-21 14:05 in every language; a dash where there is none."""
    return "—" if moment is None else f"{localtime(moment):%Y-%m-%d %H:%M}"
