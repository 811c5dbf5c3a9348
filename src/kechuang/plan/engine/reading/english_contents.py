"""What a number in English text is of, where no promise is about it: a base, a comparison, a part of a name, who acts."""

from __future__ import annotations

import re

from .patterns import any_of, pattern
from .types import FoundQuantity

_FROM = pattern(
    r"\b(?:up |down )?from (?:the |its |a )?(?:current |present |existing |today’s |today's )?(?:level of )?(?:about |around |nearly |some |just |only |over |under |less than |more than )?$"
    r"|\b(?:current|present|existing) (?:level of )?$",
    re.I,
)
AIMED_AT = pattern(r" (?:[\w-]+ ){0,3}(?:target|goal)\b")  # the current 3% target
_COMPARED = pattern(
    r" (?:(?:more|less)(?= than\b)|(?:higher|lower|larger|smaller|up|down)\b(?! (?:by|to) 20))"
)
_COMPARED_WITH = pattern(r"\bcompared (?:to|with)\b[^,;.]*$", re.I)
_TIME_UNITS = frozenset(
    ["years", "year", "months", "month", "weeks", "days", "day", "hours", "minutes", "decades", "decade"]
)
_TIME_LIMIT = pattern(r"\b(?:to|under|below|(?:less|fewer|shorter|sooner) than|least) $")
_ALL_OF = pattern(
    r"\b(?:all|each) (?:of )?(?:the|its|our|their|these|\w+['’]s?) $", re.I
)  # as many as there are
_SUM_SINCE = pattern(r"\b(?:total|overall|cumulative)\b", re.I), pattern(r"[^,.;]{0,16} since\b")
# A clause that tells how things are.
_TOLD = pattern(
    any_of(
        r"\bbecause\b[^,;.]*$|\bcurrent (?:strength|portfolio|base|fleet|share|network)s?\b[^;.]*$|\bworth (?:about |around |nearly |over |more than |up to |some )?$",
        r"\bcompris(?:es?|ing|ed)\b[^,;.]*$|\bconsist\w* of\b[^,;.]*$",
        r"\bas part of\b[^,;.]*$|\b(?:rather than|instead of)\b[^,;.]*$",
        r"\bif (?:your|the|an?|you|it|they)\b[^,;.]*$",
        r"\bthat (?:cost|earn|employ)s?\b[^,;.]*$",
        r"\bthere (?:are|is|were)\b[^,;.]*$|\bbaselines?\b[^;.]*$",
        r"\b(?:(?:that|which|who|and) (?:is|are|has|already|currently)|(?:that|which|who) have)\b(?! (?:at least|expected|set|to|no less|due|been committed|committed))[^,;.]*$",
        # an older goal: raised its target of 40, its previous target of 40
        r"\b(?:increas|rais|extend|lift|replac)\w+ (?:[\w’'-]+ ){0,4}(?:target|goal) of (?:about )?$|\b(?:previous|earlier|former|old|original)(?: [\w-]+){0,6} (?:target|goal)s? of (?:about )?$",
        r"\branks? (?:about |around )?$|\b(?:only|just) (?:about |around |some )?$|\bequivalent to [^,;.]*$|\bwhich (?:will|would) represent [^,;.]*$",
        # as it is: has, employs, is home to
        r"(?<!will )(?<!to )(?<!would )(?<!could )(?<!may )(?<!shall )\b(?:employs|(?:has|(?<!and )have)(?= (?:(?:about|around|over|more than|nearly|almost|some|only|just|up to) )*$)|covers|includes(?! (?:aims|plans|targets|goals|commitments|pledges)\b)|represents|operates|serves|accounts for|contributes|hosts|owns|runs|manages|boasts|stands at|is home to|is made up of|works with)\b(?! (?:been )?(?:to|committed|pledged|promised|agreed|set|announced|plans|an? (?:target|goal|aim|ambition|commitment|plan|pledge))\b)[^,;.]*$",
    ),
    re.I,
)
_NOW = pattern(r"(?: (?!(?:from|by|up|against|compared|versus)\b)[\w-]+){0,6} (?:now|already|currently) ")
# The points of a text: five pillars, 140 actions.
_POINTS = pattern(
    r"(?: [\w-]+){0,3} (?:pillars?|themes?|priorit(?:y|ies)|ambitions?|objectives?|principles?|chapters?|parts|phases|points?|missions|areas|things|ways|steps|strands?|recommendations?|questions?|reasons|goals|components|categories)\b"
)
_BRINGS = pattern(
    r"\b(?:launch|establish|create|open|build|set up|start|fund|run|deliver|carry out|complete) (?:up to |at least |some |about |a further |another )?$"
)
_LETTERS = pattern(r"[A-Za-z-]+(?: [a-z]+)?")
# Where, to whom or by whom: in seven regions, backed by 156 companies, one of the top 100.
# What a share is of: 20 of its | 54 members, 30% of the | 50 million
_PART_OF = pattern(
    r"(?:\d|%|\b(?:half|most|some|one|two|three|four|five|six|seven|eight|nine|ten|per ?cent)) of (?:his|her|its|their|our|these|the|[A-Z][\w’']*['’]s)(?: current| existing| (?:current )?total)? [$€£]?$"
)
_AMONG = pattern(
    r"\b(?:across|in|by|from|between|among|amongst|through|throughout|within|(?:work\w*|partner\w*|together|joint\w*|collaborat\w*|cooperat\w*|conjunction|association|along|combined|linked|shared) with|for|on|via|[mb]illion to|join(?:s|ing|ed)?(?: by)?|top|(?:commit\w*|allocated|according|join|go(?:es|ing)?|dedicated|thanks|relating|awarded|given|granted) to|one of(?: the)?|some of(?: the)?|the (?:support|help|backing) of)(?: (?:all|some|over|more than|nearly|almost|about|around|the|its|our|their|these))* $",
    re.I,
)
# As large as something is: £5 million towards a £60 million hub.
_SIZED = pattern(
    r"\b(?:to|towards?|of|from|under|with|within|through|in|behind) (?:an?|the|its|their|this|our|the [\w ]+[’']s) (?:new |further |planned |proposed )?$"
)
_OWNED = pattern(
    r"(?:^|[ “\"])[A-Z]\w+[’']s (?:new |planned )?(?:[^ ]+ \w+ \()?$"
)  # Flanders' £5 million plan
_BRACKET = pattern(r" \([^()]{2,24}\)|\)")
_MANY = 1000  # so many are what is reached, not where, with whom or under which heading
_CHANGES = pattern(
    r"\b(?:increas|rais|grow|reduc|cut|expand|doubl|ris|fall|drop|lower|improv|boost|bring)\w*[^,;.]* (?:by|from|with) $",
    re.I,
)
_BEING = pattern(r"(?: [\w-]+){0,3} (?:being|to be|set to be|of them)\b")
_MEASURES = pattern(
    r"^(?:%|per ?cent|percent|percentage points?|times|rank)?$|[$€£¥]|(?i:watts?(?:[ -]hours?)?$)|^[GMTk]Wh?$|tonnes?$"
)
_MONEY = pattern(r"[$€£¥]|dollars?|euros?|pounds?|yuan|yen|won|rupees?")
_AREAS = pattern(r"square|sq|acre|hectare|feet|mile|mw|gw", re.I)
_NOUN = pattern(
    r" (?!(?:of|in|for|to|by|on|at|a|per|each|and|or|from|with|between|over|under|more|this|new|will|is|are|was|were|has|have|can|could|would|should|upon|once|when|after|before|during|as|than|if|through|which|that|who|while|across|within|into|last|next|so|already|worth|about|around)\b)[a-z]+"
)


