"""Located time expressions of an English sentence."""

from __future__ import annotations

import re
from datetime import date

from ..types import FoundPeriod, TimeRole
from . import english_grammar as grammar
from .calendar import Days
from .english_days import of_match
from .english_ranges import located, range_at
from .setting import Setting


def find(text: str, setting: Setting) -> list[FoundPeriod]:
    """Every located period of `text`, in order and without overlap."""
    found: list[FoundPeriod] = []
    today, at, year = setting.today, 0, None
    while m := grammar.START.search(text, at):
        start = m.start()
        period = range_at(text, start, today, year) or _anchored(text, start, today, year)
        if period is None:
            at = start + 1
            continue
        found.append(period)
        at = period.end
        if not grammar.YEAR_IN.search(period.text) or grammar.FISCAL.search(period.text):
            continue
        whole = period.first and period.last and period.first.year == period.last.year
        if whole and period.role in (TimeRole.PERIOD, TimeRole.POINT):
            year = period.last.year
    return found


def _anchored(text: str, at: int, today: date | None, year: int | None) -> FoundPeriod | None:
    m = grammar.FULL.match(text, at)
    if not m or (at and grammar.NAME_BEFORE.search(text, max(0, at - 14), at)):
        return None
    named = grammar.NAME_AFTER.match(text, m.end()) or grammar.NAMED.search(text, max(0, at - 30), at)
    if m["y0"] and not m["pre"] and named:
        return None
    if (
        m["y0"]
        and not m["pre"]
        and grammar.COUNTED.match(text, m.end())
        and not grammar.TIME_BEFORE.search(text, max(0, at - 10), at)
    ):
        return None
    if m["day_word"] and grammar.NOW_AND_LATER.search(text, max(0, at - 90), m.end() + 90):
        return None
    if m["weekday"] and grammar.EVERY_BEFORE.search(text, max(0, at - 18), at):
        return None
    if m["day_word"] and m["day_word"].lower() == "today" and not _of_this_day(text, at, m.end()):
        return None
    meant = of_match(m, today, year)
    return _with_role(text, at, m, meant, today) if meant else None


def _of_this_day(text: str, at: int, end: int) -> bool:
    """Whether today dates an act ("today announced", "published today") and not a state ("than it is today")."""
    if grammar.ACTING_TODAY.search(text, max(0, at - 5), end + 20):
        return True
    if grammar.STATE_BEFORE.search(text, max(0, at - 60), at):
        return False
    if text[end - 1] == ")":  # today (27 June)
        return True
    if text[at:end] == "Today":
        return bool(
            grammar.OPENS_TODAY.match(text, end)
            or grammar.TODAY_AFTER.match(text, end)
            or grammar.ACTS_AFTER.match(text, end)
        )
    if grammar.TODAY_AFTER.match(text, end) or grammar.ACTS_AFTER.match(text, end):
        return True
    if grammar.ENDS_CLAUSE.match(text, end) and grammar.THERE_BEFORE.search(text, max(0, at - 120), at):
        return True
    return bool(grammar.ACTS_BEFORE.search(text, max(0, at - 90), at))


def _with_role(text: str, at: int, m: re.Match[str], meant: Days, today: date | None) -> FoundPeriod:
    pre, end = (m["pre"] or "").strip().lower(), m.end()
    end += m[0].count("(") > m[0].count(")") and text.startswith(")", end)
    part = grammar.PART_OF_DAY.match(text, end) if m["day_word"] and m["day_word"].lower() == "this" else None
    end = part.end() if part else end
    first, last = meant
    if m["levels"]:
        return located(text, at, m.start("levels"), meant, TimeRole.BASELINE, "baseline")
    if not pre and (m["y0"] or m["yw0"]) and grammar.COMPARES.search(text, max(0, at - 60), at):
        return located(text, at, end, meant, TimeRole.BASELINE, "baseline")
    if pre.startswith(("since", "starting")):
        until = today if today is None or first <= today else None
        return located(text, at, end, (first, until), TimeRole.SINCE, "since")
    if pre in ("as of", "as at"):
        return located(text, at, end, (last, last), TimeRole.POINT, "asof")
    if pre in ("by", "before", "until", "till", "through", "no later than", "between now and", "up to"):
        if (m["y0"] or "") and "mid" in m[0].lower():
            last = date(last.year, 6, 30)
        if today is not None and last < today:
            return located(text, at, end, (last, last), TimeRole.POINT, "until")
        return located(text, at, end, (today, last), TimeRole.DEADLINE, "until")
    role = TimeRole.POINT if first == last else TimeRole.PERIOD
    return located(text, at, end, meant, role, "named")
