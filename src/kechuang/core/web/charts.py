"""The chart frame: title says the finding; unit, source, table and downloads always with it."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal
from urllib.parse import quote

from kechuang.core.kernel import State
from kechuang.core.web.listing.export import safe_text

_ids = itertools.count(1)


@dataclass(frozen=True)
class Series:
    """One line, bar or band. `values` match the chart's x; a band has `low` and `high` instead.

    role   actual, target (dashed), forecast (dotted), band (interval)
    state  paint it in a state's colour; `grey` for "the rest"
    """

    name: str
    values: Sequence = ()
    role: Literal["actual", "target", "forecast", "band"] = "actual"
    low: Sequence = ()
    high: Sequence = ()
    state: State | str = ""
    grey: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart with its table. At most six coloured series; kind: line, bar, hbar, stacked."""

    title: str
    x: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    source: str = ""
    source_url: str = ""
    subtitle: str = ""
    x_label: str = ""
    kind: Literal["line", "bar", "hbar", "stacked"] = "line"
    note: str = ""
    why: str = ""
    small: bool = False
    synthetic: bool = False
    id: str = field(default_factory=lambda: f"chart-{next(_ids)}")

    @property
    def script_id(self) -> str:
        return f"{self.id}-data"

    @property
    def spec(self) -> dict:
        """What charts.js draws from."""
        return {
            "kind": self.kind,
            "unit": str(self.unit),
            "percent": self.unit == "%",
            "x": [str(x) for x in self.x],
            "series": [_series(one) for one in self.series],
        }

    @property
    def columns(self) -> list[str]:
        heads = [str(self.x_label)]
        for one in self.series:
            heads += [f"{one.name} ↓", f"{one.name} ↑"] if one.role == "band" else [str(one.name)]
        return heads

    @property
    def rows(self) -> list[list]:
        """The table: one row per x."""
        stripes = [
            s for one in self.series for s in ([one.low, one.high] if one.role == "band" else [one.values])
        ]
        return [[x, *(_at(stripe, i) for stripe in stripes)] for i, x in enumerate(self.x)]

    @property
    def csv_url(self) -> str:
        """The table as a data address, so that the download works without scripts."""
        buffer = io.StringIO()
        csv.writer(buffer).writerows([[safe_text(v) for v in row] for row in [self.columns, *self.rows]])
        return "data:text/csv;charset=utf-8,%EF%BB%BF" + quote(buffer.getvalue())


def _at(values: Sequence, i: int):
    return values[i] if i < len(values) else None


def _series(one: Series) -> dict:
    found = {"name": str(one.name), "role": one.role, "state": str(one.state), "grey": one.grey}
    if one.role == "band":
        return found | {"low": _plain(one.low), "high": _plain(one.high)}
    return found | {"values": _plain(one.values)}


def _plain(values: Sequence) -> list:
    return [float(v) if isinstance(v, Decimal) else v for v in values]
