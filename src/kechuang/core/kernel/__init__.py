"""Value types that every domain shares. Pure: standard library only."""

from kechuang.core.kernel.money import Money
from kechuang.core.kernel.period import Period
from kechuang.core.kernel.quantity import Quantity
from kechuang.core.kernel.state import State

__all__ = ["Money", "Period", "Quantity", "State"]
