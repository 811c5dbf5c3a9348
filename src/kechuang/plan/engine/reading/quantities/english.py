"""Finds the quantities of an English sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ..types import FoundQuantity
from . import comparators
from . import english_units as table
from .numerals import ENGLISH_SCALES, ENGLISH_TENS, ENGLISH_UNITS, from_digits, from_english

_SMALL = "|".join(sorted((*ENGLISH_UNITS, *ENGLISH_TENS), key=len, reverse=True))
_SCALES = "hundred|thousand|million|billion|trillion"
_WORDS = (
    rf"(?:(?:{_SMALL})(?:-(?:{_SMALL}))?|an?(?=\s(?:{_SCALES})\b))"
    rf"(?:(?:\s|-)(?:{_SCALES})(?:\s(?:and\s)?(?:{_SMALL})(?:-(?:{_SMALL}))?(?=\b))?)*"
)
_MONEY = r"US\$|HK\$|A\$|C\$|S\$|NT\$|USD|RMB|CNY|EUR|GBP|\$|€|£|¥"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?:(?P<money>{_MONEY})\s?)?(?P<digits>{_DIGITS})(?:(?:\s|-)?(?P<scale>{_SCALES}|[mb]n|tn)\b|(?P<letter>[mbk])(?![\w.]))?(?P<plus>\+)?"
    rf"|(?P<words>\b{_WORDS})\b",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"(?:\s|-)?(?P<unit>%|"
    + "|".join(line for line in table.MEASURES.split("\n") if line)
    + r")(?![A-Za-z0-9])"
)
_FRACTION = re.compile(
    r"\b(?:(?P<above>an?|one|two|three|four|five|seven|nine)[\s-](?P<below>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|half)s?\b(?![\s-](?:largest|biggest|place|of 20))"
    r"|(?<!first\s)(?<!second\s)(?<!latter\s)(?<!other\s)(?P<half>(?:one\s|a\s)?half)(?=\s(?:of|the|a(?!\s(?:million|billion))|its|their|our|all)\b)|(?P<in>one in (?P<n>two|three|four|five|six|seven|eight|nine|ten|twenty))\b)",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:(?P<verb>doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|quadrupl(?:ed|es|ing))|(?P<bare>double|triple|quadruple)(?![\s-](?:digit|helix|first|blind|track|carbon|edged|major|bottom|check|standard|degree|counting))"
    r"|(?P<fold>two|three|four|five|six|seven|eight|nine|ten|\d+(?:\.\d+)?)[\s-]?fold)\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\b(?:rank(?:ed|s|ing)?|placed|came|stands?|stood|climb(?:ed|ing)?|rose|moved|up|risen|jumped)\s(?:at\s|in\s|from\s|to\s|as\s)?(?:the\s)?(?P<rank>(?:No\.?\s?(?P<no>\d+))|(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|(?P<nth>\d+)(?:st|nd|rd|th))"
    r"(?=\s(?:place|in|among|out|worldwide|globally|nationally|to|for|position)|[.,;]|$)"
    r"|(?<=from\s)(?P<rank2>(?P<nth2>\d+)(?:st|nd|rd|th))(?=\sto\s)",
    re.IGNORECASE,
)
_START = re.compile(
    rf"(?<![\w.,/-])(?:(?:{_MONEY})\s?)?\d|(?<![\w-])(?:{_SMALL}|half|an?(?=[\s-](?:{_SCALES}|third|quarter|fifth|sixth|tenth|dozen))|doubl|tripl|quadrupl|rank|placed|came|st(?:an|oo)d|climb|rose|moved|up|risen|jumped)",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_EXCEPTIONS = re.compile(
    rf"(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?(?![\d.,]*\d)|\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTHS})\b(?:\.?,?\s(?:19|20)\d\d)?"
    r"|\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)|\d{1,2}:\d\d|https?://\S+|\S+@\S+|\+\d[\d\s()-]{6,}|24/7|(?:19|20)\d\d[-/.]\d\d[-/.]\d\d"
    r"|(?:19|20)\d\d\s?[–—-]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)|\b(?:19|20)\d\d(?:/\d\d|s)?(?!\s?(?:%|per\scent|percent|million|billion|yuan|dollars|euros|tonnes|people|jobs|MW|km|kilomet|companies))(?![\d,.]*\d)"
    r"|\d+(?:st|nd|rd|th)\b|\b[A-Za-z]+-?\d[\w.-]*|\b\d+[A-Za-z]+-?\d\w*|[\[(]\d{1,3}[\])]|^\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s(?=[A-Z])"
    r"|(?<![\w.])[2-6]G\b|\b[345]D\b|\b(?:two|three|four|five|ten|one)-(?:year|way|step|stage|day|pronged|tier|part|fold(?!\b)|dimensional|star|child|stop|size|time|off|third(?=\slargest))\b(?:\s[Pp]lan)?"
    r"|\b(?:one another|one day|one side|the one hand|one of the|at one|no one|every one|any one|one-stop|one by one|two sessions|Two Sessions)\b|\b\d+-(?:year|day|hour|month|week|step|point|page|member|storey|story)\b(?!-old)"
    r"|\d+(?:\.\d+)?\s?[:]\s?\d+",
)
_LABEL = re.compile(
    r"(?:^|[\s(])(?:" + "|".join(map(re.escape, sorted(table.LABELS, key=len, reverse=True))) + r")\s$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:to|and|–|—|-|~)\s?(?=[\d$€£¥]|(?:" + _SMALL + r")\b)", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:\w+\s){0,2}$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s$", re.IGNORECASE)
_VAGUE = re.compile(r"(?:several|few|tens of|many|some of the)\s$", re.IGNORECASE)
_WORD = re.compile(r"\s(?P<word>[A-Za-z][A-Za-z'’&-]*)")
_PERIOD_BEFORE = re.compile(
    r"\b(?:past|last|next|coming|previous|following|first|final|recent|another)\s$", re.IGNORECASE
)
_TIME_UNIT = re.compile(r"(?:year|month|week|day|hour|minute|decade)s?$")
_DENOMINATORS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_ORDINALS = {
    w: i
    for i, w in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
_FACTORS = {"doubl": 2, "tripl": 3, "quadrupl": 4}
_LETTERS = {"m": 10**6, "b": 10**9, "k": 10**3}


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    value: Decimal
    unit: str
    rule: str
    value_max: Decimal | None = None


def find(text: str) -> list[FoundQuantity]:
    """All quantities of `text`, in order, without overlap and outside dates, labels and names."""
    barred = [m.span() for m in _EXCEPTIONS.finditer(text)]
    found: list[FoundQuantity] = []
    at = 0
    while m := _START.search(text, at):
        start = m.start()
        bar = next((end for begin, end in barred if begin <= start < end), 0)
        hit = (None if bar else _number(text, start)) or _word_hit(text, start)
        if hit is None:
            at = max(bar, m.end())
            continue
        found.append(_found(text, hit))
        at = max(hit.end, start + 1)
    return found


def _word_hit(text: str, start: int) -> _Hit | None:
    return _share(text, start) or _multiple(text, start) or _rank(text, start)


def _share(text: str, start: int) -> _Hit | None:
    m = _FRACTION.match(text, start)
    if not m:
        return None
    if m["half"]:
        return _Hit(start, m.end(), Decimal(50), "%", "fraction")
    if m["in"]:
        return _Hit(start, m.end(), _percent(1, int(from_english(m["n"]))), "%", "fraction")
    above, below = int(from_english(m["above"])), _DENOMINATORS[m["below"].lower()]
    return _Hit(start, m.end(), _percent(above, below), "%", "fraction") if above < below else None


def _percent(above: int, below: int) -> Decimal:
    return (Decimal(100 * above) / below).quantize(Decimal("0.0001"))


def _multiple(text: str, start: int) -> _Hit | None:
    m = _MULTIPLE.match(text, start)
    if not m:
        return None
    if m["fold"]:
        word = m["fold"].lower()
        value = from_digits(word) if word[0].isdigit() else from_english(word)
        return _Hit(start, m.end(), value, "times", "multiple")
    stem = (m["verb"] or m["bare"]).lower()
    factor = next(n for key, n in _FACTORS.items() if stem.startswith(key))
    return _Hit(start, m.end(), Decimal(factor), "times", "multiple")


def _rank(text: str, start: int) -> _Hit | None:
    m = _RANK.match(text, start)
    if not m:
        return None
    place = m["no"] or m["nth"] or m["nth2"]
    value = Decimal(place) if place else Decimal(_ORDINALS[m["word"].lower()])
    begin, end = m.span("rank") if m["rank"] else m.span("rank2")
    return _Hit(begin, end, value, "rank", "rank")


def _value(m: re.Match[str]) -> Decimal:
    if m["words"]:
        return from_english(m["words"])
    value = from_digits(m["digits"])
    if m["scale"]:
        return value * ENGLISH_SCALES[m["scale"].lower()]
    return value * _LETTERS[m["letter"].lower()] if m["letter"] else value


def _number(text: str, start: int) -> _Hit | None:
    m = _NUMBER.match(text, start)
    if (
        not m
        or _LABEL.search(text, max(0, start - 14), start)
        or _VAGUE.search(text, max(0, start - 12), start)
    ):
        return None
    if m["letter"] and not m["money"]:
        return None
    if _FRACTION.match(text, start) or _MULTIPLE.match(text, start):
        return None
    ranged = _ranged(text, start, m)
    if ranged:
        return ranged
    value = _value(m)
    end, unit, rule = _unit(text, m)
    if _TIME_UNIT.search(unit) and _PERIOD_BEFORE.search(text, max(0, start - 14), start):
        return None
    if m["words"] and (
        (m["words"].lower() in ("one", "zero") and rule != "measure") or (not unit and len(m["words"]) < 4)
    ):
        return None
    if not unit and not m["scale"] and not _stands_alone(text, m):
        return None
    return _Hit(start, end, value, unit, rule)


def _stands_alone(text: str, m: re.Match[str]) -> bool:
    """A number without a noun says something where it is big, decimal or counted out ("eleven")."""
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


def _ranged(text: str, start: int, low: re.Match[str]) -> _Hit | None:
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
    return _Hit(start, stop, a, high_unit, rule, b) if a < b and high_unit else None


def _unit(text: str, m: re.Match[str]) -> tuple[int, str, str]:
    """End of number and unit, the unit as printed, and whether it measures or counts."""
    end = m.end()
    measure = _MEASURES.match(text, end)
    if m["money"]:
        return end, m["money"], "measure"
    if measure:
        return measure.end(), measure["unit"], "measure"
    at = end
    for far in range(5):
        word = _WORD.match(text, at)
        if not word or word["word"].lower() in table.STOPS:
            break
        name = word["word"]
        at = word.end()
        if _is_plural(name):
            return (at if far == 0 else end), name, "count"
    return end, "", "count"


def _is_plural(word: str) -> bool:
    low = word.lower()
    if low in table.PLURALS:
        return True
    return (
        len(low) > 3
        and low.endswith("s")
        and not low.endswith(("ss", "ous", "'s", "’s"))
        and low not in table.NOT_PLURAL
    )


def _found(text: str, hit: _Hit) -> FoundQuantity:
    return FoundQuantity(
        start=hit.start,
        end=hit.end,
        value=hit.value.quantize(Decimal(1))
        if hit.value == hit.value.to_integral_value()
        else hit.value.normalize(),
        unit=hit.unit,
        value_max=hit.value_max,
        comparator=comparators.english(text, hit.start, hit.end),
        rules=(f"quantity.{hit.rule}",),
    )
