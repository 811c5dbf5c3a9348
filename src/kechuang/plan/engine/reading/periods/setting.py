"""What a sentence's time expressions are relative to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class Setting:
    """`today` is the document's day, `year` the year named before in the sentence, `told` the one of the sentences before.

    `minguo`: the document counts its years from 1912 (民国), so that a bare 108年 is 2019.
    """

    today: date | None
    year: int | None = None
    told: int | None = None
    minguo: bool = False

    def named(self) -> int | None:
        """The year that a half, quarter, month or day without one is of."""
        return self.year if self.year is not None else (self.today.year if self.today else None)
