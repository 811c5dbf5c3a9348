"""Working days with public holidays and shifted working days (调休), as the State Council announces them each year.

Years the library does not know yet fall back to Monday to Friday.
"""

from __future__ import annotations

from datetime import date, timedelta


def is_workday(day: date) -> bool:
    import chinese_calendar

    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5


def workday_after(day: date, count: int) -> date:
    """The day `count` working days after `day` (`count` ≥ 0)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """Working days from `first` to `last`, both counted; 0 when reversed."""
    return sum(is_workday(first + timedelta(days=n)) for n in range((last - first).days + 1))
