"""Metrics as the domains' files and the forms declare them; an analyst's own definitions are in `define`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import has_role
from kechuang.indicators import registry
from kechuang.indicators.engine.metrics import Catalogue, Declared, MetricError
from kechuang.indicators.engine.metrics import bridge as bridging
from kechuang.indicators.models import Metric, MetricVersion
from kechuang.indicators.queries.calculate import catalogue, declaration, tables_of
from kechuang.indicators.queries.cells import code_of

BETTER = {"higher": Metric.Better.UP, "lower": Metric.Better.DOWN, "neither": Metric.Better.NEITHER}
HEADER = ("name_zh", "name_en", "unit", "better", "owner", "source", "version")


@act("indicators.sync_declarations", may=has_role(Role.ANALYST))
def sync_declarations(actor: Any, owners: Mapping[str, Organisation] | None = None) -> int:
    """Take over what the domains declare in their files; a version an analyst made later stands. Returns changes.

    `owners` says which organisation of this centre answers for a domain's indicators, or for one by its code.
    """
    changed, parents, owners = 0, {}, owners or {}
    try:
        for domain, entries in registry.declared().items():
            within = Catalogue(entry.declared for entry in entries)
            for entry in entries:
                owner = owners.get(code_of(entry.declared.id)) or owners.get(domain)
                metric, new = header(domain, entry, within, owner)
                parents[metric.pk] = entry.facts.get("parent", "")
                changed += new | _version(metric, entry.declared, new)
    except MetricError as fault:
        raise Refusal(str(fault)) from fault
    for pk, code in parents.items():
        if code and (parent := Metric.objects.filter(code=code).first()):
            Metric.objects.filter(pk=pk, parent=None).update(parent=parent)
    return changed


def header(
    domain: str, entry: registry.Entry, within: Catalogue, owner: Organisation | None = None
) -> tuple[Metric, bool]:
    declared, facts = entry.declared, entry.facts
    top, over = tables_of(declared, within)
    wanted = {
        "name_zh": declared.name_zh,
        "name_en": declared.name_en,
        "unit": "" if declared.unit == "1" else declared.unit,
        "better": BETTER[declared.better],
        "basis": Metric.Basis.REPORTED if "returns" in (top, over) else Metric.Basis.COMPUTED,
        "definition_source": declared.source,
        "domain": domain,
        "tables": f" {top} {over} ",
        **{name: value for name, value in facts.items() if name not in ("parent", "prices")},
    }
    if declared.owner:
        owner = Organisation.objects.filter(name_zh=declared.owner).first()
    if owner or declared.owner:
        wanted["owner"] = owner
    if code := facts.get("prices"):
        wanted["prices"] = Metric.objects.filter(code=code).first()
    _refuse_twice_to_date(declared, within)
    metric, new = Metric.objects.get_or_create(code=code_of(declared.id), defaults=wanted)
    if not new and any(getattr(metric, name) != value for name, value in wanted.items()):
        current = metric.versions.first()
        if current is None or current.version <= declared.version:
            Metric.objects.filter(pk=metric.pk).update(**wanted)
    return metric, new


def _refuse_twice_to_date(declared: Declared, within: Catalogue) -> None:
    """A number that is reported as year to date is not added up once more."""
    if getattr(declared, "kind", "") != "cumulative":
        return
    code = code_of(within.base(declared).id)
    if Metric.objects.filter(code=code, accumulates=True).exists():
        words = _("%(code)s is reported as year to date: adding it up would count months again.")
        raise Refusal(words % {"code": code}, field="of", remedy=_("Use it as it is."))


def keep_declared(domain: str, declared: Declared, facts: Mapping[str, Any], day: date) -> Metric:
    """A declared metric as it is or, when new, with its first version."""
    metric, new = header(domain, registry.Entry(declared, facts), catalogue(instead=[declared]))
    if new:
        add_version(metric, declared, "", day, None)
    return metric


def _version(metric: Metric, declared: Declared, new: bool) -> bool:
    current = metric.versions.first()
    if current is None:
        add_version(metric, declared, "", clock.today(), None)
        return True
    if declared.version < current.version or _same(current.declaration, declared.as_dict()):
        return False
    if declared.version == current.version:
        if _counted(current.declaration) != _counted(declared.as_dict()):
            bridging.check_succession(declaration(current.declaration), declared)
        current.declaration, current.digest = declared.as_dict(), digest_of(declared)
        current.save()
        return True
    bridging.check_succession(declaration(current.declaration), declared)
    add_version(metric, declared, _("Declared anew by the domain."), clock.today(), in_a_year())
    return True


def _same(old: Mapping, new: Mapping) -> bool:
    return json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)


def _counted(plain: Mapping[str, Any]) -> dict[str, Any]:
    """What of a declaration decides the number."""
    return {name: value for name, value in plain.items() if name not in HEADER}


def digest_of(declared: Declared) -> str:
    plain = json.dumps(declared.as_dict(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def add_version(
    metric: Metric, declared: Declared, reason: str, start: date, bridge_until: date | None
) -> MetricVersion:
    return MetricVersion.objects.create(
        metric=metric,
        version=declared.version,
        declaration=declared.as_dict(),
        digest=digest_of(declared),
        valid_from=start,
        bridge_until=bridge_until,
        reason=reason,
    )


def in_a_year() -> date:
    today = clock.today()
    return date(today.year + 1, today.month, min(today.day, 28))
