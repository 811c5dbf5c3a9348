"""Where indicators stand: measured against target, published beside computed or reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from kechuang.core import clock
from kechuang.core.kernel import State
from kechuang.core.language import in_language
from kechuang.indicators.engine.targets import TargetError, TargetPath
from kechuang.indicators.models import Metric, Observation, PublishedValue, Target
from kechuang.indicators.queries.cells import cell_key
from kechuang.indicators.queries.disclosure import Disclosure


@dataclass(frozen=True)
class Beside:
    """A published figure with what was computed or reported for the same cell and period.

    A metric without time has no periods: there its newest state stands beside, of another day.
    """

    published: PublishedValue
    observation: Observation | None

    @property
    def other_day(self) -> date | None:
        """The day of the state where it is not of the figure's period."""
        seen = self.observation
        return seen.end if seen is not None and seen.start is None else None

    @property
    def difference(self) -> Decimal | None:
        if self.observation is None or self.observation.value is None:
            return None
        return self.observation.value - self.published.value

    @property
    def cause(self) -> str:
        return in_language(self.published.cause_zh, self.published.cause_en)


@dataclass
class Standing:
    """One metric as a whole: newest value, target, state, published figures, branches."""

    metric: Metric
    latest: Observation | None = None
    former: Observation | None = None
    target: Target | None = None
    published: list[Beside] = field(default_factory=list)
    level: int = 0
    note: int = 0  # number of the source below the table

    @property
    def state(self) -> State | None:
        """None where nothing was promised: a number alone is neither good nor bad."""
        if self.target is None:
            return None
        return state_of(self.target, self.latest, self.metric.better, clock.today())

    @property
    def change(self) -> Decimal | None:
        if self.latest is None or self.former is None:
            return None
        return self.latest.value - self.former.value


def visible_metrics(user: Any) -> QuerySet[Metric]:
    """Visitors see public indicators, members all."""
    rows = Metric.objects.select_related("owner", "parent")
    return rows if getattr(user, "is_authenticated", False) else rows.filter(public=True)


def path_of(target: Target) -> TargetPath:
    """The engine's path. Raises TargetError."""
    steps = [(date.fromisoformat(day), float(value)) for day, value in target.steps]
    points = [(target.base_date, float(target.base_value)), *steps, (target.due, float(target.value))]
    return TargetPath(target.path, tuple(points))


def state_of(target: Target, seen: Observation | None, better: str, on: date) -> State:
    """Kept, late, on the way or at risk, from the newest value and the path on the value's day."""
    if seen is None or seen.value is None:
        return State.UNMEASURED
    sign = -1 if better == Metric.Better.DOWN else 1
    if sign * (seen.value - target.value) >= 0:
        return State.KEPT
    if on > target.due:
        return State.LATE
    try:
        due_now = path_of(target).value_on(min(seen.end or on, on))
    except TargetError:
        return State.UNMEASURED
    return State.ON_THE_WAY if sign * (float(seen.value) - due_now) >= 0 else State.AT_RISK


def standings(metrics: Iterable[Metric], disclosure: Disclosure | None = None) -> dict[int, Standing]:
    """Where each stands as a whole, as far as it may be seen, in few queries for all."""
    found = {metric.pk: Standing(metric) for metric in metrics}
    today = clock.today()
    rows = Observation.objects.filter(metric__in=found, cell_key="", current=True, end__lte=today)
    rows = rows.exclude(value=None).select_related("metric").order_by("end", "known_at", "id")
    for row in disclosure.shown(rows) if disclosure else rows:
        standing = found[row.metric_id]
        if standing.latest is not None and standing.latest.end != row.end:
            standing.former = standing.latest
        standing.latest = row
    for target in Target.objects.filter(metric__in=found, cell={}).order_by("-due"):
        standing = found[target.metric_id]
        if standing.target is None or target.due >= today:
            standing.target = target
    for pk, pairs in beside(found, disclosure).items():
        found[pk].published = pairs
    return found


def beside(metric_ids: Iterable[int], disclosure: Disclosure | None = None) -> dict[int, list[Beside]]:
    """Published figures, newest first, each with the value of the same cell and period."""
    figures = PublishedValue.objects.filter(metric__in=metric_ids).order_by("-end", "-id")
    figures = list(figures)
    rows = Observation.objects.filter(metric__in={f.metric_id for f in figures}, current=True)
    rows = rows.filter(cell_key__in={cell_key(f.cell) for f in figures}).order_by("end", "known_at", "id")
    rows = rows.select_related("metric")
    rows = disclosure.shown(rows) if disclosure else rows
    values = {(row.metric_id, row.cell_key, row.end): row for row in rows}
    states = {
        (row.metric_id, row.cell_key): row for row in rows if row.start is None and row.value is not None
    }
    found: dict[int, list[Beside]] = {}
    for figure in figures:
        cell = (figure.metric_id, cell_key(figure.cell))
        same = values.get((*cell, figure.end)) or states.get(cell)
        found.setdefault(figure.metric_id, []).append(Beside(figure, same))
    return found


def tree(user: Any) -> list[Standing]:
    """All visible indicators in tree order with their levels, domain by domain; those without a value come last."""
    metrics = list(visible_metrics(user))
    found = standings(metrics, Disclosure(user))
    shown = set(found)
    children: dict[int | None, list[Metric]] = {}
    for metric in metrics:
        above = metric.parent_id if metric.parent_id in shown else None
        children.setdefault(above, []).append(metric)
    ordered: list[Standing] = []

    def bare(metric: Metric) -> bool:
        return metric.basis != Metric.Basis.GROUP and found[metric.pk].latest is None

    def walk(metric: Metric, level: int) -> None:
        found[metric.pk].level = level
        ordered.append(found[metric.pk])
        for child in sorted(children.get(metric.pk, []), key=bare):
            walk(child, level + 1)

    roots = sorted(children.get(None, []), key=lambda m: (m.basis != Metric.Basis.GROUP, m.domain, m.code))
    for root in roots:
        walk(root, 0)
    return ordered
