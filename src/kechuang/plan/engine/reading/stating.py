"""One statement as the reader hands it out: kind, numbers, days, speaker and names, in raw offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .organisations import find_organisations
from .people import Attribution
from .programmes import find_programmes
from .speaking import Turn
from .types import CleanText, FoundPeriod, FoundQuantity, Kind, KindedSpan, Sentence, Statement


@dataclass(frozen=True, slots=True)
class Parts:
    """What was found in one sentence. Quantities, periods and `frames` (one a quantity) are in clean offsets; `due` is
    what the sentences before are due by: it holds for promises without a time alone, not for what there is."""

    sentence: Sentence
    quantities: list[FoundQuantity]
    periods: list[FoundPeriod]
    frames: list[FoundPeriod | None]
    turn: Turn
    due: FoundPeriod | None


def statement_of(clean: CleanText, parts: Parts, span: KindedSpan, names: Names) -> Statement:
    start, end = clean.raw_span(span.start, span.end)
    organisations, programmes = names.within(span.start, span.end)
    quantity = parts.quantities[span.quantity] if span.quantity is not None else None
    period = parts.periods[span.period] if span.period is not None else None
    if period is None and span.quantity is not None:
        period = parts.frames[span.quantity] or (parts.due if span.kind is Kind.TARGET else None)
    anchor = quantity or (period if span.period is not None else None)
    shift = parts.sentence.start
    voice = (
        parts.turn.at(anchor.start - shift)
        if anchor
        else parts.turn.over(span.start - shift, span.end - shift)
    )
    return Statement(
        kind=span.kind,
        sentence=clean.raw[start:end],
        start=start,
        end=end,
        speaker=voice.speaker,
        role=voice.role,
        organisations=organisations,
        programmes=programmes,
        rules=(*span.rules, *(quantity.rules if quantity else ()), *(period.rules if period else ())),
        confidence=span.confidence,
        **(_quantity(clean, quantity) if quantity else {}),
        **(_period(clean, period) if period else {}),
    )


def _quantity(clean: CleanText, quantity: FoundQuantity) -> dict[str, object]:
    q_start, q_end = clean.raw_span(quantity.start, quantity.end)
    return {
        "q_start": q_start,
        "q_end": q_end,
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit": quantity.unit,
        "comparator": quantity.comparator,
        "subject": quantity.subject,
    }


def _period(clean: CleanText, period: FoundPeriod) -> dict[str, object]:
    """A period printed here gives its place; one inherited from a heading or the sentence before gives days only."""
    days = {"time_start": period.first, "time_end": period.last, "time_role": period.role}
    if not period.text:
        return days
    t_start, t_end = clean.raw_span(period.start, period.end)
    return days | {"t_start": t_start, "t_end": t_end, "time_text": period.text}


class Names:
    """Organisations and programmes of stretches of one clean text; a stretch is searched once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[int, int], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def within(self, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if (start, end) not in self._found:
            text = self._text[start:end]
            self._found[start, end] = (tuple(find_organisations(text)), tuple(find_programmes(text)))
        return self._found[start, end]


def attribution_of(clean: CleanText, sentences: Sequence[Sentence], person: Attribution) -> Statement:
    holder = sentences[bisect_right(sentences, person.start, key=lambda one: one.start) - 1]
    start, end = clean.raw_span(holder.start, holder.end)
    return Statement(
        kind=Kind.ATTRIBUTION,
        sentence=clean.raw[start:end],
        start=start,
        end=end,
        speaker=person.person,
        subject=person.role,
        organisations=tuple(find_organisations(person.role)),
        rules=("attribution",),
    )
