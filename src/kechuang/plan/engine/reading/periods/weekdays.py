"""The day that a weekday names: the last such day, in a statement about what is to come the next one."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..patterns import pattern
from .calendar import Days

_CHINESE = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKS = {"上": -1, "last": -1, "本": 0, "这": 0, "下": 1, "next": 1}
_TO_COME = pattern(
    r"^[^，。；]{0,4}?(?:将|要|会(?![议见同晤长场展上员])|拟|预计|预定)|^起(?![草步])",
)
_TO_COME_AT = pattern(r"(?:将|预计|[预订定]|拟|待)(?:于|在)?$")
_AHEAD = pattern(
    r"\b(?:will|shall|(?:is|are) (?:to|set|due|expected)|to be|scheduled|plans?)\b[^,;.:“”\"]*$|\b(?:by|until|before|through|till) $",
    re.IGNORECASE,
)
_WILL = pattern(
    r"^(?:\s(?:morning|afternoon|evening|night))?,?\s(?:(?!(?:said|told|says|that|which|how|to|and|\w+ed)\b)[\w'’-]+\s){0,6}?(?:will|(?:is|are) (?:to|set|due|expected|scheduled))\b"
)


def of_chinese(text: str, start: int, end: int) -> str:
    """Which way the weekday at `start:end` lies: the word of its week (上 本 这 下), or "next" for what is to come."""
    if text[start] in _WEEKS:
        return text[start]
    ahead = _TO_COME.match(text[end : end + 8]) or _TO_COME_AT.search(text, max(0, start - 4), start)
    return "ahead" if ahead else ""


def of_english(text: str, start: int, end: int, way: str) -> str:
    if way:
        return way
    return (
        "ahead" if _AHEAD.search(text, max(0, start - 80), start) or _WILL.match(text[end : end + 90]) else ""
    )


def day(name: str, way: str, today: date) -> Days:
    """The day of `name` (周三, Wednesday), counted from the Monday of its week where a week is named."""
    index = _CHINESE[name[-1]] if name[-1] in _CHINESE else _ENGLISH.index(name[:3].lower())
    if way in _WEEKS:
        meant = today + timedelta(days=7 * _WEEKS[way] + index - today.weekday())
    elif way == "ahead":
        meant = today + timedelta(days=(index - today.weekday()) % 7)
    else:
        meant = today - timedelta(days=(today.weekday() - index) % 7)
    return meant, meant
