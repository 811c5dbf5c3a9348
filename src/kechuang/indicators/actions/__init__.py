"""Every write of indicators, one function an act."""

from kechuang.indicators.actions.declare import sync_declarations
from kechuang.indicators.actions.define import declare_metric, redefine
from kechuang.indicators.actions.external import import_external
from kechuang.indicators.actions.forms import save_form
from kechuang.indicators.actions.freshness import changed
from kechuang.indicators.actions.recipes import delete_recipe, run_recipe, save_recipe
from kechuang.indicators.actions.recompute import recompute, recompute_dirty
from kechuang.indicators.actions.reference import load_reference
from kechuang.indicators.actions.return_import import import_returns
from kechuang.indicators.actions.returns import (
    approve_return,
    fill_return,
    open_return,
    replace_return,
    send_back_return,
    submit_return,
)
from kechuang.indicators.actions.targets import publish_value, set_target

__all__ = [
    "approve_return",
    "changed",
    "declare_metric",
    "delete_recipe",
    "fill_return",
    "import_external",
    "import_returns",
    "load_reference",
    "open_return",
    "publish_value",
    "recompute",
    "recompute_dirty",
    "redefine",
    "replace_return",
    "run_recipe",
    "save_form",
    "save_recipe",
    "send_back_return",
    "set_target",
    "submit_return",
    "sync_declarations",
]
