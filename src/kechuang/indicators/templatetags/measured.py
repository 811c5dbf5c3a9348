"""`{% load measured %}`: a metric's value with its unit, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from kechuang.core.kernel import formatting
from kechuang.indicators.models import Metric

register = template.Library()
FEN = {"fen", "分"}  # money is kept in fen and shown in yuan


@register.filter
def measured(value, metric: Metric) -> str:
    """227 亿元, 73.7%, 4.52 万家."""
    language = get_language() or "zh-hans"
    if value is not None and metric.unit in FEN:
        return formatting.money(int(value), language)
    return formatting.number(value, language, metric.unit_here)
