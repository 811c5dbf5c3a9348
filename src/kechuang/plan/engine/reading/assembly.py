"""What the finders found, put together: one statement per quantity, task, person or located time, in raw offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .contexts import find_contexts
from .dues import Times
from .frames import attach
from .framing import NO_TIME_OF_ITS_OWN
from .kinds import classify, only_promises
from .organisations import find_organisations
from .people import Attribution, find_people
from .people.tagging import installed_tagger
from .periods import periods_of
from .programmes import find_programmes
from .quantities import find_quantities
from .speaking import Turn, find_turns, taking_part
from .types import CleanText, FoundPeriod, FoundQuantity, Kind, KindedSpan, Sentence, Statement, TimeRole

Told = Callable[[int, int], None]  # sentences done, sentences in all
TOLD_EVERY = 200


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found in one sentence. Quantities, periods and `frames` (one a quantity) are in clean offsets; `due` is
    what the sentences before are due by: it holds for promises without a time alone, not for what there is."""

    sentence: Sentence
    quantities: list[FoundQuantity]
    periods: list[FoundPeriod]
    frames: list[FoundPeriod | None]
    turn: Turn
    due: FoundPeriod | None


def assemble(
    clean: CleanText, sentences: Sequence[Sentence], published: date | None, told: Told | None = None
) -> list[Statement]:
    """All statements of an article's sentences, in the order of the text."""
    quantities = [find_quantities(one.text) for one in sentences]
    periods = periods_of(sentences, published)
    frames = attach(sentences, quantities, periods, published)
    people = find_people(sentences, installed_tagger())
    turns = find_turns(sentences, people)
    people = taking_part(people, sentences, turns)
    contexts = find_contexts(sentences, turns, published)
    dues = _dues(sentences, periods, published)
    statements, names = [], _Names(clean.text)
    promised = -1  # the last sentence whose numbers are all promised
    for at, sentence in enumerate(sentences):
        if told and at % TOLD_EVERY == 0:
            told(at, len(sentences))
        shift = sentence.start
        parts = _Parts(
            sentence,
            [_moved(one, shift) for one in quantities[at]],
            [_moved(one, shift) for one in periods[at]],
            [one and _moved(one, shift) for one in frames[at]],
            turns[at],
            dues[at],
        )
        own = _own_periods(parts)
        over = {n for n, time in enumerate(parts.frames) if time and _is_over(time, published)}
        framed = {n for n, time in enumerate(parts.frames) if time and _is_past_frame(time, published)}
        due = bool(parts.due and published and parts.due.last and parts.due.last > published)
        goes_on = promised == at - 1 >= 0 and _goes_on(sentences[at - 1], sentence)
        found = (sentence, parts.quantities, parts.periods, parts.turn, contexts[at])
        spans = classify(*found, own, Times(due, over, framed, goes_on))
        promised = at if only_promises(spans) else promised
        statements += [_statement(clean, parts, span, names) for span in spans]
    return statements + [_attribution(clean, sentences, person) for person in people if not person.behind]


def _is_over(time: FoundPeriod, published: date | None) -> bool:
    """Whether a time that is named beside it is over when the document appears, and no base of comparison."""
    compared = time.role in (TimeRole.BASELINE, TimeRole.SINCE)
    return bool(time.text and published and time.last and time.last < published and not compared)


def _goes_on(before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence tells more of what the one before it promises: 其中,…."""
    return sentence.text.startswith("其中") and sentence.paragraph == before.paragraph


def _is_past_frame(time: FoundPeriod, published: date | None) -> bool:
    """Whether a frame is over when the document appears: what is told in it has been done, unless it is promised."""
    return bool(not time.text and published and time.last and time.last < published)


def _dues(
    sentences: Sequence[Sentence], periods: Sequence[Sequence[FoundPeriod]], published: date | None
) -> list[FoundPeriod | None]:
    """For each sentence the deadline or later time named before it in its paragraph, until another time is."""
    found: list[FoundPeriod | None] = []
    due, paragraph = None, -1
    for sentence, times in zip(sentences, periods, strict=True):
        if sentence.is_heading or sentence.paragraph != paragraph:
            due, paragraph = None, sentence.paragraph
        found.append(due)
        if told := [time for time in times if time.role not in NO_TIME_OF_ITS_OWN]:
            behind = sentence.text[told[-1].end :][:1]
            later = bool(behind in ",，" and published and told[-1].first and told[-1].first > published)
            ahead = later or told[-1].role is TimeRole.DEADLINE
            due = replace(told[-1], start=-1, end=-1, text="") if ahead else None
    return found


def _moved(found, shift: int):
    return replace(found, start=found.start + shift, end=found.end + shift) if shift else found


def _own_periods(parts: _Parts) -> set[int]:
    """Indexes of the periods that a quantity of the same sentence carries."""
    carried = {(one.start, one.end) for one in parts.frames if one and one.text}
    return {at for at, one in enumerate(parts.periods) if (one.start, one.end) in carried}


def _statement(clean: CleanText, parts: _Parts, span: KindedSpan, names: _Names) -> Statement:
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


class _Names:
    """Organisations and programmes of stretches of one clean text; a stretch is searched once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[int, int], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def within(self, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if (start, end) not in self._found:
            text = self._text[start:end]
            self._found[start, end] = (tuple(find_organisations(text)), tuple(find_programmes(text)))
        return self._found[start, end]


def _attribution(clean: CleanText, sentences: Sequence[Sentence], person: Attribution) -> Statement:
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
