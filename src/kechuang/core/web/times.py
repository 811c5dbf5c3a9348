"""Moments as pages show them: in the house's own time zone, to the minute."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import is_aware, localtime


def to_the_minute(moment: datetime | None) -> str:
    """2026-11-21 14:05 in every language; a dash where there is none."""
    return "—" if moment is None else f"{localtime(moment):%Y-%m-%d %H:%M}"


def day_of(text: str, otherwise: date) -> date:
    """The day that an address names; `otherwise` where it names none, or one that nobody can mean."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if 1900 <= day.year < 3000 else otherwise


def local_day(moment: date | datetime | None) -> date | None:
    """The day as it is counted in the house's time zone: an evening in UTC is the next morning in Beijing."""
    return localtime(moment).date() if isinstance(moment, datetime) and is_aware(moment) else moment
