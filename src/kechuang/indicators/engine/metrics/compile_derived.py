"""Derived metrics as Ibis expressions over the cells of counted ones: two whole numbers a cell.

"A year before" is a join of the cells with themselves at an offset. LAG would take the row above, which is
another year wherever one is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kechuang.indicators.engine.metrics.catalogue import Catalogue, Declared
from kechuang.indicators.engine.metrics.cells import Cell
from kechuang.indicators.engine.metrics.compile import PERIOD, VALUE, CellExpression
from kechuang.indicators.engine.metrics.declaration import Metric
from kechuang.indicators.engine.metrics.derived import Derived
from kechuang.indicators.engine.metrics.periods import PER_YEAR, year_start

if TYPE_CHECKING:
    import ibis.expr.types as ir

TOP, BOTTOM = "_top", "_bottom"
Expressions = Callable[[Metric, tuple[str, ...]], CellExpression]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of `metric` that stand above ("top") or below ("bottom") the line of a cell.

    `first` is the earliest period counted when the cell is a year to date.
    """

    role: str
    metric: Metric
    cell: Cell
    first: int | None = None


def bottom_of(
    derived: Derived, by: tuple[str, ...], catalogue: Catalogue
) -> tuple[str, tuple[str, ...], int]:
    """Id, dimensions and offset in periods of what stands below the line."""
    if derived.over:
        dimensions = catalogue.base(catalogue[derived.over]).dimensions
        return derived.over, tuple(name for name in by if name in dimensions), 0
    if derived.kind == "share":
        return derived.of, tuple(name for name in by if name not in derived.total), 0
    years = PER_YEAR[catalogue.base(derived).grain] if derived.kind == "cagr" else 1
    return derived.of, by, derived.offset * years


def values_of(
    declared: Declared,
    by: tuple[str, ...],
    catalogue: Catalogue,
    expressions: Expressions,
    periods: ir.IntegerColumn | None = None,
) -> ir.Table:
    """Keys and `_value` for counted and cumulative metrics; keys, `_top` and `_bottom` for quotients.

    A cumulative metric is shown at `periods`; without, at those in which anything was counted.
    """
    if isinstance(declared, Metric):
        return expressions(declared, by).values()
    if declared.kind == "cumulative":
        return year_to_date(expressions(catalogue.base(declared), by), periods)
    return _quotient(declared, by, catalogue, expressions)


def _quotient(
    derived: Derived, by: tuple[str, ...], catalogue: Catalogue, expressions: Expressions
) -> ir.Table:
    """Cells of a ratio are those below the line (nothing counted above is none), of others those above.

    The other side is asked for at the periods of these cells: a year to date has a value in a month without rows.
    """
    import ibis

    below, shared, offset = bottom_of(derived, by, catalogue)
    sides = [(derived.of, by, 0), (below, shared, offset)]
    (outer_id, outer_by, _), (inner_id, inner_by, back) = (
        reversed(sides) if derived.kind == "ratio" else sides
    )
    timed = [PERIOD] if catalogue.base(derived).time else []
    outer = values_of(catalogue[outer_id], outer_by, catalogue, expressions)
    periods = outer[PERIOD] - back if timed else None
    inner = values_of(catalogue[inner_id], inner_by, catalogue, expressions, periods)
    if timed:
        outer, inner = (table.filter(table[PERIOD].notnull()) for table in (outer, inner))
        inner = inner.mutate(**{PERIOD: inner[PERIOD] + back})
    inner = inner.rename({f"_other_{name}": name for name in inner.columns})
    table = outer.left_join(inner, meet(outer, inner, [*timed, *shared]) or [ibis.literal(True)])
    own, other = table[VALUE], table[f"_other_{VALUE}"]
    above, under = (other, own) if derived.kind == "ratio" else (own, other)
    return table.select(**{name: table[name] for name in (*timed, *by)}, **{TOP: above, BOTTOM: under})


def meet(left: ir.Table, right: ir.Table, names: list[str]) -> list[ir.BooleanValue]:
    """Join conditions under which missing keys meet too: plain equalities, so that any engine can hash them."""
    blanks = {"string": "", "int64": 0, "boolean": False, "date": date(1970, 1, 1)}
    conditions = []
    for name in names:
        a, b = left[name], right[f"_other_{name}"]
        if name == PERIOD:
            conditions.append(a == b)
            continue
        blank = blanks[str(a.type()).removeprefix("!")]
        conditions += [a.fill_null(blank) == b.fill_null(blank), a.isnull() == b.isnull()]
    return conditions


def year_to_date(expression: CellExpression, periods: ir.IntegerColumn | None) -> ir.Table:
    """Per period the measure over all rows of the year so far: a self-join of periods, never a window.

    Each of `periods` (without: every period that any cell has) is shown for each cell with rows earlier that year.
    """
    how, column = expression.metric.measure.how, expression.metric.measure.column
    if how == "nunique":
        single = expression.selected.select(
            **expression.keys(), **{VALUE: expression.selected[column]}
        ).distinct()
    else:
        single = expression.values()
    single = single.filter(single[PERIOD].notnull())
    periods = (single[PERIOD] if periods is None else periods).name("_until").as_table().distinct()
    per_year = PER_YEAR[expression.metric.grain]
    same_year = single[PERIOD] - single[PERIOD] % per_year == periods._until - periods._until % per_year
    table = single.join(periods, [same_year, single[PERIOD] <= periods._until])
    keys = {PERIOD: table._until} | {name: table[name] for name in expression.by}
    combine = {"count": "sum", "sum": "sum"}.get(how, how)
    return table.group_by(**keys).agg(**{VALUE: getattr(table[VALUE], combine)()})


def parts_of(declared: Declared, cell: Cell, catalogue: Catalogue) -> list[Part]:
    """The sets of rows that a cell is made of: one for a counted metric, two for a quotient."""
    base = catalogue.base(declared)
    if isinstance(declared, Metric):
        return [Part("top", base, cell)]
    if declared.kind == "cumulative":
        return [Part("top", base, cell, year_start(cell.period, base.grain))]
    below, shared, offset = bottom_of(declared, cell.dimensions, catalogue)
    coarser = cell.only(shared)
    before = coarser if cell.period is None else replace(coarser, period=cell.period - offset)
    top = parts_of(catalogue[declared.of], cell, catalogue)
    return top + [replace(part, role="bottom") for part in parts_of(catalogue[below], before, catalogue)]
