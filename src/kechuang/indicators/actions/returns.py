"""Statistical returns: opened, filled in, checked, submitted, sent back, approved, replaced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import rules
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock, notices
from kechuang.core.actions.checks import check as check_row
from kechuang.core.acts import act, locked
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import has_role, of_organisation, organisations_of, roles_of, who_is
from kechuang.indicators.actions.forms import metric_code
from kechuang.indicators.models import Metric, Return, ReturnForm, ReturnValue
from kechuang.indicators.queries.checks import Finding, check
from kechuang.indicators.queries.returns import is_period, last_values, values_of

Stage = Return.Stage
decider = has_role(Role.ANALYST, Role.OFFICER)


@rules.predicate(name="reports_for")
def reports_for(user: Any, obj: Any = None) -> bool:
    """A reporter of the organisation itself, or above it."""
    if Role.ADMIN in roles_of(user):
        return True
    mine = organisations_of(user, Role.REPORTER)
    organisation = obj if isinstance(obj, Organisation) else None
    return bool(mine) if organisation is None else any(each.pk in mine for each in organisation.line())


reports_for.roles = frozenset({Role.REPORTER, Role.ADMIN})
filler = of_organisation(Role.REPORTER) | decider


@act("indicators.open_return", may=reports_for | decider)
def open_return(
    actor: Any,
    organisation: Organisation,
    form: ReturnForm,
    start: date,
    end: date,
    *,
    synthetic: bool = False,
) -> Return:
    """Begin a return of an organisation for a period, or go on with the one that is there."""
    if not is_period(form.frequency, start, end):
        words = _("%(start)s to %(end)s is not a %(frequency)s period.")
        facts = {"start": start, "end": end, "frequency": form.get_frequency_display()}
        raise Refusal(words % facts, field="end", remedy=_("Begin on its first day and end on its last."))
    known = Return.objects.filter(form=form, organisation=organisation, start=start, end=end).first()
    if known is not None:
        return known
    filing = Return.objects.create(
        form=form,
        organisation=organisation,
        start=start,
        end=end,
        changed_at=clock.now(),
        filled_by_id=getattr(actor, "pk", None),
        synthetic=synthetic,
    )
    record(actor, "indicators.open_return", filing, after={"form": form.code, "end": end})
    return filing


@act("indicators.fill_return", may=filler)
def fill_return(
    actor: Any, filing: Return, values: Mapping[str, Decimal | None], *, remark: str | None = None
) -> Return:
    """Fill in values; a draft may still have gaps. Names that are not on the form are refused."""
    stored = locked(filing)
    if stored.stage not in (Stage.DRAFT, Stage.SENT_BACK):
        raise Refusal(
            _("This return is %(stage)s and cannot be changed.") % {"stage": stored.get_stage_display()},
            remedy=_("Replace it by a new version."),
        )
    items = {item["code"]: item for item in filing.form.items}
    if unknown := sorted(set(values) - set(items)):
        raise Refusal(_("The form has no item %(item)s.") % {"item": unknown[0]}, field=unknown[0])
    before = values_of(filing)
    metrics = Metric.objects.in_bulk({metric_code(items[code]) for code in values}, field_name="code")
    rows = [
        ReturnValue(
            filing=filing,
            item=code,
            metric=metrics[metric_code(items[code])],
            value=None if value is None else Decimal(value),
        )
        for code, value in values.items()
    ]
    for row in rows:
        _check_value(row)
    ReturnValue.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["filing", "item"], update_fields=["value", "metric"]
    )
    filing.remark = filing.remark if remark is None else remark
    filing.filled_by_id, filing.changed_at = getattr(actor, "pk", None), clock.now()
    filing.save(update_fields=["remark", "filled_by", "changed_at"])
    record(actor, "indicators.fill_return", filing, before=before, after=values_of(filing))
    return filing


def _check_value(row: ReturnValue) -> None:
    """Refuse, by its item, a number that cannot be kept."""
    try:
        check_row(row, exclude={"filing", "metric", "item"})
    except Refusal as refusal:
        raise Refusal(f"{row.item}: {refusal.message}", field=row.item) from refusal


def findings(filing: Return) -> list[Finding]:
    """What is wrong with a return as it stands."""
    return check(filing.form.items, filing.form.checks, values_of(filing), last_values(filing))


@act("indicators.submit_return", may=filler)
def submit_return(actor: Any, filing: Return) -> Return:
    """Hand a return in. What is wrong must be mended; what is unusual must be explained in the remark."""
    _must_be(filing, Stage.DRAFT, Stage.SENT_BACK)
    found = findings(filing)
    standing = [each for each in found if each.hard or not filing.remark.strip()]
    if standing:
        first = standing[0]
        raise Refusal(" ".join(each.message for each in standing), field=first.item, remedy=first.remedy)
    return _move(actor, filing, "indicators.submit_return", Stage.SUBMITTED)


@act("indicators.send_back_return", may=decider)
def send_back_return(actor: Any, filing: Return, remark: str) -> Return:
    """Return it for correction, saying what is missing."""
    _must_be(filing, Stage.SUBMITTED)
    if not remark.strip():
        raise Refusal(_("Say what must be corrected."), field="remark")
    filing.remark = remark.strip()
    filing.decided_by_id = getattr(actor, "pk", None)
    if filing.filled_by:
        notices.notify(
            [filing.filled_by],
            lambda: _("Your return was sent back: %(return)s") % {"return": filing},
            key=f"return:{filing.pk}:{clock.now().isoformat()}",
            url=filing.get_absolute_url(),
        )
    return _move(actor, filing, "indicators.send_back_return", Stage.SENT_BACK)


_by_who_filled = who_is("filled_by", gettext_lazy("Another person than who filled it in must approve."))


@act("indicators.approve_return", may=decider, unless=_by_who_filled)
def approve_return(actor: Any, filing: Return) -> Return:
    """Take it into the numbers, as reported; the version it replaces leaves them. Not by who filled it in."""
    _must_be(filing, Stage.SUBMITTED)
    same = Return.objects.filter(
        form=filing.form, organisation=filing.organisation, start=filing.start, end=filing.end
    )
    for former in same.filter(stage=Stage.APPROVED).exclude(pk=filing.pk):
        _move(actor, former, "indicators.replace_return", Stage.REPLACED)
    filing.decided_by_id = getattr(actor, "pk", None)
    return _move(actor, filing, "indicators.approve_return", Stage.APPROVED)


@act("indicators.replace_return", may=filler)
def replace_return(actor: Any, filing: Return) -> Return:
    """Begin a new version of an approved return; the approved one stands until the new one is approved."""
    _must_be(filing, Stage.APPROVED)
    same = Return.objects.filter(
        form=filing.form, organisation=filing.organisation, start=filing.start, end=filing.end
    )
    newest = same.order_by("-version").first()
    if newest.stage not in (Stage.APPROVED, Stage.REPLACED):
        raise Refusal(_("A new version is already being filled in."), url=newest.get_absolute_url())
    version = Return.objects.create(
        form=filing.form,
        organisation=filing.organisation,
        start=filing.start,
        end=filing.end,
        version=newest.version + 1,
        filled_by_id=getattr(actor, "pk", None),
        changed_at=clock.now(),
        synthetic=filing.synthetic,
    )
    ReturnValue.objects.bulk_create(
        [
            ReturnValue(filing=version, item=value.item, metric=value.metric, value=value.value)
            for value in filing.values.all()
        ]
    )
    record(actor, "indicators.replace_return", version, after={"version": version.version, "of": filing.pk})
    return version


def _must_be(filing: Return, *stages: str) -> None:
    stored = locked(filing)
    if stored.stage not in stages:
        words = _("This return is %(stage)s: it cannot be done now.")
        raise Refusal(words % {"stage": stored.get_stage_display()})


def _move(actor: Any, filing: Return, verb: str, stage: str) -> Return:
    before, filing.stage, filing.changed_at = filing.stage, stage, clock.now()
    filing.save(update_fields=["stage", "remark", "decided_by", "changed_at"])
    after = {"stage": stage, "remark": filing.remark, "values": values_of(filing)}
    record(actor, verb, filing, before={"stage": before}, after=after)
    return filing
