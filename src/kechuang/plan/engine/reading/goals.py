"""What merely sets a number or a state to be reached: a target, no task."""

from __future__ import annotations

import re
from collections.abc import Collection

from .modality import ITEM, MODAL, STRONG, TOLD, WILL_ACT, WILL_DO
from .patterns import pattern
from .task_words import ACTS, GROWTH, OPENING_ACTS, acts

# A modal that sets a goal, and what a goal does: 力争突破, 将达到.
_GOAL_WORDS = pattern(r"力|争取|确保|不|要$|应")
_REACHES = pattern(
    r"[^,，]{0,16}?(?:达到?|增[长至速]|提[高升]|突破|超|实现|保持|控制|下降|降|占|完成|形成|成为|基本|进入|新增|建成|落成|通车|投产|[^,，]{0,8}开放|率|产值|规模)"
)

_LISTS_ACTS = pattern(rf"、(?:{ACTS})")  # 开放公园、提供300万元贷款

_HOPES = pattern(rf"[,，](?:[也并还])?(?:希望|期望|期盼|盼)能?(?:善用|{ACTS})(?![^,，]*\d)")


def _acts_by(modal: re.Match[str], text: str) -> bool:
    """Whether the modal is followed by an action and not by a number or state to be reached."""
    if _GOAL_WORDS.match(modal[0]) or _REACHES.match(text, modal.end()):
        return False
    return modal[0] != "将" or bool(WILL_DO.match(text, modal.end()))


def only_goals(text: str, quantities: Collection[int], periods: Collection[tuple[int, int]]) -> bool:
    """Whether every clause merely sets a number or a state: a target, no task.

    `quantities` are the starts, `periods` the spans of what was found in `text`.
    """
    if TOLD.search(text) or _HOPES.search(text) or any(_acts_by(one, text) for one in MODAL.finditer(text)):
        return False
    opening = next((e for s, e in periods if s <= 1 and text[:1] != "“"), 0)
    if ITEM.match(text) and not GROWTH.search(text):
        return False
    if (
        opening
        and not re.search(rf"[,，](?:[^,，]{{0,4}}[要将])?(?:努力|着力|奋力|加快)?(?:{OPENING_ACTS})", text)
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
        if acts(rest) or _LISTS_ACTS.search(clause) or STRONG.search(clause) or WILL_ACT.search(clause):
            return False
        numbers += any(start <= quantity < end for quantity in quantities)
    return numbers > 0
