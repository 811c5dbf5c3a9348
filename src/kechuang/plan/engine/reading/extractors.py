"""A second engine beside the rules, such as a language model: it may propose, the text decides.

A candidate must quote the text word for word; what it says about numbers must stand in its quote; and it never
displaces what the rules found or a reviewer decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from .quantities import find_quantities
from .types import CleanText, Kind, Sentence, Statement

Span = tuple[int, int]
MOST_CONFIDENT = 0.9  # no proposal is surer than this before a person has seen it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed statement: `quote` is the sentence or clause, `amount` the number and unit as printed in it."""

    kind: Kind
    quote: str
    amount: str = ""
    subject: str = ""
    speaker: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that was turned down, and why."""

    extractor: str
    candidate: Candidate
    reason: str


class Extractor(Protocol):
    """What a second engine offers: its name, and candidates for the sentences of one document."""

    name: str

    def extract(self, sentences: Sequence[Sentence], published: date | None) -> Iterable[Candidate]: ...


def accept(
    extractor: Extractor,
    clean: CleanText,
    sentences: Sequence[Sentence],
    published: date | None,
    known: Sequence[Statement],
    reviewed: Sequence[Span] = (),
) -> tuple[list[Statement], list[Refusal]]:
    """Candidates of an extractor as statements, and those refused. `reviewed` are raw spans a person decided on."""
    accepted: list[Statement] = []
    refused: list[Refusal] = []
    for candidate in extractor.extract(sentences, published):
        try:
            found = _statement(extractor.name, candidate, clean, sentences)
            _refuse_known(found, [*known, *accepted], reviewed)
        except _Objection as objection:
            refused.append(Refusal(extractor.name, candidate, str(objection)))
        else:
            accepted.append(found)
    return accepted, refused


class _Objection(Exception):
    """Why a candidate cannot stand."""


def _statement(name: str, candidate: Candidate, clean: CleanText, sentences: Sequence[Sentence]) -> Statement:
    place = _place(candidate.quote, clean, sentences)
    start, end = clean.raw_span(*place)
    statement = Statement(
        kind=candidate.kind,
        sentence=clean.raw[start:end],
        start=start,
        end=end,
        subject=candidate.subject,
        speaker=candidate.speaker,
        rules=(f"extractor:{name}",),
        confidence=max(0.0, min(candidate.confidence, MOST_CONFIDENT)),
    )
    return _with_amount(statement, candidate, place, clean) if candidate.amount else statement


def _place(quote: str, clean: CleanText, sentences: Sequence[Sentence]) -> Span:
    """Clean span of a quote inside the article."""
    wanted = quote.strip()
    for sentence in sentences:
        at = clean.text.find(wanted, sentence.start, sentence.end) if wanted else -1
        if at >= 0:
            return at, at + len(wanted)
    raise _Objection("the quote does not stand in a sentence of the article word for word")


def _with_amount(statement: Statement, candidate: Candidate, place: Span, clean: CleanText) -> Statement:
    text = clean.text[slice(*place)]
    found = [one for one in find_quantities(text) if text[one.start : one.end] == candidate.amount]
    if not found:
        raise _Objection("the amount is not a quantity printed in the quote")
    one = found[0]
    q_start, q_end = clean.raw_span(place[0] + one.start, place[0] + one.end)
    amount = {"value": one.value, "value_max": one.value_max, "unit": one.unit, "comparator": one.comparator}
    return replace(statement, q_start=q_start, q_end=q_end, **amount)


def _refuse_known(found: Statement, known: Sequence[Statement], reviewed: Sequence[Span]) -> None:
    if any(start < found.end and found.start < end for start, end in reviewed):
        raise _Objection("a reviewer has decided on this place")
    for one in known:
        if one.kind is found.kind and (one.start, one.end, one.q_start) == (
            found.start,
            found.end,
            found.q_start,
        ):
            raise _Objection("the statement is already there")
