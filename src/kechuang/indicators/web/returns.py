"""Statistical returns: forms, the list, one return filled in and decided, import from a sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import organisations_of, roles_of
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.importing import ImportPage
from kechuang.core.web.listing import BulkAct, Column, DateFacet, Facet, ListPage, View
from kechuang.core.web.record import Act, Record
from kechuang.indicators import actions
from kechuang.indicators.actions.returns import findings
from kechuang.indicators.models import Metric, Return, ReturnForm
from kechuang.indicators.queries.cells import bounds
from kechuang.indicators.queries.returns import last_values, values_of, visible_returns
from kechuang.indicators.queries.sheets import of_form

Stage = Return.Stage


class Returns(LoginRequiredMixin, ListPage):
    key = "indicators-returns"
    title = gettext_lazy("Statistical returns")
    intro = gettext_lazy("What organisations report; approved returns are summed up as reported figures.")
    columns = [
        Column("form", gettext_lazy("Form"), fields=("form__title_zh",), sort=True),
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
            gettext_lazy("Form"),
            field="form_id",
            choices=lambda ids: {form.pk: str(form) for form in ReturnForm.objects.filter(pk__in=ids)},
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


@login_required
def forms_page(request):
    """All forms with how many returns each has."""
    rows = [
        (form, visible_returns(request.user).filter(form=form).count()) for form in ReturnForm.objects.all()
    ]
    acts = [Act(_("Make a form"), reverse("indicators:form_new"), verb="indicators.save_form", primary=True)]
    return render(request, "indicators/forms.html", {"rows": rows, "acts": acts})


class OpenForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none()
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1980, max_value=2100)
    part = forms.IntegerField(
        label=gettext_lazy("Quarter or month"), required=False, min_value=1, max_value=12
    )

    def __init__(self, *data, user, form: ReturnForm, **kwargs) -> None:
        super().__init__(*data, **kwargs)
        every = roles_of(user) & {Role.ADMIN, Role.ANALYST, Role.OFFICER}
        mine = organisations_of(user, Role.REPORTER)
        rows = Organisation.objects.all() if every else Organisation.objects.filter(pk__in=mine)
        self.fields["organisation"].queryset = rows
        self.fields["year"].initial = clock.today().year - 1
        self.frequency = form.frequency
        if form.frequency == "year":
            del self.fields["part"]

    def period(self) -> tuple[date, date]:
        per = {"year": 1, "quarter": 4, "month": 12}[self.frequency]
        part = self.cleaned_data.get("part") or 1
        if part > per:
            raise Refusal(_("There is no such part of the year."), field="part")
        return bounds(self.cleaned_data["year"] * per + part - 1, self.frequency)


@login_required
def form_page(request, code: str):
    """One form: its items and checks, its newest returns, and beginning a return."""
    form = get_object_or_404(ReturnForm, code=code)
    posted = [request.POST] if request.method == "POST" else []
    opening = OpenForm(*posted, user=request.user, form=form)
    if posted and opening.is_valid():
        try:
            office = opening.cleaned_data["organisation"]
            filing = actions.open_return(request.user, office, form, *opening.period())
            return HttpResponseRedirect(filing.get_absolute_url())
        except Refusal as refusal:
            opening.add_error(refusal.field if refusal.field in opening.fields else None, str(refusal))
        except NotPermitted as error:
            raise PermissionDenied from error
    metrics = {metric.code: metric for metric in Metric.objects.filter(tables__contains=" returns ")}
    items = [(item, metrics.get(item.get("metric") or item["code"].replace("_", "-"))) for item in form.items]
    context = {
        "form": form,
        "opening": opening if opening.fields["organisation"].queryset.exists() else None,
        "items": items,
        "checks": [check_words(check, form) for check in form.checks],
        "newest": visible_returns(request.user).filter(form=form).order_by("-end", "-pk")[:12],
        "acts": [
            Act(
                _("Import a sheet"),
                reverse("indicators:returns_import", args=[code]),
                verb="indicators.import_returns",
            ),
            Act(
                _("Change the form"),
                reverse("indicators:form_edit", args=[code]),
                verb="indicators.save_form",
            ),
        ],
    }
    return render(request, "indicators/form.html", context)


def name_of(item: dict) -> str:
    """An item's name in the reader's language."""
    english = (get_language() or "").startswith("en")
    return (item.get("name_en") if english else "") or item.get("name_zh") or item["code"]


def check_words(check: dict, form: ReturnForm) -> str:
    """A check as a sentence."""
    words = {
        "sum": _("%(total)s is the sum of %(parts)s."),
        "at_most": _("%(item)s is at most %(than)s."),
        "change": _("%(item)s changes by at most %(most)s against the last period, or the remark says why."),
    }[check["kind"]]
    names = {item["code"]: name_of(item) for item in form.items}
    facts = {key: names.get(str(check.get(key, "")), "") for key in ("total", "item", "than")}
    facts["parts"] = ", ".join(names[code] for code in check.get("parts", ()))
    facts["most"] = formatting.percent(check.get("most", 0))
    return words % facts


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
        english = (get_language() or "").startswith("en")
        now, last = values_of(filing), last_values(filing)
        for item in filing.form.items:
            name = name_of(item)
            before = last.get(item["code"])
            unit = item.get("unit_en") if english and item.get("unit_en") else item.get("unit", "")
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
        from django.db import transaction

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


def counts(taken) -> dict[str, int]:
    """What a trial would do, in words."""
    return {_("new"): taken.added, _("changed"): taken.changed, _("unchanged"): taken.same}


class ImportReturns(ImportPage):
    verb = "indicators.import_returns"
    title = gettext_lazy("Import returns")
    intro = gettext_lazy("A row a return; any wrong cell refuses the whole sheet.")

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(ReturnForm, code=kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def fields(self):
        return of_form(self.row)

    def plan(self, sheet):
        return counts(actions.import_returns(self.request.user, self.row, sheet.rows, None))

    def perform(self, sheet, stored):
        return str(actions.import_returns(self.request.user, self.row, sheet.rows, stored))

    def done_url(self):
        return self.row.get_absolute_url()


class EditFormForm(forms.Form):
    code = forms.SlugField(label=gettext_lazy("Code"), max_length=80)
    title_zh = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    title_en = forms.CharField(label=gettext_lazy("Title (English)"), required=False, max_length=200)
    frequency = forms.ChoiceField(label=gettext_lazy("Frequency"), choices=ReturnForm.Frequency.choices)
    due_days = forms.IntegerField(label=gettext_lazy("Due after the period (days)"), min_value=0, initial=15)
    items = forms.JSONField(
        label=gettext_lazy("Items"),
        widget=forms.Textarea(attrs={"rows": 10, "class": "mono"}),
        help_text=gettext_lazy("A list of {code, name_zh, name_en, unit}, as JSON."),
    )
    checks = forms.JSONField(
        label=gettext_lazy("Checks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "mono"}),
        help_text=gettext_lazy("A list of {kind: sum, at_most or change, …}, as JSON."),
    )

    def clean(self):
        given = super().clean()
        for name in ("items", "checks"):
            rows = given.get(name) or []
            if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
                self.add_error(name, _("Write a list of objects in square brackets."))
        return given


class EditForm(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Form of returns")
    submit = gettext_lazy("Save the form")
    form_class = EditFormForm

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(ReturnForm, code=kwargs["code"]) if "code" in kwargs else None
        if request.user.is_authenticated and not may(request.user, "indicators.save_form"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        names = EditFormForm.base_fields
        return {name: getattr(self.row, name) for name in names} if self.row else {}

    def perform(self, form) -> str:
        given = dict(form.cleaned_data)
        code = self.row.code if self.row else given["code"]
        given.pop("code")
        given["checks"] = given["checks"] or []
        self.made = actions.save_form(self.request.user, code, **given)
        return _("The form is saved.")

    def get_success_url(self) -> str:
        return self.made.get_absolute_url()
