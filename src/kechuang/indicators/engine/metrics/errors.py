"""What can be wrong with a metric, a table or a snapshot: said with the place and the remedy."""

from __future__ import annotations


class MetricError(ValueError):
    """Base of all errors here. `str(error)` reads: where: what. Remedy."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        self.where, self.what, self.remedy = where, what, remedy
        super().__init__(f"{where}: {what}. {remedy}")


class DeclarationError(MetricError):
    """A declaration contradicts itself or the catalogue."""


class TableError(MetricError):
    """A table lacks a column, or a column has a type that engines do not share."""


class CellError(MetricError):
    """A cell is asked for that the metric cannot have."""


class SnapshotError(MetricError):
    """A snapshot cannot be read or is not what its name says."""
