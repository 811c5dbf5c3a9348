"""What domains may ask of indicators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kechuang.core import clock
from kechuang.indicators.models import IndexRun, Observation
from kechuang.indicators.queries import cell_key
from kechuang.indicators.queries.indices import visible_recipes
from kechuang.indicators.queries.published import PublishedFigure, published_by

__all__ = [
    "Headline",
    "PublishedFigure",
    "RankStep",
    "headline_index",
    "latest",
    "on_observed",
    "path_value",
    "published_by",
    "series",
    "tell_observed",
]


@dataclass(frozen=True, slots=True)
class RankStep:
    """A year's rank with the interval that holds it in 90 % of the draws."""

    year: str
    rank: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Headline:
    """The centre's index in one figure: rank, number of units, interval, where it stands, and its years."""

    title: str
    rank: int
    of: int
    low: int | None
    high: int | None
    year: str
    url: str
    synthetic: bool
    path: tuple[RankStep, ...]


_observed: list[Callable[[set[int]], None]] = []


def on_observed(function: Callable[[set[int]], None]) -> None:
    """Register `function(metric ids)` to be told when their observations changed."""
    if function not in _observed:
        _observed.append(function)


def tell_observed(metric_ids: set[int]) -> None:
    for function in _observed:
        function(metric_ids)


def latest(metric_id: int, cell: dict | None = None, on: date | None = None) -> Observation | None:
    """The newest observation of a cell on a day: the latest period ended by then, in its latest vintage known then.

    A period that lost its rows is passed over; a metric without time may have no value on its newest day.
    """
    on = on or clock.today()
    known = Observation.objects.filter(
        metric_id=metric_id, cell_key=cell_key(cell or {}), known_at__date__lte=on
    )
    passed = None
    for row in known.filter(end__lte=on).order_by("-end", "-known_at", "-id").iterator(50):
        if row.end != passed and (row.value is not None or row.start is None):
            return row
        passed = row.end
    return known.filter(end=None).order_by("-known_at", "-id").first()


def series(metric_id: int, cell: dict | None = None, on: date | None = None) -> list[Observation]:
    """The newest vintage of every period of a cell, oldest period first, as known on a day."""
    on = on or clock.today()
    rows = Observation.objects.filter(
        metric_id=metric_id, cell_key=cell_key(cell or {}), known_at__date__lte=on
    )
    rows = rows.exclude(end=None).select_related("metric").order_by("known_at", "id")
    newest = {row.end: row for row in rows}
    return [newest[end] for end in sorted(newest) if newest[end].value is not None]


def path_value(start: date, base: Decimal, due: date, target: Decimal, on: date) -> Decimal:
    """Where a straight path from base to target stands on a day (clamped to the path's ends)."""
    if on <= start or due <= start:
        return base
    if on >= due:
        return target
    return base + (target - base) * Decimal((on - start).days) / Decimal((due - start).days)


def headline_index(user: Any = None) -> Headline | None:
    """The newest run of the recipe named "centre", as this person or, without one, the public may see it."""
    seen = visible_recipes(user).filter(code="centre")
    run = IndexRun.objects.filter(recipe__in=seen).select_related("recipe").order_by("-at").first()
    if run is None or "headline" not in run.result:
        return None
    found = run.result["headline"]
    rows = run.result["rows"]
    path = sorted(
        (
            RankStep(row["unit"][-1], row["rank"], row["low"], row["high"])
            for row in rows
            if row["unit"][0] == found["unit"] and row["low"] is not None
        ),
        key=lambda step: step.year,
    )
    return Headline(
        str(run.recipe),
        found["rank"],
        found["of"],
        found["low"],
        found["high"],
        found["year"],
        run.recipe.get_absolute_url(),
        run.recipe.synthetic,
        tuple(path),
    )
