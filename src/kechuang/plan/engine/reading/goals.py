"""What merely sets a number or a state to be reached: a target, no task."""

from __future__ import annotations

import re
from collections.abc import Collection

from .modality import ITEM, STRONG, WILL_ACT
from .task_words import GROWTH, acts


def only_goals(text: str, quantities: Collection[int], periods: Collection[tuple[int, int]]) -> bool:
    """Whether every clause merely sets a number or a state: a target, no task.

    `quantities` are the starts, `periods` the spans of what was found in `text`.
    """
    opening = next((e for s, e in periods if s <= 1 and text[:1] != "“"), 0)
    if ITEM.match(text) and not GROWTH.search(text):
        return False
    if (
        opening
        and not acts(text[opening:].lstrip(",，"))
        and not WILL_ACT.search(text, opening)
        and not STRONG.search(text[: opening + 4])
    ):
        return True
    at, numbers = 0, 0
    for clause in re.split(r"(?<=[,，])", text):
        start, end = at, at + len(clause)
        at = end
        if any(s <= start + 1 and end - 2 <= e for s, e in periods):
            continue
        lead = max((e for s, e in periods if s <= start + 1 and start < e < end), default=start)
        rest = text[lead:end].lstrip(",，")
        if acts(rest) or STRONG.search(clause) or WILL_ACT.search(clause):
            return False
        numbers += any(start <= quantity < end for quantity in quantities)
    return numbers > 0
