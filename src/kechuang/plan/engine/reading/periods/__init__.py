"""Located time expressions of one clean sentence and the days they mean."""

from __future__ import annotations

from datetime import date

from ..patterns import pattern
from ..types import FoundPeriod
from . import chinese, english

_HAN = pattern(r"[一-龥]")
_LATIN_PER_HAN = 10  # an English sentence may name a person in Chinese characters


def find_periods(text: str, document_date: date | None) -> list[FoundPeriod]:
    """The time expressions of one clean sentence that have calendar days, in order.

    Without a document date the relative ones (今年, 三年来, by the end of the year) are left out. Never raises.
    """
    if len(_HAN.findall(text)) * _LATIN_PER_HAN > len(text):
        return chinese.find(text, document_date)
    return english.find(text, document_date)
