"""Divide indicators that grow with the size of a unit by a measure of that size."""

from __future__ import annotations

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.panel import Panel
from kechuang.indicators.engine.index.parameters import Parameter

PARAMETERS = {
    "by": Parameter("table", {}, "{indicator = denominator column}; empty takes the framework's Denominator"),
    "scale": Parameter("table", {}, "{indicator = factor}: the quotient is multiplied by it, 1 by default"),
}


def denominate(panel: Panel, p: dict) -> Panel:
    """x / (denominator / scale); missing where either is missing (COINr, Denominate)."""
    nodes = panel.framework.by_code
    by = p["by"] or {code: nodes[code].denominator for code in panel.codes if nodes[code].denominator}
    values = panel.values.copy()
    for code, column in by.items():
        if code not in panel.codes:
            raise refuse(f"denominate.by names '{code}', which is no indicator", "correct the code")
        size = panel.table.number(column)[panel.rows]
        if (size == 0).any():
            unit = panel.label(int(np.flatnonzero(size == 0)[0]))
            raise refuse(
                f"denominator '{column}' of '{code}' is zero for {unit}", "correct it or leave it empty"
            )
        values[:, panel.codes.index(code)] /= size / p["scale"].get(code, 1)
    return panel.with_values(values)
