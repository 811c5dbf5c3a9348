"""A figure: a number as it may be published, never without unit, period and the way down to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kechuang.core.kernel import Money, Period, State

Value = int | float | Decimal | Money | str | None


@dataclass(frozen=True)
class Figure:
    """One number.

    value    number or Money; text is shown as it is; None shows a dash
    unit     "家", "%", "CNY bn"…  (already in the reader's language)
    label    what is measured
    period   when
    interval (low, high) of the uncertainty
    change   difference to `change_since` (words, e.g. "on 2024")
    why      address of “why this number?”
    """

    value: Value
    unit: str = ""
    label: str = ""
    period: Period | str | None = None
    interval: tuple | None = None
    change: int | float | Decimal | None = None
    change_since: str = ""
    why: str = ""
    state: State | str = ""
    synthetic: bool = False
    big: bool = False

    is_figure = True
