"""Money: charge lines, vouchers, monthly statements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import has_role
from kechuang.facilities.actions.common import forward, not_negative, officer, save
from kechuang.facilities.engine.charges import charge, pay
from kechuang.facilities.models import ChargeLine, Statement, UseSession, Voucher, VoucherUse


def charge_session(session: UseSession) -> ChargeLine | None:
    """Bring what a session was charged up to what it costs: its first line, or one with the difference.

    A difference after the month's statement was issued stands in the running month.
    """
    rate = session.resource.rate(session.access)
    former = session.charges.aggregate(amount=Sum("amount_fen"), minutes=Sum("minutes"))
    if former["amount"] is not None:
        rate = session.charges.first().rate_fen
    if rate is None:
        raise Refusal(_("This resource has no rate for this access."), field="access")
    minutes = session.minutes - session.lost
    amount = charge(session.minutes, session.lost, rate)
    difference, more = amount - (former["amount"] or 0), minutes - (former["minutes"] or 0)
    if former["amount"] is not None and not difference and not more:
        return None
    month = timezone.localdate(session.start).replace(day=1)
    if Statement.objects.filter(organisation=session.organisation, month__gte=month).exists():
        month = clock.today().replace(day=1)
    return ChargeLine.objects.create(
        session=session,
        organisation=session.organisation,
        month=month,
        access=session.access,
        minutes=more,
        rate_fen=rate,
        amount_fen=difference,
        at=clock.now(),
    )


@act("facilities.grant_voucher", may=officer)
def grant_voucher(actor: Any, row: Voucher) -> Voucher:
    """Grant an innovation voucher to an enterprise."""
    if row.pk is not None:
        raise Refusal(_("A voucher does not change once granted."))
    if not row.code.strip():
        raise Refusal(_("Give a number."), field="code")
    if Voucher.objects.filter(code=row.code).exists():
        raise Refusal(_("The number %(code)s is taken.") % {"code": row.code}, field="code")
    not_negative(row, "granted_fen")
    if not row.granted_fen:
        raise Refusal(_("The amount is above zero."), field="granted_fen")
    forward(row.valid_from, row.valid_to, "valid_to")
    if row.organisation.kind != Organisation.Kind.ENTERPRISE:
        raise Refusal(_("Innovation vouchers are for enterprises."), field="organisation")
    row.balance_fen = row.granted_fen
    facts = ("code", "organisation", "granted_fen", "valid_from", "valid_to")
    return save(actor, "facilities.grant_voucher", row, facts)


def month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@act("facilities.issue_statement", may=has_role(Role.OFFICER, Role.MANAGER))
def issue_statement(
    actor: Any, organisation: Organisation, month: date, *, synthetic: bool = False
) -> Statement:
    """Issue an organisation's statement of a month that is over; vouchers valid at its end pay first."""
    month = month.replace(day=1)
    end = month_end(month)
    if end >= clock.today():
        raise Refusal(
            _("%(month)s is not over.") % {"month": f"{month:%Y-%m}"},
            field="month",
            remedy=_("Wait for its end."),
        )
    if Statement.objects.filter(organisation=organisation, month=month).exists():
        raise Refusal(
            _("The statement of %(month)s was issued.") % {"month": f"{month:%Y-%m}"}, field="month"
        )
    lines = ChargeLine.objects.select_for_update().filter(
        organisation=organisation, month__lte=month, statement=None
    )
    keys = list(lines.values_list("pk", flat=True))
    if not keys:
        raise Refusal(
            _("%(name)s used nothing up to %(month)s that is not on a statement.")
            % {"name": organisation, "month": f"{month:%Y-%m}"},
            field="organisation",
        )
    amount = sum(lines.values_list("amount_fen", flat=True))
    row = Statement.objects.create(
        organisation=organisation,
        month=month,
        amount_fen=amount,
        voucher_fen=0,
        issued_at=clock.now(),
        issued_by_id=getattr(actor, "pk", None),
        synthetic=synthetic,
    )
    ChargeLine.objects.filter(pk__in=keys).update(statement=row)
    row.voucher_fen = _spend(row, amount, end)
    row.save()
    after = {"month": month, "amount_fen": amount, "voucher_fen": row.voucher_fen, "lines": len(keys)}
    record(actor, "facilities.issue_statement", row, after=after)
    return row


def _spend(statement: Statement, amount: int, on: date) -> int:
    """Take from the vouchers that end first."""
    valid = Voucher.objects.select_for_update().filter(
        organisation=statement.organisation, valid_from__lte=on, valid_to__gte=on, balance_fen__gt=0
    )
    vouchers = {voucher.pk: voucher for voucher in valid.order_by("valid_to", "pk")}
    paid = pay(max(amount, 0), [(key, voucher.balance_fen) for key, voucher in vouchers.items()])
    for key, fen in paid.vouchers.items():
        vouchers[key].balance_fen -= fen
        vouchers[key].save()
        VoucherUse.objects.create(voucher=vouchers[key], statement=statement, amount_fen=fen)
    return sum(paid.vouchers.values())


def issue_month(actor: Any, month: date) -> int:
    """Statements for everybody who has something to settle up to a month; returns how many."""
    waiting = ChargeLine.objects.filter(month__lte=month, statement=None).order_by()
    done = 0
    for key in waiting.values_list("organisation", flat=True).distinct():
        if Statement.objects.filter(organisation=key, month=month).exists():
            continue
        issue_statement(actor, Organisation.objects.get(pk=key), month)
        done += 1
    return done
