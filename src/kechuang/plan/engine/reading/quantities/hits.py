"""A quantity while it is being found: its place in the sentence and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..types import FoundQuantity


@dataclass(frozen=True, slots=True)
class Hit:
    """`start:end` in the sentence; `more` is a 多/余 inside the span; `rule` names how it was found."""

    start: int
    end: int
    value: Decimal
    unit: str
    rule: str
    value_max: Decimal | None = None
    more: str = ""

    def found(self, comparator: str, baseline_year: int | None = None) -> FoundQuantity:
        return FoundQuantity(
            start=self.start,
            end=self.end,
            value=plain(self.value),
            unit=self.unit,
            value_max=None if self.value_max is None else plain(self.value_max),
            comparator=comparator,
            baseline_year=baseline_year,
            rules=(f"quantity.{self.rule}",),
        )


def plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
