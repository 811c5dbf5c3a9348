"""A small picture of a rank over the years within its interval: coordinates for an SVG, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

WIDTH, HEIGHT = 320, 92
LEFT, RIGHT, TOP, BOTTOM = 10, 14, 20, 22


class Step(Protocol):
    """A year's rank among `of` units and the interval that holds it."""

    year: str
    rank: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    rank: int
    year: str


@dataclass(frozen=True, slots=True)
class RankPath:
    """`line` and `band` as SVG points, one dot a year; better ranks stand higher."""

    line: str
    band: str
    dots: tuple[Dot, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @classmethod
    def of(cls, steps: Sequence[Step]) -> RankPath:
        """Two steps at least, oldest first."""
        best, worst = min(s.low for s in steps), max(s.high for s in steps)
        across = (WIDTH - LEFT - RIGHT) / (len(steps) - 1)
        down = (HEIGHT - TOP - BOTTOM) / max(worst - best, 1)

        def point(i: int, rank: int) -> tuple[float, float]:
            return round(LEFT + i * across, 1), round(TOP + (rank - best) * down, 1)

        middle = [point(i, s.rank) for i, s in enumerate(steps)]
        upper = [point(i, s.low) for i, s in enumerate(steps)]
        lower = [point(i, s.high) for i, s in enumerate(steps)]
        dots = tuple(Dot(x, y, s.rank, s.year) for (x, y), s in zip(middle, steps, strict=True))
        return cls(_points(middle), _points(upper + lower[::-1]), dots)


def _points(pairs: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
