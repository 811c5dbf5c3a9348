"""A stretch of days, closed on both ends; either end may be open."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both inclusive. None = open on that side."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"period runs backwards: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Period) -> bool:
        """Do the two share a day? An open end reaches everything on its side."""
        return (self.start is None or other.end is None or self.start <= other.end) and (
            other.start is None or self.end is None or other.start <= self.end
        )

    @property
    def days(self) -> int | None:
        """Number of days, or None when an end is open."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    @classmethod
    def year(cls, year: int) -> Period:
        """1 January to 31 December."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The month 1 to 12, first to last day."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """The quarter 1 to 4: three months."""
        return cls(cls.month(year, 3 * quarter - 2).start, cls.month(year, 3 * quarter).end)
