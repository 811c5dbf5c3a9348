"""A number with its unit, exact: what a sentence promises or a record measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in `unit` as printed after multiplying out 万/亿; a range also has `value_max`.

    `unit` is free text of the source ("元", "家", "%", "个百分点", "yuan"); "" means a bare count.
    """

    value: Decimal
    unit: str = ""
    value_max: Decimal | None = None

    def __post_init__(self) -> None:
        if self.value_max is not None and self.value_max < self.value:
            raise ValueError(f"range runs backwards: {self.value} to {self.value_max}")

    @property
    def is_range(self) -> bool:
        """From `value` to `value_max`, rather than one value."""
        return self.value_max is not None
