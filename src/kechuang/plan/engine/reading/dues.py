"""By when numbers and states are due: which time to come governs a number, and what holds from the sentences before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .patterns import pattern
from .promises import WITHIN_LEAD
from .stance import Context, Stance
from .states import DESCRIBES
from .targets import reached
from .types import FoundPeriod, FoundQuantity, Sentence, TimeRole

_CLAUSE_END = pattern(r"[,，；;、]")
_BUDGET = pattern(r"预算|编列")
_BUDGETED = pattern(r"[,，；;]|预算|编列")


@dataclass(frozen=True, slots=True)
class Times:
    """What the times around a sentence say of its numbers.

    `due`: a sentence before promises by a time to come, and what is reached here is reached by then; `over` are indexes
    of quantities of a time that is over, `framed` of those in a frame that is; `goes_on`: it tells more of what was
    promised before.
    """

    due: bool = False
    over: Collection[int] = ()
    framed: Collection[int] = ()
    goes_on: bool = False


def is_due(
    sentence: Sentence, start: int, periods: Sequence[FoundPeriod], context: Context, due: bool
) -> bool:
    """Whether what stands behind `start` is due by the time told last before it, in the sentence or, in no
    review, before it (`due`)."""
    told = [period for period in periods if period.end <= sentence.start + start]
    if WITHIN_LEAD.search(sentence.text, 0, start):
        return True
    return _is_ahead(told[-1], context) if told else due and context.stance is not Stance.REVIEW


def governs(period: FoundPeriod, quantity: FoundQuantity, text: str, base: int, context: Context) -> bool:
    """Whether the quantity stands behind a deadline after publication, or with it in one clause."""
    if not _is_ahead(period, context):
        return False
    if period.start <= quantity.start:
        between = text[period.end - base : quantity.start - base]
        if DESCRIBES.match(between):
            return False
        if period.role is TimeRole.DEADLINE or not _BUDGETED.search(between):
            return True
        return not _BUDGET.search(between) and reached(text, quantity.start - base, quantity.end - base)
    return not _CLAUSE_END.search(text[quantity.end - base : period.start - base])


def _is_ahead(period: FoundPeriod, context: Context) -> bool:
    """Whether it is a deadline, or a time that begins after publication, and not over by then."""
    if period.last is None or (context.published is not None and period.last <= context.published):
        return False
    if "period.asof" in period.rules:
        return False
    later = period.first and context.published and period.first > context.published
    return period.role is TimeRole.DEADLINE or bool(later)
