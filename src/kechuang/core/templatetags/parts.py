"""`{% load parts %}`: the shared parts and formatters for templates; see core/web/README.md."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kechuang.core import language
from kechuang.core.acts import may
from kechuang.core.kernel import Money, Period, Quantity, State, formatting
from kechuang.core.web import states
from kechuang.core.web.diff import to_html
from kechuang.core.web.forms import field_kind
from kechuang.core.web.gantt import layout
from kechuang.core.web.highlight import highlighted
from kechuang.core.web.record import permitted
from kechuang.core.web.times import local_day

register = template.Library()


# ---- formatters


@register.filter
def number(value, unit: str = "") -> str:
    """22.7 亿 / 22.7 bn; `{{ n|number:"家" }}` adds the unit."""
    if isinstance(value, Quantity):
        return formatting.quantity(value, language.current())
    return formatting.number(value if value != "" else None, language.current(), unit)


@register.filter
def grouped(value, digits=None) -> str:
    """All digits: 29,000."""
    return "—" if value in (None, "") else formatting.grouped(value, digits)


@register.filter
def money(value) -> str:
    """Money or fen: 227 亿元 / ¥22.7 bn."""
    return formatting.money(value if value != "" else None, language.current())


@register.filter
def percent(value, digits: int = 1) -> str:
    """A ratio: 0.993 → 99.3%."""
    return formatting.percent(value if value != "" else None, digits)


@register.filter
def change(value, unit: str = "") -> str:
    """A difference with its sign."""
    return formatting.change(value if value != "" else None, language.current(), unit)


@register.filter
def day(value, style: str = "table") -> str:
    """2026-11-21; `day:"text"` 11月21日, `day:"full"` 2026年11月21日."""
    value = local_day(value or None)
    if style == "table":
        return formatting.day(value)
    return formatting.day_in_text(value, language.current(), year=style == "full")


@register.filter
def period(value, end=None) -> str:
    """A Period, or `{{ start|period:end }}`."""
    if value is not None and not isinstance(value, Period):
        value = Period(value, end)
    return formatting.period(value, language.current())


@register.filter
def joined(parts) -> str:
    """Names in a row: 甲、乙 / A, B."""
    return formatting.joined(parts, language.current())


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


@register.simple_tag
def state_counts(counts) -> str:
    """How many stand in each state that occurs, as marks and numbers."""
    return states.marks(counts)


@register.filter
def state_label(state) -> str:
    """The state in words."""
    return states.LABELS[State(state)] if state else ""


@register.simple_tag
def empty_state(title, text: str = "", url: str = "", act: str = "") -> str:
    """What to say where nothing is: what belongs here, and how to begin."""
    return render_to_string("core/parts/empty.html", {"title": title, "text": text, "url": url, "act": act})


@register.simple_tag(takes_context=True)
def acts(context, buttons) -> str:
    """Buttons for a list of `Act`s, without those this person may not do."""
    request = context["request"]
    return render_to_string("core/parts/acts.html", {"acts": permitted(buttons or [], request.user)}, request)


@register.simple_tag(takes_context=True)
def may_do(context, verb: str, obj=None) -> bool:
    """{% may_do "plan.give_reply" reply as may_reply %}: whether this person may do the act (on this record)."""
    return may(context["request"].user, verb, obj)


@register.inclusion_tag("core/parts/facts.html")
def facts(pairs) -> dict:
    """Facts of a record: (label, value) pairs."""
    return {"facts": pairs}


@register.inclusion_tag("core/parts/tabs.html")
def tabs(entries) -> dict:
    """`Tab`s of a record."""
    return {"tabs": entries}


@register.inclusion_tag("core/parts/breadcrumb.html")
def breadcrumb(trail) -> dict:
    """(label, address) pairs; the last without address."""
    return {"trail": trail}


@register.inclusion_tag("core/parts/evidence.html")
def evidence(pieces) -> dict:
    """A list of `Evidence`."""
    return {"pieces": pieces}


@register.inclusion_tag("core/parts/timeline.html")
def timeline(moments) -> dict:
    """A list of `Moment`s, as given (newest first reads best)."""
    return {"moments": moments}


@register.simple_tag
def synthetic() -> str:
    """Marks what is generated for the demonstration, not measured."""
    return format_html(
        '<span class="synthetic" title="{}">{}</span>',
        _("Generated for demonstration, not measured"),
        _("Synthetic"),
    )


# ---- forms


@register.simple_tag(takes_context=True)
def form_part(context, form, submit: str, autosave: str = "", action: str = "", cancel: str = "") -> str:
    """A whole form: error summary, fields, button, guard. `autosave` names the draft of a long form."""
    values = {"form": form, "submit": submit, "autosave": autosave, "action": action, "cancel": cancel}
    return render_to_string("core/parts/form.html", values, context["request"])


@register.inclusion_tag("core/parts/form_fields.html")
def form_fields(form) -> dict:
    """Error summary and fields, without the <form> around them."""
    return {"form": form}


@register.inclusion_tag("core/parts/field.html")
def field(bound) -> dict:
    """One field: label above, error, control, help below."""
    return {"f": bound, "kind": field_kind(bound)}


# ---- figures, charts, documents


@register.inclusion_tag("core/parts/figure.html")
def figure(f) -> dict:
    """A `Figure`."""
    digits, unit = _digits_and_unit(f)
    low, high = f.interval or (None, None)
    when = formatting.period(f.period, language.current()) if isinstance(f.period, Period) else f.period
    return {
        "f": f,
        "digits": digits,
        "unit": unit,
        "low": formatting.number(low, language.current()),
        "high": formatting.number(high, language.current()),
        "when": when,
        "change": formatting.change(f.change, language.current()),
    }


def _digits_and_unit(f) -> tuple[str, str]:
    if isinstance(f.value, str):
        return f.value, f.unit
    if isinstance(f.value, Money):
        text = formatting.money(f.value, language.current())
    else:
        text = formatting.number(f.value, language.current(), "" if f.unit == "%" else str(f.unit))
    if f.unit == "%":
        return text, "%"
    digits, _space, unit = text.partition(" ")
    return digits, unit


@register.inclusion_tag("core/parts/chart.html")
def chart(c) -> dict:
    """A `Chart` with its table, source and downloads."""
    return {"c": c}


@register.inclusion_tag("core/parts/gantt.html")
def gantt(bars, today=None, width: int = 1080) -> dict:
    """A list of gantt `Bar`s."""
    return layout(bars, today, width)


@register.simple_tag
def diff(old: str, new: str) -> str:
    """Two texts, the changes marked."""
    return to_html(old, new)


@register.simple_tag
def document(text: str, spans, css: str = "", within: tuple[int, int] | None = None) -> str:
    """A text, or a stretch of it, with `Span`s marked."""
    return highlighted(text, spans, css, within)


@register.simple_tag(takes_context=True)
def progress(context, url: str, title: str, step: str = "", cancel: str = "") -> str:
    """Long work: asks `url` every second for {done, total, step, rest, finished, next, error}."""
    values = {"url": url, "title": title, "step": step, "cancel": cancel}
    return render_to_string("core/parts/progress.html", values, context["request"])
