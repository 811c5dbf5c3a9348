"""Returns from a sheet: a row a return, all or nothing, the same twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kechuang.core.acts import act, may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import record
from kechuang.core.models import Organisation, OrganisationName, StoredFile
from kechuang.core.sheets import Taken
from kechuang.indicators.actions.returns import (
    decider,
    fill_return,
    open_return,
    replace_return,
    reports_for,
    submit_return,
)
from kechuang.indicators.models import Return, ReturnForm
from kechuang.indicators.queries.returns import values_of


@act("indicators.import_returns", may=reports_for | decider)
def import_returns(
    actor: Any, form: ReturnForm, rows: Sequence[Mapping[str, Any]], source: StoredFile | None
) -> Taken:
    """Take in rows of a sheet and submit them as returns. Any wrong row refuses all, named with its remedy.

    Without the file they came in this is a trial: nothing is written.
    """
    counts = {"added": 0, "changed": 0, "same": 0}
    with transaction.atomic():
        for row in rows:
            counts[_take(actor, form, row["_row"], row)] += 1
        if source is None:
            transaction.set_rollback(True)
        elif counts["added"] or counts["changed"]:
            record(actor, "indicators.import_returns", source, after={"form": form.code, **counts})
    return Taken(**counts)


def _take(actor: Any, form: ReturnForm, number: int, row: Mapping[str, Any]) -> str:
    organisation = _organisation(number, row["organisation"])
    if not may(actor, "indicators.open_return", organisation):
        raise NotPermitted("indicators.import_returns", f"{number}: {organisation}")
    values = {item["code"]: row[item["code"]] for item in form.items}
    try:
        return _one(actor, organisation, form, row["start"], row["end"], values, row["remark"])
    except Refusal as refusal:
        raise Refusal(
            _("Row %(row)d: %(what)s") % {"row": number, "what": refusal.message},
            field="file",
            remedy=refusal.remedy,
        ) from refusal


def _one(
    actor: Any,
    organisation: Organisation,
    form: ReturnForm,
    start: Any,
    end: Any,
    values: Mapping[str, Decimal | None],
    remark: str,
) -> str:
    known = Return.objects.filter(form=form, organisation=organisation, start=start, end=end)
    newest = known.order_by("-version").first()
    if (
        newest is not None
        and newest.stage != Return.Stage.DRAFT
        and _filled(values_of(newest)) == _filled(values)
    ):
        return "same"
    filing = newest or open_return(actor, organisation, form, start, end)
    if filing.stage == Return.Stage.APPROVED:
        filing = replace_return(actor, filing)
    elif filing.stage == Return.Stage.SUBMITTED:
        raise Refusal(
            _("A return with other values waits for its decision."), remedy=_("Have it sent back first.")
        )
    fill_return(actor, filing, values, remark=remark)
    submit_return(actor, filing)
    return "added" if newest is None else "changed"


def _filled(values: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    return {code: value for code, value in values.items() if value is not None}


def _organisation(number: int, text: str) -> Organisation:
    """By Chinese name, English name or alias."""
    found = (
        Organisation.objects.filter(name_zh=text).first() or Organisation.objects.filter(name_en=text).first()
    )
    alias = (
        None if found else OrganisationName.objects.filter(name=text).select_related("organisation").first()
    )
    if found is None and alias is None:
        raise Refusal(
            _("Row %(row)d: no organisation is named “%(name)s”.") % {"row": number, "name": text},
            field="file",
            remedy=_("Write the name of an organisation on record."),
        )
    return found or alias.organisation
