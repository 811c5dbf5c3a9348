"""The Gantt of a plan as SVG: one row a facility, one block a placement; closed time hatched by its ground."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kechuang.facilities.models import TimePlan
from kechuang.facilities.queries.allocation import facility_code
from kechuang.facilities.queries.plans import moment

WIDTH, LABELS, HEAD, ROW, BAR = 1120, 150, 30, 40, 26


def schedule(plan: TimePlan, placed: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
    """Everything the template draws, in pixels."""
    instance = plan.instance
    horizon = max((end for f in instance["facilities"] for _, end in f["open"]), default=1)
    scale = (WIDTH - LABELS - 8) / horizon

    def x(slot: float) -> float:
        return round(LABELS + slot * scale, 1)

    names = {facility_code(f): f for f in plan.cycle.facilities.select_related("resource")}
    moved = {c["request"]: c["why"] for c in plan.changes}
    rows = []
    for number, facility in enumerate(f for f in instance["facilities"] if f["id"] in names):
        top, offer = HEAD + ROW * number, names[facility["id"]]
        rows.append(
            {
                "offer": offer,
                "label": _cut(str(offer.resource)),
                "top": top,
                "middle": top + ROW / 2 + 4,
                "open": [{"x": x(a), "w": round((b - a) * scale, 1)} for a, b in facility["open"]],
                "blocks": [
                    {**_block(p, top, scale), "x": x(p["start"]), "moved": moved.get(p["request"], "")}
                    for p in placed
                    if p["facility"] == facility["id"]
                ],
            }
        )
    slot_now = (now - plan.origin) / timedelta(minutes=instance["slot_minutes"])
    return {
        "width": WIDTH,
        "height": HEAD + ROW * len(rows) + 6,
        "bottom": HEAD + ROW * len(rows),
        "labels": LABELS,
        "bar": BAR,
        "row": ROW,
        "rows": rows,
        "ticks": _ticks(plan, horizon, x),
        "now": x(slot_now) if 0 <= slot_now <= horizon else None,
    }


def _block(placed: dict[str, Any], top: int, scale: float) -> dict[str, Any]:
    """A placement with its height and length; a long one bears its number."""
    length = (placed["end"] - placed["start"]) * scale
    number = placed["proposal"].number.rpartition("-")[2]
    return {
        **placed,
        "w": max(round(length - 1, 1), 1.5),
        "y": top + (ROW - BAR) / 2,
        "text": number if length > 30 else "",
    }


def _ticks(plan: TimePlan, horizon: int, x) -> list[dict[str, Any]]:
    """A line for each day, week or month, whichever leaves room for its label."""
    days = horizon * plan.instance["slot_minutes"] / 1440
    step = next(s for s in (1, 2, 7, 14, 28, 56) if days / s <= 14 or s == 56)
    slots = step * 1440 // plan.instance["slot_minutes"]
    return [
        {"x": x(slot), "label": f"{timezone.localtime(moment(plan, slot)):%m-%d}"}
        for slot in range(0, horizon, slots)
        if x(slot) < WIDTH - 36
    ]


def _cut(text: str) -> str:
    used = 0.0
    for i, letter in enumerate(text):
        used += 1 if ord(letter) > 0x2E7F else 0.55
        if used > 10.5:
            return text[:i] + "…"
    return text
