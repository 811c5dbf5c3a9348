"""What one stretch of a sentence says: a figure or a target by each of its numbers, the states it promises, a task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from .dues import Times, governs, is_due
from .english_dues import ENGLISH_DUE, ENGLISH_GOAL, due_clause
from .english_promises import reported
from .english_targets import english_target
from .english_tasks import english_task, is_english
from .goals import only_goals
from .patterns import pattern
from .stance import Context
from .states import finished_by, is_future, promises_state
from .targets import is_target, reached
from .tasks import label_end, task_confidence
from .types import FoundPeriod, FoundQuantity, Kind, KindedSpan, Sentence, TimeRole

_BY_DOING = ("target.in-task", "target.grant")  # promised only as what a task does
_MAGNITUDE = pattern(r"[十百千万亿]{1,3}(?:亿|万)?(?:元|斤|吨|千瓦)?级(?!别|差)")
_NOTHING = (0.0, "")


@dataclass(frozen=True)
class Stretch:
    """`start:end` of a sentence's text, with all that was found in the sentence and what is known around it."""

    sentence: Sentence
    start: int
    end: int
    quantities: Sequence[FoundQuantity]
    periods: Sequence[FoundPeriod]
    context: Context
    times: Times

    @cached_property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]

    @cached_property
    def span(self) -> tuple[int, int]:
        """Its place in the clean text."""
        return self.sentence.start + self.start, self.sentence.start + self.end

    @cached_property
    def english(self) -> bool:
        return is_english(self.text)

    @cached_property
    def numbers(self) -> list[tuple[int, FoundQuantity]]:
        base, end = self.span
        return [(index, one) for index, one in enumerate(self.quantities) if base <= one.start < end]

    @cached_property
    def inside(self) -> list[tuple[int, FoundPeriod]]:
        base, end = self.span
        return [(index, period) for index, period in enumerate(self.periods) if base <= period.start < end]

    @cached_property
    def asked(self) -> tuple[float, str]:
        """How surely it says what is to be done, and by which rule."""
        if self.sentence.is_heading:
            return _NOTHING
        if self.english:
            return english_task(reported(self.text) if self.start else self.text, self.context)
        return task_confidence(self.text, self.context)

    def says(self) -> Iterator[KindedSpan]:
        """Its statements: each number, then the states, the magnitude, the task."""
        promised: list[int] = []
        for index, quantity in self.numbers:
            confidence, rule = self._promise(index, quantity, promised)
            promised += [quantity.start] if confidence else []
            kind = Kind.TARGET if confidence else Kind.FIGURE
            yield KindedSpan(kind, *self.span, (rule or "figure",), confidence or 0.9, index)
        states = list(self._states(promised if self.english else [one.start for _, one in self.numbers]))
        yield from states
        sure, rule = self.asked
        if sure and not self.numbers and _MAGNITUDE.search(self.text):
            yield KindedSpan(Kind.TARGET, *self.span, ("target.magnitude",), 0.75)
        if sure and not self._only_sets_goals(bool(promised), states):
            yield KindedSpan(Kind.TASK, self.span[0] + label_end(self.text), self.span[1], (rule,), sure)

    # ---- numbers

    def _promise(self, index: int, quantity: FoundQuantity, promised: Sequence[int]) -> tuple[float, str]:
        """How surely a number is promised, and by which rule; `promised` are the starts of those before it."""
        if index in self.times.over and not self._due_later(quantity):
            return _NOTHING
        base = self.span[0]
        local = (quantity.start - base, quantity.end - base)
        judge = partial(english_target, told=self.start > 0) if self.english else is_target
        ahead = self._is_ahead(quantity, local) or self._is_part(local[0], promised)
        found = judge(self.text, *local, quantity, ahead=ahead, task=self.asked[0] > 0, context=self.context)
        return _NOTHING if index in self.times.framed and found[1] in _BY_DOING else found

    def _due_later(self, quantity: FoundQuantity) -> bool:
        """Whether English sets the number a deadline behind it: last May they set out to train 40 by 2030."""
        return self.english and any(
            one.role is TimeRole.DEADLINE and one.start > quantity.start and is_future(one, self.context)
            for _, one in self.inside
        )

    def _is_ahead(self, quantity: FoundQuantity, local: tuple[int, int]) -> bool:
        """Whether a time to come governs the number."""
        base = self.span[0]
        due = [period for _, period in self.inside if not (self.english and period.role is TimeRole.POINT)]
        if any(governs(period, quantity, self.text, base, self.context) for period in due):
            return True
        if self.inside:
            return False
        return self.times.goes_on or (self._due and not self.english and reached(self.text, *local))

    @cached_property
    def _due(self) -> bool:
        return is_due(self.sentence, self.start, self.periods, self.context, self.times.due)

    def _is_part(self, at: int, promised: Sequence[int]) -> bool:
        """Whether the number at `at` tells part of one that is promised before it: …4万家,其中1万家."""
        clause = max(self.text.rfind("，", 0, at), self.text.rfind(",", 0, at)) + 1
        before = any(one - self.span[0] < clause for one in promised)
        return before and (
            at == clause
            or self.text.startswith(("其中", "当中", "包括", "具体", "分别", "共", "合计"), clause)
        )

    # ---- states

    def _states(self, numbers: Sequence[int]) -> Iterator[KindedSpan]:
        """Promised states: each from its deadline to the next period or the end, before the first of `numbers`."""
        text, (base, end) = self.text, self.span
        edges = [period.start - base for _, period in self.inside[1:]]
        for (index, period), edge in zip(self.inside, [*edges, len(text)], strict=False):
            local = (period.start - base, period.end - base)
            if (
                self._is_due_by(period, local[0])
                and is_future(period, self.context)
                and not text.endswith(":")
            ):
                begin, close = due_clause(text, *local, bool(numbers)) if self.english else (0, end - base)
                if any(begin <= one - base < close for one in numbers):
                    continue
                span = (base + begin, base + close)
                yield KindedSpan(Kind.TARGET, *span, ("target.due",), 0.8, None, index)
                continue
            first = min((one - base for one in numbers if period.start <= one < base + edge), default=edge)
            stretch = self._before_number(edge, first)
            if clause_end := finished_by(stretch, *local):
                stretch = stretch[:clause_end]
            if len(stretch) > local[1] + 1 and promises_state(stretch, period, *local, self.context):
                place = (base + local[0], base + len(stretch))
                yield KindedSpan(Kind.TARGET, *place, ("target.state",), 0.8, None, index)

    def _is_due_by(self, period: FoundPeriod, at: int) -> bool:
        if self.context.aimed or ENGLISH_DUE.search(self.text, 0, at):
            return True
        return period.role is TimeRole.DEADLINE and bool(ENGLISH_GOAL.search(self.text, 0, at))

    def _before_number(self, edge: int, first: int) -> str:
        """The text up to `edge`, or up to the comma before the first number in it."""
        if first < edge:
            return self.text[: max(self.text.rfind("，", 0, first), self.text.rfind(",", 0, first), 0)]
        return self.text[:edge].rstrip("，,、。；; ")

    # ---- tasks

    def _only_sets_goals(self, promised: bool, states: Sequence[KindedSpan]) -> bool:
        """Whether what is asked is merely that a number or a state be reached."""
        base = self.span[0]
        opens = promised or any(one.start <= base + 1 for one in states)
        if self.english or self.context.article or not opens or self.asked[1] == "task.grant":
            return False
        starts = [one.start - base for _, one in self.numbers] + [state.start - base for state in states]
        ahead = [one for _, one in self.inside if is_future(one, self.context)]
        spans = [(one.start - base, one.end - base) for one in ahead]
        label = label_end(self.text)
        return only_goals(
            self.text[label:],
            [at - label for at in starts],
            [(start - label, end - label) for start, end in spans],
        )
