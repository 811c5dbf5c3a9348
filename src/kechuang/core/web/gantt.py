"""A Gantt chart as SVG from the server: bars by state, milestones, today; works without scripts and prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kechuang.core.kernel import State

ROW, HEAD, LABELS = 32, 32, 260
_STEPS = (1, 3, 6, 12, 24, 60)


@dataclass(frozen=True)
class Bar:
    """One row: from start to end (both inclusive), how far it is (0 to 1), its milestones (day, label)."""

    label: str
    start: date
    end: date
    state: State | str = ""
    progress: float | None = None
    url: str = ""
    milestones: Sequence[tuple[date, str]] = ()
    level: int = 0


def layout(bars: Sequence[Bar], today: date | None = None, width: int = 1080) -> dict:
    """Everything the template draws, in pixels. The time axis spans the bars, their milestones and no more."""
    if not bars:
        return {}
    days = [day for bar in bars for day in (bar.start, bar.end, *(m[0] for m in bar.milestones))]
    first, last = min(days).replace(day=1), max(days) + timedelta(days=1)
    span = max((last - first).days, 1)
    left, right = LABELS, width - 16

    def x(day: date) -> float:
        return round(left + (right - left) * (day - first).days / span, 1)

    rows = [_row(bar, i, x) for i, bar in enumerate(bars)]
    height = HEAD + ROW * len(rows)
    mark = x(today) if today and first <= today <= last else None
    return {
        "rows": rows,
        "ticks": [
            {"x": x(day), "label": label}
            for day, label in _ticks(first, last, (right - left) // 80)
            if x(day) < right - 40
        ],
        "width": width,
        "height": height + 8,
        "bottom": height,
        "today": mark,
        "head": HEAD,
    }


def _row(bar: Bar, i: int, x) -> dict:
    start, end = x(bar.start), x(bar.end + timedelta(days=1))
    length = max(round(end - start, 1), 3)
    done = min(max(bar.progress if bar.progress is not None else 1, 0), 1)
    indent = 12 * bar.level
    return {
        "bar": bar,
        "top": HEAD + ROW * i,
        "middle": HEAD + ROW * i + ROW / 2,
        "x": start,
        "length": length,
        "rest_x": round(start + length * done, 1),
        "rest": round(length * (1 - done), 1),
        "indent": indent + 8,
        "text": _cut(bar.label, (LABELS - indent - 24) / 13),
        "milestones": [{"x": x(day), "day": day, "label": label} for day, label in bar.milestones],
    }


def _cut(text: str, room: float) -> str:
    """Cut to about `room` Chinese characters; Latin letters count half."""
    used = 0.0
    for i, letter in enumerate(text):
        used += 1 if ord(letter) > 0x2E7F else 0.55
        if used > room:
            return text[: i - 1] + "…"
    return text


def _ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in _STEPS if months / s <= max(most, 1)), _STEPS[-1])
    number = first.year * 12 + first.month - 1
    number += -number % step
    ticks = []
    while (day := date(number // 12, number % 12 + 1, 1)) <= last:
        ticks.append((day, f"{day.year}" if step >= 12 else f"{day:%Y-%m}"))
        number += step
    return ticks
