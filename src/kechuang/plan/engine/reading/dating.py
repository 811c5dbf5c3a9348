"""The day a document itself bears, from its page's metadata, the stamp above the article or its dateline.

Never from what follows the article: crawl stamps and gossip have dates of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .patterns import pattern
from .wrapping import columns

_META = pattern(
    r"<meta\b(?=[^>]{0,400}(?:article:published_time|pubdate|publishdate|firstpublishedtime|datepublished|dc\.date|"
    r"publication_date|date\.issued|[\"']date[\"']))[^>]{0,400}?content\s*=\s*[\"']?\s*(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})",
    re.I,
)
_JSON = pattern(r"\"datePublished\"\s*:\s*\"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?P<month>{_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
_FULL = pattern(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s?(?:年|[-/.])\s?(?P<m>\d{1,2})\s?(?:月|[-/.])\s?(?P<d>\d{1,2})(?!\d)"
    r"|(?<![\d.])(?P<ry>1[0-3]\d)(?:\s?年\s?(?P<rm>\d{1,2})\s?月\s?(?P<rd>\d{1,2})\s?日|[-/.](?P<rm2>\d\d)[-/.](?P<rd2>\d\d)(?![\d.]))"  # from 1912
    r"|(?P<cy>[二一][〇○零0一二三四五六七八九]{3})年(?P<cm>[一二三四五六七八九十]{1,2})月(?P<cd>[一二三四五六七八九十]{1,3})日"
)
_LATIN = pattern(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.replace('?P<month>', '?P<month2>')},?\s+(?P<year2>(?:19|20)\d{{2}}))"
)
_DAY = pattern(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_YEAR = pattern(r"(?<![\d到至比自从《])((?:19|20)\d{2})年")
_STAMPED = pattern(r"时间|日期|发布|来源|发表|Published|Posted|Date|Updated|^\W*(?:19|20)\d{2}", re.I)
_DIGITS = {char: digit for digit, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "0": 0}
_OPENING = 160
_DATELINE = 50
_PROSE = 120  # columns: no title is as wide
_SIGNED = pattern(
    r"(?<=\n)[ \t\u3000]*(?:(?:19|20)\d{2}|[二一][〇○零一二三四五六七八九]{3})年[^\n。，]{2,8}日[ \t\u3000]*(?=\n|$)"
)


def document_date(raw: str, text: str, lines: Sequence[tuple[int, int]], html: bool) -> date | None:
    """The document's date, or None. `lines` are the article's lines in the clean `text`; `raw` serves for metadata."""
    if html:
        found = _META.search(raw[:60_000]) or _JSON.search(raw[:200_000])
        stamped = found and _date(*map(int, found.groups()))
        if stamped:
            return stamped
    if not lines:
        return None
    above = "\n".join(line for line in text[: _first_prose(text, lines)].split("\n") if "。" not in line)
    return _stamp(above) or _dateline(text, lines) or _first(above) or _signature(text, lines)


def _first_prose(text: str, lines: Sequence[tuple[int, int]]) -> int:
    return next((start for start, end in lines if columns(text[start:end]) >= _PROSE), lines[0][0])


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
    """A full date at the head of the article's first paragraph, or a day there and the year it names next."""
    start = _first_prose(text, lines)
    found = _first(text[start : start + _DATELINE])
    if found:
        return found
    day = _DAY.search(text, start, start + _DATELINE)
    year = _YEAR.search(text, start, _sentence_end(text, start)) if day else None
    return _date(int(year[1]), int(day[1]), int(day[2])) if day and year else None


def _sentence_end(text: str, start: int) -> int:
    found = re.compile("[。！？\n]").search(text, start)
    return found.start() if found else len(text)


def _signature(text: str, lines: Sequence[tuple[int, int]]) -> date | None:
    """A day on a line of its own under the name of who issued a notice."""
    found = _SIGNED.search(text, lines[0][0], min(len(text), lines[-1][1] + _OPENING))
    return _first(found[0]) if found else None


def _first(text: str) -> date | None:
    found = [(match.start(), _chinese(match)) for match in _FULL.finditer(text)]
    found += [(match.start(), _english(match)) for match in _LATIN.finditer(text)]
    return min(((at, day) for at, day in found if day), default=(0, None))[1]


def _chinese(found: re.Match[str]) -> date | None:
    if found["y"]:
        return _date(int(found["y"]), int(found["m"]), int(found["d"]))
    if found["ry"]:
        return _date(
            1911 + int(found["ry"]), int(found["rm"] or found["rm2"]), int(found["rd"] or found["rd2"])
        )
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
