"""Whether a quantity is promised or found.

A small table decides, by what the number is of (content), whether its clause is over (aspect), by when it is to be
(time), who promises it how (modality) and where it stands (stance):

    | the number                                | in a review             | elsewhere | in an agenda           |
    | is of what stands (threshold, size, name) | no                      | no        | no                     |
    | in a clause that is over (已, 了, 去年)      | no                      | no        | only if also promised  |
    | by a time to come                         | target                  | target    | target                 |
    | its own clause promises (将, 力争, 目标)     | only with a later time  | target    | target                 |
    | a clause before promises, it is reached   | no                      | target    | target                 |
    | reached or granted by what a task does    | no                      | target    | target                 |
    | told without any of these                 | no                      | no        | unless it says how it is |

An order of magnitude that is aimed at (打造万亿级产业) is a target wherever nothing is over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from . import contents, reaching
from .aspect import COMPARED
from .modality import HOPED, MODAL, TOLD
from .patterns import pattern
from .promises import (
    AIMED_AT_IT,
    AS_IT_IS,
    BEHIND,
    FROM_NOW,
    LATER,
    LOOKS_BACK,
    ON_YEAR,
    PROMISE,
    SINCE,
    WITHIN,
    WITHIN_LEAD,
)
from .stance import Context, Stance
from .types import FoundQuantity

_FIGURE = (0.0, "")
_MARK = pattern(r"[,，：:](?!\d{3})|(?<!\d)[,，：:]")
_REACH = 120  # characters of a clause that bear on a number in it


@dataclass(frozen=True, slots=True)
class _Signs:
    """What stands in the number's own clause and before it."""

    over: str  # the word by which the clause looks back
    promised: bool  # the clause promises
    before: bool  # a clause before it promises, and none before it looks back
    later: bool  # the clause tells of a later time
    governed: bool  # its verb or measure reaches it


@lru_cache(maxsize=8)
def _ends(text: str) -> tuple[list[int], list[int]]:
    """Where in a stretch promises and words that look back end."""
    return [one.end() for one in PROMISE.finditer(text)], [one.end() for one in LOOKS_BACK.finditer(text)]


def is_target(
    text: str, start: int, end: int, quantity: FoundQuantity, *, ahead: bool, task: bool, context: Context
) -> tuple[float, str]:
    """Confidence (0 = a figure) and rule for the quantity at `start:end` of `text`.

    `text` is one stretch up to 。 or ；. `ahead`: a deadline after publication stands in it; `task`: it says what is
    to be done.
    """
    clause, after = _around(text, start, end)
    printed, review = text[start:end], context.stance is Stance.REVIEW
    if reaching.raised(clause, printed, quantity) and not review and not LOOKS_BACK.search(clause):
        return 0.75, "target.magnitude"
    if contents.stands(clause, after, printed, quantity):
        return _FIGURE
    agenda = context.stance is Stance.AGENDA
    signs = _signs(text, start, clause, printed, after, agenda or ahead)
    if agenda:
        as_it_is = signs.over or AS_IT_IS.search(clause)
        return _FIGURE if as_it_is and not signs.promised else (0.9, "target.agenda")
    if signs.over:
        return _FIGURE
    within = WITHIN_LEAD.search(text, 0, start)
    if ahead or within or (signs.governed and not review and WITHIN.search(text, 0, start)):
        return 0.9, "target.deadline"
    if review and not signs.later:
        return _FIGURE
    if signs.promised or (signs.before and signs.governed):
        return 0.8, "target.promise"
    if reaching.capped(clause):
        return 0.75, "target.grant"
    return _in_task(text, start, end, quantity) if task else _FIGURE


def reached(text: str, start: int, end: int) -> bool:
    """Whether a verb or measure before the number at `start:end` reaches it."""
    clause, after = _around(text, start, end)
    return reaching.governed(clause, after)


def _last_mark(text: str, end: int) -> int:
    """Where the last clause before `end` begins; the comma of 5,400 ends none."""
    return max((one.end() for one in _MARK.finditer(text, 0, end)), default=0)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What of its clause stands before the quantity, and what stands behind it."""
    clause_from = _last_mark(text, start)
    if text.startswith("以及", clause_from):  # a list goes on
        clause_from = _last_mark(text, clause_from - 1)
    return text[max(clause_from, start - _REACH) : start], text[end : end + _REACH]


def _signs(text: str, start: int, clause: str, printed: str, after: str, planned: bool) -> _Signs:
    behind = re.split(r"[,，：:](?!\d{3})", after, maxsplit=1)[0]
    whole = clause + printed + behind
    promises, pasts = _ends(text)
    found = PROMISE.search(whole)
    promised = bool(found and (found.start() < len(clause) or BEHIND.match(found.group())))
    laid_out = bool(found and found.group() == "规划")
    looked_back = max((at for at in pasts if at <= start), default=0)
    before = any(looked_back < at <= start for at in promises)
    over = "" if AIMED_AT_IT.search(clause) else _over(text, start, whole, promised and not laid_out)
    if not over and not (promised or before or planned) and ON_YEAR.search(whole):
        over = "同比"
    return _Signs(
        over=over,
        promised=promised,
        before=before,
        later=bool(LATER.search(whole)),
        governed=reaching.governed(clause, after),
    )


def _over(text: str, start: int, whole: str, promised: bool) -> str:
    """The word by which the clause looks back, else empty; 其中 tells part of what the clauses before tell, and 以来
    holds for all behind it until something is promised."""
    past = LOOKS_BACK.search(FROM_NOW.sub("", COMPARED.sub("", whole)))
    if not past and not promised and whole.startswith("其中"):
        past = LOOKS_BACK.search(text, 0, start)
    if not past and not promised:
        past = SINCE.match(text, 0, start)
    return past.group() if past else ""


def _in_task(text: str, start: int, end: int, quantity: FoundQuantity) -> tuple[float, str]:
    """A number in a task is promised where the verb it belongs to says so; what is asked only behind it leaves it as it
    is."""
    clause, after = _around(text, start, end)
    asked = [
        one.start()
        for one in (PROMISE.search(text), MODAL.search(text), HOPED.search(text), TOLD.search(text))
        if one
    ]
    as_it_is = asked and min(asked) >= end and not reaching.orders(clause)
    as_it_is = as_it_is or (not asked and _ends(text)[1])
    if reaching.governed_in_task(clause, after) and not as_it_is:
        return 0.75, "target.in-task"
    if reaching.granted(clause):
        return 0.75, "target.grant"
    return (0.75, "target.magnitude") if quantity.value is None else _FIGURE
