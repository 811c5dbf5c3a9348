"""Returns from a sheet: a row a return, all or nothing, the same twice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kechuang.core.acts import act, may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.models import Organisation, OrganisationName
from kechuang.indicators.actions.returns import (
    decider,
    fill_return,
    open_return,
    replace_return,
    reports_for,
    submit_return,
)
from kechuang.indicators.models import Return, ReturnForm
from kechuang.indicators.queries import sheets
from kechuang.indicators.queries.returns import values_of

HEADS = {
    "organisation": ("organisation", "填报单位", "单位"),
    "start": ("from", "start", "起", "开始"),
    "end": ("to", "end", "止", "结束"),
    "remark": ("remark", "备注", "说明"),
}


@dataclass(frozen=True)
class Taken:
    """What a sheet changes, or would change in a dry run."""

    added: int
    changed: int
    same: int

    def __str__(self) -> str:
        return _("%(added)d new returns, %(changed)d changed, %(same)d the same.") % asdict(self)


@act("indicators.import_returns", may=reports_for | decider)
def import_returns(
    actor: Any, form: ReturnForm, name: str, content: bytes, *, dry_run: bool = False
) -> Taken:
    """Take in a sheet of returns and submit them. Any wrong cell refuses the whole sheet, named with its remedy."""
    lines = sheets.read(name, content, names(form))
    counts = {"added": 0, "changed": 0, "same": 0}
    with transaction.atomic():
        for number, row in lines:
            counts[_take(actor, form, number, row)] += 1
        if dry_run:
            transaction.set_rollback(True)
    return Taken(**counts)


def names(form: ReturnForm) -> dict[str, str]:
    """Accepted heads, in lower case, with what they mean."""
    found = {head: key for key, heads in HEADS.items() for head in heads}
    for item in form.items:
        for head in (item["code"], item.get("name_zh", ""), item.get("name_en", "")):
            if head:
                found[head.lower()] = item["code"]
    return found


def _take(actor: Any, form: ReturnForm, number: int, row: dict[str, Any]) -> str:
    organisation = _organisation(number, row.get("organisation"))
    if not may(actor, "indicators.open_return", organisation):
        raise NotPermitted("indicators.import_returns", f"row {number}: {organisation}")
    start, end = (sheets.day(number, key, row.get(key)) for key in ("start", "end"))
    values = {item["code"]: _number(number, item, row.get(item["code"])) for item in form.items}
    try:
        return _one(actor, organisation, form, start, end, values, str(row.get("remark") or ""))
    except Refusal as refusal:
        raise Refusal(
            _("Row %(row)d: %(what)s") % {"row": number, "what": refusal.message},
            field="file",
            remedy=refusal.remedy,
        ) from refusal


def _one(actor, organisation, form, start, end, values, remark: str) -> str:
    known = Return.objects.filter(form=form, organisation=organisation, start=start, end=end)
    newest = known.order_by("-version").first()
    if newest is not None and newest.stage != Return.Stage.DRAFT and _equal(values_of(newest), values):
        return "same"
    outcome = "added" if newest is None else "changed"
    filing = newest or open_return(actor, organisation, form, start, end)
    if filing.stage == Return.Stage.APPROVED:
        filing = replace_return(actor, filing)
    elif filing.stage == Return.Stage.SUBMITTED:
        raise Refusal(
            _("A return with other values waits for its decision."), remedy=_("Have it sent back first.")
        )
    fill_return(actor, filing, values, remark=remark)
    submit_return(actor, filing)
    return outcome


def _equal(one: dict, other: dict) -> bool:
    return {k: v for k, v in one.items() if v is not None} == {
        k: v for k, v in other.items() if v is not None
    }


def _organisation(number: int, value: Any) -> Organisation:
    text = str(value or "").strip()
    found = Organisation.objects.filter(name_zh=text).first() if text else None
    if found is None and text:
        alias = OrganisationName.objects.filter(name=text).select_related("organisation").first()
        found = alias.organisation if alias else Organisation.objects.filter(name_en=text).first()
    if found is None:
        raise sheets.fault(number, "organisation", value, _("Write the name of an organisation on record."))
    return found


def _number(number: int, item: dict, value: Any) -> Decimal | None:
    if value is None or str(value).strip() == "":
        return None
    try:
        found = Decimal(str(value).replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        raise sheets.fault(number, item.get("name_zh") or item["code"], value, _("Write a plain number."))
    return found
