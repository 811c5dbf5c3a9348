"""Every write of indicators, one function an act."""

from kechuang.indicators.actions.declare import declare_metric, redefine, sync_declarations
from kechuang.indicators.actions.freshness import changed
from kechuang.indicators.actions.recompute import recompute, recompute_dirty

__all__ = ["changed", "declare_metric", "recompute", "recompute_dirty", "redefine", "sync_declarations"]
