"""Metrics made of other metrics. All are a quotient of two whole numbers, but the year-to-date sum."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kechuang.indicators.engine.metrics.declaration import Header, build
from kechuang.indicators.engine.metrics.errors import DeclarationError

KINDS = ("ratio", "growth", "cagr", "cumulative", "share", "per_capita")


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Header):
    """`kind` of the metric `of`.

    ratio, per_capita: divided by metric `over`, in the same period (per_capita: repeated over the
        dimensions that `over` lacks).
    growth: against the value `offset` periods before, minus 1. cagr: the same over `offset` years, a year.
    cumulative: all rows of the year up to and with the period. share: of the total over dimensions `total`.
    `scale` multiplies the quotient: 100 for per cent.
    """

    kind: str
    of: str
    over: str | None = None
    offset: int | None = None
    total: tuple[str, ...] = ()
    scale: int = 1

    def __post_init__(self) -> None:
        Header.__post_init__(self)
        where = f"metric {self.id!r}"
        if self.kind not in KINDS:
            raise DeclarationError(where, f"unknown kind {self.kind!r}", f"Use one of: {', '.join(KINDS)}.")
        needs = {
            "ratio": "over",
            "per_capita": "over",
            "growth": "offset",
            "cagr": "offset",
            "share": "total",
        }
        for name in ("over", "offset", "total"):
            given = bool(getattr(self, name))
            if given != (needs.get(self.kind) == name):
                verb = "takes no" if given else "needs"
                raise DeclarationError(
                    where, f"{self.kind} {verb} {name!r}", "See the kinds in docs/metrics.md."
                )
        if self.offset is not None and self.offset < 1:
            raise DeclarationError(
                where, f"offset {self.offset}", "Count whole periods backwards, at least 1."
            )
        if type(self.scale) is not int or self.scale < 1:
            raise DeclarationError(where, f"scale {self.scale!r}", "Use 1, 100 (per cent), 1000 …")

    def as_dict(self) -> dict:
        """Plain values only; `from_dict` reads it back to an equal metric."""
        own = {"kind": self.kind, "of": self.of, "over": self.over, "offset": self.offset}
        return self.header_dict() | own | {"total": list(self.total), "scale": self.scale}

    @classmethod
    def from_dict(cls, plain: dict) -> Derived:
        where = f"metric {plain.get('id', '?')!r}"
        return build(cls, where, plain | {"total": tuple(plain.get("total", ()))})

    def quotient(self, top: int | None, bottom: int | None) -> Fraction | float | None:
        """The value from its two whole numbers; None where there is nothing to divide by.

        Exact, except for cagr: a root is a float. Growth from zero or from a negative value has no meaning.
        """
        if top is None or bottom is None or bottom == 0:
            return None
        if self.kind in ("growth", "cagr") and bottom < 0:
            return None
        if self.kind == "growth":
            return Fraction((top - bottom) * self.scale, bottom)
        if self.kind == "cagr":
            return None if top < 0 else ((top / bottom) ** (1 / self.offset) - 1) * self.scale
        return Fraction(top * self.scale, bottom)
