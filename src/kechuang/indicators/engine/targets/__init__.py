"""Targets: the path to a promise, where the series is heading, the chance of arriving, what it takes.

Also the conventions of published series: year to date, constant prices, vintages.
"""

from kechuang.indicators.engine.targets.chance import chance
from kechuang.indicators.engine.targets.errors import TargetError
from kechuang.indicators.engine.targets.forecast import Fit, Forecast, back_test, forecast
from kechuang.indicators.engine.targets.path import TargetPath
from kechuang.indicators.engine.targets.required import Required, required
from kechuang.indicators.engine.targets.series import (
    Published,
    Stretch,
    Vintages,
    chained_index,
    constant_prices,
    to_cumulative,
    to_discrete,
)

__all__ = [
    "Fit",
    "Forecast",
    "Published",
    "Required",
    "Stretch",
    "TargetError",
    "TargetPath",
    "Vintages",
    "back_test",
    "chained_index",
    "chance",
    "constant_prices",
    "forecast",
    "required",
    "to_cumulative",
    "to_discrete",
]
