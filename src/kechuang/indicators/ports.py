"""What domains may ask of indicators. Whoever asks for a value says who reads it: `Disclosure(user)`.

`Disclosure(None)` is the public, `EVERYTHING` the house itself where it computes and shows nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kechuang.core.acts import SYSTEM
from kechuang.indicators.models import IndexRun, Observation
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.indices import visible_recipes
from kechuang.indicators.queries.observed import latest, may_tell, series
from kechuang.indicators.queries.published import PublishedFigure, published_by
from kechuang.indicators.queries.why import address

__all__ = [
    "EVERYTHING",
    "Disclosure",
    "Headline",
    "PublishedFigure",
    "RankStep",
    "headline_index",
    "latest",
    "may_tell",
    "on_observed",
    "path_value",
    "published_by",
    "series",
    "tell_observed",
    "why",
]

EVERYTHING = Disclosure(SYSTEM)


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


def why(observation: Observation) -> str:
    """The page that shows the rows behind an observation."""
    return address(observation.metric, observation)


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
