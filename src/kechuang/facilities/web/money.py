"""Money: vouchers, monthly statements as page, Excel and PDF."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, View, named, organisation_names
from kechuang.core.web.record import Act, Record
from kechuang.core.web.times import local_day
from kechuang.facilities import actions
from kechuang.facilities.actions.money import unsettled
from kechuang.facilities.models import ChargeLine, Statement, Voucher
from kechuang.facilities.queries.use import visible_statements, visible_vouchers
from kechuang.facilities.web.common import (
    RowPage,
    YuanForm,
    act,
    duration,
    exact,
    hourly,
)
from kechuang.facilities.web.statement_files import to_pdf, to_xlsx

TYPES = {
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (to_pdf, "application/pdf"),
}


class Vouchers(LoginRequiredMixin, ListPage):
    key = "facilities-vouchers"
    title = gettext_lazy("Innovation vouchers")
    columns = [
        Column("code", gettext_lazy("Number"), sort=True),
        named("organisation", gettext_lazy("Enterprise"), "organisation__name", sort=True),
        Column("granted_fen", gettext_lazy("Granted"), format="money", sort=True),
        Column("balance_fen", gettext_lazy("Balance"), format="money", sort=True),
        Column("valid_from", gettext_lazy("From"), format="day", sort=True),
        Column("valid_to", gettext_lazy("To"), format="day", sort=True),
    ]
    facets = [
        Facet(
            "organisation", gettext_lazy("Enterprise"), field="organisation_id", choices=organisation_names
        ),
        DateFacet("valid_to", gettext_lazy("Valid to")),
    ]
    search_fields = ["code", "organisation__name_zh"]
    default_sort = "valid_to"

    def queryset(self):
        return visible_vouchers(self.request.user)

    def row_url(self, row):
        return reverse("facilities:voucher", args=[row["pk"]])

    def acts(self):
        return [act(_("Grant a voucher"), reverse("facilities:voucher_grant"), "grant_voucher", primary=True)]


@login_required
def voucher(request, pk: int):
    """One voucher and what it paid."""
    row = get_object_or_404(visible_vouchers(request.user).select_related("organisation"), pk=pk)
    record = Record(
        title=str(row),
        kind=_("Innovation voucher"),
        synthetic=row.synthetic,
        facts=[
            (_("Enterprise"), row.organisation),
            (_("Granted"), exact(row.granted_fen)),
            (_("Balance"), exact(row.balance_fen)),
            (_("Valid"), f"{formatting.day(row.valid_from)} – {formatting.day(row.valid_to)}"),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Innovation vouchers"), reverse("facilities:vouchers")), (str(row), "")],
    )
    uses = [(use, exact(use.amount_fen)) for use in row.uses.select_related("statement__organisation")]
    return render(request, "facilities/voucher.html", {"record": record, "uses": uses})


class VoucherForm(YuanForm):
    yuan = ("granted_fen",)

    class Meta:
        model = Voucher
        fields = ["code", "organisation", "granted_fen", "valid_from", "valid_to"]
        widgets = {"valid_from": DateInput, "valid_to": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        enterprises = Organisation.objects.filter(kind=Organisation.Kind.ENTERPRISE)
        self.fields["organisation"].queryset = enterprises


class GrantVoucher(RowPage):
    verb = "facilities.grant_voucher"
    title = submit = gettext_lazy("Grant a voucher")
    form_class = VoucherForm

    def find(self):
        return Voucher()

    def store(self, form):
        actions.grant_voucher(self.request.user, form.instance)


class Statements(LoginRequiredMixin, ListPage):
    key = "facilities-statements"
    title = gettext_lazy("Monthly statements")
    columns = [
        named("organisation", gettext_lazy("Organisation"), "organisation__name", sort=True),
        Column("month", gettext_lazy("Month"), value=lambda row: f"{row['month']:%Y-%m}", sort=True),
        Column("amount_fen", gettext_lazy("Amount"), format="money", sort=True),
        Column("voucher_fen", gettext_lazy("Paid by vouchers"), format="money", sort=True),
        Column(
            "due",
            gettext_lazy("To pay"),
            fields=("amount_fen", "voucher_fen"),
            value=lambda row: row["amount_fen"] - row["voucher_fen"],
            format="money",
        ),
        Column("issued_at", gettext_lazy("Issued"), format="day", sort=True),
    ]
    facets = [
        Facet(
            "organisation", gettext_lazy("Organisation"), field="organisation_id", choices=organisation_names
        ),
        DateFacet("month", gettext_lazy("Month")),
    ]
    search_fields = ["organisation__name_zh", "organisation__name_en"]
    views = [View("vouchers", gettext_lazy("By vouchers"), "sort=-voucher_fen")]
    default_sort = "-month"

    def queryset(self):
        return visible_statements(self.request.user)

    def row_url(self, row):
        return reverse("facilities:statement", args=[row["pk"]])

    def acts(self):
        return [
            Act(_("Innovation vouchers"), reverse("facilities:vouchers")),
            act(_("Issue a statement"), reverse("facilities:statement_issue"), "issue_statement"),
            act(
                _("Issue a month's statements"),
                reverse("facilities:month_issue"),
                "issue_month",
                primary=True,
            ),
        ]


def _statement(request, pk: int) -> Statement:
    return get_object_or_404(visible_statements(request.user).select_related("organisation"), pk=pk)


def lines_of(row: Statement):
    return row.lines.select_related("session__resource").order_by("session__start", "pk")


@login_required
def statement(request, pk: int):
    """One statement: every line, vouchers, what is to pay."""
    row = _statement(request, pk)
    record = Record(
        title=str(row),
        kind=_("Monthly statement"),
        synthetic=row.synthetic,
        acts=[
            Act(_("Excel"), reverse("facilities:statement_file", args=[pk, "xlsx"])),
            Act(_("PDF"), reverse("facilities:statement_file", args=[pk, "pdf"]), primary=True),
        ],
        facts=[
            (_("Organisation"), row.organisation),
            (_("Month"), f"{row.month:%Y-%m}"),
            (_("Amount"), exact(row.amount_fen)),
            (_("Paid by vouchers"), exact(row.voucher_fen)),
            (_("To pay"), exact(row.due_fen)),
            (_("Issued"), formatting.day(local_day(row.issued_at))),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Monthly statements"), reverse("facilities:statements")), (str(row), "")],
    )
    context = {
        "record": record,
        "row": row,
        "lines": [
            (line, duration(line.minutes), hourly(line.rate_fen), exact(line.amount_fen))
            for line in lines_of(row)[:1000]
        ],
        "uses": [(use, exact(-use.amount_fen)) for use in row.voucher_uses.select_related("voucher")],
        "amount": exact(row.amount_fen),
        "due": exact(row.due_fen),
    }
    return render(request, "facilities/statement.html", context)


@login_required
def statement_file(request, pk: int, form: str):
    """The statement as Excel or PDF."""
    if form not in TYPES:
        raise Http404
    row = _statement(request, pk)
    write, media_type = TYPES[form]
    answer = HttpResponse(write(row, list(lines_of(row))), content_type=media_type)
    name = f"statement-{row.month:%Y-%m}-{row.organisation_id}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class MonthForm(forms.Form):
    month = forms.DateField(
        label=gettext_lazy("Month"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        initial=lambda: last_month(),
    )


def last_month() -> date:
    return (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)


class IssueForm(MonthForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Organisation"))
    field_order = ("organisation", "month")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = ChargeLine.objects.filter(statement=None).order_by().values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=waiting)


class IssueStatement(RowPage):
    verb = "facilities.issue_statement"
    title = submit = gettext_lazy("Issue a statement")
    intro = gettext_lazy("Everything up to the month that is not on a statement yet. Vouchers pay first.")
    form_class = IssueForm

    def find(self):
        return None

    def store(self, form):
        self.row = actions.issue_statement(self.request.user, **form.cleaned_data)


class IssueMonth(ActPage):
    verb = "facilities.issue_month"
    title = button = gettext_lazy("Issue a month's statements")
    form_class = MonthForm

    def target(self):
        return None

    def what(self):
        waiting = unsettled(last_month()).order_by()
        return [
            _("Everybody who used something up to the month gets one statement; vouchers pay first."),
            _("%(count)s organisations wait for the statement of %(month)s.")
            % {
                "count": waiting.values("organisation").distinct().count(),
                "month": f"{last_month():%Y-%m}",
            },
        ]

    def perform(self, form) -> str:
        made = actions.issue_month(self.request.user, form.cleaned_data["month"])
        return _("%(count)s statements are issued.") % {"count": len(made)}

    def done_url(self):
        return reverse("facilities:statements")
