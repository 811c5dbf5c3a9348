"""`{% load parts %}`: the shared parts and formatters for templates; see core/web/README.md."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from kechuang.core.kernel import Period, Quantity, State, formatting
from kechuang.core.web import states

register = template.Library()


def _language() -> str:
    return get_language() or "zh-hans"


# ---- formatters


@register.filter
def number(value, unit: str = "") -> str:
    """22.7 亿 / 22.7 bn; `{{ n|number:"家" }}` adds the unit."""
    if isinstance(value, Quantity):
        return formatting.quantity(value, _language())
    return formatting.number(value if value != "" else None, _language(), unit)


@register.filter
def grouped(value, digits=None) -> str:
    """All digits: 29,000."""
    return "—" if value in (None, "") else formatting.grouped(value, digits)


@register.filter
def money(value) -> str:
    """Money or fen: 227 亿元 / ¥22.7 bn."""
    return formatting.money(value if value != "" else None, _language())


@register.filter
def percent(value, digits: int = 1) -> str:
    """A ratio: 0.993 → 99.3%."""
    return formatting.percent(value if value != "" else None, digits)


@register.filter
def change(value, unit: str = "") -> str:
    """A difference with its sign."""
    return formatting.change(value if value != "" else None, _language(), unit)


@register.filter
def day(value, style: str = "table") -> str:
    """2026-11-21; `day:"text"` 11月21日, `day:"full"` 2026年11月21日."""
    if style == "table":
        return formatting.day(value or None)
    return formatting.day_in_text(value or None, _language(), year=style == "full")


@register.filter
def period(value, end=None) -> str:
    """A Period, or `{{ start|period:end }}`."""
    if value is not None and not isinstance(value, Period):
        value = Period(value, end)
    return formatting.period(value, _language())


@register.filter
def words(text: str) -> list[str]:
    """Split at spaces, for small fixed lists in templates."""
    return text.split()


# ---- parts


@register.simple_tag
def notice(text, kind: str = "info", title: str = "") -> str:
    """A message in place. Kinds: info, success, warning, error."""
    kind = {"debug": "info"}.get(kind, kind or "info")
    return render_to_string("core/parts/notice.html", {"text": text, "kind": kind, "title": title})


@register.simple_tag
def state_badge(state, label: str = "") -> str:
    """The state's mark and words."""
    return states.badge(state, label)


@register.simple_tag
def state_bar(counts, urls=None, selected=None, legend: bool = True, label: str = "") -> str:
    """Stacked bar of {state: count}; with `urls` {state: address} each part filters."""
    total, parts = states.shares(counts or {}, urls, selected)
    context = {"total": total, "shares": parts, "legend": legend, "label": label}
    return render_to_string("core/parts/state_bar.html", context)


@register.filter
def state_mark(state) -> str:
    """● ◐ ▲ ■ ○"""
    return State(state).mark if state else ""


@register.filter
def state_label(state) -> str:
    """The state in words."""
    return states.LABELS[State(state)] if state else ""
