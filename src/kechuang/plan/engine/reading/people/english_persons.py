"""Whether English words name a person, and one who is not only spoken of."""

from __future__ import annotations

from ..patterns import pattern
from .english_names import NAME_AT, STYLES, WORD
from .english_offices import FIELD, NOT_A_NAME

Person = tuple[str, str, int, int]  # name, role, start, end

_STYLED_NAME = pattern(rf"(?:(?:{STYLES})\.? )+{WORD}")
_NAMED_FOR = pattern(
    r"(?:\b(?:acknowledge|thank|congratulate|recogni[sz]e|introduce|(?:grateful|gratitude|thanks|indebted) to)|thanked|[Dd]ear|[Uu]nder(?: the (?:\w+ )?(?:leadership|guidance|vision|direction|stewardship) of)?|(?:leadership|guidance|vision) of|named (?:after|for)(?: [a-z]+)*|honou?r of|tributes? to|memory of|the late)(?: the| an?)? ?$"
)
_BEFORE = 40  # characters in which words stand that only refer to somebody


def is_person(words: str) -> bool:
    """Whether capitalised words name somebody (Mr Howard, Ann Reed) and no field or body."""
    named = _STYLED_NAME.fullmatch(words) or NAME_AT.fullmatch(words)
    return bool(named) and no_body(words)


def no_body(words: str) -> bool:
    return not (NOT_A_NAME.search(words) or FIELD.search(words))


def referred(text: str, at: int) -> bool:
    """Whether who is named here is only spoken of (named after …, I would like to thank …)."""
    return bool(_NAMED_FOR.search(text[max(0, at - _BEFORE) : at]))
