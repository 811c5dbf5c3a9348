"""The five states as they show: words, badge, and the bar that counts and filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kechuang.core.kernel import State, formatting
from kechuang.core.states import LABELS


def badge(state: State | str | None, label: str = "") -> SafeString:
    """Mark and words of a state; `label` replaces the words, the colour stays the state's."""
    if not state:
        return SafeString("")
    state = State(state)
    return format_html(
        '<span class="badge s-{}"><span class="mark" aria-hidden="true">{}</span>{}</span>',
        state.value,
        state.mark,
        label or LABELS[state],
    )


def marks(counts: Mapping[State, int]) -> SafeString:
    """How many stand in each state that occurs: its mark and the number, its words on hovering."""
    told = ((state, LABELS[state], state.mark, formatting.grouped(n)) for state, n in counts.items() if n)
    return format_html_join("", '<span class="s-{}" title="{}"><span class="mark">{}</span> {}</span>', told)


def counted(state: State, n: int) -> str:
    """How many stand in a state, in words."""
    words = {
        State.KEPT: _("%(n)s kept"),
        State.ON_THE_WAY: _("%(n)s on the way"),
        State.AT_RISK: _("%(n)s at risk"),
        State.LATE: _("%(n)s late"),
        State.UNMEASURED: _("%(n)s not measured yet"),
    }
    return words[state] % {"n": formatting.grouped(n)}


def in_words(counts: Mapping[State, int]) -> str:
    """How promises stand, in one sentence that names only the states that occur; empty without promises."""
    told = [counted(state, counts[state]) for state in State if counts.get(state)]
    if not told:
        return ""
    total = sum(counts.values())
    words = ngettext("%(total)s promise: %(parts)s.", "%(total)s promises: %(parts)s.", total)
    return words % {"total": formatting.grouped(total), "parts": _(", ").join(told)}


@dataclass(frozen=True)
class Share:
    """One state's part of a bar; `x` and `width` in per mille of the bar."""

    state: State
    count: int
    x: int
    width: int
    url: str
    selected: bool

    @property
    def label(self) -> str:
        return LABELS[self.state]


def shares(
    counts: Mapping, urls: Mapping | None = None, selected: str | State | None = None
) -> tuple[int, list[Share]]:
    """Total and the parts of a stacked bar, in State's order; widths sum to 1000 (largest remainder)."""
    counted = {State(state): int(count) for state, count in counts.items()}
    total = sum(counted.values())
    widths = _apportion([counted.get(state, 0) for state in State], 1000)
    links = {State(state): url for state, url in (urls or {}).items()}
    parts, x = [], 0
    for state, width in zip(State, widths, strict=True):
        chosen = selected == state.value
        parts.append(Share(state, counted.get(state, 0), x, width, links.get(state, ""), chosen))
        x += width
    return total, parts


def _apportion(counts: list[int], whole: int) -> list[int]:
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    floors = [count * whole // total for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda i: -(counts[i] * whole % total))
    for i in by_rest[: whole - sum(floors)]:
        floors[i] += 1
    return floors
