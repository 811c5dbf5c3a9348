"""What the finders found, put together: one statement per quantity, task, person or located time, in raw offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .attributions import find_attributions
from .contexts import find_contexts
from .frames import attach
from .kinds import KindedSpan, classify
from .organisations import find_organisations
from .periods import find_periods
from .programmes import find_programmes
from .quantities import find_quantities
from .speakers import Turn, find_turns
from .types import CleanText, FoundPeriod, FoundQuantity, Kind, Sentence, Statement


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found in one sentence. Quantities, periods and `frames` (one a quantity) are in clean offsets."""

    sentence: Sentence
    quantities: list[FoundQuantity]
    periods: list[FoundPeriod]
    frames: list[FoundPeriod | None]
    turn: Turn


def assemble(clean: CleanText, sentences: Sequence[Sentence], published: date | None) -> list[Statement]:
    """All statements of an article's sentences, in the order of the text."""
    quantities = [find_quantities(one.text) for one in sentences]
    periods = [find_periods(one.text, published) for one in sentences]
    frames = attach(sentences, quantities, periods, published)
    people = find_attributions(sentences)
    turns = find_turns(sentences, people)
    contexts = find_contexts(sentences, turns, published)
    statements = []
    for at, sentence in enumerate(sentences):
        shift = sentence.start
        parts = _Parts(
            sentence,
            [_moved(one, shift) for one in quantities[at]],
            [_moved(one, shift) for one in periods[at]],
            [one and _moved(one, shift) for one in frames[at]],
            turns[at],
        )
        own = _own_periods(parts)
        spans = classify(sentence, parts.quantities, parts.periods, parts.turn, contexts[at], own)
        statements += [_statement(clean, parts, span) for span in spans]
    return statements + [_attribution(clean, sentences, person) for person in people]


def _moved(found, shift: int):
    return replace(found, start=found.start + shift, end=found.end + shift)


def _own_periods(parts: _Parts) -> set[int]:
    """Indexes of the periods that a quantity of the same sentence carries."""
    carried = {(one.start, one.end) for one in parts.frames if one and one.text}
    return {at for at, one in enumerate(parts.periods) if (one.start, one.end) in carried}


def _statement(clean: CleanText, parts: _Parts, span: KindedSpan) -> Statement:
    start, end = clean.raw_span(span.start, span.end)
    text = clean.text[span.start : span.end]
    statement = Statement(
        kind=span.kind,
        sentence=clean.raw[start:end],
        start=start,
        end=end,
        speaker=parts.turn.speaker,
        role=parts.turn.role,
        organisations=tuple(find_organisations(text)),
        programmes=tuple(find_programmes(text)),
        rules=span.rules,
        confidence=span.confidence,
    )
    period = parts.periods[span.period] if span.period is not None else None
    if span.quantity is not None:
        statement = _with_quantity(clean, statement, parts.quantities[span.quantity])
        period = period or parts.frames[span.quantity]
    return _with_period(clean, statement, period) if period else statement


def _with_quantity(clean: CleanText, statement: Statement, quantity: FoundQuantity) -> Statement:
    q_start, q_end = clean.raw_span(quantity.start, quantity.end)
    return replace(
        statement,
        q_start=q_start,
        q_end=q_end,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        comparator=quantity.comparator,
        subject=quantity.subject,
        rules=(*statement.rules, *quantity.rules),
    )


def _with_period(clean: CleanText, statement: Statement, period: FoundPeriod) -> Statement:
    """A period printed here gives its place; one inherited from a heading or the sentence before gives days only."""
    statement = replace(statement, time_start=period.first, time_end=period.last, time_role=period.role)
    if not period.text:
        return replace(statement, rules=(*statement.rules, *period.rules))
    t_start, t_end = clean.raw_span(period.start, period.end)
    return replace(
        statement,
        t_start=t_start,
        t_end=t_end,
        time_text=period.text,
        rules=(*statement.rules, *period.rules),
    )


def _attribution(clean: CleanText, sentences: Sequence[Sentence], person) -> Statement:
    holder = next(one for one in sentences if one.start <= person.start < one.end)
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
