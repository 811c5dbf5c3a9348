"""What the parts of the reader hand to one another.

Three coordinate systems never mix: *raw* offsets point into the decoded document as it came, *clean* offsets into
the repaired text of a `CleanText`, and spans found inside one sentence are moved to clean offsets by whoever found
them. All are Unicode code points, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    FIGURE = "figure"
    TARGET = "target"
    TASK = "task"
    ATTRIBUTION = "attribution"
    TIME = "time"


class TimeRole(StrEnum):
    POINT = "point"
    PERIOD = "period"
    SINCE = "since"
    DEADLINE = "deadline"
    BASELINE = "baseline"
    DURATION = "duration"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Repair:
    """Raw span `start:end` was replaced by `replacement` under `rule` ("gloss", "mojibake", "t2s", …)."""

    start: int
    end: int
    replacement: str
    rule: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """The repaired text and, for each of its characters, where it came from.

    `starts[i]`/`ends[i]` is the raw span of clean character i (several characters may share one span when a repair
    replaced a stretch).
    """

    raw: str
    text: str
    starts: list[int]
    ends: list[int]
    repairs: list[Repair] = field(default_factory=list)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw span of the clean span `start:end` (not empty)."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body in clean offsets, with where it stands.

    `paragraph` counts from 0; `enumeration` is the ordinal of an 一是…/(一) item it opens or continues, else None;
    `heading` holds the texts of the headings above it, outermost first; `is_heading` marks a heading line itself.
    """

    start: int
    end: int
    text: str
    paragraph: int
    enumeration: int | None = None
    heading: tuple[str, ...] = ()
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A quantity in a text: `start:end` covers number and unit, comparator words excluded."""

    start: int
    end: int
    value: Decimal | None  # None: a magnitude without a digit ("数万亿元") that only orders of ten describe
    unit: str
    value_max: Decimal | None = None
    comparator: str = ""  # as printed: 近 超 约 达到 以上 累计 突破 增长 over nearly …
    baseline_year: int | None = None  # 比2013年增长40%
    subject: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A located time expression and the days it means (both inclusive; None = open or vague)."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    role: TimeRole
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with raw offsets: the row of `kechuang plan read` (see docs/reading.md for each field)."""

    kind: Kind
    sentence: str
    start: int
    end: int
    q_start: int | None = None
    q_end: int | None = None
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    t_start: int | None = None
    t_end: int | None = None
    time_text: str = ""
    time_start: date | None = None
    time_end: date | None = None
    time_role: TimeRole | None = None
    speaker: str = ""
    role: str = ""
    subject: str = ""
    organisations: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    confidence: float = 1.0


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
