"""Indicators: metrics with versions, snapshots, observations, targets; statistical returns; indices."""

from kechuang.indicators.models.indices import ExternalValue, IndexRun, Recipe
from kechuang.indicators.models.metrics import (
    Metric,
    MetricVersion,
    Observation,
    PublishedValue,
    Snapshot,
    Target,
)
from kechuang.indicators.models.returns import Return, ReturnForm, ReturnValue

__all__ = [
    "ExternalValue",
    "IndexRun",
    "Metric",
    "MetricVersion",
    "Observation",
    "PublishedValue",
    "Recipe",
    "Return",
    "ReturnForm",
    "ReturnValue",
    "Snapshot",
    "Target",
]
