"""What the pages of indicators share: who may see what, and the refusals of the engine as pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from kechuang.core.engine.sheets import Field
from kechuang.core.errors import Refusal
from kechuang.core.sheets import table_of, without_faults
from kechuang.indicators.engine.index import IndexInputError
from kechuang.indicators.engine.metrics import MetricError
from kechuang.indicators.engine.targets import TargetError
from kechuang.indicators.models import Metric
from kechuang.indicators.queries.standing import visible_metrics


def clearance_of(user: Any) -> int:
    """What the person may see of rows: nothing above this secrecy."""
    return user.clearance if getattr(user, "is_authenticated", False) else 0


def metric_for(request: HttpRequest, code: str) -> Metric:
    return get_object_or_404(visible_metrics(request.user), code=code)


def kindly(view):
    """What an engine refuses becomes the page that says what, where and how to mend it."""

    @wraps(view)
    def shown(*args, **kwargs):
        try:
            return view(*args, **kwargs)
        except (MetricError, IndexInputError, TargetError) as fault:
            raise Refusal(str(fault)) from fault

    shown.__signature__ = signature(view, eval_str=True)  # the API reads types where they were written
    return shown


def rows_of(name: str, content: bytes, fields: Sequence[Field]) -> list[dict[str, Any]]:
    """Rows of a sheet for programs: all faults in one refusal."""
    return without_faults(table_of(content, name, fields)).rows
