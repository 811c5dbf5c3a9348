"""Money: charge lines, vouchers, monthly statements."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import gathered, record
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import has_role
from kechuang.facilities.actions.common import forward, not_negative, officer, save
from kechuang.facilities.engine.charges import Paid, charge, pay
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
    month = _over(month)
    if Statement.objects.filter(organisation=organisation, month=month).exists():
        raise Refusal(
            _("The statement of %(month)s was issued.") % {"month": f"{month:%Y-%m}"}, field="month"
        )
    made = _issue(actor, "facilities.issue_statement", month, {organisation.pk}, synthetic)
    if not made:
        raise Refusal(
            _("%(name)s used nothing up to %(month)s that is not on a statement.")
            % {"name": organisation, "month": f"{month:%Y-%m}"},
            field="organisation",
        )
    return made[0]


@act("facilities.issue_month", may=has_role(Role.OFFICER, Role.MANAGER))
def issue_month(
    actor: Any, month: date, organisations: Collection[int] | None = None, *, synthetic: bool = False
) -> list[Statement]:
    """Issue a month's statements of all organisations that have something to settle."""
    with gathered():
        return _issue(actor, "facilities.issue_month", _over(month), organisations, synthetic)


def _over(month: date) -> date:
    month = month.replace(day=1)
    if month_end(month) >= clock.today():
        raise Refusal(
            _("%(month)s is not over.") % {"month": f"{month:%Y-%m}"},
            field="month",
            remedy=_("Wait for its end."),
        )
    return month


def unsettled(month: date) -> QuerySet[ChargeLine]:
    """What was charged up to a month and stands on no statement, of whom has no statement of that month."""
    settled = Statement.objects.filter(month=month).values("organisation")
    return ChargeLine.objects.filter(month__lte=month, statement=None).exclude(organisation__in=settled)


def _issue(
    actor: Any, verb: str, month: date, organisations: Collection[int] | None, synthetic: bool
) -> list[Statement]:
    lines = unsettled(month).order_by("organisation")
    if organisations is not None:
        lines = lines.filter(organisation__in=organisations)
    amounts: dict[int, list[int]] = {}
    for organisation, fen in lines.select_for_update().values_list("organisation", "amount_fen"):
        amounts.setdefault(organisation, []).append(fen)
    vouchers = _vouchers(list(amounts), month_end(month))
    paid = {key: pay(max(sum(fen), 0), _balances(vouchers.get(key, []))) for key, fen in amounts.items()}
    rows = Statement.objects.bulk_create(
        Statement(
            organisation_id=key,
            month=month,
            amount_fen=sum(fen),
            voucher_fen=sum(paid[key].vouchers.values()),
            issued_at=clock.now(),
            issued_by_id=getattr(actor, "pk", None),
            synthetic=synthetic,
        )
        for key, fen in amounts.items()
    )
    own = Statement.objects.filter(organisation=OuterRef("organisation"), month=month).values("pk")
    ChargeLine.objects.filter(month__lte=month, statement=None, organisation__in=amounts).update(
        statement=Subquery(own[:1])
    )
    _spend(rows, paid, vouchers)
    for row in rows:
        after = {"month": month, "amount_fen": row.amount_fen, "voucher_fen": row.voucher_fen}
        after["lines"] = len(amounts[row.organisation_id])
        record(actor, verb, row, after=after, also=vouchers.get(row.organisation_id, ()))
    return rows


def _vouchers(organisations: list[int], on: date) -> dict[int, list[Voucher]]:
    """Those that may pay on a day, locked; what ends first comes first."""
    valid = Voucher.objects.select_for_update().filter(
        organisation__in=organisations, valid_from__lte=on, valid_to__gte=on, balance_fen__gt=0
    )
    found: dict[int, list[Voucher]] = {}
    for voucher in valid.order_by("valid_to", "pk"):
        found.setdefault(voucher.organisation_id, []).append(voucher)
    return found


def _balances(vouchers: list[Voucher]) -> list[tuple[int, int]]:
    return [(voucher.pk, voucher.balance_fen) for voucher in vouchers]


def _spend(rows: list[Statement], paid: dict[int, Paid], vouchers: dict[int, list[Voucher]]) -> None:
    statements = {row.organisation_id: row for row in rows}
    used, uses = [], []
    for key, payment in paid.items():
        for voucher in vouchers.get(key, []):
            if fen := payment.vouchers.get(voucher.pk):
                voucher.balance_fen -= fen
                used.append(voucher)
                uses.append(VoucherUse(voucher=voucher, statement=statements[key], amount_fen=fen))
    Voucher.objects.bulk_update(used, ["balance_fen"])
    VoucherUse.objects.bulk_create(uses)
