"""Shares, multiples and ranks in English words: one-third, half of, one in five, doubled, ranked third."""

from __future__ import annotations

import re
from decimal import Decimal

from ..patterns import pattern
from .hits import Hit
from .numerals import ENGLISH_SCALES, from_digits, from_english

# a third term: the next one
_NTH = "(?:term|time|way|part(?:y|ies)|person|people|year|month|week|day|quarter|edition|phase|round|stage|country|floor|runway|place|man|woman|child|site|plant|factory|reactor|line|option|generation|degree|consecutive|successive|straight|attempt|model|instal?lment|one|such|member|goal|pillar|point|area|category|group|type|kind|element|wave|victory|building|bridge|ship|boat|pier|school|hospital|university|campus|centre|center|hub|lane|station|meeting|session|reading|review|letter|case|question|reason)"
FRACTION = pattern(
    rf"\b(?:(?P<above>an?|one|two|three|four|five|seven|nine)[\s-](?P<below>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|half)s?\b(?![\s-](?:largest|biggest|place|of 20))(?!\s{_NTH}\b)"
    r"|(?P<half>(?<!first\s)(?<!second\s)(?<!latter\s)(?:one\s|a\s)?half)(?![\s-](?:a\s(?:million|billion|dozen)|way|life|time|hour|year|past|mile|century|decade))\b|(?P<in>(?P<m>one|two|three|four|five|six|seven|eight|nine|\d{1,2})(?:\sin\s|\sout\sof\s)(?:every\s)?(?P<n>two|three|four|five|six|seven|eight|nine|ten|twenty|[2-9]|10|20|100))\b)",
    re.IGNORECASE,
)
_PART_OF_SCALE = pattern(
    r"(?:half|a\squarter\sof|three[\s-]quarters\sof)\sa\s(?P<scale>million|billion|trillion|dozen)\b(?P<noun>\s[a-z]{3,}s\b)?",
    re.IGNORECASE,
)
_HALF_BEFORE = pattern(
    r"\b(?:by|than|least|about|around|over|under|only|just|nearly|almost|roughly|approximately)\s$",
    re.IGNORECASE,
)
_HALF_AFTER = pattern(
    r"\s(?:of\s(?!(?:19|20)\d\d|the (?:year|century|decade))|the|its|their|our|all)", re.IGNORECASE
)
MULTIPLE = pattern(
    r"\b(?:(?P<verb>doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|quadrupl(?:ed|es|ing))|(?P<bare>double|triple|quadruple)(?![\s-](?:digit|helix|first|blind|track|carbon|edged|major|bottom|check|standard|degree|counting))"
    r"|(?P<x>\d{1,3}(?:\.\d+)?)x(?!\w)|(?P<fold>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand|\d+(?:\.\d+)?)[\s-]?fold)(?!\w)",
    re.IGNORECASE,
)
_TWOFOLD = pattern(r"(?:[’']s?|\b(?:a|an|of|its|our|their|with))\s$")  # the port's double advantage
_RANK = pattern(
    r"\b(?:rank(?:ed|s|ing)?|placed|came|stands?|stood|climb(?:ed|ing)?|rose|moved|up|risen|jumped)\s(?:at\s|in\s|from\s|to\s|as\s)?(?:the\s)?(?P<rank>(?:No\.?\s?(?P<no>\d+))|(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|(?P<nth>\d+)(?:st|nd|rd|th))"
    r"(?=\s(?:place|in|among|out|worldwide|globally|nationally|to|for|position)|[.,;]|$)"
    r"|(?<=from\s)(?P<rank2>(?P<nth2>\d+)(?:st|nd|rd|th))(?=\sto\s)"
    r"|(?:(?<=[,d]\s)|(?<=\dst\sto\s)|(?<=\d[nr]d\sto\s)|(?<=\dth\sto\s))(?P<rank3>(?P<nth3>\d+)(?:st|nd|rd|th))(?=\s(?:in|among|globally|worldwide|nationally|place|out)\b|[.,;]|$)",
    re.IGNORECASE,
)
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


def word_hit(text: str, start: int) -> Hit | None:
    return _part_of_scale(text, start) or _share(text, start) or _multiple(text, start) or _rank(text, start)


def _part_of_scale(text: str, start: int) -> Hit | None:
    """half a million households, a quarter of a million."""
    m = _PART_OF_SCALE.match(text, start)
    if not m:
        return None
    word = m[0].lower()
    share = Decimal("0.5") if word.startswith("half") else Decimal("0.25") * (3 if word[0] == "t" else 1)
    noun = (m["noun"] or "").strip()
    return Hit(start, m.end(), share * ENGLISH_SCALES[m["scale"].lower()], noun, "count")


def _share(text: str, start: int) -> Hit | None:
    m = FRACTION.match(text, start)
    if not m:
        return None
    if m["half"]:
        if not _HALF_BEFORE.search(text, max(0, start - 16), start) and not _HALF_AFTER.match(text, m.end()):
            return None
        return Hit(start, m.end(), Decimal(50), "%", "fraction")
    if m["in"]:
        above, below = _small(m["m"]), _small(m["n"])
        return Hit(start, m.end(), _percent(above, below), "%", "fraction") if above < below else None
    above, below = int(from_english(m["above"])), _DENOMINATORS[m["below"].lower()]
    return Hit(start, m.end(), _percent(above, below), "%", "fraction") if above < below else None


def _small(word: str) -> int:
    return int(word) if word.isdigit() else int(from_english(word))


def _percent(above: int, below: int) -> Decimal:
    return (Decimal(100 * above) / below).quantize(Decimal("0.000001"))


def _multiple(text: str, start: int) -> Hit | None:
    m = MULTIPLE.match(text, start)
    if not m or (m["bare"] and _TWOFOLD.search(text, max(0, start - 6), start)):
        return None
    if m["fold"] or m["x"]:
        word = (m["fold"] or m["x"]).lower()
        value = from_digits(word) if word[0].isdigit() else from_english(word)
        return Hit(start, m.end(), value, "times", "multiple")
    stem = (m["verb"] or m["bare"]).lower()
    factor = next(n for key, n in _FACTORS.items() if stem.startswith(key))
    return Hit(start, m.end(), Decimal(factor), "times", "multiple")


def _rank(text: str, start: int) -> Hit | None:
    m = _RANK.match(text, start)
    if not m:
        return None
    place = m["no"] or m["nth"] or m["nth2"] or m["nth3"]
    value = Decimal(place) if place else Decimal(_ORDINALS[m["word"].lower()])
    begin, end = m.span("rank" if m["rank"] else "rank2" if m["rank2"] else "rank3")
    return Hit(begin, end, value, "rank", "rank")
