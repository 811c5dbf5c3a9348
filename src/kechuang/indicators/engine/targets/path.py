"""The way from where an indicator stood to where it was promised to stand."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from kechuang.indicators.engine.targets.errors import TargetError

KINDS = ("linear", "compound", "stepped")


@dataclass(frozen=True, slots=True)
class TargetPath:
    """Values due by date: `points` are (date, value), the first the base, the last the target.

    linear: equal amounts a day. compound: an equal rate a day (values above zero). stepped: each value is due
    on its date and the one before it holds until then, as for milestones.
    Raises TargetError for fewer than two points, dates out of order, or a compound path through zero.
    """

    kind: str
    points: tuple[tuple[date, float], ...]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise TargetError(f"unknown path {self.kind!r}: use one of {', '.join(KINDS)}")
        if len(self.points) < 2:
            raise TargetError("a path needs at least two points: the base and the target")
        days = [day for day, _ in self.points]
        if any(later <= earlier for earlier, later in itertools.pairwise(days)):
            raise TargetError(f"the points of a path must be in order of date, each date once: {days}")
        if self.kind == "compound" and min(value for _, value in self.points) <= 0:
            raise TargetError("a compound path needs values above zero: use a linear one")

    @property
    def due(self) -> date:
        return self.points[-1][0]

    @property
    def target(self) -> float:
        return self.points[-1][1]

    def value_on(self, day: date) -> float:
        """What is due on a day: the base before the path begins, the target after it ends."""
        first, last = self.points[0], self.points[-1]
        if day <= first[0]:
            return first[1]
        if day >= last[0]:
            return last[1]
        end = next(i for i, (when, _) in enumerate(self.points) if when > day)
        (start_day, start), (end_day, goal) = self.points[end - 1], self.points[end]
        if self.kind == "stepped":
            return start
        share = (day - start_day).days / (end_day - start_day).days
        if self.kind == "linear":
            return start + (goal - start) * share
        return start * (goal / start) ** share

    def gap(self, day: date, value: float, better: str = "higher") -> float:
        """How far `value` is ahead of the path on that day (negative: behind)."""
        ahead = value - self.value_on(day)
        return -ahead if better == "lower" else ahead
