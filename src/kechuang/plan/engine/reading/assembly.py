"""What the finders found, put together: one statement per quantity, task, person or located time, in raw offsets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from .contexts import find_contexts
from .dues import Times
from .frames import attach
from .framing import NO_TIME_OF_ITS_OWN
from .kinds import classify, only_promises
from .people import find_people
from .people.tagging import installed_tagger
from .periods import periods_of
from .quantities import find_quantities
from .speaking import find_turns, taking_part
from .stating import Names, Parts, attribution_of, statement_of
from .types import CleanText, FoundPeriod, Sentence, Statement, TimeRole

Told = Callable[[int, int], None]  # sentences done, sentences in all
TOLD_EVERY = 200


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
    statements, names = [], Names(clean.text)
    promised = -1  # the last sentence whose numbers are all promised
    for at, sentence in enumerate(sentences):
        if told and at % TOLD_EVERY == 0:
            told(at, len(sentences))
        shift = sentence.start
        parts = Parts(
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
        statements += [statement_of(clean, parts, span, names) for span in spans]
    return statements + [attribution_of(clean, sentences, person) for person in people if not person.behind]


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


def _own_periods(parts: Parts) -> set[int]:
    """Indexes of the periods that a quantity of the same sentence carries."""
    carried = {(one.start, one.end) for one in parts.frames if one and one.text}
    return {at for at, one in enumerate(parts.periods) if (one.start, one.end) in carried}
