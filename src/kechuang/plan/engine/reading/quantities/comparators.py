"""The words of degree beside a number: 近 超过 达到 … before it, 以上 左右 … behind it."""

from __future__ import annotations

import re

from ..patterns import pattern

_BEFORE = pattern(
    r"(?:超过|突破|达到|不低于|不少于|不超过|不高于|不足|高于|低于|高出|接近|将近|大约|约为|约|近|超|逾|达|至少|最多|最高|最低|累计|共计|合计"
    r"|增长|增加|提高|提升|上升|下降|降低|减少|上涨|回落|收窄|扩大|增至|升至|降至|缩短|压缩|压减|年均增长|高达|多达|跨越|跃上|迈上|站上|超出|快于|好于|优于"
    r"|稳定在|保持在|控制在|过|为|上)(?:约|近|超过|超|逾|了|到|至|达|在|不到)?\s?$"
)
_AFTER = pattern(
    r"\s?(?:以上|以下|左右|以内|之内|上下|多(?!种|个|项|家|元|样)|余(?!额|年)|之多|开外|或以上|及以上|及以下|不等)"
)
_BEFORE_EN = pattern(
    r"(?:more than|less than|fewer than|at least|at most|up to|no less than|no more than|not less than|as many as|"
    r"as much as|close to|nearly|almost|over|above|below|under|about|around|approximately|roughly|some|exceeding|"
    r"exceeded|exceeds?|surpass(?:ed|es|ing)?|reach(?:ed|es|ing)?|total(?:l?ed|l?ing|s)?|to|by|of)\s(?:the\s)?$",
    re.IGNORECASE,
)
_AFTER_EN = pattern(r"\s(?:or more|or less|or above|or so|and above|or higher)\b", re.IGNORECASE)
_WINDOW = 12


def chinese(text: str, start: int, end: int, inside: str = "") -> str:
    """The comparator of the number at `start:end`; `inside` is a 多/余 within the span. Several join with "…"."""
    before = _BEFORE.search(text[max(0, start - _WINDOW) : start])
    after = _AFTER.match(text, end)
    words = (before[0].strip() if before else "", inside or (after[0].strip() if after else ""))
    return "…".join(word for word in words if word)


def english(text: str, start: int, end: int) -> str:
    before = _BEFORE_EN.search(text[max(0, start - 20) : start])
    after = _AFTER_EN.match(text, end)
    word = before[0].strip() if before else ""
    if word.lower() in {"to", "by", "of", "of the", "by the", "to the"}:
        word = ""
    return "…".join(w for w in (word, after[0].strip() if after else "") if w)
