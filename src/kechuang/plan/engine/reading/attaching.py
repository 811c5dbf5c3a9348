"""The period of one quantity: of its own clause, its sentence, its base of comparison, or the frame it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .patterns import pattern
from .types import FoundPeriod, FoundQuantity, TimeRole

_CLAUSE_END = pattern(r"[，。；！？：,;!?:]")
_WITHIN_YEAR = pattern(r"^(?:年底前?|年末|年初|年内|上半年|下半年|第?[一二三四]季度|前三季度|\d{1,2}月份?)$")


def period_of(
    text: str, amount: FoundQuantity, periods: Sequence[FoundPeriod], frame: FoundPeriod | None
) -> FoundPeriod | None:
    own = _own(text, amount, [p for p in periods if p.role is not TimeRole.BASELINE])
    if own is not None:
        return _in_year_of(own, frame)
    base = _base(text, amount, [p for p in periods if p.role is TimeRole.BASELINE])
    if base is not None:
        return base
    return replace(frame, start=-1, end=-1, text="") if frame is not None else None


def _own(text: str, amount: FoundQuantity, periods: Sequence[FoundPeriod]) -> FoundPeriod | None:
    """The nearest period before the amount in its sentence, else one behind it in its clause."""
    before = [p for p in periods if p.end <= amount.start]
    after = next((p for p in periods if p.start >= amount.end), None)
    if after is not None and _CLAUSE_END.search(text, amount.end, after.start):
        after = None
    nearer = before and after and after.start - amount.end < amount.start - before[-1].end
    told = before and " that " in text[before[-1].end : amount.start]
    if before and after and text.isascii() and (nearer or told):
        return after
    if before:
        return _start_of_change(text, amount, before) or before[-1]
    return after


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
            text.isascii()
            and base.start >= amount.end
            and not _CLAUSE_END.search(text, amount.end, base.start)
        ):
            return base
    return None


def _in_year_of(own: FoundPeriod, frame: FoundPeriod | None) -> FoundPeriod:
    """全年 or 上半年 under a heading of another year is of that year."""
    if frame is None or own.first is None or own.last is None or not _WITHIN_YEAR.match(own.text):
        return own
    if frame.first is None or frame.last is None or frame.first.year != frame.last.year:
        return own
    year = frame.first.year
    last = (
        own.last.replace(year=year, day=min(own.last.day, 28))
        if own.last.month == 2
        else own.last.replace(year=year)
    )
    first = (
        own.first.replace(year=year, day=min(own.first.day, 28))
        if own.first.month == 2
        else own.first.replace(year=year)
    )
    return replace(own, first=first, last=last) if first <= last else own
