"""Spans of days: a year, half, quarter, month, five-year plan, and moves between them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Days = tuple[date, date]

# The Nth Five-Year Plan covers five years; the 14th began in 2021.
_FIRST_YEAR_OF_PLAN_14 = 2021


def year(n: int) -> Days:
    return date(n, 1, 1), date(n, 12, 31)


def month(n: int, m: int) -> Days:
    return date(n, m, 1), date(n, m, calendar.monthrange(n, m)[1])


def months(n: int, first: int, last: int) -> Days:
    return date(n, first, 1), month(n, last)[1]


def half(n: int, which: int) -> Days:
    return months(n, 1, 6) if which == 1 else months(n, 7, 12)


def quarter(n: int, which: int) -> Days:
    return months(n, 3 * which - 2, 3 * which)


def season(n: int, first: int) -> Days:
    """The three months from `first` on; the winter of a year ends in the next."""
    return date(n, first, 1), month(n + 1, 2)[1] if first == 12 else month(n, first + 2)[1]


def plan(number: int) -> Days:
    """The years of the Nth Five-Year Plan: 14 → 2021-01-01 … 2025-12-31."""
    first = _FIRST_YEAR_OF_PLAN_14 + 5 * (number - 14)
    return date(first, 1, 1), date(first + 4, 12, 31)


def day(n: int, m: int, d: int) -> Days | None:
    """That day, or None when the calendar has no such day."""
    try:
        return date(n, m, d), date(n, m, d)
    except ValueError:
        return None


def shifted(when: date, days: int) -> Days:
    moved = when + timedelta(days=days)
    return moved, moved


def month_before(when: date) -> date:
    """The last day of the month before that of `when`."""
    return when.replace(day=1) - timedelta(days=1)


def years_back(when: date, n: int) -> date:
    """1 January of the year n years before `when`."""
    return date(max(1, when.year - n), 1, 1)
