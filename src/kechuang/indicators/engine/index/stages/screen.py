"""Leave out units with too little data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.panel import Panel
from kechuang.indicators.engine.index.parameters import Parameter

PARAMETERS = {
    "available": Parameter("number", 0.0, "least share of indicators that a unit must have", low=0, high=1),
    "nonzero": Parameter(
        "number", 0.0, "least share of non-zero values among those a unit has", low=0, high=1
    ),
    "keep": Parameter("texts", [], "units kept whatever their data"),
    "drop": Parameter("texts", [], "units left out whatever their data"),
}


def screen(panel: Panel, p: dict) -> Panel:
    """Units whose shares reach the thresholds, with forced exceptions (COINr, Screen)."""
    names = np.array([unit[0] for unit in panel.units])
    for name in (*p["keep"], *p["drop"]):
        if name not in names:
            raise refuse(f"screen names '{name}', which is no unit of the data", "correct the unit")
    known = (~np.isnan(panel.values)).sum(axis=1)
    available = known / panel.values.shape[1]
    zeros = (panel.values == 0).sum(axis=1)
    nonzero = np.divide(known - zeros, known, out=np.zeros(len(known)), where=known > 0)
    stay = (available >= p["available"]) & (nonzero >= p["nonzero"])
    stay = (stay | np.isin(names, p["keep"])) & ~np.isin(names, p["drop"])
    if not stay.any():
        raise refuse("screen leaves no unit", "lower screen.available or screen.nonzero")
    gone = [panel.label(i) for i in np.flatnonzero(~stay)]
    notes = (f"screen: left out {', '.join(gone)}",) if gone else ()
    return replace(panel, rows=panel.rows[stay], values=panel.values[stay], notes=panel.notes + notes)
