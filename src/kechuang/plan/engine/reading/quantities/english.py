"""Finds the quantities of an English sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

from ..patterns import pattern
from ..types import FoundQuantity
from . import comparators, english_exceptions, units
from .english_nouns import counted
from .english_words import FRACTION, MULTIPLE, word_hit
from .hits import Hit
from .numerals import ENGLISH_SCALES, ENGLISH_TENS, ENGLISH_UNITS, from_digits, from_english

_SMALL = "|".join(sorted((*ENGLISH_UNITS, *ENGLISH_TENS), key=len, reverse=True))
_SCALES = r"lakh\scrore|hundred|thousand|million|billion|trillion|dozen|lakh|crore"
_WORDS = (
    rf"(?:(?:{_SMALL})(?:-(?:{_SMALL})|\sand\sa\s(?:half|quarter)\b)?|an?(?=\s(?:{_SCALES})\b))"
    rf"(?:(?:\s|-)(?:{_SCALES})(?:\s(?:and\s)?(?:{_SMALL})(?:-(?:{_SMALL}))?(?=\b))?)*"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?: \d{3})+(?![\d.,])|\d+(?:\.\d+)?[½¼¾]?"
_NUMBER = pattern(
    rf"(?:(?P<money>{units.ENGLISH_MONEY})\s?)?(?P<digits>{_DIGITS})(?:(?:\s|-)?(?P<scale>{_SCALES}|[mb]n|tn)\b|\s?(?P<letter>[mb]il|(?<!\s)[mbk])(?!\w|\.\d))?(?P<plus>\+|-plus\b)?"
    rf"|(?P<words>\b{_WORDS})\b",
    re.IGNORECASE,
)
_MEASURES = pattern(r"(?:\s|-)?(?P<unit>%|" + "|".join(units.ENGLISH_MEASURES) + r")(?![A-Za-z0-9])")
_START = pattern(
    rf"(?<![\w.,/-])(?:(?:{units.ENGLISH_MONEY})\s?)?\d|(?<=[a-z])[$€£]\d|(?<![\w-])(?:{_SMALL}|half|an?(?=[\s-](?:{_SCALES}|third|quarter|fifth|sixth|tenth|dozen))|doubl|tripl|quadrupl|rank|placed|came|st(?:an|oo)d|climb|rose|moved|up|risen|jumped)",
    re.IGNORECASE,
)
_SHARED = pattern(rf"(?:,\s(?:{_DIGITS}))*,?\s(?:to|and|or)\s(?:{_DIGITS})" + _MEASURES.pattern)
_RANGE = pattern(
    r"\s?(?:to|and|–|—|-|~)\s?(?=(?:" + units.ENGLISH_MONEY + r")?\s?\d|(?:" + _SMALL + r")\b)", re.IGNORECASE
)
_AND_MORE = pattern(
    r"(?:\s(?:\w+-\w+|[a-z]+(?:al|ic|ive|ous|ary|ed|ing|ect|ent|ant)|new|old)){1,2}\s(?:and|or)\s(?=\d)"
)
_FROM = pattern(r"\bfrom\s(?:\w+\s){0,2}$", re.IGNORECASE)
_TO = pattern(
    r"\sto\s(?:about\s|around\s|nearly\s|over\s|more\sthan\s)?(?=(?:" + units.ENGLISH_MONEY + r")?\s?\d)"
)
_BETWEEN = pattern(r"\bbetween\s$", re.IGNORECASE)
_VAGUE = pattern(r"(?:several|few|tens of|many|some of the)\s$", re.IGNORECASE)
# The number stands for what is told behind or before it: four of the world's ports; bring to 12 the total.
_OF_THEM = pattern(
    r"\s(?:of\s(?:the|its|our|their|his|her|these|those|them|which|whom)|more|others|are|were|have)\b(?!\sthan)"
)
_BROUGHT = pattern(r"\b(?:br(?:ing(?:s|ing)?|ought)|tak(?:es?|ing)|rais(?:es?|ed|ing))\sto\s$", re.IGNORECASE)
_FROM_ALONE = pattern(r"\bfrom\s(?:about\s|some\s)?$")
_TO_LATER = pattern(r"(?:\sin\s(?:19|20)\d\d)?\sto\s(?:\w+\s)?\d")
_FROM_TO = pattern(r"\bfrom\s(?:about\s|some\s)?[\d,.]+(?:\sin\s(?:19|20)\d\d)?\sto\s(?:about\s|some\s)?$")
_TOTAL_TO = pattern(r"\b(?:total|number)\b[^,;.\d]{0,60}\sto\s(?:about\s|over\s|more\sthan\s)?$")
_THE_TOTAL = pattern(r"\s(?:the|its|their|our)\s(?:\w+\s)?(?:total|number)\b")
_PERIOD_BEFORE = pattern(
    r"\b(?:past|(?<!will )(?<!to )(?<!can )(?<!may )last|next|coming|previous|following|first|final|recent|another|every)\s$",
    re.IGNORECASE,
)
_AWAY = pattern(
    r"\s(?:ago|from now|hence|ended|ending)\b|['’]\stime\b|\sto\s(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_TIME_UNIT = pattern(r"(?:year|month|week|day|hour|minute|decade)s?$")
_CURRENCY = pattern(
    r"(?:\s(?:and|to)\s\d+[MBmb])?\s?(?:EUR|USD|GBP|CHF|CAD|AUD|SGD|euros?|dollars?|pounds?)\b"
)
_LETTERS = {"m": 10**6, "b": 10**9, "k": 10**3}


def find(text: str) -> list[FoundQuantity]:
    """All quantities of `text`, in order, without overlap and outside dates, labels and names."""
    barred = english_exceptions.spans(text)
    begins = [begin for begin, _ in barred]
    found: list[FoundQuantity] = []
    at = 0
    while m := _START.search(text, at):
        start = m.start()
        last = bisect_right(begins, start) - 1
        bar = barred[last][1] if last >= 0 and start < barred[last][1] else 0
        hit = (None if bar else _number(text, start)) or word_hit(text, start)
        if hit is None:
            at = max(bar, m.end())
            continue
        found.append(hit.found(comparators.english(text, hit.start, hit.end)))
        at = max(hit.end, start + 1)
    return found


def _value(m: re.Match[str]) -> Decimal:
    if m["words"]:
        return from_english(m["words"])
    value = from_digits(m["digits"])
    if m["scale"]:
        return value * ENGLISH_SCALES[m["scale"].lower()]
    return value * _LETTERS[m["letter"][0].lower()] if m["letter"] else value


def _number(text: str, start: int) -> Hit | None:
    m = _NUMBER.match(text, start)
    if not m or english_exceptions.is_label(text, start) or _VAGUE.search(text, max(0, start - 12), start):
        return None
    if m["letter"] and not (m["money"] or _CURRENCY.match(text, m.end()) or _millions(text, m)):
        return None
    if FRACTION.match(text, start) or MULTIPLE.match(text, start):
        return None
    ranged = _ranged(text, start, m)
    if ranged:
        return ranged
    value = _value(m)
    end, unit, rule = _unit(text, m)
    if not unit and (shared := _SHARED.match(text, end)):
        unit, rule = shared["unit"], "measure"
    if not unit and (joined := _AND_MORE.match(text, end)):  # 320 direct and 265 indirect jobs
        unit, rule = _unit(text, _NUMBER.match(text, joined.end()))[1:]
    if not unit and _FROM.search(text, max(0, start - 24), start) and (goal := _TO.match(text, end)):
        raised = _NUMBER.match(text, goal.end())
        unit, rule = _unit(text, raised)[1:] if raised else ("", rule)
    if _TIME_UNIT.search(unit) and (
        _PERIOD_BEFORE.search(text, max(0, start - 16), start) or _AWAY.match(text, end)
    ):
        return None
    if m["words"] and m["words"].lower() in ("one", "zero") and rule != "measure":
        return None
    if not unit and not m["scale"] and not _stands_alone(text, m):
        return None
    return Hit(start, end, value, unit, rule)


def _millions(text: str, m: re.Match[str]) -> bool:
    """1.2m people, 3m square feet; but: a wall 3m high, 10m lengths of pipe."""
    measured = _MEASURES.match(text, m.end()) and text[m.end() : m.end() + 1] == " "
    return m["letter"] == "m" and bool(measured or counted(text, m.end())[1] in units.ENGLISH_MILLIONS)


def _stands_alone(text: str, m: re.Match[str]) -> bool:
    """A number without a noun says something where it is big, decimal, counted out ("eleven") or of others."""
    before = text[max(0, m.start() - 90) : m.start()]
    if m["digits"] and (
        (_FROM_ALONE.search(before) and _TO_LATER.match(text, m.end())) or _FROM_TO.search(before)
    ):
        return True
    brought = _BROUGHT.search(text, max(0, m.start() - 14), m.start()) and _THE_TOTAL.match(text, m.end())
    if brought or _OF_THEM.match(text, m.end()) or _TOTAL_TO.search(before):
        return True
    if m["words"]:
        return m["words"].lower() not in (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "an",
            "a",
        )
    return "," in m["digits"] or "." in m["digits"]


def _ranged(text: str, start: int, low: re.Match[str]) -> Hit | None:
    """5% to 6%, between 10 and 15 firms, 3–5 million yuan; "from … to …" names two."""
    if _FROM.search(text, max(0, start - 24), start):
        return None
    end, unit = low.end(), ""
    if measure := _MEASURES.match(text, end):
        end, unit = measure.end(), measure["unit"]
    dash = _RANGE.match(text, end)
    if not dash or ("and" in dash[0] and not _BETWEEN.search(text, max(0, start - 10), start)):
        return None
    high = _NUMBER.match(text, dash.end())
    if not high or (high["words"] or "").lower() == "one":
        return None
    stop, high_unit, rule = _unit(text, high)
    if unit and unit != high_unit:
        return None
    a, b = _value(low), _value(high)
    if high["scale"] and not low["scale"] and low["digits"]:
        a *= ENGLISH_SCALES[high["scale"].lower()]
    if not high_unit and low["money"]:
        high_unit = low["money"]
    return Hit(start, stop, a, high_unit, rule, b) if a < b and high_unit else None


def _unit(text: str, m: re.Match[str]) -> tuple[int, str, str]:
    """End of number and unit, the unit as printed, and whether it measures or counts."""
    end = m.end()
    measure = _MEASURES.match(text, end)
    if m["money"]:
        return end, m["money"], "measure"
    if measure:
        return measure.end(), measure["unit"], "measure"
    return counted(text, end)
