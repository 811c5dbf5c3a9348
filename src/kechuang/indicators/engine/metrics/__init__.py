"""Metrics: declared once as data, run on any engine, traced to their rows.

>>> catalogue = read_declarations(toml)
>>> calculator = Calculator(catalogue, DuckEngine({"contracts": table}))
>>> calculator.values("contract_value", by=["field"])
>>> calculator.rows("contract_value", cell)
"""

from kechuang.indicators.engine.metrics.catalogue import Catalogue, Declared, read_declarations
from kechuang.indicators.engine.metrics.cells import Cell, Digest, Observation, parse_cell
from kechuang.indicators.engine.metrics.compute import Calculator, PartRows, digest_rows, measure_rows
from kechuang.indicators.engine.metrics.declaration import Condition, Measure, Metric
from kechuang.indicators.engine.metrics.derived import Derived
from kechuang.indicators.engine.metrics.engines import DuckEngine, PostgresEngine, SparkEngine
from kechuang.indicators.engine.metrics.errors import (
    CellError,
    DeclarationError,
    MetricError,
    SnapshotError,
    TableError,
)
from kechuang.indicators.engine.metrics.snapshot import Snapshot, open_snapshot, take_snapshot

__all__ = [
    "Calculator",
    "Catalogue",
    "Cell",
    "CellError",
    "Condition",
    "DeclarationError",
    "Declared",
    "Derived",
    "Digest",
    "DuckEngine",
    "Measure",
    "Metric",
    "MetricError",
    "Observation",
    "PartRows",
    "PostgresEngine",
    "Snapshot",
    "SnapshotError",
    "SparkEngine",
    "TableError",
    "digest_rows",
    "measure_rows",
    "open_snapshot",
    "parse_cell",
    "read_declarations",
    "take_snapshot",
]
