"""`{% load measured %}`: a metric's value with its unit, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django import template
from django.utils.translation import gettext as _

from kechuang.core.kernel import formatting
from kechuang.core.language import current, in_language
from kechuang.indicators.models import Metric
from kechuang.indicators.queries.words import STAGES

register = template.Library()


@register.filter(name="in_language")
def item_words(item: Mapping[str, str], name: str) -> str:
    """What an item of a form calls itself or its unit, in the reader's language."""
    zh = item.get(f"{name}_zh") or item.get(name, "")
    return in_language(zh, item.get(f"{name}_en", ""))


@register.filter
def measured(value, metric: Metric) -> str:
    """227 亿元, 73.7%, 4.52 万家."""
    value = float(value) if isinstance(value, Fraction) else value
    language = current()
    if value is not None and metric.per_unit != 1:
        return formatting.money(int(value), language)
    return formatting.number(value, language, metric.unit_here)


@register.filter
def exact(value, metric: Metric) -> str:
    """All digits in the unit shown."""
    return "—" if value in (None, "") else formatting.grouped(value / metric.per_unit)


@register.filter
def growth(ratio) -> str:
    """A relative change with its sign: 0.052 → +5.2%."""
    if ratio is None:
        return "—"
    return f"{'+' if ratio > 0 else '±' if ratio == 0 else ''}{formatting.percent(float(ratio))}"


@register.filter
def change_of(difference, metric: Metric) -> str:
    """A difference in the metric's unit with its sign; points where the unit is per cent."""
    if difference is None:
        return "—"
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    if metric.unit == "%":
        number = formatting.number(abs(difference), current())
        return sign + _("%(number)s percentage points") % {"number": number}
    return sign + measured(abs(difference), metric)


@register.filter
def stage_words(name: str) -> str:
    """A stage of a recipe in words."""
    return str(STAGES.get(name, name))
