"""Every write of indicators, one function an act."""

from kechuang.indicators.actions.declare import declare_metric, redefine, sync_declarations
from kechuang.indicators.actions.freshness import changed
from kechuang.indicators.actions.recompute import recompute, recompute_dirty
from kechuang.indicators.actions.targets import publish_value, set_target

__all__ = [
    "changed",
    "declare_metric",
    "publish_value",
    "recompute",
    "recompute_dirty",
    "redefine",
    "set_target",
    "sync_declarations",
]
