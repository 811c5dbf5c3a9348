"""Working days with public holidays and shifted working days (调休), as the State Council announces them each year.

Years that are not announced yet fall back to Monday to Friday without the holidays that have a fixed day.
"""

from __future__ import annotations

from datetime import date, timedelta

# New Year, Labour Day, National Day: (month, day)
FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


def is_workday(day: date) -> bool:
    import chinese_calendar

    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in FIXED


def workday_after(day: date, count: int) -> date:
    """The day `count` working days after `day` (`count` ≥ 0)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """Working days from `first` to `last`, both counted; 0 when reversed."""
    return sum(is_workday(first + timedelta(days=n)) for n in range((last - first).days + 1))
