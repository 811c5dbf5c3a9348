"""What flows from stage to stage: a matrix units × indicators with its table and framework."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.framework import Framework
from kechuang.indicators.engine.index.table import Table


@dataclass(frozen=True)
class Panel:
    """`values` is (units, indicators), NaN where missing; `rows` are the rows of the table still in play."""

    table: Table
    framework: Framework
    rows: np.ndarray
    values: np.ndarray
    notes: tuple[str, ...] = ()
    details: dict[str, dict] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        return self.framework.indicators

    @property
    def units(self) -> tuple[tuple[str, ...], ...]:
        return tuple(self.table.units[row] for row in self.rows)

    def label(self, i: int) -> str:
        """The i-th unit as a message names it."""
        return self.table.label(self.rows[i])

    def with_values(self, values: np.ndarray, *notes: str, details: dict[str, dict] | None = None) -> Panel:
        return replace(
            self,
            values=values,
            notes=self.notes + notes,
            details=self.details if details is None else details,
        )


def raw_panel(table: Table, framework: Framework) -> Panel:
    """The indicators as they stand in the table. Refuses an indicator, or a pillar, without any value."""
    values = np.column_stack([table.number(code) for code in framework.indicators])
    empty = {
        code for code, column in zip(framework.indicators, values.T, strict=True) if np.isnan(column).all()
    }
    for pillar in framework.aggregates:
        if empty.issuperset(framework.leaves(pillar)):
            raise refuse(
                f"pillar '{pillar}': all values of all its indicators are missing in {table.source}",
                "supply data for it or take it out of the framework",
            )
    if empty:
        raise refuse(
            f"indicator '{min(empty)}': all values are missing in {table.source}",
            "supply data for it or take it out of the framework",
        )
    return Panel(table, framework, np.arange(len(table.units)), values)
