"""What the plan office's API modules share."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

Answer = dict[str, Any]


def _pick(model: Any, key: int | None) -> Any:
    return get_object_or_404(model, pk=key) if key is not None else None


def picked(facts: dict[str, Any], **models: Any) -> dict[str, Any]:
    """Facts with keys of records turned into the records."""
    return {name: _pick(models[name], value) if name in models else value for name, value in facts.items()}


class ReasonIn(Schema):
    reason: str = ""
