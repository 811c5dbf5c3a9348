"""Statistical returns: forms, the list, one return filled in and decided, import from a sheet."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.language import in_language
from kechuang.core.web.acts import ActPage
from kechuang.core.web.history import moments
from kechuang.core.web.importing import ImportPage
from kechuang.core.web.listing import BulkAct, Column, DateFacet, Facet, ListPage, View, names_of
from kechuang.core.web.record import Act, Record
from kechuang.indicators import actions
from kechuang.indicators.actions.returns import findings
from kechuang.indicators.models import Return, ReturnForm
from kechuang.indicators.queries.returns import last_values, values_of, visible_returns
from kechuang.indicators.queries.sheets import of_form
from kechuang.indicators.web.return_forms import name_of

Stage = Return.Stage


class Returns(LoginRequiredMixin, ListPage):
    key = "indicators-returns"
    title = gettext_lazy("Statistical returns")
    intro = gettext_lazy("What organisations report; approved returns are summed up as reported figures.")
    columns = [
        Column("form", pgettext_lazy("statistics", "Form"), fields=("form__title_zh",), sort=True),
        Column("organisation", gettext_lazy("Organisation"), fields=("organisation__name_zh",), sort=True),
        Column("stage", gettext_lazy("Stage"), choices=dict(Stage.choices), sort=True),
        Column("start", gettext_lazy("From"), format="day", sort=True),
        Column("end", gettext_lazy("To"), format="day", sort=True),
        Column("version", gettext_lazy("Version"), format="number", sort=True),
        Column("changed_at", gettext_lazy("Changed"), format="time", sort=True),
        Column(
            "synthetic",
            gettext_lazy("Synthetic"),
            choices={True: gettext_lazy("Synthetic"), False: ""},
            optional=True,
        ),
    ]
    facets = [
        Facet("stage", gettext_lazy("Stage"), choices=dict(Stage.choices)),
        Facet(
            "form",
            pgettext_lazy("statistics", "Form"),
            field="form_id",
            choices=names_of(ReturnForm),
        ),
        DateFacet("end", gettext_lazy("Period ends")),
    ]
    search_fields = ["form__title_zh", "organisation__name_zh"]
    views = [View("waiting", gettext_lazy("To decide"), "stage=submitted")]
    groups = ["form", "organisation"]
    default_sort = "-end"
    bulk = [
        BulkAct(
            "approve",
            gettext_lazy("Approve {count} returns"),
            "indicators:returns_approve",
            verb="indicators.approve_return",
        )
    ]
    empty_title = gettext_lazy("No returns yet")
    empty_text = gettext_lazy("Open a form and fill in the first one.")

    def queryset(self):
        return visible_returns(self.request.user).select_related(None)

    def row_url(self, row):
        return reverse("indicators:return", args=[row["pk"]])

    def acts(self):
        return [Act(_("Forms"), reverse("indicators:forms"))]


class FillForm(forms.Form):
    """A number an item, and the remark."""

    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Explain here what is unusual."),
    )

    def __init__(self, *data, filing: Return, **kwargs) -> None:
        super().__init__(*data, **kwargs)
        now, last = values_of(filing), last_values(filing)
        for item in filing.form.items:
            name = name_of(item)
            before = last.get(item["code"])
            unit = in_language(item.get("unit") or "", item.get("unit_en") or "")
            self.fields[item["code"]] = forms.DecimalField(
                label=f"{name} ({unit})" if unit else name,
                required=False,
                max_digits=24,
                initial=None if now.get(item["code"]) is None else now[item["code"]].normalize(),
                help_text=_("Last period: %(value)s") % {"value": formatting.grouped(before)}
                if before
                else "",
            )
        self.order_fields([*(item["code"] for item in filing.form.items), "remark"])
        self.fields["remark"].initial = filing.remark

    def values(self) -> dict[str, Decimal | None]:
        return {name: value for name, value in self.cleaned_data.items() if name != "remark"}


@login_required
def page(request, pk: int):
    """One return: fill it in while it is a draft; read, decide or replace it afterwards."""
    filing = get_object_or_404(visible_returns(request.user), pk=pk)
    open_ = filing.stage in (Stage.DRAFT, Stage.SENT_BACK) and may(
        request.user, "indicators.fill_return", filing
    )
    form = None
    if request.method == "POST" and not may(request.user, "indicators.fill_return", filing):
        raise PermissionDenied
    if open_:
        form = FillForm(*([request.POST] if request.method == "POST" else []), filing=filing)
        if request.method == "POST" and form.is_valid():
            try:
                actions.fill_return(request.user, filing, form.values(), remark=form.cleaned_data["remark"])
                if "submit" in request.POST:
                    actions.submit_return(request.user, filing)
                    messages.success(request, _("The return is handed in."))
                else:
                    messages.success(request, _("Saved."))
                return HttpResponseRedirect(filing.get_absolute_url())
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return render(request, "indicators/return.html", _context(request, filing, form))


def _context(request, filing: Return, form) -> dict:
    now, last = values_of(filing), last_values(filing)
    record = Record(
        title=f"{filing.form} · {filing.organisation}",
        kind=_("Statistical return"),
        synthetic=filing.synthetic,
        acts=_acts(filing),
        facts=[
            (_("Period"), f"{formatting.day(filing.start)} – {formatting.day(filing.end)}"),
            (_("Stage"), filing.get_stage_display()),
            (_("Version"), filing.version),
            (_("Remark"), filing.remark or "—"),
        ],
        events=moments(events_of(filing)),
        breadcrumb=[
            (_("Statistical returns"), reverse("indicators:returns")),
            (str(filing.form), filing.form.get_absolute_url()),
            (str(filing.organisation), ""),
        ],
    )
    items = [
        {"item": item, "now": now.get(item["code"]), "last": last.get(item["code"])}
        for item in filing.form.items
    ]
    started = any(value is not None for value in now.values())
    return {
        "record": record,
        "filing": filing,
        "form": form,
        "items": items,
        "findings": findings(filing) if started else [],
    }


def _acts(filing: Return) -> list[Act]:
    here = [filing.pk]
    if filing.stage == Stage.SUBMITTED:
        return [
            Act(
                _("Approve"),
                reverse("indicators:return_approve", args=here),
                verb="indicators.approve_return",
                obj=filing,
                primary=True,
            ),
            Act(
                _("Send back"),
                reverse("indicators:return_back", args=here),
                verb="indicators.send_back_return",
                obj=filing,
            ),
        ]
    if filing.stage == Stage.APPROVED:
        url = reverse("indicators:return_replace", args=here)
        return [Act(_("Replace by a new version"), url, verb="indicators.replace_return", obj=filing)]
    return []


class Approve(ActPage):
    verb = "indicators.approve_return"
    title = button = gettext_lazy("Approve the return")
    undo = gettext_lazy("It can be replaced by a new version.")

    def target(self):
        return get_object_or_404(visible_returns(self.request.user), pk=self.kwargs["pk"])

    def what(self):
        return [_("Its values enter the indicators as reported figures.")]

    def perform(self, form) -> str:
        actions.approve_return(self.request.user, self.object)
        return _("The return is approved.")


class ApproveMany(Approve):
    def target(self):
        return Returns.selected(self.request) if self.request.method == "POST" else Return.objects.none()

    def whom(self):
        return self.object.select_related("form", "organisation")

    def perform(self, form) -> str:
        rows = list(self.object.select_related("form", "organisation"))
        with transaction.atomic():
            for row in rows:
                try:
                    actions.approve_return(self.request.user, row)
                except Refusal as refusal:
                    raise Refusal(f"{row}: {refusal}") from refusal
        return _("%(n)d returns are approved.") % {"n": len(rows)}

    def done_url(self) -> str:
        return reverse("indicators:returns")


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label=gettext_lazy("What must be corrected"), widget=forms.Textarea(attrs={"rows": 3})
    )


class SendBack(Approve):
    verb = "indicators.send_back_return"
    title = button = gettext_lazy("Send the return back")
    undo = gettext_lazy("It can be handed in again.")
    form_class = RemarkForm

    def what(self):
        return [_("Whoever filled it in is told what to correct.")]

    def perform(self, form) -> str:
        actions.send_back_return(self.request.user, self.object, form.cleaned_data["remark"])
        return _("The return is sent back.")


class Replace(Approve):
    verb = "indicators.replace_return"
    title = button = gettext_lazy("Replace by a new version")
    undo = ""

    def what(self):
        return [_("The approved version stands until the new one is approved.")]

    def perform(self, form) -> str:
        self.made = actions.replace_return(self.request.user, self.object)
        return _("A new version is begun.")

    def done_url(self) -> str:
        return self.made.get_absolute_url()


class ImportReturns(ImportPage):
    verb = "indicators.import_returns"
    title = gettext_lazy("Import returns")
    intro = gettext_lazy("A row a return; any wrong cell refuses the whole sheet.")

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(ReturnForm, code=kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def fields(self):
        return of_form(self.row)

    def take(self, sheet, source):
        return actions.import_returns(self.request.user, self.row, sheet.rows, source)

    def done_url(self):
        return self.row.get_absolute_url()
