"""The period of one quantity: of its own clause, its sentence, its base of comparison, or the frame it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .patterns import pattern
from .types import FoundPeriod, FoundQuantity, TimeRole

_CLAUSE_END = pattern(
    r"[，。；！？：;!?:]|,(?!\d{3})|\s(?:while|whereas|but|and (?:now|then|is|are|will|has|had|was|were|rose|fell))\s"
)
_NEW_CLAUSE = pattern(
    r"[;:!?.] |\b(?:is|are|was|were|will|has|have|had|can|could|would|which|who|that|while|but)\b"
)
_HAN = pattern(r"[一-龥]")
_WITHIN_YEAR = pattern(
    r"^(?:年底前?|年末|年初|年内|全年|上半年|下半年|第?[一二三四1-4]季度?|前[一二三两23]个?季度?|前.{1,2}个?月|\d{1,2}月份?)$"
)
_IN_TURN = pattern(r"分别|\brespectively\b")
_LIST_GAP = pattern(r"\s?(?:[、和及与]|,|,?\s?and|,?\s?to|以及)(?:\s?(?:in|约|近|达|by))?\s?")
_AIMS = pattern(r"(?:的|预期)目标(?!任务)|力争")
_REACH = 30  # characters behind an amount that say what it is
_TOLD = pattern(r"\b(?:that|how)\b")  # announced on Friday how it will spend …
_SAID_ON = pattern(
    r"\b(?:said|says|told|added|noted|stated|reported|announced|confirmed|revealed|according to)\s(?:[\w’'-]+\s){0,4}$",
    re.IGNORECASE,
)
_SAYS_THEN = pattern(
    r"\s(?:said|says|told|announced|confirmed|revealed|stated)\b", re.IGNORECASE
)  # on Monday said
_SAYS_THAT = pattern(
    r"\b(?:said|informed|stated|announced|told|noted|added)\b[\w ]{0,24} that\b|\b(?:goal|aim|target|plan)s? (?:of|to)\b",
    re.IGNORECASE,
)
_AT_ONCE = pattern(r"\s(?:\w+\s){0,3}$")  # 3% in May and 5% in the first half
_RISEN_TO = pattern(r"(?:[至到达为]|目前的?|现在的?)(?:了|约|近|超过?)?$")
_RISES_TO = pattern(r"[至到为]$")  # 从3家增至去年的9家: the first is not of last year
_FROM_BEFORE = pattern(r"(?:由|从|自)$|\b(?:from|to)\s(?:[^,;]{0,40}\s)?(?:in\s)?$", re.IGNORECASE)
_LATER = pattern(r"[，；,][^，；,]*(?:未来|将来|日后)")  # 2021年设园,…未来将增加达900公顷
_ON_TO = pattern(r"^\)?,?\sto\s[^,;]*$")
_GOES_UP_TO = pattern(r"[至到为](?:约|近|超过?)?$")  # by 2030 由目前的12%提升到35%
_BY_NOW = pattern(
    r"目前|现已|现有|至今|迄今|[，；]已(?:经|有|建成|完成|累计)?|\b(?:so far|already|currently|now has|to date)\b"
)


def in_turn(
    text: str, amounts: Sequence[FoundQuantity], periods: Sequence[FoundPeriod]
) -> dict[int, FoundPeriod]:
    """4月、5月分别增长5%和6%; 5 and 6 per cent in 2023 and 2024, respectively: each amount has its own time."""
    word = _IN_TURN.search(text)
    if not word:
        return {}
    times = [p for p in periods if p.role is not TimeRole.BASELINE and p.end <= word.start()]
    chinese = word[0] == "分别"
    counted = [
        at
        for at, one in enumerate(amounts)
        if (one.start >= word.end() if chinese else one.end <= word.start())
    ]
    listed = _listed(text, times, from_the_end=True)
    shared = _listed(text, [amounts[at] for at in counted], from_the_end=not chinese)
    if (
        len(listed) != len(shared)
        or len(listed) < 2
        or (chinese and _CLAUSE_END.search(text, listed[-1].end, word.start()))
    ):
        return {}
    first = counted[0] if chinese else counted[-len(shared)]
    return dict(enumerate(listed, first))


def _listed(text: str, found: Sequence, from_the_end: bool) -> list:
    """The run of finds, at the end or the start, with nothing but 、 or and between them."""
    ordered = list(reversed(found)) if from_the_end else list(found)
    run = ordered[:1]
    for one in ordered[1:]:
        left, right = (one, run[-1]) if from_the_end else (run[-1], one)
        if not _LIST_GAP.fullmatch(text, left.end, right.start):
            break
        run.append(one)
    return run[::-1] if from_the_end else run


def period_of(
    text: str, amount: FoundQuantity, periods: Sequence[FoundPeriod], frame: FoundPeriod | None
) -> FoundPeriod | None:
    own = _own(text, amount, [p for p in periods if p.role is not TimeRole.BASELINE])
    if own is not None:
        return in_year_of(own, frame, text[own.end : amount.end + _REACH])
    base = _base(text, amount, [p for p in periods if p.role is TimeRole.BASELINE])
    if base is not None:
        return base
    return replace(frame, start=-1, end=-1, text="") if frame is not None else None


def _own(text: str, amount: FoundQuantity, periods: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """The period of the amount's clause, in Chinese before it first; else the nearest before it in its sentence."""
    before = [p for p in periods if p.end <= amount.start and not _over(text, amount, p)]
    after = next((p for p in periods if p.start >= amount.end), None)
    if after is not None and _CLAUSE_END.search(text, amount.end, after.start):
        after = after if _due_at_the_end(text[amount.end : after.start], after) else None
    if after is not None and _RISES_TO.search(text, amount.end, after.start):
        after = None
    if not before:
        return after
    if after and not _HAN.search(text):
        between = text[before[-1].end : amount.start]
        nearer = after.start - amount.end < len(between)
        said_next = " and " in between and _AT_ONCE.match(text[amount.end : after.start])
        if nearer or said_next or _TOLD.search(between) or _CLAUSE_END.search(between):
            return after
    return _start_of_change(text, amount, before) or before[-1]


