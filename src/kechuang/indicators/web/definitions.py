"""Changing a definition (with the bridge shown before it is done), targets, published figures, computing anew."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core import clock
from kechuang.core.acts import demand
from kechuang.core.errors import Refusal
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.indicators import actions
from kechuang.indicators.actions.define import next_definition
from kechuang.indicators.models import Target
from kechuang.indicators.queries import bridging, words
from kechuang.indicators.queries.calculate import calculator, catalogue, declaration
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.web.common import kindly, metric_for
from kechuang.indicators.web.conditions import ConditionsField, condition_line, names_in


class DefinitionForm(forms.Form):
    """The parts of a definition that decide the number."""

    filter = ConditionsField()
    dimensions = forms.CharField(
        label=gettext_lazy("Dimensions"),
        required=False,
        help_text=gettext_lazy("Columns, with commas between."),
    )
    scale = forms.IntegerField(
        label=gettext_lazy("Scale"), required=False, min_value=1, help_text=gettext_lazy("100 for per cent.")
    )
    offset = forms.IntegerField(label=gettext_lazy("Periods back"), required=False, min_value=1)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Needed to put the definition in force."),
    )
    valid_from = forms.DateField(label=gettext_lazy("In force from"), required=False, widget=DateInput)
    bridge_until = forms.DateField(label=gettext_lazy("Bridge until"), required=False, widget=DateInput)

    def __init__(self, *data, plain: dict, **kwargs) -> None:
        super().__init__(*data, **kwargs)
        self.plain = plain
        derived = "kind" in plain
        for name in ("filter", "dimensions") if derived else ("scale", "offset"):
            del self.fields[name]
        if derived and plain.get("offset") is None:
            del self.fields["offset"]

    def changes(self) -> dict:
        given = self.cleaned_data
        found = {}
        if "filter" in given:
            found["filter"] = given["filter"]
            found["dimensions"] = names_in(given["dimensions"])
        for name in ("scale", "offset"):
            if given.get(name):
                found[name] = given[name]
        return {name: value for name, value in found.items() if value != self.plain.get(name)}


@kindly
def redefine(request, code: str):
    """The form; “show the bridge” computes both definitions; “put in force” makes the new version."""
    metric = metric_for(request, code)
    demand(request.user, "indicators.redefine", metric)
    version = metric.versions.first()
    plain = version.declaration
    initial = {
        "filter": "\n".join(map(condition_line, plain.get("filter", []))),
        "dimensions": ", ".join(plain.get("dimensions", [])),
        "scale": plain.get("scale"),
        "offset": plain.get("offset"),
        "valid_from": clock.today(),
    }
    posted = [request.POST] if request.method == "POST" else []
    form = DefinitionForm(*posted, plain=plain, initial=initial)
    context = {"metric": metric, "form": form, "version": version, "columns": _columns(plain), "bridge": None}
    if posted and form.is_valid():
        try:
            new = next_definition(metric, form.changes())
            context["bridge"] = bridging.preview(declaration(plain), new)
            if "confirm" in request.POST:
                given = {name: form.cleaned_data[name] for name in ("reason", "valid_from", "bridge_until")}
                made = actions.redefine(request.user, metric, form.changes(), **given)
                return HttpResponseRedirect(reverse("indicators:bridge", args=[code, made.version]))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return render(request, "indicators/redefine.html", context)


def _columns(plain: dict) -> list[tuple[str, str, str]]:
    """Columns of the table that is counted: name, words, type."""
    declared = declaration(plain)
    within = catalogue([declared])
    schema = calculator(instead=[declared]).engine.schema(within.base(declared).table)
    return [(name, words.column(name), kind) for name, kind in schema if name != "row_digest"]


@kindly
def bridge(request, code: str, version: int):
    """A version beside the one before it, on the same rows."""
    metric = metric_for(request, code)
    row = metric.versions.filter(version=version).first()
    found = bridging.of_version(metric, row, Disclosure(request.user)) if row else None
    if found is None:
        raise Http404(_("There is no former definition to compare with."))
    return render(request, "indicators/bridge.html", {"metric": metric, "version": row, "bridge": found})


class TargetForm(forms.Form):
    value = forms.DecimalField(label=gettext_lazy("Target"), max_digits=30, decimal_places=6)
    due = forms.DateField(label=gettext_lazy("Due"), widget=DateInput)
    base_value = forms.DecimalField(label=gettext_lazy("Base value"), max_digits=30, decimal_places=6)
    base_date = forms.DateField(label=gettext_lazy("Base date"), widget=DateInput)
    path = forms.ChoiceField(label=gettext_lazy("Path"), choices=Target.Path.choices)
    steps = forms.CharField(
        label=pgettext_lazy("target path", "Steps"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Values on the way, one a line: 2027-12-31 60"),
    )
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=300)

    def clean_steps(self) -> list[tuple[str, str]]:
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["steps"].splitlines())):
            day, _blank, number = line.partition(" ")
            try:
                forms.DateField().clean(day)
                found.append((day, str(forms.DecimalField().clean(number.strip()))))
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _("“%(line)s”: write a day and a number.") % {"line": line}
                ) from error
        return found


class InUnits(ActPage):
    """Numbers of a form are in the unit that pages show; kept they are in the indicator's own (yuan and fen)."""

    def target(self):
        return metric_for(self.request, self.kwargs["code"])

    def what(self):
        unit = self.object.unit_here
        return [_("Numbers are in the unit of the indicator: %(unit)s.") % {"unit": unit}] if unit else []

    def kept(self, value: Decimal) -> Decimal:
        return value * self.object.per_unit

    def shown(self, value: Decimal) -> Decimal:
        return (value / self.object.per_unit).normalize()


