"""Stretches of time written in English with both their ends, or by their length: 2014–2020, 12-14 March, the past decade."""

from __future__ import annotations

import re
from datetime import date

from ..types import FoundPeriod, TimeRole
from . import calendar
from . import english_grammar as grammar
from .english_days import month_of, of_match, year_of


def range_at(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    """The stretch that starts at `at`, or None."""
    return (
        _years(text, at)
        or _days(text, at, today, year)
        or _months(text, at, today, year)
        or _between(text, at, today, year)
        or _ended(text, at, today, year)
        or _length(text, at, today)
    )


def located(
    text: str, start: int, end: int, meant: tuple[date | None, date | None], role: TimeRole, rule: str
) -> FoundPeriod:
    return FoundPeriod(start, end, text[start:end], meant[0], meant[1], role, (f"period.{rule}",))


def _years(text: str, at: int) -> FoundPeriod | None:
    m = grammar.YEARS.match(text, at)
    if not m:
        return None
    first = int(m["a1"] or m["a2"] or m["a3"] or m["a4"])
    tail = m["b1"] or m["b2"] or m["b3"] or m["b4"] or m["b5"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if last <= first:
        return None
    return located(text, at, m.end(), (date(first, 1, 1), date(last, 12, 31)), TimeRole.PERIOD, "range")


def _between(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    """Two times of any kind: from 1 April 2025 until 31 March 2029, between last May and this June."""
    if not (begins := grammar.FROM.match(text, at)):
        return None
    begin = grammar.FULL.match(text, begins.end())
    to = grammar.TO.match(text, begin.end()) if begin and not begin["pre"] else None
    end = grammar.FULL.match(text, to.end()) if to else None
    if not end or end["pre"] or (to["word"] == "and") != (begins["word"].lower() == "between"):
        return None
    first, last = of_match(begin, today, year), of_match(end, today, year)
    if not first or not last or last[1] <= first[1]:
        return None
    return located(text, at, end.end(), (first[0], last[1]), TimeRole.PERIOD, "range")


def _ended(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    """The nine months ended 30 September 2024, the year to March 2025."""
    begins = grammar.ENDED.match(text, at)
    end = grammar.FULL.match(text, begins.end()) if begins else None
    meant = of_match(end, today, year) if end and not end["pre"] else None
    if not meant:
        return None
    n = (begins["n"] or "twelve").lower()
    index = meant[1].year * 12 + meant[1].month - (int(n) if n.isdigit() else grammar.NUMBERS[n])
    return located(
        text, at, end.end(), (date(index // 12, index % 12 + 1, 1), meant[1]), TimeRole.PERIOD, "range"
    )


def _length(text: str, at: int, today: date | None) -> FoundPeriod | None:
    """the past three years, the next five years, the last decade."""
    m = grammar.SPAN.match(text, at)
    if not m or today is None or m["unit"].lower().startswith("month"):
        return None
    word = (m["n"] or "one").lower()
    n = int(word) if word.isdigit() else grammar.NUMBERS.get(word)
    plural = m["unit"].lower().endswith("s")
    if (
        n is None
        or (not m["n"] and plural)
        or (not m["n"] and m["unit"].lower() == "year" and m["way"].lower() not in ("past", "last"))
    ):
        return None
    n *= 10 if m["unit"].lower().startswith("decade") else 1
    if not 0 < n <= 100:
        return None
    if m["way"].lower() in ("next", "coming", "following"):
        ahead = date(today.year, 1, 1), date(today.year + n - 1, 12, 31)
        return located(text, at, m.end(), ahead, TimeRole.PERIOD, "ahead")
    return located(text, at, m.end(), (calendar.years_back(today, n), today), TimeRole.SINCE, "back")


def _months(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    """From March 2021 to June 2023, January-June 2023."""
    m = grammar.MONTHS_RANGE.match(text, at)
    last_year = year_of(m["y2"] or m["y1"], today, year) if m else None
    if last_year is None:
        return None
    a, b = month_of(m["m1"]), month_of(m["m2"])
    first_year = int(m["y1"]) if m["y1"] else last_year - (a > b)
    meant = calendar.month(first_year, a)[0], calendar.month(last_year, b)[1]
    return located(text, at, m.end(), meant, TimeRole.PERIOD, "range") if meant[0] < meant[1] else None


def _days(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    """12-14 March 2023, March 12-14, from 30 April to 2 May."""
    m = grammar.DAYS_RANGE.match(text, at)
    which = year_of(m["y"] or m["y4"], today, year) if m else None
    if which is None:
        return None
    last_month = month_of(m["m2"] or m["m4"] or m["m3"])
    first_month = month_of(m["m1"] or m["m3"] or m["m2"])
    first = calendar.day(which - (first_month > last_month), first_month, _number(m["d1"] or m["d3"]))
    last = calendar.day(which, last_month, _number(m["d2"] or m["d4"]))
    if not first or not last or last[0] <= first[0]:
        return None
    return located(text, at, m.end(), (first[0], last[0]), TimeRole.PERIOD, "days")


def _number(day: str) -> int:
    return int(re.match(r"\d+", day)[0])
