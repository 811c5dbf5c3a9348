"""How time is written in English, as regular expressions, with the names of months and small numbers."""

from __future__ import annotations

import re

from ..patterns import pattern

MONTHS = {
    name: i
    for i, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
NUMBERS = {
    w: i
    for i, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
} | {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_MONTH = r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_Y = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR_WORD = r"(?:this year|last year|next year|the year|the previous year|the preceding year|the same year|the following year|that year)"
_YEARISH = rf"(?:(?:the\s)?(?:fiscal\s)?(?:year\s)?(?P<y>{_Y})|FY\s?(?P<fy>{_Y})|(?P<yw>{_YEAR_WORD}))"

_CORE = (
    rf"(?:(?P<d1>{_DAY})\s(?P<mo1>{_MONTH})(?:,?\s(?P<dy1>{_Y}))?"
    rf"|(?P<mo2>{_MONTH})\s(?P<d2>{_DAY})(?!\d|,\d{{3}}|\s(?:per|million|billion|%))(?:,?\s(?P<dy2>{_Y}))?"
    rf"|(?:(?P<early>early|mid|late|end)[\s-])?(?P<mo3>{_MONTH})\s(?:of\s)?(?P<my>{_Y})"
    rf"|(?P<decade>(?:the\s)?end\sof\s(?:the|this)\sdecade)"
    rf"|(?P<the_end>(?:the\s)?end[\s-](?:of\s)?){_YEARISH}"
    rf"|(?:the\s)?(?P<half>first|second)[\s-]half(?:\sof\s(?P<hy>{_Y}|{_YEAR_WORD}))?"
    rf"|(?:the\s)?(?P<quarter>first|second|third|fourth|final|last)\squarter(?:\sof\s(?P<qy>{_Y}|{_YEAR_WORD}))?"
    rf"|Q(?P<q>[1-4])(?:\s(?:of\s)?(?P<qy2>{_Y}))?"
    rf"|the\sfirst\s(?P<fm>\w+)\smonths(?:\sof\s(?P<fmy>{_Y}|{_YEAR_WORD}))?"
    rf"|(?P<cent>(?:the\s)?mid(?:dle)?[\s-](?:of\s(?:the|this)\s)?century)"
    rf"|(?P<plan_end>(?:the\s)?end\sof\s)?the\s(?P<plan>\d{{2}})th\sFive-Year\sPlan(?:\speriod)?(?!\sfor)"
    rf"|(?:(?:early|mid|late)[\s-])?(?P<y0>{_Y})(?!/\d)(?!\s?(?:%|per\scent|million|billion))(?![\d,.]{{0,12}}\d)(?!s\b)"
    rf"|(?:the\s)?(?:fiscal|financial)\s(?:year\s)?(?P<fy1>{_Y})(?:[–/-]\d\d)?|FY\s?(?P<fy0>{_Y}|\d\d)(?:[–/-]\d\d)?|H(?P<h>[12])\s(?:of\s)?(?P<hy2>{_Y})|(?P<tens>(?:the\s)?(?:19|20)\d0)s\b"
    rf"|(?P<yw0>{_YEAR_WORD.replace('the year|', '')})"
    rf"|(?<=in\s)(?P<mo4>{_MONTH})(?!\s\d)|(?<=by\s)(?P<mo5>{_MONTH})(?!\s\d)|within\s(?:the|this)\s(?P<in_year>year)\b|(?P<month_word>(?:last|this|next)\smonth)|(?P<day_word>yesterday|tomorrow|(?<!of )(?<!than )(?<!as )today(?![’'\w-])(?= (?:announced|launched|unveiled|said|opened|at|in|on|to|\()|[.,]))(?:\s(?:morning|afternoon|evening))?)"
)
FULL = pattern(
    rf"(?P<pre>(?:by|before|until|till|through|no later than|between now and|since|as of|as at|starting (?:in|from)|up to)\s)?{_CORE}(?P<levels>\s(?:levels?|baseline)\b)?",
    re.IGNORECASE,
)
_FISCAL = r"(?:(?:the\s)?(?:fiscal|financial)\s(?:years?\s)?|FY\s?)?"
YEARS = pattern(
    rf"(?:from\s{_FISCAL}(?P<a1>{_Y})\s(?:to|until|through)\s{_FISCAL}(?P<b1>{_Y})|between\s{_FISCAL}(?P<a2>{_Y})\sand\s{_FISCAL}(?P<b2>{_Y})|(?P<a3>{_Y})\s?(?:[–—-]|to)\s?(?P<b3>{_Y}|\d\d)(?![\d-])|(?P<a4>{_Y})/(?P<b4>\d\d)(?!\d))",
    re.IGNORECASE,
)
SPAN = pattern(
    r"the\s(?P<way>past|last|previous|next|coming|following)\s(?:(?P<n>\w+)\s)?(?P<unit>years?|decades?|months?)\b",
    re.IGNORECASE,
)
START = pattern(
    rf"\b(?:by|before|until|till|through|no later|H[12]|fiscal|financial|since|as (?:of|at)|from|between|starting|up to|the|end|end-|early|mid|late|first|second|Q[1-4]|FY|this|last|next|that|within|yesterday|today|tomorrow|{_MONTH}|\d{{1,2}}(?:st|nd|rd|th)?\s(?=[A-Z])|{_Y})",
    re.IGNORECASE,
)
NAME_BEFORE = pattern(
    r"(?:Horizon|Agenda|Vision|Expo|Olympics|Europe|Strategy|COP|Made in China|Act of|Mission)\s$|[A-Za-z/\d$€£-]$"
)
# A year in a name: the Enterprise 2015 Plan.
NAME_AFTER = pattern(r" (?:Plan|Strategy|Agenda|Games|Olympics|Initiative|Programme|Roadmap|Vision)\b")
COUNTED = pattern(r"\s[a-z]{3,}s\b(?!\s(?:of|and|or)\b)")
TIME_BEFORE = pattern(
    r"\b(?:in|of|during|for|from|to|year|the|early|mid|late|over|than)[\s-]$", re.IGNORECASE
)
COMPARES = pattern(
    r"\b(?:over|from|than|versus|vs\.?|compared (?:with|to)|against|on|relative to)\s(?:in\s)?$",
    re.IGNORECASE,
)
