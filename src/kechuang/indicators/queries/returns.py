"""Reads over statistical returns."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from kechuang.core.models import Role
from kechuang.core.roles import organisations_of, roles_of
from kechuang.indicators.engine.metrics.periods import index_of
from kechuang.indicators.models import Return
from kechuang.indicators.queries.cells import bounds

ALL = {Role.ADMIN, Role.ANALYST, Role.OFFICER, Role.LEADER}


def visible_returns(user: Any) -> QuerySet[Return]:
    """Analysts, officers and leaders see all; others those of their organisations."""
    rows = Return.objects.select_related("form", "organisation")
    if not getattr(user, "is_authenticated", False):
        return rows.none()
    return rows if roles_of(user) & ALL else rows.filter(organisation__in=organisations_of(user))


def values_of(filing: Return) -> dict[str, Decimal | None]:
    return dict(filing.values.order_by("pk").values_list("item", "value"))


def last_values(filing: Return) -> dict[str, Decimal | None]:
    """Approved values of the period before."""
    end = filing.start - timedelta(days=1)
    former = Return.objects.filter(
        form=filing.form, organisation=filing.organisation, end=end, stage=Return.Stage.APPROVED
    ).first()
    return values_of(former) if former else {}


def is_period(frequency: str, start: date, end: date) -> bool:
    """Whether the days bound one whole period."""
    return bounds(index_of(start, frequency), frequency) == (start, end)
