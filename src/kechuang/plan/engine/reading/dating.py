"""The day a document itself bears, from its page's metadata, the stamp above the article or its dateline.

Never from what follows the article: crawl stamps and gossip have dates of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_META = re.compile(
    r"<meta\b(?=[^>]{0,400}(?:article:published_time|pubdate|publishdate|firstpublishedtime|datepublished|dc\.date|"
    r"publication_date|date\.issued|[\"']date[\"']))[^>]{0,400}?content\s*=\s*[\"']?\s*(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})",
    re.I,
)
_JSON = re.compile(r"\"datePublished\"\s*:\s*\"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?P<month>{_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
_FULL = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s?(?:年|[-/.])\s?(?P<m>\d{1,2})\s?(?:月|[-/.])\s?(?P<d>\d{1,2})(?!\d)"
    r"|(?P<cy>[二一][〇○零0一二三四五六七八九]{3})年(?P<cm>[一二三四五六七八九十]{1,2})月(?P<cd>[一二三四五六七八九十]{1,3})日"
)
_LATIN = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.replace('?P<month>', '?P<month2>')},?\s+(?P<year2>(?:19|20)\d{{2}}))"
)
_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_STAMPED = re.compile(r"时间|日期|发布|来源|发表|Published|Posted|Date|Updated|^\W*(?:19|20)\d{2}", re.I)
_DIGITS = {char: digit for digit, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "0": 0}
_OPENING = 160


def document_date(raw: str, text: str, lines: Sequence[tuple[int, int]], html: bool) -> date | None:
    """The document's date, or None. `lines` are the article's lines in the clean `text`; `raw` serves for metadata."""
    if html:
        found = _META.search(raw[:60_000]) or _JSON.search(raw[:200_000])
        stamped = found and _date(*map(int, found.groups()))
        if stamped:
            return stamped
    if not lines:
        return None
    head = text[: lines[0][0]] + "\n".join(text[slice(*line)] for line in lines[:6] if line[1] - line[0] < 80)
    return _stamp(text[: _first_prose(text, lines)]) or _dateline(text, lines) or _first(head)


def _first_prose(text: str, lines: Sequence[tuple[int, int]]) -> int:
    return next((start for start, end in lines if end - start >= 60), lines[-1][1])


def _stamp(above: str) -> date | None:
    """A publication stamp among the lines above the article's first paragraph; a label may stand a line before it."""
    lines = [line.strip() for line in above.splitlines() if line.strip()]
    for at, line in enumerate(lines):
        label = (lines[at - 1] if at else "") + line
        if len(line) < 80 and _STAMPED.search(label):
            found = _first(line)
            if found:
                return found
    return None


def _dateline(text: str, lines: Sequence[tuple[int, int]]) -> date | None:
    """A full date at the opening, or a day there and the first year the article names."""
    opening = "\n".join(text[start : min(end, start + _OPENING)] for start, end in lines[:3])
    found = _first(opening)
    if found:
        return found
    day = _DAY.search(opening[:_OPENING])
    if not day:
        return None
    start = lines[0][0]
    year = _YEAR.search(text, start, min(len(text), start + _OPENING))
    return _date(int(year[1]), int(day[1]), int(day[2])) if year else None


def _first(text: str) -> date | None:
    for found in sorted((*_FULL.finditer(text), *_LATIN.finditer(text)), key=lambda match: match.start()):
        day = _chinese(found) if found.re is _FULL else _english(found)
        if day:
            return day
    return None


def _chinese(found: re.Match[str]) -> date | None:
    if found["y"]:
        return _date(int(found["y"]), int(found["m"]), int(found["d"]))
    year = int("".join(str(_DIGITS[char]) for char in found["cy"]))
    return _date(year, _numeral(found["cm"]), _numeral(found["cd"]))


def _numeral(text: str) -> int:
    tens, ten, units = text.rpartition("十")
    return (10 * (_DIGITS[tens] if tens else 1) if ten else 0) + (_DIGITS[units] if units else 0)


def _english(found: re.Match[str]) -> date | None:
    names = [name[:3] for name in _MONTHS.split("|")]
    month = names.index((found["month"] or found["month2"])[:3]) + 1
    return _date(int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
