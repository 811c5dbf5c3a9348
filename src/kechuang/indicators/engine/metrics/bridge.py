"""When a definition changes, both versions are shown for a stretch of periods, so that the break can be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kechuang.indicators.engine.metrics.catalogue import Declared
from kechuang.indicators.engine.metrics.cells import Cell, Observation
from kechuang.indicators.engine.metrics.errors import DeclarationError

Number = int | Fraction | float


@dataclass(frozen=True, slots=True)
class Pair:
    """One cell by the old and by the new definition (None: the definition has no value there)."""

    cell: Cell
    old: Number | None
    new: Number | None

    @property
    def difference(self) -> Number | None:
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True, slots=True)
class Bridge:
    """Old and new version of a metric side by side from period `first` to `last`, both included."""

    old: Declared
    new: Declared
    first: int
    last: int
    pairs: tuple[Pair, ...]

    def link(self) -> Fraction | None:
        """New over old, summed over cells that have both: the factor that carries the old series over.

        None where it says nothing (no common cell, or the old sum is zero). Rates are not linked by sums.
        """
        both = [pair for pair in self.pairs if pair.difference is not None]
        old = sum(Fraction(pair.old) for pair in both)
        return sum(Fraction(pair.new) for pair in both) / old if old else None


def changes(old: Declared, new: Declared) -> dict[str, tuple[object, object]]:
    """What differs between two definitions, {field: (old, new)}; the version aside."""
    before, after = old.as_dict(), new.as_dict()
    names = [name for name in {**before, **after} if name != "version"]
    return {
        name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    }


def check_succession(old: Declared, new: Declared) -> None:
    """Raises DeclarationError unless `new` may follow `old`: same id, next version, something changed."""
    where = f"metric {new.id!r}"
    if old.id != new.id:
        raise DeclarationError(
            where, f"follows another metric, {old.id!r}", "A new id is a new metric: no bridge."
        )
    differing = changes(old, new)
    if new.version == old.version and differing:
        name = next(iter(differing))
        raise DeclarationError(
            where, f"{name} changed within version {old.version}", "Raise the version by 1."
        )
    if new.version != old.version + 1:
        raise DeclarationError(where, f"version {new.version} after {old.version}", "Raise the version by 1.")
    if not differing:
        raise DeclarationError(
            where, f"version {new.version} says the same as {old.version}", "Keep the old version."
        )


def bridge(
    old: Declared,
    new: Declared,
    old_values: Iterable[Observation],
    new_values: Iterable[Observation],
    first: int,
    last: int,
) -> Bridge:
    """Both definitions over the periods `first` to `last`. Raises DeclarationError for a wrong succession.

    Values must be by the same dimensions; take `by` = those the two definitions share.
    """
    check_succession(old, new)
    if last < first:
        raise DeclarationError(
            f"metric {new.id!r}", f"bridge from {first} to {last}", "Let it end after it begins."
        )
    before, after = ({seen.cell: seen.value for seen in values} for values in (old_values, new_values))
    if len({cell.dimensions for cell in (*before, *after)}) > 1:
        raise DeclarationError(
            f"metric {new.id!r}", "the two series have other dimensions", "Compute both by the same."
        )
    cells = [cell for cell in {**before, **after} if cell.period is not None and first <= cell.period <= last]
    cells.sort(key=lambda cell: (cell.period, *map(str, cell.keys)))
    pairs = tuple(Pair(cell, before.get(cell), after.get(cell)) for cell in cells)
    return Bridge(old, new, first, last, pairs)
