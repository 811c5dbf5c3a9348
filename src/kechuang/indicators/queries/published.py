"""Figures that statements of documents publish, each beside what this house counts or is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from kechuang.core.kernel import Money
from kechuang.indicators.models import Metric, Observation, PublishedValue
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.standing import Beside, beside, visible_metrics


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A published value, the house's own of the same period, and its newest; money where the unit is money."""

    statement: str
    metric: str
    basis: str
    url: str
    why: str
    unit: str
    published: Decimal | Money
    own: Decimal | Money | None
    difference: Decimal | Money | None
    start: date | None
    end: date | None
    cause: str
    newest: Decimal | Money | None
    newest_on: date | None
    synthetic: bool


def published_by(kind: str, statements: Iterable[int], user: Any = None) -> dict[int, PublishedFigure]:
    """Figures by the statement that published them, of indicators this person (or the public) may see."""
    person = user or AnonymousUser()
    keys = {str(pk) for pk in statements}
    linked = PublishedValue.objects.filter(statement_kind=kind).values_list("metric_id", "statement_id")
    told = {metric for metric, statement in linked if statement in keys}
    metrics = {metric.pk: metric for metric in visible_metrics(person).filter(pk__in=told)} if told else {}
    if not metrics:
        return {}
    of = set(metrics)
    disclosure = Disclosure(person)
    newest = _newest(of, disclosure)
    return {
        int(pair.published.statement_id): _figure(metrics[pk], pair, newest.get(pk))
        for pk, pairs in beside(of, disclosure).items()
        for pair in pairs
        if pair.published.statement_kind == kind and pair.published.statement_id in keys
    }


def _newest(metrics: set[int], disclosure: Disclosure) -> dict[int, Observation]:
    rows = Observation.objects.filter(metric__in=metrics, cell_key="", current=True).exclude(value=None)
    rows = rows.select_related("metric").order_by("end", "known_at", "id")
    return {row.metric_id: row for row in disclosure.shown(rows)}


def _figure(metric: Metric, pair: Beside, newest: Observation | None) -> PublishedFigure:
    def shown(value: Decimal | None) -> Decimal | Money | None:
        return Money(int(value)) if value is not None and metric.per_unit != 1 else value

    same = pair.observation
    return PublishedFigure(
        statement=pair.published.statement_id,
        metric=str(metric),
        basis=metric.get_basis_display(),
        url=metric.get_absolute_url(),
        why=reverse("indicators:why", args=[metric.code]) if newest else "",
        unit="" if metric.per_unit != 1 else metric.unit_here,
        published=shown(pair.published.value),
        own=shown(same.value if same else None),
        difference=shown(pair.difference),
        start=pair.published.start,
        end=pair.published.end,
        cause=pair.cause,
        newest=shown(newest.value if newest else None),
        newest_on=newest.end if newest else None,
        synthetic=metric.synthetic,
    )
