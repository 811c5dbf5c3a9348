"""Small cells hidden on public pages, together with as many others as it takes to keep them hidden.

Primary: a cell counted from few respondents. Complementary: where a hidden cell follows from totals that are shown,
further cells are hidden until it no longer does. The test is exact: a hidden cell follows from what is shown if and
only if it is determined by the system of all sums (Hundepool et al., Statistical Disclosure Control, 2012, chapter 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from kechuang.indicators.engine.metrics.errors import MetricError

TOTAL = "∑"  # stands in a key for "all values of this dimension"
Key = tuple
Sum = tuple[Key, set[Key]]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What stands in one cell without totals: its amount, and from how many respondents."""

    amount: int
    respondents: int


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Which keys to hide: `primary` for themselves, `complementary` to protect those."""

    primary: frozenset[Key]
    complementary: frozenset[Key]
    shown: dict[Key, int]


def suppress(cells: Mapping[Key, Contribution], fewest: int = 3) -> Suppressed:
    """What may be shown of a table with all its totals (TOTAL in a key), and what must be hidden.

    Cells of nobody are shown as they are. Raises MetricError for keys of unequal length or negative amounts.
    """
    _check(cells)
    table = with_totals(cells)
    primary = {key for key, cell in table.items() if 0 < cell.respondents < fewest}
    equations = _sums(table)
    hidden = set(primary)
    while exposed := _determined(primary, hidden, equations):
        hidden.add(_cheapest_cover(exposed[0], hidden, equations, table))
    shown = {key: cell.amount for key, cell in table.items() if key not in hidden}
    return Suppressed(frozenset(primary), frozenset(hidden - primary), shown)


def with_totals(cells: Mapping[Key, Contribution]) -> dict[Key, Contribution]:
    """The cells with the sums over every dimension and choice of dimensions."""
    amounts: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for key, cell in cells.items():
        for coarser in product(*((value, TOTAL) for value in key)):
            sums = amounts[coarser]
            sums[0] += cell.amount
            sums[1] += cell.respondents
    return {key: Contribution(*sums) for key, sums in amounts.items()}


def _check(cells: Mapping[Key, Contribution]) -> None:
    if len({len(key) for key in cells}) > 1:
        raise MetricError(
            "table to publish", "keys of unequal length", "Give every cell a value of each dimension."
        )
    for key, cell in cells.items():
        if cell.amount < 0 or cell.respondents < 0:
            raise MetricError(f"cell {key}", "negative amount", "Split gains and losses into two tables.")
        if TOTAL in key:
            raise MetricError(
                f"cell {key}", f"{TOTAL!r} stands for totals", "Give cells only: totals are added up."
            )


def _sums(table: Iterable[Key]) -> list[Sum]:
    """Every published sum along one dimension: its total, and all keys it ties together, the total too."""
    lines: dict[tuple[int, Key], set[Key]] = defaultdict(set)
    for key in table:
        for at in range(len(key)):
            lines[at, (*key[:at], TOTAL, *key[at + 1 :])].add(key)
    return [(total, keys) for (_, total), keys in lines.items()]


def _determined(primary: set[Key], hidden: set[Key], sums: list[Sum]) -> list[Key]:
    """Primary cells that follow from what is shown: unit vectors in the row space of the sums over hidden cells.

    In reduced row echelon form (exact, over fractions) those are the rows with a single entry.
    """
    pivots: dict[Key, dict[Key, Fraction]] = {}
    for total, line in sums:
        row = {key: Fraction(-1 if key == total else 1) for key in line & hidden}
        _eliminate(row, pivots)
        if not row:
            continue
        pivot = min(row, key=repr)
        scale = row[pivot]
        row = {key: value / scale for key, value in row.items()}
        for other in pivots.values():
            _subtract(other, row, other.get(pivot))
        pivots[pivot] = row
    known = {pivot for pivot, row in pivots.items() if len(row) == 1}
    return sorted(known & primary, key=repr)


def _eliminate(row: dict[Key, Fraction], pivots: Mapping[Key, dict[Key, Fraction]]) -> None:
    for key in [key for key in row if key in pivots]:
        _subtract(row, pivots[key], row.get(key))


def _subtract(row: dict[Key, Fraction], other: Mapping[Key, Fraction], times: Fraction | None) -> None:
    if not times:
        return
    for key, value in other.items():
        left = row.get(key, Fraction(0)) - times * value
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _cheapest_cover(
    exposed: Key, hidden: set[Key], sums: list[Sum], table: Mapping[Key, Contribution]
) -> Key:
    """The shown cell to hide next: one that shares a sum with a hidden one, parts before totals, small first.

    Cells of nobody come last: anyone may know that they are zero.
    """
    lines = [line for _, line in sums if exposed in line and len(line & hidden) == 1]
    lines = lines or [line for _, line in sums if line & hidden and line - hidden]
    candidates = set().union(*lines) - hidden
    return min(
        candidates, key=lambda key: (table[key].amount == 0, key.count(TOTAL), table[key].amount, repr(key))
    )