def _due_at_the_end(between: str, after: FoundPeriod) -> bool:
    """200 stations, including 10 fast ones, by 2025: an English deadline behind a list is that of all in it."""
    listed = after.role is TimeRole.DEADLINE and not _HAN.search(between)
    return listed and not _NEW_CLAUSE.search(between)


def _over(text: str, amount: FoundQuantity, period: FoundPeriod) -> bool:
    """Whether the period is over with before the amount comes: from 8 in 2014 to 100; 到2025年建成50个,目前已有20个; said on Monday that 5 …"""
    between = text[period.end : amount.start]
    if period.role is TimeRole.DEADLINE:
        return bool(_BY_NOW.search(between)) and not _GOES_UP_TO.search(between)
    said = _SAID_ON.search(text, max(0, period.start - 60), period.start) or _SAYS_THEN.match(
        text, period.end
    )
    if period.role is TimeRole.POINT and (said or _SAYS_THAT.search(between)):
        return True
    if _HAN.search(text) and _LATER.search(between):
        return True
    if _HAN.search(text):
        return text[max(0, period.start - 1) : period.start] in ("由", "从") and bool(
            _RISEN_TO.search(between)
        )
    return bool(_ON_TO.match(between) and _FROM_BEFORE.search(text, 0, period.start))


def _start_of_change(text: str, amount: FoundQuantity, before: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """由2002年7703元增加到2007年13786元，…由2476元增加到4140元: what stands behind 由 is of the earlier year."""
    if text[max(0, amount.start - 1) : amount.start] not in ("由", "从"):
        return None
    return next((p for p in before if text[max(0, p.start - 1) : p.start] in ("由", "从")), None)


def _base(text: str, amount: FoundQuantity, bases: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """The base of comparison named in the amount's own clause, before it (in English also behind it)."""
    for base in reversed(bases):
        if base.end <= amount.start and not _CLAUSE_END.search(text, base.end, amount.start):
            return base
        if (
            not _HAN.search(text)
            and base.start >= amount.end
            and not _CLAUSE_END.search(text, amount.end, base.start)
        ):
            return base
    return None


def in_year_of(own: FoundPeriod, frame: FoundPeriod | None, said: str) -> FoundPeriod:
    """全年 or 上半年 under a heading of another year is of that year, unless it is aimed at when that year is over."""
    if frame is None or own.first is None or own.last is None or not _WITHIN_YEAR.match(own.text):
        return own
    year = _year_of(frame, own.last)
    if year is None or (frame.last < own.first and _AIMS.search(said)):
        return own
    first, last = _moved(own.first, year), _moved(own.last, year)
    return replace(own, first=first, last=last) if first <= last else own


def _year_of(frame: FoundPeriod, end: date) -> int | None:
    """The one year a frame is about; 一年来 told early in a year looks back at the one before, where that is over."""
    if frame.first is None or frame.last is None:
        return None
    years = frame.last.year - frame.first.year
    looks_back = years == 1 and frame.role is TimeRole.SINCE and frame.last < end
    return frame.first.year if years == 0 or looks_back else None


def _moved(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)
