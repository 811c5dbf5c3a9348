"""Located time expressions of an English sentence."""

from __future__ import annotations

import re
from datetime import date

from ..types import FoundPeriod, TimeRole
from . import calendar
from . import english_grammar as grammar
from .calendar import Days


def find(text: str, today: date | None) -> list[FoundPeriod]:
    """Every located period of `text`, in order and without overlap."""
    found: list[FoundPeriod] = []
    at, year = 0, None
    while m := grammar.START.search(text, at):
        start = m.start()
        period = _years(text, start) or _span(text, start, today) or _anchored(text, start, today, year)
        if period is None:
            at = start + 1
            continue
        found.append(period)
        at = period.end
        if period.first and period.last and period.role in (TimeRole.PERIOD, TimeRole.POINT):
            year = period.last.year
    return found


def _years(text: str, at: int) -> FoundPeriod | None:
    m = grammar.YEARS.match(text, at)
    if not m:
        return None
    first = int(m["a1"] or m["a2"] or m["a3"] or m["a4"])
    tail = m["b1"] or m["b2"] or m["b3"] or m["b4"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if last <= first:
        return None
    return _period(text, at, m.end(), (date(first, 1, 1), date(last, 12, 31)), TimeRole.PERIOD, "range")


def _span(text: str, at: int, today: date | None) -> FoundPeriod | None:
    """the past three years, the next five years, the last decade."""
    m = grammar.SPAN.match(text, at)
    if not m or today is None or m["unit"].lower().startswith("month"):
        return None
    word = (m["n"] or "one").lower()
    n = int(word) if word.isdigit() else grammar.NUMBERS.get(word)
    if n is None or (not m["n"] and m["unit"].lower() == "year"):
        return None
    n *= 10 if m["unit"].lower().startswith("decade") else 1
    if not 0 < n <= 100:
        return None
    if m["way"].lower() in ("next", "coming", "following"):
        ahead = date(today.year, 1, 1), date(today.year + n - 1, 12, 31)
        return _period(text, at, m.end(), ahead, TimeRole.PERIOD, "ahead")
    return _period(text, at, m.end(), (calendar.years_back(today, n), today), TimeRole.SINCE, "back")


def _anchored(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    m = grammar.FULL.match(text, at)
    if not m or (at and grammar.NAME_BEFORE.search(text, max(0, at - 14), at)):
        return None
    if m["y0"] and not m["pre"] and grammar.NAME_AFTER.match(text, m.end()):
        return None
    if (
        m["y0"]
        and not m["pre"]
        and grammar.COUNTED.match(text, m.end())
        and not grammar.TIME_BEFORE.search(text, max(0, at - 10), at)
    ):
        return None
    meant = _days(m, today, year)
    return _with_role(text, at, m, meant, today) if meant else None


def _year(word: str | None, today: date | None, year: int | None) -> int | None:
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
        base, shift = (today.year if today else None), {"last": -1, "next": 1}.get(low.split()[0], 0)
    return base + shift if base is not None else None


def _month(name: str) -> int:
    name = name.rstrip(".").lower()
    return next(n for full, n in grammar.MONTHS.items() if full.startswith(name))


def _days(m: re.Match[str], today: date | None, year: int | None) -> Days | None:
    if m["d1"] or m["d2"]:
        which = _year(m["dy1"] or m["dy2"], today, year)
        day = int(re.match(r"\d+", m["d1"] or m["d2"])[0])
        return calendar.day(which, _month(m["mo1"] or m["mo2"]), day) if which else None
    if m["mo3"]:
        first, last = calendar.month(int(m["my"]), _month(m["mo3"]))
        return (last, last) if (m["early"] or "").lower() == "end" else (first, last)
    if m["tens"]:
        first = int(m["tens"][-4:])
        return date(first, 1, 1), date(first + 9, 12, 31)
    if m["mo4"] or m["mo5"]:
        return _month_near(_month(m["mo4"] or m["mo5"]), today, year)
    if m["in_year"]:
        return calendar.year(today.year) if today else None
    if m["cent"]:
        return calendar.year(2050)
    if m["decade"]:
        return calendar.day((today or date(2029, 1, 1)).year // 10 * 10 + 10, 12, 31)
    if m["plan"]:
        first, last = calendar.plan(int(m["plan"]))
        return (last, last) if m["plan_end"] else (first, last)
    if m["month_word"] or m["day_word"]:
        return _near(m, today)
    if m["the_end"]:
        which = _year(m["y"] or m["fy"] or m["yw"], today, year)
        return calendar.day(which, 12, 31) if which else None
    return _part(m, today, year)


def _month_near(month: int, today: date | None, year: int | None) -> Days | None:
    """in January: of the year named before, else of this one, or of the last where it is far ahead."""
    if year is None and today is None:
        return None
    if today and year is None:
        year = today.year - (month - today.month > 6)
    return calendar.month(year, month)


def _near(m: re.Match[str], today: date | None) -> Days | None:
    if today is None:
        return None
    if m["day_word"]:
        return calendar.shifted(today, {"yesterday": -1, "today": 0, "tomorrow": 1}[m["day_word"].lower()])
    index = (
        today.year * 12
        + today.month
        - 1
        + {"last": -1, "this": 0, "next": 1}[m["month_word"].split()[0].lower()]
    )
    return calendar.month(index // 12, index % 12 + 1)


def _part(m: re.Match[str], today: date | None, year: int | None) -> Days | None:
    named = (
        m["hy"] or m["qy"] or m["qy2"] or m["fmy"] or m["hy2"] or m["y0"] or m["fy1"] or m["fy0"] or m["yw0"]
    )
    which = _year(named, today, year)
    if which is None:
        return None
    if m["half"]:
        return calendar.half(which, grammar.NUMBERS[m["half"].lower()])
    if m["h"]:
        return calendar.half(which, int(m["h"]))
    if m["quarter"] or m["q"]:
        return calendar.quarter(which, int(m["q"]) if m["q"] else grammar.NUMBERS[m["quarter"].lower()])
    if m["fm"]:
        n = grammar.NUMBERS.get(m["fm"].lower()) or {"eleven": 11}.get(m["fm"].lower())
        return calendar.months(which, 1, n) if n else None
    return calendar.year(which)


def _with_role(text: str, at: int, m: re.Match[str], meant: Days, today: date | None) -> FoundPeriod:
    pre, end = (m["pre"] or "").strip().lower(), m.end()
    first, last = meant
    if m["levels"]:
        return _period(text, at, m.start("levels"), meant, TimeRole.BASELINE, "baseline")
    if not pre and (m["y0"] or m["yw0"]) and grammar.COMPARES.search(text, max(0, at - 16), at):
        return _period(text, at, end, meant, TimeRole.BASELINE, "baseline")
    if pre == "since" or pre.startswith("starting"):
        until = today if today is None or first <= today else None
        return _period(text, at, end, (first, until), TimeRole.SINCE, "since")
    if pre in ("as of", "as at"):
        return _period(text, at, end, (last, last), TimeRole.POINT, "asof")
    if pre in ("by", "before", "until", "till", "through", "no later than", "between now and", "up to"):
        if (m["y0"] or "") and "mid" in m[0].lower():
            last = date(last.year, 6, 30)
        if today is not None and last < today:
            return _period(text, at, end, (last, last), TimeRole.POINT, "until")
        return _period(text, at, end, (today, last), TimeRole.DEADLINE, "until")
    role = TimeRole.POINT if first == last else TimeRole.PERIOD
    return _period(text, at, end, meant, role, "named")


def _period(
    text: str, start: int, end: int, meant: tuple[date | None, date | None], role: TimeRole, rule: str
) -> FoundPeriod:
    return FoundPeriod(start, end, text[start:end], meant[0], meant[1], role, (f"period.{rule}",))
