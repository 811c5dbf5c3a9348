"""Quantities of one clean sentence: value, unit, place, comparator and what they are of."""

from __future__ import annotations

from ..blanks import Close
from ..patterns import pattern
from ..types import FoundQuantity
from . import chinese, english
from .english_subjects import with_english_subjects
from .subjects import with_subjects

_HAN = pattern(r"[一-龥]")
_LATIN_PER_HAN = 10  # an English sentence may name a person in Chinese characters


def find_quantities(text: str) -> list[FoundQuantity]:
    """The quantities of one clean sentence, in order; offsets count from the start of `text`.

    Chinese (simplified) and English are told apart by the share of Chinese characters. Never raises.
    """
    if len(_HAN.findall(text)) * _LATIN_PER_HAN > len(text):
        close = Close(text)
        return close.restored(with_subjects(close.text, chinese.find(close.text)))
    return with_english_subjects(text, english.find(text))
