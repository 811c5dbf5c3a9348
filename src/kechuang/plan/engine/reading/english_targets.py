"""Targets in English text."""

from __future__ import annotations

import re

from .english_tasks import COMMIT, IMPERATIVE
from .patterns import pattern
from .stance import Context
from .types import FoundQuantity

_PAST = pattern(
    r"\b(?:was|were|had|rose|grew|fell|reached|totall?ed|accounted for|increased by|decreased by|so far|last year|"
    r"has been|have been|(?:has|have) (?:already )?(?!(?:committed|pledged|promised|agreed) to\b)\w+ed|already|since (?:19|20)\d\d|currently|to date)\b"
)
_LOOKS_BACK = pattern(r"\b(?:over|in|during) the (?:past|last|previous)\b", re.I)
_FROM = pattern(
    r"\b(?:up |down )?from (?:the |its |a )?(?:current |present |existing |today’s |today's )?(?:level of )?(?:about |around |nearly |some |just |only |over |under )?$|\b(?:current|present|existing) (?:level of )?$",
    re.I,
)
_GOAL = pattern(
    r"\b(?:targets?|goals?|aims?|ambitions?|objectives?|pledg\w+|commit\w*|at least|up to|no less than|expected to|projected to|expects? to (?:see|raise|generate|receive|reach|employ|create|hire|invest|build|open|add|train|spend|produce|deliver))\b",
    re.I,
)
_COMPARED = pattern(
    r" (?:(?:more|less)(?= than\b|[.,;]|$)|(?:higher|lower|larger|smaller|up|down)\b(?! (?:by|to) 20))"
)
_LEAST = frozenset(["at least", "up to", "no less than"])  # no goal where nothing is promised
_GIVEN = pattern(
    r"[\w ]{0,30} (?:will|shall|(?:is|are) to) be (?:\w+ly )?(?:set aside|spent|put|given|made available|invested|provided|allocated|used|created|added|built|trained|delivered|employed|hired|recruited|appointed|installed|offered|awarded|established|released|earmarked|directed|distributed|supported|generated)\b"
)
_NOW = pattern(
    r"\bbecause\b[^,;.]*$|\bcompris(?:es?|ing|ed)\b[^,;.]*$|\bif (?:your|the|an?|you|it|they)\b[^,;.]*$|\bthat (?:cost|earn|employ)s?\b[^,;.]*$|\bthere (?:are|is|were)\b[^,;.]*$|\b(?:that|which|who|and) (?:is|are|has|have|already|currently)\b(?! (?:at least|expected|set|to|no less|due))[^,;.]*$",
    re.I,
)
# A state that is to come, with its time at the end: The site is due to open next year.
ENGLISH_DUE = pattern(
    r"\b(?:(?:is|are) (?:now )?(?:due|scheduled|expected|set|on track) to|will) "
    r"(?:open|be (?:completed|finished|operational|ready|open|built|in place|up and running)|complete|start|begin|launch|enter service|go live|come online)\b"
    r"|\b(?:is|are) (?:now )?(?:targett?ed|slated|scheduled|planned|due|on track) (?:for|in)\b"
)
_DUE = pattern(r"(?: [\w-]+){0,3} by (?:the end of )?20\d\d\b")
_DEADLINE = pattern(
    r"\b(?:by|before|until|in time for|no later than) (?:the (?:end|middle) of )?(?:\w+ )?20\d\d\b|\bby the end of\b"
)
_TIME_UNITS = frozenset(["years", "year", "months", "month", "weeks", "days", "day", "hours", "minutes"])
_TIME_LIMIT = pattern(r"\b(?:to|under|below|than|least) $")
_ALL_OF = pattern(r"\ball (?:of )?(?:the|its|our|their|these) $", re.I)  # as many as there are
_TOTAL = pattern(r"\b(?:total|overall|cumulative)\b", re.I)
_SINCE = pattern(r"[^,.;]{0,16} since\b")


def english_target(
    text: str, start: int, end: int, quantity: FoundQuantity, *, ahead: bool, task: bool, context: Context
) -> tuple[float, str]:
    """Like `is_target`, for English."""
    before = text[:start]
    clause = re.split(r"[,;:] ", before)[-1]
    if (quantity.unit in _TIME_UNITS and not _TIME_LIMIT.search(before)) or _FROM.search(before):
        return 0.0, ""
    if _DUE.match(text, end):
        return 0.85, "target.en-deadline"
    if _PAST.search(clause) or _LOOKS_BACK.search(before) or _NOW.search(clause):
        return 0.0, ""
    if _ALL_OF.search(before) or (_TOTAL.search(clause) and _SINCE.match(text, end)):
        return 0.0, ""
    deadline = ahead or _DEADLINE.search(text)
    if _COMPARED.match(text, end):
        return 0.0, ""
    if deadline and not _PAST.search(before):
        return 0.85, "target.en-deadline"
    goal = _GOAL.search(clause)
    least = goal and goal.group().lower() in _LEAST and not COMMIT.search(text)
    if COMMIT.search(before) or (goal and not least) or _GIVEN.match(text, end):
        return 0.8, "target.en-promise"
    if task and (context.listed or IMPERATIVE.match(text)):
        return 0.75, "target.en-imperative"
    return 0.0, ""
