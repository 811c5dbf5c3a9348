"""The frames of time in force at a place of a document: what leads, lists and headings say about all that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from .attaching import in_year_of
from .patterns import pattern
from .periods import find_periods
from .types import FoundPeriod, Sentence, TimeRole

_LEAD = 18  # characters that may stand before a leading time ("各位代表！", "据介绍,")
_LEAD_IN = pattern(
    r"^[“「『\"]?(?:[^，。,：:]{0,8}[，,：:！!]|在|到|力争|刚刚过去的|经过|锚定|展望|回顾|——|[（(]?[一二三四五六七八九十]+[)）是、])*(?:in |during |over |by )?$",
    re.IGNORECASE,
)
_ANNOUNCES = pattern(
    r"[：:]\s*$|方面|以下|如下|主要做了|重点抓|重点做|抓好|目标|包括|回顾|安排|\b(?:as follows|following)\b"
)
_LATIN = pattern(r"[\x00-\x7f]+")  # an English year told in passing holds for its paragraph
_BARE_YEAR = pattern(r"^\d{4}年?$")
# A sentence about the year itself, not about something in it: 2025年是…, 刚刚过去的2025年.
_ABOUT_IT = pattern(r"是|很|极|注定|令人|对.{2,12}(?:来说|而言)")
# What goes on about the time just told: 届时其产能将达…, That is more than …
_GOES_BACK = pattern(
    r"届时|其中|分别(?![是为])|这(?:一|个)?(?:数字|数据|比例|规模)|(?:That|This) (?:is|was|will be|would be|represents?|equals|compares)\b"
)
_THAT_MONTH = "当月"
_JUST_PAST = pattern(r"过去的$")
NO_TIME_OF_ITS_OWN = (TimeRole.BASELINE, TimeRole.VAGUE, TimeRole.DURATION)
_EXPECTED = pattern(
    r"(?:预[计估定期]|[可有]望|将|拟|最快)[于在]?$"
)  # 预计2027年完工 frames nothing behind it
_AS_OF = pattern(r"截[至止]|至")
_ITEM = pattern(r"^(?:[一二三四五六七八九十]{1,2}是|——)")
_GOES_ON = ("；", ";")


@dataclass(slots=True)
class Frames:
    """The frames in force while walking a document from its first sentence.

    In this paragraph: `told` is the last time told, `running` was set by a lead, `faint` by one that names a bare year
    (it gives way to the frames outside), `chained` by one whose sentence goes on behind a semicolon. `sections` were set
    by leads earlier under the same headings, outermost first, each with the headings it stands under. `month` is the
    month told last, to which 当月 goes back.
    """

    document_date: date | None
    paragraph: int = -1
    running: FoundPeriod | None = None
    chained: FoundPeriod | None = None
    faint: FoundPeriod | None = None
    told: FoundPeriod | None = None
    sections: list[tuple[tuple[str, ...], FoundPeriod]] = field(default_factory=list)
    in_list: bool = False
    title: FoundPeriod | None = None
    month: FoundPeriod | None = None
    _of_heading: dict[str, FoundPeriod | None] = field(default_factory=dict)

    def enter(self, sentence: Sentence, item_ahead: bool) -> None:
        """Forget what no longer holds at `sentence`; `item_ahead`: an item of a list stands here or further on."""
        if sentence.is_heading or sentence.paragraph != self.paragraph:
            self.running = self.chained = self.faint = self.told = None
        self.paragraph = sentence.paragraph
        path = (*sentence.heading, sentence.text) if sentence.is_heading else sentence.heading
        self.sections = [(above, frame) for above, frame in self.sections if path[: len(above)] == above]
        if is_item(sentence):
            self.in_list = True
        elif self.in_list and not item_ahead:
            self.in_list = False
            self.sections = [(above, frame) for above, frame in self.sections if above]

    def leave(self, sentence: Sentence, periods: Sequence[FoundPeriod], opens: bool, dashed: bool) -> None:
        """Take the frame that `sentence` sets for what follows.

        `opens`: it is the first of its paragraph; `dashed`: a list of —— items begins behind it.
        """
        if _THAT_MONTH in sentence.text:
            self.running = self.month or self.running
        self.month = next((p for p in reversed(periods) if _is_month(p)), self.month)
        self.told = next((p for p in reversed(periods) if p.role not in NO_TIME_OF_ITS_OWN), self.told)
        lead = None if sentence.is_heading else _lead(sentence.text, periods)
        text = sentence.text
        about = lead and (_ABOUT_IT.match(text, lead.end) or _JUST_PAST.search(text[: lead.start]))
        lead = lead and in_year_of(lead, self.current(sentence), text[lead.end :])
        goes_on = sentence.text.rstrip().endswith(_GOES_ON)
        self.chained = (lead or _as_of(sentence.text, periods) or self.chained) if goes_on else None
        if goes_on and lead is None and (only := _only(periods)):
            ahead = bool(only.first and self.document_date and only.first > self.document_date)
            self.faint = self.faint if ahead and _EXPECTED.search(text, 0, only.start) else only
        if lead is None:
            return
        passing = lead.role is TimeRole.DEADLINE or (_BARE_YEAR.match(lead.text) and not about)
        announces = dashed or bool(_ANNOUNCES.search(sentence.text))
        if not passing or announces:
            self.running = lead
        elif lead.role is not TimeRole.DEADLINE:
            self.faint = lead
        listed = dashed or sentence.text.rstrip().endswith(("：", ":"))
        if is_item(sentence) or (lead.role is TimeRole.DEADLINE and not listed):
            return
        fresh = not any(above == sentence.heading for above, _ in self.sections)
        if announces or (
            opens and sentence.heading and (fresh or not passing) and not _LATIN.fullmatch(lead.text)
        ):
            self.sections = [(above, frame) for above, frame in self.sections if above != sentence.heading]
            self.sections.append((sentence.heading, lead))

    def current(self, sentence: Sentence) -> FoundPeriod | None:
        if self.told and _GOES_BACK.match(sentence.text):
            return self.told
        if self.month and _THAT_MONTH in sentence.text:
            return self.month
        if self.chained or self.running:
            return self.chained or self.running
        above, section = self.sections[-1] if self.sections else ((), None)
        for heading in reversed(sentence.heading[len(above) :]):
            frame = self._heading(heading)
            if frame is not None:
                return frame
        if section is not None:
            return section
        return next(
            (f for f in map(self._heading, reversed(sentence.heading)) if f is not None),
            self.faint or self.title,
        )

    def _heading(self, text: str) -> FoundPeriod | None:
        if text not in self._of_heading:
            named = _framing(find_periods(text, self.document_date))
            self._of_heading[text] = named[0] if len(named) == 1 else None
        return self._of_heading[text]


def _is_month(period: FoundPeriod) -> bool:
    return bool(period.first and period.last and 27 <= (period.last - period.first).days <= 30)


def is_item(sentence: Sentence) -> bool:
    return sentence.enumeration is not None or bool(_ITEM.match(sentence.text))


def _framing(periods: Sequence[FoundPeriod]) -> list[FoundPeriod]:
    """Periods that can hold for more than their own clause: no bases of comparison, no single days."""
    return [p for p in periods if p.role is not TimeRole.POINT and p.role not in NO_TIME_OF_ITS_OWN]


def _lead(text: str, periods: Sequence[FoundPeriod]) -> FoundPeriod | None:
    framing = _framing(periods)
    if not framing:
        return None
    if framing[0].start <= _LEAD and _LEAD_IN.match(text[: framing[0].start]):
        return framing[0]
    return framing[-1] if text.rstrip().endswith(("：", ":")) and len(framing) == 1 else None


def _as_of(text: str, periods: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """The day up to which a sentence counts, where it begins with it: 截至9月底,…；"""
    first = next(iter(periods), None)
    return (
        first
        if first
        and first.role is TimeRole.POINT
        and _AS_OF.match(text[first.start : first.end])
        and not text[: first.start].strip()
        else None
    )


def part_of_year(periods: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """The quarter, half or months that a title names; a title's year is often the year of a plan, not of its figures."""
    named = _only(periods)
    return named if named and named.first and named.last and (named.last - named.first).days < 360 else None


def _only(periods: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """The one span of time a sentence names, if it names just one."""
    framing = _framing(periods)
    return framing[0] if len(framing) == 1 and framing[0].role is not TimeRole.DEADLINE else None
