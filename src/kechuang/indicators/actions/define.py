"""Definitions an analyst makes or changes: a new one follows the old one and is bridged to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import SYSTEM, act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.indicators import registry
from kechuang.indicators.actions.declare import add_version, header, in_a_year
from kechuang.indicators.actions.recompute import recompute
from kechuang.indicators.engine.metrics import Declared, MetricError
from kechuang.indicators.engine.metrics import bridge as bridging
from kechuang.indicators.models import Metric, MetricVersion
from kechuang.indicators.queries.calculate import catalogue, declaration, tables_of
from kechuang.indicators.queries.cells import code_of, id_of

FACTS = ("name_zh", "name_en", "unit", "unit_en", "definition_zh", "definition_en", "public", "small_cell")


def _not_ours(actor: Any, metric: Metric) -> Refusal | None:
    if metric.versions.exists():
        return None
    return Refusal(_("This indicator is published elsewhere: there is no definition to change."))


@act("indicators.redefine", may=has_role(Role.ANALYST), unless=_not_ours)
def redefine(
    actor: Any,
    metric: Metric,
    changes: Mapping[str, Any],
    *,
    reason: str,
    valid_from: date | None = None,
    bridge_until: date | None = None,
) -> MetricVersion:
    """Give a metric its next definition. The former is kept, and computed beside it until the bridge ends."""
    if not reason.strip():
        raise Refusal(_("Say why the definition changes."), field="reason")
    start, end = valid_from or clock.today(), bridge_until or in_a_year()
    if end < start:
        raise Refusal(_("The bridge ends before the new definition begins."), field="bridge_until")
    before = metric.versions.first()
    declared = next_definition(metric, changes)
    version = add_version(metric, declared, reason.strip(), start, end)
    top, over = tables_of(declared, catalogue())
    metric.tables = f" {top} {over} "
    metric.save(update_fields=["tables"])
    record(
        actor,
        "indicators.redefine",
        metric,
        before={"version": before.version, "digest": before.digest},
        after={"version": version.version, "digest": version.digest, "reason": reason},
    )
    _compute([metric, *dependents(metric)])
    return version


def next_definition(metric: Metric, changes: Mapping[str, Any]) -> Declared:
    """The definition in force with changes, checked against the catalogue. Raises Refusal naming what does not fit."""
    if refusal := _not_ours(None, metric):
        raise refusal
    current = metric.versions.first()
    try:
        old = declaration(current.declaration)
        new = declaration({**current.declaration, **changes, "version": current.version + 1})
        bridging.check_succession(old, new)
        catalogue(instead=[new])
    except MetricError as fault:
        raise Refusal(str(fault)) from fault
    return new


@act("indicators.declare_metric", may=has_role(Role.ANALYST))
def declare_metric(
    actor: Any, plain: Mapping[str, Any], *, domain: str = "indicators", **facts: Any
) -> Metric:
    """Declare a new metric over a registered table."""
    if unknown := sorted(set(facts) - {*FACTS, "parent"}):
        raise Refusal(_("Unknown facts: %(names)s.") % {"names": ", ".join(unknown)})
    try:
        declared = declaration(plain)
        if Metric.objects.filter(code=code_of(declared.id)).exists():
            raise Refusal(
                _("There is already an indicator %(code)s.") % {"code": code_of(declared.id)}, field="id"
            )
        within = catalogue(instead=[declared])
        table = within.base(declared).table
        if registry.table(table) is None:
            raise Refusal(_("There is no table %(name)s.") % {"name": table}, field="table")
        metric, _new = header(domain, registry.Entry(declared, facts), within)
    except MetricError as fault:
        raise Refusal(str(fault)) from fault
    metric.parent = Metric.objects.filter(code=facts.get("parent", "")).first()
    metric.save(update_fields=["parent"])
    add_version(metric, declared, "", clock.today(), None)
    record(actor, "indicators.declare_metric", metric, after=fields_of(metric, ("code", "name_zh", "basis")))
    _compute([metric])
    return metric


def dependents(metric: Metric) -> list[Metric]:
    """Metrics derived from this one, directly or through others."""
    within, found = catalogue(), {id_of(metric.code)}
    while more := {
        each.id
        for each in within
        if {getattr(each, "of", None), getattr(each, "over", None)} & found and each.id not in found
    }:
        found |= more
    return list(Metric.objects.filter(code__in=[code_of(id) for id in found]).exclude(pk=metric.pk))


def _compute(metrics: list[Metric]) -> None:
    """At once, in the same transaction: a definition that cannot be computed is refused with all it changed."""
    done = recompute(SYSTEM, metrics)
    for fault in done.faults.values():
        raise Refusal(fault)
