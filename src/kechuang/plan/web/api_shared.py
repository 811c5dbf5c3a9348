"""What the plan office's API modules share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema

from kechuang.core import kinds

Answer = dict[str, Any]


def _pick(user: Any, model: Any, key: int | list[int] | None) -> Any:
    if key is None:
        return None
    if isinstance(key, list):
        return [_pick(user, model, one) for one in key]
    row = get_object_or_404(model, pk=key)
    if not kinds.visible(user, row):
        raise Http404(f"No {model._meta.object_name} matches the given query.")
    return row


def picked(request: HttpRequest, facts: dict[str, Any], **models: Any) -> dict[str, Any]:
    """Facts with keys of records turned into the records; what the caller may not see is not there."""
    return {
        name: _pick(request.user, models[name], value) if name in models else value
        for name, value in facts.items()
    }


class ReasonIn(Schema):
    reason: str = ""
