"""Forms of returns: the list, one form with its items and checks, beginning a return, editing a form."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.kernel import formatting
from kechuang.core.language import in_language
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import organisations_of, roles_of
from kechuang.core.web.forms import FormPage
from kechuang.core.web.record import Act
from kechuang.indicators import actions
from kechuang.indicators.models import Metric, ReturnForm
from kechuang.indicators.queries.cells import bounds
from kechuang.indicators.queries.returns import visible_returns


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
    if posted and not may(request.user, "indicators.open_return"):
        raise PermissionDenied
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
    return in_language(item.get("name_zh") or "", item.get("name_en") or "") or item["code"]


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
