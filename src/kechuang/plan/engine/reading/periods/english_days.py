"""The days that an English time expression means."""

from __future__ import annotations

import re
from datetime import date

from . import calendar, weekdays
from . import english_grammar as grammar
from .calendar import Days
from .days import nearest

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_LONG_GONE = 9  # months ahead: this winter in January began in December
_LATELY = 2  # years; an older year told in passing does not date a bare "first quarter"


def year_of(word: str | None, today: date | None, year: int | None) -> int | None:
    """The year a phrase names: 2024, this year, the previous year."""
    if word is None:
        return year if year is not None else (today.year if today else None)
    if word[:2].isdigit():
        return int(word) if len(word) == 4 else 2000 + int(word)
    low = word.lower()
    if low in (
        "the previous year",
        "the preceding year",
        "the same year",
        "the following year",
        "that year",
        "the year",
    ):
        base = year if year is not None else (today.year if today else None)
        shift = -1 if "prev" in low or "prec" in low else 1 if "following" in low else 0
    else:
        base, shift = (
            (today.year if today else None),
            {"last": -1, "next": 1, "coming": 1}.get(low.removeprefix("the ").split()[0], 0),
        )
    return base + shift if base is not None else None


def month_of(name: str) -> int:
    name = name.rstrip(".").lower()
    return next(n for full, n in grammar.MONTHS.items() if full.startswith(name))


