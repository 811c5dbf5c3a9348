"""The kind of every statement in a sentence: target, task, figure or time.

A sentence is cut at ；and at 一是…二是 into stretches; each stretch may be a task, each of its quantities is a target
or a figure, and a stretch without a promised number may promise a state by a time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from .dues import Times
from .judging import Stretch
from .patterns import pattern
from .speaking import Turn
from .stance import Context, Stance
from .stretches import stretches
from .types import FoundPeriod, FoundQuantity, Kind, KindedSpan, Sentence

_NO_TIMES = Times()
_BEFORE_SPEAKER = pattern(r"[,，。；;!！?？][”\"」』]?(?!\d)")


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
        spans = list(Stretch(sentence, start, end, quantities, periods, context, here).says())
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
    spans = Stretch(sentence, 0, cut, quantities, periods, told, _NO_TIMES).says() if cut else ()
    of_speaker = [at for at, one in enumerate(quantities) if cut <= one.start - sentence.start < end]
    span = (sentence.start, sentence.start + end)
    found = [KindedSpan(Kind.FIGURE, *span, ("figure",), 0.9, index) for index in of_speaker]
    for one in spans:
        if one.kind is not Kind.TASK:
            found.append(one if one.quantity is None else replace(one, start=span[0], end=span[1]))
    return found
