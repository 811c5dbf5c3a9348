"""Money as integer fen, so that sums are exact and equal on every engine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

FEN_PER_YUAN = 100


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in fen (1/100 yuan). Arithmetic stays in integers; only `share` rounds, half to even."""

    fen: int

    @classmethod
    def yuan(cls, amount: int | str | Decimal) -> Money:
        """From yuan. Raises ValueError when the amount has a fraction of a fen or is a float."""
        if isinstance(amount, float):
            raise ValueError("money is never a float: pass an int, str or Decimal")
        fen = Decimal(amount) * FEN_PER_YUAN
        if fen != fen.to_integral_value():
            raise ValueError(f"{amount} yuan is not a whole number of fen")
        return cls(int(fen))

    @property
    def in_yuan(self) -> Decimal:
        """The amount in yuan, exact to two decimals."""
        return Decimal(self.fen) / FEN_PER_YUAN

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __mul__(self, factor: int) -> Money:
        if not isinstance(factor, int):
            raise TypeError("multiply money by whole numbers; use share() for ratios")
        return Money(self.fen * factor)

    def share(self, numerator: int, denominator: int) -> Money:
        """`numerator/denominator` of the amount, rounded half to even to a fen."""
        exact = Decimal(self.fen) * numerator / denominator
        return Money(int(exact.to_integral_value(ROUND_HALF_EVEN)))
