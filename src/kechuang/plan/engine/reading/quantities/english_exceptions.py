"""Where a number in an English sentence is a date, a label, a name or an ordinal, and no quantity."""

from __future__ import annotations

import re

from ..patterns import pattern
from . import units

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_EXCEPTIONS = pattern(
    rf"(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?(?![\d.,]{{0,12}}\d)|(?:\d{{1,2}}(?:st|nd|rd|th)?\s?(?:to|and|until|[–—-])\s?)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTHS})\b(?:\.?,?\s(?:19|20)\d\d)?"
    r"|\d{1,2}[:.]\d\d\s?(?:[APap]\.?[Mm]\.?)|\d{1,2}:\d\d|https?://\S+|\S+@\S+|\+\d[\d\s()-]{6,}|24/7|(?:19|20)\d\d[-/.]\d\d[-/.]\d\d"
    r"|(?:19|20)\d\d\s?[–—-]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)|\b(?:19|20)\d\d(?:/\d\d|s)?(?!\s?(?:%|per\scent|percent|million|billion|yuan|dollars|euros|tonnes|people|jobs|MW|km|kilomet|companies))(?![\d,.]{0,12}\d)"
    rf"|\d{{1,9}}(?:st|nd|rd|th)\b|\b(?!(?:{units.ENGLISH_MONEY})\d)[A-Za-z]+-?\d[\w.-]*|(?:19|20)\d\d/\d{{1,9}}|\b\d{{1,9}}[A-Za-z]+-?\d\w*|[\[(]\d{{1,3}}[\])]|^\s*\d{{1,2}}(?:\.\d{{1,2}})*[.)]?\s(?=[A-Z])(?!(?<!\d[.)]\s)[A-Z][a-z]+s\s(?:[A-Z]|and\s(?:\d|[A-Z])))|^\s*\d{{1,2}}\s(?=\d{{1,3}}\s)|\bCOP\d\d\b"
    r"|(?<![\w.])[2-6]G\b|\b[345]D\b|\b(?:two|three|four|five|ten|one)-(?:year|way|step|stage|day|pronged|tier|part|fold(?!\b)|dimensional|star|child|stop|size|time|off|third(?=\slargest))\b(?:\s[Pp]lan)?"
    r"|(?<=one country, )two systems|(?<=country”, “)two systems|(?<=country\" and \")two systems|(?<=country” and “)two systems|\b(?:one another|one day|one side|the one hand|one of the|at one|no one|every one|any one|one-stop|one by one|two sessions|Two Sessions)\b|\b\d{1,9}-(?:year|day|hour|month|week|step|point|page|member|storey|story)\b(?!-old)"
    r"|\b(?:[Aa]n?\s)?(?:(?<![\d$€£] )(?<!\d-))(?:million|billion|trillion)-(?:dollar|euro|pound|yuan|yen)s?\b"
    r"|\b[A-Z][a-z]+\s[1-9]\.0\b(?!\s?(?:%|per\s|million|billion|trillion))"  # Smart Nation 2.0
    r"|\bper\s\d[\d,]*(?:\s(?:people|inhabitants|residents|population|workers|employees|persons|children|births|households|km|kilomet(?:re|er)s|hectares))?"
    r"|\b(?:past|last|next|coming|previous|following)\s\w+\s(?:to|or)\s\w+\s(?:years|months|weeks|days|decades)\b"
    r"|\b(?:\w+\s)?(?:hundred|thousand)\sand\s\w+(?:th|rst|nd|ird|fth)\b|\d{1,9}(?:\.\d{1,9})?\s?[:]\s?\d{1,9}",
)
_LABEL = pattern(
    r"(?:^|[\s(])(?<!this )(?<!last )(?<!next )(?<!each )(?<!every )(?<!per )(?<!a )(?:"
    + "|".join(map(re.escape, sorted(units.ENGLISH_LABELS, key=len, reverse=True)))
    + r")\s$",
    re.IGNORECASE,
)


def spans(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` in which no number counts, in order."""
    return [m.span() for m in _EXCEPTIONS.finditer(text)]


def is_label(text: str, at: int) -> bool:
    """Whether the number at `at` numbers something: Article 5, Phase two."""
    return bool(_LABEL.search(text, max(0, at - 14), at))