_KIND = pattern(r"[\d.]+-[a-z]+$")  # a 5-nanometer chip
_LENGTH = pattern(r"(?:miles?|km|kilomet\w+|met(?:re|er)s?|yards|blocks)$")
_AWAY = pattern(
    r"(?: \(\d[\d.]* ?[a-z]+\)|\))? (?:(?:(?:north|south)[- ]?)?(?:east|west)|north|south|away|from|outside)\b"
)  # 15 miles east of …
_UNDER_WAY = pattern(
    r"(?: (?!(?:and|or|but|that|which|who|while)\b)[a-z-]+){0,6}? (?:is|are) being \w+ed\b"
)  # 40 homes are being repaired
_MOST = pattern(r"\bthe $"), pattern(r" (?:most|least|poorest|richest|largest|highest|lowest)\b")
_WHO_ACTS = pattern(
    r"(?: [a-z-]+){0,4} (?:said|say|agreed|announced|pledged|signed|committed|decided|vowed)\b"
)  # eight other firms said that they will
_INVOLVED = pattern(r"[\w-]+(?: [\w-]+){1,3} (?:involved|participating|taking part|on board)\b")


def stands(text: str, start: int, end: int, clause: str, quantity: FoundQuantity) -> bool:
    """Whether no promise is about the number at `start:end`; `clause` is what of its clause stands before it."""
    before, printed = text[:start], text[start:end]
    if quantity.unit in _TIME_UNITS:
        return not _TIME_LIMIT.search(before)
    current = _FROM.search(before)
    if (
        (current and ("from" in current.group().lower() or not AIMED_AT.match(text, end)))
        or _COMPARED.match(text, end)
        or _COMPARED_WITH.search(clause)
    ):
        return True
    if (
        (_SIZED.search(before) or _OWNED.search(before))
        and _MONEY.search(quantity.unit)
        and _NOUN.match(text, _past_bracket(text, end))
    ):
        return True
    the, most = _MOST
    if _UNDER_WAY.match(text, end):
        return True
    if the.search(before) and most.match(text, end):  # the 10 per cent most remote
        return True
    if _LENGTH.match(quantity.unit) and _AWAY.match(text, end):
        return True
    if (_KIND.match(printed) and _NOUN.match(text, end) and not AIMED_AT.match(text, end)) or _INVOLVED.match(
        text, start
    ):
        return True
    total, since = _SUM_SINCE
    if _PART_OF.search(before) or _ALL_OF.search(before) or (total.search(clause) and since.match(text, end)):
        return True
    return (
        bool(_TOLD.search(clause))
        or _NOW.match(text, end) is not None
        or _is_count_of_what_is(text, start, end, printed, quantity)
    )


def _past_bracket(text: str, at: int) -> int:
    """Where what stands in brackets behind a sum ends (5 million euros ($6 million) | plan)."""
    bracket = _BRACKET.match(text, at)
    return bracket.end() if bracket else at


def _is_count_of_what_is(text: str, start: int, end: int, printed: str, quantity: FoundQuantity) -> bool:
    """A count of points, of whom or where; a size before the noun it describes."""
    if _AREAS.search(quantity.unit):
        return bool(_NOUN.match(text, end))
    if _MEASURES.search(quantity.unit):
        return False
    counted = f" {quantity.unit}" if quantity.unit not in printed else ""
    if _WHO_ACTS.match(text, end):
        return True
    points = _POINTS.match(counted + text[end : end + 60]) or _POINTS.match(" " + text[start:end])
    many = bool(quantity.value and quantity.value >= _MANY)
    if points and not many and not _BRINGS.search(text, 0, start):
        return True
    among = not many and _AMONG.search(text, max(0, start - 40), start)
    return bool(among and not _CHANGES.search(text[:start]) and not _BEING.match(text, end))
