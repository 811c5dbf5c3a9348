"""Targets, and figures that documents publish beside what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from kechuang.core.actions.checks import check
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.indicators.engine.targets import TargetError
from kechuang.indicators.models import Metric, PublishedValue, Target
from kechuang.indicators.queries.standing import path_of

Row = TypeVar("Row", Target, PublishedValue)
planner = has_role(Role.ANALYST, Role.OFFICER)


@act("indicators.set_target", may=planner)
def set_target(
    actor: Any,
    metric: Metric,
    *,
    base_value: Decimal,
    base_date: date,
    value: Decimal,
    due: date,
    path: str = Target.Path.LINEAR,
    steps: Sequence[tuple[str, str]] = (),
    source: str = "",
    cell: dict[str, Any] | None = None,
) -> Target:
    """Say which value shall be reached by when, and along which path. The same date again changes it."""
    if due <= base_date:
        raise Refusal(_("The target is due before its base."), field="due")
    if path not in Target.Path.values:
        raise Refusal(_("Unknown path: %(path)s.") % {"path": path}, field="path")
    key = {"metric": metric, "cell": cell or {}, "due": due}
    facts = {
        "base_value": Decimal(base_value),
        "base_date": base_date,
        "value": Decimal(value),
        "path": path,
        "steps": [[str(day), str(number)] for day, number in steps],
        "source": source,
    }
    wanted = Target(**key, **facts)
    check(wanted, exclude={"metric"})
    try:
        path_of(wanted)
    except (TargetError, ValueError) as fault:
        raise Refusal(str(fault), field="path") from fault
    row, former = _kept(Target, key, facts)
    if former is not row:
        before = former and {"value": former.value, "due": former.due}
        after = {"value": value, "due": due, "path": path}
        record(actor, "indicators.set_target", metric, before=before, after=after)
    return row


def _kept(model: type[Row], key: dict[str, Any], facts: dict[str, Any]) -> tuple[Row, Row | None]:
    """The row of a key with these facts, and the one that stood there; the same one where nothing changes."""
    former = model.objects.filter(**key).first()
    if former and all(getattr(former, name) == wanted for name, wanted in facts.items()):
        return former, former
    row, _new = model.objects.update_or_create(**key, defaults=facts)
    return row, former


@act("indicators.publish_value", may=planner)
def publish_value(
    actor: Any,
    metric: Metric,
    *,
    value: Decimal,
    source: str,
    start: date | None = None,
    end: date | None = None,
    comparator: str = "",
    cell: dict[str, Any] | None = None,
    cause_zh: str = "",
    cause_en: str = "",
    statement: tuple[str, str] = ("", ""),
) -> PublishedValue:
    """Put a figure that a document publishes beside the measured one; the same source and period changes it."""
    if not source.strip():
        raise Refusal(_("Say where the figure was published."), field="source")
    if start and end and end < start:
        raise Refusal(_("The period ends before it begins."), field="end")
    facts = {
        "value": Decimal(value),
        "start": start,
        "comparator": comparator,
        "cause_zh": cause_zh,
        "cause_en": cause_en,
        "statement_kind": statement[0],
        "statement_id": statement[1],
    }
    key = {"metric": metric, "cell": cell or {}, "end": end, "source": source.strip()}
    check(PublishedValue(**key, **facts), exclude={"metric"})
    row, former = _kept(PublishedValue, key, facts)
    if former is not row:
        before = former and {"value": former.value}
        after = {"value": value, "end": end, "source": source}
        record(actor, "indicators.publish_value", metric, before=before, after=after)
    return row
