"""Forms of statistical returns as data; each item becomes an indicator summed up from approved returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.indicators.actions.declare import keep_declared
from kechuang.indicators.engine.metrics import Condition, Measure
from kechuang.indicators.engine.metrics import Metric as Declared
from kechuang.indicators.models import Metric, ReturnForm
from kechuang.indicators.queries.cells import code_of, id_of
from kechuang.indicators.queries.checks import form_faults

FEWEST = 3  # organisations behind a cell that the public may see
FACTS = ("title_zh", "title_en", "frequency", "items", "checks", "due_days")


@act("indicators.save_form", may=has_role(Role.ANALYST))
def save_form(
    actor: Any,
    code: str,
    *,
    title_zh: str,
    title_en: str = "",
    frequency: str = ReturnForm.Frequency.YEAR,
    items: Sequence[Mapping[str, Any]],
    checks: Sequence[Mapping[str, Any]] = (),
    due_days: int = 15,
) -> ReturnForm:
    """Add a form or change it. Each item gets its indicator, by organisation and period."""
    for fault in form_faults(items, checks):
        raise Refusal(fault, field="items")
    if frequency not in ReturnForm.Frequency.values:
        raise Refusal(_("Unknown frequency: %(name)s.") % {"name": frequency}, field="frequency")
    wanted = {
        "title_zh": title_zh,
        "title_en": title_en,
        "frequency": frequency,
        "items": [dict(item) for item in items],
        "checks": [dict(each) for each in checks],
        "due_days": due_days,
    }
    known = ReturnForm.objects.filter(code=code).first()
    before = fields_of(known, FACTS) if known else None
    form = known or ReturnForm(code=code)
    for name, value in wanted.items():
        setattr(form, name, value)
    check(form)
    form.save()
    for item in items:
        _metric_of(form, item)
    if before != fields_of(form, FACTS):
        record(actor, "indicators.save_form", form, before=before, after=fields_of(form, FACTS))
    return form


def _metric_of(form: ReturnForm, item: Mapping[str, Any]) -> Metric:
    code = metric_code(item)
    declared = Declared(
        id=id_of(code),
        name_zh=item.get("name_zh") or item["code"],
        name_en=item.get("name_en") or item["code"],
        unit=item.get("unit") or "1",
        owner=form.title_zh,
        source=f"统计报表：{form.title_zh}",
        table="returns",
        measure=Measure("sum", "value"),
        filter=(Condition("form", "=", form.code), Condition("item", "=", item["code"])),
        dimensions=("organisation",),
        time="end",
        grain=form.frequency,
    )
    facts = {
        "unit_en": item.get("unit_en", ""),
        "small_cell": FEWEST,
        "accumulates": item.get("to_date", False),
        "prices": item.get("prices", ""),
    }
    return keep_declared("returns", declared, facts, clock.today())


def metric_code(item: Mapping[str, Any]) -> str:
    return item.get("metric") or code_of(item["code"])