class SetTarget(InUnits):
    verb = "indicators.set_target"
    title = button = gettext_lazy("Set a target")
    undo = gettext_lazy("Another target for the same date replaces it.")
    form_class = TargetForm

    def initial(self) -> dict:
        latest = (
            self.object.observations.filter(cell_key="", current=True)
            .exclude(value=None)
            .order_by("-end")
            .first()
        )
        return {"base_value": f"{self.shown(latest.value):f}", "base_date": latest.end} if latest else {}

    def perform(self, form) -> str:
        given = form.cleaned_data
        numbers = {name: self.kept(given[name]) for name in ("value", "base_value")}
        steps = [(day, str(self.kept(Decimal(number)))) for day, number in given["steps"]]
        actions.set_target(self.request.user, self.object, **{**given, **numbers, "steps": steps})
        return _("The target is set.")


class PublishedForm(forms.Form):
    value = forms.DecimalField(label=gettext_lazy("Published value"), max_digits=30, decimal_places=6)
    comparator = forms.CharField(
        label=gettext_lazy("Comparator"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("For example: about, ≥"),
    )
    start = forms.DateField(label=gettext_lazy("From"), required=False, widget=DateInput)
    end = forms.DateField(label=gettext_lazy("To"), required=False, widget=DateInput)
    source = forms.CharField(label=gettext_lazy("Source: document and date"), max_length=300)
    cause_zh = forms.CharField(
        label=gettext_lazy("Cause of a difference"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    cause_en = forms.CharField(
        label=gettext_lazy("Cause of a difference (English)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Publish(InUnits):
    verb = "indicators.publish_value"
    title = button = gettext_lazy("Record a published figure")
    undo = gettext_lazy("Another figure of the same source and period replaces it.")
    form_class = PublishedForm

    def perform(self, form) -> str:
        given = {**form.cleaned_data, "value": self.kept(form.cleaned_data["value"])}
        actions.publish_value(self.request.user, self.object, **given)
        return _("The figure stands beside the measured one.")


class Recompute(ActPage):
    verb = "indicators.recompute"
    title = button = gettext_lazy("Compute all indicators")
    undo = gettext_lazy("Former values are kept.")

    def what(self):
        return [_("Every indicator is computed on the rows as they stand now.")]

    def perform(self, form) -> str:
        return str(actions.recompute(self.request.user))

    def done_url(self) -> str:
        return reverse("indicators:tree")
