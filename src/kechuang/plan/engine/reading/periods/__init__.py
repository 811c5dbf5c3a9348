"""Located time expressions of clean sentences and the days they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..blanks import Close
from ..patterns import pattern
from ..types import FoundPeriod, Sentence, TimeRole
from . import chinese, english
from .setting import Setting

_HAN = pattern(r"[一-龥]")
_LATIN_PER_HAN = 10  # an English sentence may name a person in Chinese characters
# What only Taiwan's documents write.
_MINGUO = pattern(
    r"民国\s?(?:\d{2,3}|[一二三四五六七八九十〇零○百]{2,6})年|[今去明昨][（(]1[0-3]\d[）)]年|新台币|(?<!\d)1[0-3]\d年(?:度|底)|行政院|立法院|立委|国科会|竹科|台湾|(?<![〇零○一二三四五六七八九十百])一[〇零○一二三][〇零○一二三四五六七八九]年"
)
# Not what lasts so long, or was so long ago.
_BARE_YEAR = pattern(
    r"(?<![\d第约近逾超满达共过立校跨越隔时续有违距经的了])(1[0-3]\d)年(?![来前后间多余之以的历校])"
)


def find_periods(text: str, document_date: date | None, minguo: bool = False) -> list[FoundPeriod]:
    """The time expressions of one clean sentence that have calendar days, in order.

    Without a document date the relative ones (今年, 三年来, by the end of the year) are left out. Never raises.
    """
    return _find(text, Setting(document_date, minguo=minguo))


def periods_of(sentences: Sequence[Sentence], document_date: date | None) -> list[list[FoundPeriod]]:
    """The time expressions of each sentence of a document; 当年 and 翌年 count from the year told last before them."""
    minguo = any(_MINGUO.search(one.text) for one in sentences) or _counts_from_1912(sentences, document_date)
    told, paragraph, all_found = None, -1, []
    for one in sentences:
        told = told if one.paragraph == paragraph else None
        paragraph = one.paragraph
        found = _find(one.text, Setting(document_date, told=told, minguo=minguo))
        told = next((year for year in map(_year_told, reversed(found)) if year), told)
        all_found.append(found)
    return all_found


def _counts_from_1912(sentences: Sequence[Sentence], day: date | None) -> bool:
    """Whether a bare 114年 is the document's year, or one beside it, when counted from 1912."""
    near = {day.year - 1911 + by for by in (-1, 0, 1)} if day else set()
    return any(int(n) in near for one in sentences for n in _BARE_YEAR.findall(one.text))


def _find(text: str, setting: Setting) -> list[FoundPeriod]:
    if len(_HAN.findall(text)) * _LATIN_PER_HAN > len(text):
        close = Close(text)
        return close.restored(chinese.find(close.text, setting))
    return english.find(text, setting)


def _year_told(period: FoundPeriod) -> int | None:
    whole = period.role is TimeRole.PERIOD and period.first and period.last
    return period.last.year if whole and period.first.year == period.last.year else None
