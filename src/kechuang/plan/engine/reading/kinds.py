"""The kind of every statement in a sentence: target, task, figure or time.

A sentence is cut at ；and at 一是…二是 into stretches; each stretch may be a task, each of its quantities is a target
or a figure, and a stretch without a promised number may promise a state by a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .dues import Times, governs, is_due
from .english_promises import reported
from .english_targets import ENGLISH_DUE, ENGLISH_GOAL, english_target
from .english_tasks import english_task, is_english
from .goals import only_goals
from .patterns import pattern
from .speaking import Turn
from .stance import Context, Stance
from .states import finished_by, is_future, promises_state
from .targets import is_target, reached
from .tasks import label_end, task_confidence
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


_ITEM = pattern(r"[一二三四五六七八九十][是要](?<![^,，、；;：:。\s]..)(?=[^,，、])")
_SEMICOLON = pattern(r"[；;](?![^“]*”)(?![^（]*）)")
_NO_TIMES = Times()
_BY_DOING = ("target.in-task", "target.grant")  # promised only as what a task does
_BEFORE_SPEAKER = pattern(r"[,，。；;!！?？][”\"」』]?(?!\d)")
_MAGNITUDE = pattern(r"[十百千万亿]{1,3}(?:亿|万)?(?:元|斤|吨|千瓦)?级(?!别|差)")


def classify(
    sentence: Sentence,
    quantities: Sequence[FoundQuantity],
    periods: Sequence[FoundPeriod],
    turn: Turn,
    context: Context,
    attached: Collection[int] = (),
    times: Times = _NO_TIMES,
) -> list[KindedSpan]:
    """The statements of one sentence, in text order.

    `quantities` and `periods` are those inside the sentence, in clean offsets; `attached` are indexes of periods
    that a quantity carries as its own, which therefore make no time statement; `times` is what the times around it say.
    """
    found = _told_before(sentence, quantities, periods, turn.lead_in, context)
    for start, end in stretches(sentence.text, turn.lead_in, [span for span in turn.lead_ins if span[0]]):
        goes_on = times.goes_on and sentence.text.startswith("其中", start)
        here = replace(times, goes_on=goes_on)
        spans = list(_classify_stretch(sentence, start, end, quantities, periods, context, here))
        found += spans
        times = replace(times, goes_on=only_promises(spans))
    told = {span.quantity for span in found}
    for index in (index for index in range(len(quantities)) if index not in told):  # beside who speaks
        found.append(KindedSpan(Kind.FIGURE, sentence.start, sentence.end, ("figure",), 0.9, index))
    taken = {span.period for span in found if span.kind is Kind.TARGET} | set(attached)
    for index in range(len(periods)):
        if index not in taken:
            found.append(KindedSpan(Kind.TIME, sentence.start, sentence.end, ("time",), 1.0, None, index))
    return sorted(found, key=lambda span: (span.start, span.end))


def only_promises(spans: Sequence[KindedSpan]) -> bool:
    """Whether the numbers of these spans are all promised: 其中 behind them goes on with it."""
    numbers = [span.kind for span in spans if span.quantity is not None]
    return bool(numbers) and all(kind is Kind.TARGET for kind in numbers)


def _told_before(
    sentence: Sentence,
    quantities: Sequence[FoundQuantity],
    periods: Sequence[FoundPeriod],
    lead_in: int,
    context: Context,
) -> list[KindedSpan]:
    """What is stated before a speaker is given the word ("该企业研发投入排名第一,市长察看后要求…"): no task, and in no
    agenda that the speaker opens."""
    end = len(sentence.text[:lead_in].rstrip())
    if not end:
        return []
    told = replace(context, stance=Stance.OPEN) if context.stance is Stance.AGENDA else context
    cut = max((one.end() for one in _BEFORE_SPEAKER.finditer(sentence.text, 0, end - 1)), default=0)
    spans = _classify_stretch(sentence, 0, cut, quantities, periods, told, Times()) if cut else ()
    of_speaker = [at for at, one in enumerate(quantities) if cut <= one.start - sentence.start < end]
    span = (sentence.start, sentence.start + end)
    found = [KindedSpan(Kind.FIGURE, *span, ("figure",), 0.9, index) for index in of_speaker]
    for one in spans:
        if one.kind is not Kind.TASK:
            found.append(one if one.quantity is None else replace(one, start=span[0], end=span[1]))
    return found


def stretches(
    text: str, lead_in: int = 0, further: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int]]:
    """Spans of `text` behind the lead-in that ；, 一是…二是 (two or more) and `further` lead-ins divide it into,
    outside quotes."""
    cuts = [match.end() for match in _SEMICOLON.finditer(text)]
    items = [match.start() for match in _ITEM.finditer(text)]
    if len(items) > 1 or (items and text[: items[0]].rstrip().endswith((":", "："))):
        cuts += items
    edges = sorted({lead_in, len(text), *(cut for cut in cuts if cut > lead_in)})
    edges = sorted({*edges, *(edge for span in further for edge in span)})
    for start, end in pairwise(edges):
        if (start, end) in further:
            continue
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
    times: Times,
) -> Iterator[KindedSpan]:
    text = sentence.text[start:end]
    base = sentence.start + start
    span = (base, base + len(text))
    inside = [(index, period) for index, period in enumerate(periods) if base <= period.start < span[1]]
    numbers = [(index, one) for index, one in enumerate(quantities) if base <= one.start < span[1]]
    english = is_english(text)
    judge_task, judge_target = (english_task, english_target) if english else (task_confidence, is_target)
    sure, rule = (
        (0.0, "")
        if sentence.is_heading
        else judge_task(reported(text) if english and start else text, context)
    )
    due = not inside and is_due(sentence, start, periods, context, times.due)
    promised: list[int] = []
    for index, quantity in numbers:
        local = (quantity.start - base, quantity.end - base)
        ahead = any(governs(period, quantity, text, base, context) for _, period in inside)
        ahead = ahead or (due and not english and reached(text, *local)) or (times.goes_on and not inside)
        ahead = ahead or _is_part(text, local[0], base, promised)
        confidence, why = (
            (0.0, "")
            if index in times.over
            else judge_target(text, *local, quantity, ahead=ahead, task=sure > 0, context=context)
        )
        if index in times.framed and why in _BY_DOING:
            confidence, why = 0.0, ""
        promised += [quantity.start] if confidence else []
        yield KindedSpan(
            Kind.TARGET if confidence else Kind.FIGURE, *span, (why or "figure",), confidence or 0.9, index
        )
    bounds = promised if english else [one.start for _, one in numbers]
    states = list(_states(text, base, inside, bounds, context))
    yield from states
    if sure and not numbers:
        yield from _magnitude(text, base)
    goal = not english and not context.article and (promised or any(one.start <= base + 1 for one in states))
    starts = [one.start - base for _, one in numbers] + [state.start - base for state in states]
    goal = goal and rule != "task.grant"
    if sure and not (
        goal
        and only_goals(
            text, starts, [(p.start - base, p.end - base) for _, p in inside if is_future(p, context)]
        )
    ):
        yield KindedSpan(Kind.TASK, base + label_end(text), span[1], (rule,), sure)


def _is_part(text: str, at: int, base: int, promised: Sequence[int]) -> bool:
    """Whether the number at `at` tells part of one that is promised before it: …4万家,其中1万家."""
    clause = max(text.rfind("，", 0, at), text.rfind(",", 0, at)) + 1
    return text.startswith(("其中", "包括"), clause) and any(one - base < clause for one in promised)


def _states(
    text: str,
    base: int,
    inside: Sequence[tuple[int, FoundPeriod]],
    numbers: Sequence[int],
    context: Context,
) -> Iterator[KindedSpan]:
    """Promised states: each from its deadline to the next period or the end, before the first of `numbers`."""
    edges = [period.start - base for _, period in inside[1:]]
    for (index, period), edge in zip(inside, [*edges, len(text)], strict=False):
        start = period.start - base
        stretch = text[:edge].rstrip("，,、。；; ")
        due = context.aimed or ENGLISH_DUE.search(text, 0, start)
        due = due or (period.role is TimeRole.DEADLINE and ENGLISH_GOAL.search(text, 0, start))
        if not numbers and due and is_future(period, context):
            yield KindedSpan(Kind.TARGET, base, base + len(text), ("target.due",), 0.8, None, index)
            continue
        first = min(
            (number - base for number in numbers if period.start <= number < base + edge), default=edge
        )
        if first < edge:
            stretch = text[: max(text.rfind("，", 0, first), text.rfind(",", 0, first), 0)]
        if clause_end := finished_by(stretch, start, period.end - base):
            stretch = stretch[:clause_end]
        if len(stretch) <= period.end - base + 1:
            continue
        if promises_state(stretch, period, start, period.end - base, context):
            yield KindedSpan(
                Kind.TARGET, base + start, base + len(stretch), ("target.state",), 0.8, None, index
            )


def _magnitude(text: str, base: int) -> Iterator[KindedSpan]:
    if _MAGNITUDE.search(text):
        yield KindedSpan(Kind.TARGET, base, base + len(text), ("target.magnitude",), 0.75)