def of_match(m: re.Match[str], today: date | None, year: int | None) -> Days | None:
    if m["iso"]:
        return calendar.day(*map(int, m["iso"].split("-")))
    if m["d1"] or m["d2"]:
        return _day(m, today, year)
    if m["mo3"]:
        which = year_of(m["my"], today, year)
        first, last = calendar.month(which, month_of(m["mo3"])) if which else (None, None)
        return (last, last) if "end" in (m["early"] or "").lower() else first and (first, last)
    if m["mo6"]:
        month = _month_near(month_of(m["mo6"]), today, year)
        return month and (month[1], month[1])
    if m["tens"] or m["tens2"]:
        first = int(m["tens"] or "19" + m["tens2"])
        return date(first, 1, 1), date(first + 9, 12, 31)
    if m["weekday"]:
        return _weekday(m, today)
    if m["near_way"]:
        return _near_part(m, today)
    if m["season"]:
        return _season(m, today, year)
    if m["the_start"]:
        which = year_of(m["sy"], today, year)
        return calendar.day(which, 1, 1) if which else None
    if m["mo4"] or m["mo5"]:
        return _month_near(month_of(m["mo4"] or m["mo5"]), today, year, _is_to_come(m))
    if m["in_year"]:
        return calendar.year(today.year) if today else None
    if m["cent"]:
        return calendar.year(2050)
    if m["decade"] and m["ended"]:
        return calendar.day(int(m["ended"]) + 9, 12, 31)
    if m["decade"]:
        return calendar.day((today or date(2029, 1, 1)).year // 10 * 10 + 10, 12, 31)
    if m["plan"]:
        first, last = calendar.plan(int(m["plan"]))
        return (last, last) if m["plan_end"] else (first, last)
    if m["month_word"] or m["day_word"] or m["near_quarter"]:
        return _near(m, today)
    if m["the_end"]:
        which = year_of(m["y"] or m["fy"] or m["yw"], today, year)
        return calendar.day(which, 12, 31) if which else None
    return _part(m, today, year)


def _is_to_come(m: re.Match[str]) -> bool:
    """Whether what is told before the month, or its preposition, lies ahead (will open in January, by May)."""
    if m["pre"] and m["mo5"]:
        return True
    return bool(grammar.AHEAD.search(m.string, 0, m.start()) or grammar.AHEAD_AFTER.match(m.string, m.end()))


def _month_near(month: int, today: date | None, year: int | None, to_come: bool = False) -> Days | None:
    """in January: of the year named before, else of this one, or of the last where it is far ahead, the next where it
    is over and yet to come."""
    if year is None and today is None:
        return None
    if today and year is None:
        later = to_come and month < today.month
        year = today.year + later - (not to_come and month - today.month > 6)
    return calendar.month(year, month)


def _weekday(m: re.Match[str], today: date | None) -> Days | None:
    if today is None:
        return None
    if m["weekday_day"]:
        day = calendar.day(today.year, today.month, _ordinal_day(m["weekday_day"]))
        return day
    way = weekdays.of_english(
        m.string, m.start("weekday"), m.end("weekday"), (m["week"] or m["way"] or "").lower()
    )
    return weekdays.day(m["weekday"], way, today)


def _near_part(m: re.Match[str], today: date | None) -> Days | None:
    """this summer, last January: the nearest one that way; this one is of the year where that has not gone by long."""
    if today is None:
        return None
    way = m["near_way"].lower()
    month = _SEASONS[m["near_season"].lower()] if m["near_season"] else month_of(m["near_month"])
    if way in ("last", "this past"):
        year = today.year - (month >= today.month)
    elif way in ("next", "this coming"):
        year = today.year + (month <= today.month)
    else:
        year = today.year - (m["near_season"] is not None and month - today.month > _LONG_GONE)
    return calendar.season(year, month) if m["near_season"] else calendar.month(year, month)


def _near(m: re.Match[str], today: date | None) -> Days | None:
    if today is None:
        return None
    if m["day_word"] and (month := m["bmo1"] or m["bmo2"]):
        day = _ordinal_day(m["bd1"] or m["bd2"])
        meant = calendar.day(int(m["by"] or today.year), month_of(month), day)
        return nearest(meant, today) if meant and not m["by"] else meant
    if m["day_word"]:
        return calendar.shifted(today, {"yesterday": -1, "tomorrow": 1}.get(m["day_word"].lower(), 0))
    shift = {"last": -1, "this": 0, "next": 1}[(m["month_word"] or m["near_quarter"]).split()[0].lower()]
    if m["near_quarter"]:
        index = today.year * 4 + (today.month - 1) // 3 + shift
        return calendar.quarter(index // 4, index % 4 + 1)
    index = today.year * 12 + today.month - 1 + shift
    return calendar.month(index // 12, index % 12 + 1)


def _day(m: re.Match[str], today: date | None, year: int | None) -> Days | None:
    named = m["dy1"] or m["dy2"]
    which = year_of(named, today, year)
    day = _ordinal_day(m["d1"] or m["d2"])
    meant = calendar.day(which, month_of(m["mo1"] or m["mo2"]), day) if which else None
    return nearest(meant, today) if meant and not named and year is None else meant


def _ordinal_day(day: str) -> int:
    return int(re.match(r"\d+", day)[0])


def _season(m: re.Match[str], today: date | None, year: int | None) -> Days | None:
    which = year_of(m["seasoned"], today, year)
    return calendar.season(which, _SEASONS[m["season"].lower()]) if which else None


def _part(m: re.Match[str], today: date | None, year: int | None) -> Days | None:
    names = ("hy", "qy", "qy2", "qy3", "fmy", "hy2", "short", "y0", "fy1", "fy0", "fy2", "yw0")
    named = next((m[name] for name in names if m[name]), None)
    if named is None and today and year is not None and today.year - year > _LATELY:
        year = None
    which = year_of(named, today, year)
    if which is None:
        return None
    if half := m["half"] or m["h"] or m["h2"]:
        return calendar.half(which, _ordinal(half))
    if quarter := m["quarter"] or m["q"] or m["q2"] or m["q3"]:
        return calendar.quarter(which, _ordinal(quarter))
    if m["fm"]:
        n = grammar.NUMBERS.get(m["fm"].lower()) or {"eleven": 11}.get(m["fm"].lower())
        return calendar.months(which, 1, n) if n else None
    return calendar.year(which // 100 * 100 + int(m["y_end"]) if m["y_end"] else which)


def _ordinal(word: str) -> int:
    return int(word) if word.isdigit() else grammar.NUMBERS[word.lower()]
