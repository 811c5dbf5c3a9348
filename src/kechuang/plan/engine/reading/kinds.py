"""The kind of every statement in a sentence: target, task, figure or time.

A sentence is cut at ；and at 一是…二是 into stretches; each stretch may be a task, each of its quantities is a target
or a figure, and a stretch without a promised number may promise a state by a time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .english_kinds import english_target, english_task, is_english
from .speakers import Turn
from .stance import Context
from .targets import is_target, promises_state
from .tasks import task_confidence
from .types import FoundPeriod, FoundQuantity, Kind, Sentence, TimeRole


@dataclass(frozen=True, slots=True)
class KindedSpan:
    """`start:end` (clean offsets) is a statement of `kind`; `quantity`/`period` index what it is about."""

    kind: Kind
    start: int
    end: int
    rules: tuple[str, ...]
    confidence: float
    quantity: int | None = None
    period: int | None = None


_ITEM = re.compile(
    r"(?<![^,，、；;：:。\s])(?=(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要)[^,，、])"
)
_MAGNITUDE = re.compile(r"[十百千万亿]{1,3}(?:亿|万)?(?:元|斤|吨|千瓦)?级(?!别|差)")


def classify(
    sentence: Sentence,
    quantities: Sequence[FoundQuantity],
    periods: Sequence[FoundPeriod],
    turn: Turn,
    context: Context,
    attached: Collection[int] = (),
) -> list[KindedSpan]:
    """The statements of one sentence, in text order.

    `quantities` and `periods` are those inside the sentence, in clean offsets; `attached` are indexes of periods
    that a quantity carries as its own, which therefore make no time statement.
    """
    found: list[KindedSpan] = []
    for start, end in stretches(sentence.text, turn.lead_in):
        found += _classify_stretch(sentence, start, end, quantities, periods, context)
    taken = {span.period for span in found if span.kind is Kind.TARGET} | set(attached)
    for index in range(len(periods)):
        if index not in taken:
            found.append(KindedSpan(Kind.TIME, sentence.start, sentence.end, ("time",), 1.0, None, index))
    return sorted(found, key=lambda span: (span.start, span.end))


def stretches(text: str, lead_in: int = 0) -> Iterator[tuple[int, int]]:
    """Spans of `text` behind the lead-in that ；and 一是…二是 (two or more) divide it into, outside quotes."""
    cuts = [match.end() for match in re.finditer(r"[；;](?![^“]*”)(?![^（]*）)", text)]
    items = [match.start() for match in _ITEM.finditer(text)]
    if len(items) > 1:
        cuts += items
    edges = sorted({lead_in, len(text), *(cut for cut in cuts if cut > lead_in)})
    for start, end in pairwise(edges):
        stripped = text[start:end].strip()
        if stripped:
            at = start + text[start:end].index(stripped)
            yield at, at + len(stripped)


def _classify_stretch(
    sentence: Sentence,
    start: int,
    end: int,
    quantities: Sequence[FoundQuantity],
    periods: Sequence[FoundPeriod],
    context: Context,
) -> Iterator[KindedSpan]:
    text = sentence.text[start:end]
    base = sentence.start + start
    span = (base, base + len(text))
    inside = [(i, p) for i, p in enumerate(periods) if base <= p.start < span[1]]
    ahead = any(_ahead(period, context) for _, period in inside)
    judge_task, judge_target = (
        (english_task, english_target) if is_english(text) else (task_confidence, is_target)
    )
    sure, rule = (0.0, "") if sentence.is_heading else judge_task(text, context)
    promised = False
    for index, quantity in enumerate(quantities):
        if not base <= quantity.start < span[1]:
            continue
        local = (quantity.start - base, quantity.end - base)
        confidence, why = judge_target(text, *local, quantity, ahead=ahead, task=sure > 0, context=context)
        promised = promised or confidence > 0
        kind = Kind.TARGET if confidence else Kind.FIGURE
        yield KindedSpan(kind, *span, (why or "figure",), confidence or 0.9, index)
    pure_state = False
    if not promised:
        for state in _states(text, base, inside, context):
            pure_state = pure_state or state.rules == ("target.state-only",)
            yield state
        if sure and not any(q.start < span[1] and base <= q.start for q in quantities):
            yield from _magnitude(text, base)
    if sure and not pure_state and not _only_numbers(text, promised, rule):
        yield KindedSpan(Kind.TASK, *span, (rule,), sure)


def _ahead(period: FoundPeriod, context: Context) -> bool:
    if period.role is not TimeRole.DEADLINE or period.last is None:
        return False
    return context.published is None or period.last > context.published


def _states(
    text: str, base: int, inside: Sequence[tuple[int, FoundPeriod]], context: Context
) -> Iterator[KindedSpan]:
    """The promise of a state by a time: one for the stretch, at its first deadline."""
    for index, period in inside:
        local = (period.start - base, period.end - base)
        if promises_state(text, period, *local, context):
            only = local[0] <= 1
            rule = "target.state-only" if only else "target.state"
            yield KindedSpan(Kind.TARGET, base, base + len(text), (rule,), 0.8, None, index)
            return


def _magnitude(text: str, base: int) -> Iterator[KindedSpan]:
    if _MAGNITUDE.search(text):
        yield KindedSpan(Kind.TARGET, base, base + len(text), ("target.magnitude",), 0.75)


_NUMBER_CLAUSE = re.compile(
    r"^(?:力争|确保|争取|实现|推动)?[^,，]{1,40}(?:增长|增速|增加|提高|下降|降至|达到?|至|突破|控制在|保持|占比|超过?|为|以上|左右|\d)[^,，]*[。；;]?$"
)


def _only_numbers(text: str, promised: bool, rule: str) -> bool:
    """A stretch that only states numbers to be reached is a target, no task."""
    if not promised or rule == "task.verb-first":
        return False
    return all(_NUMBER_CLAUSE.match(clause) for clause in re.split(r"[,，]", text) if clause)
