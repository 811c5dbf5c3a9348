"""A new indicator declared by an analyst: rows of a table counted, or a number made of others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import kinds
from kechuang.core.acts import may
from kechuang.core.web.forms import FormPage
from kechuang.indicators import actions, registry
from kechuang.indicators.models import Metric
from kechuang.indicators.queries import words
from kechuang.indicators.queries.cells import id_of
from kechuang.indicators.web.conditions import ConditionsField, names_in

COUNTED = "counted"
KIND_WORDS = {
    COUNTED: gettext_lazy("Rows of a table, counted or added up"),
    "ratio": gettext_lazy("One indicator divided by another"),
    "per_capita": gettext_lazy("Per head: divided by an indicator with fewer dimensions"),
    "share": gettext_lazy("Share of the total over dimensions"),
    "growth": gettext_lazy("Growth against periods before"),
    "cagr": gettext_lazy("Mean yearly growth over years"),
    "cumulative": gettext_lazy("Year to date"),
}
MEASURES = {
    "count": gettext_lazy("number of rows"),
    "sum": gettext_lazy("sum of a column"),
    "nunique": gettext_lazy("number of different values of a column"),
    "min": gettext_lazy("smallest value of a column"),
    "max": gettext_lazy("largest value of a column"),
}
BETTER = {
    "higher": Metric.Better.UP.label,
    "lower": Metric.Better.DOWN.label,
    "neither": Metric.Better.NEITHER.label,
}
FACTS = ("unit_en", "definition_zh", "definition_en", "small_cell", "public")


class DeclareForm(forms.Form):
    name_zh = forms.CharField(label=gettext_lazy("Chinese name"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=200)
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=80,
        help_text=gettext_lazy("Letters, digits and hyphens; it stands in the address."),
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=40)
    unit_en = forms.CharField(label=gettext_lazy("Unit (English)"), required=False, max_length=40)
    better = forms.ChoiceField(label=gettext_lazy("Direction"), choices=BETTER)
    kind = forms.ChoiceField(label=gettext_lazy("How it comes about"), choices=KIND_WORDS)
    table = forms.ChoiceField(label=gettext_lazy("Table"), required=False)
    measure = forms.ChoiceField(label=gettext_lazy("Measure"), choices=MEASURES, required=False)
    column = forms.CharField(label=gettext_lazy("Column"), required=False)
    filter = ConditionsField()
    dimensions = forms.CharField(
        label=gettext_lazy("Dimensions"),
        required=False,
        help_text=gettext_lazy("Columns, with commas between; of a share: those the total runs over."),
    )
    time = forms.CharField(
        label=gettext_lazy("Time column"),
        required=False,
        help_text=gettext_lazy("A column of days; empty for the state as it stands."),
    )
    grain = forms.ChoiceField(label=gettext_lazy("Periods"), choices=words.GRAINS, required=False)
    of = forms.ModelChoiceField(
        label=gettext_lazy("Made of"), required=False, queryset=Metric.objects.none(), to_field_name="code"
    )
    over = forms.ModelChoiceField(
        label=gettext_lazy("Divided by"), required=False, queryset=Metric.objects.none(), to_field_name="code"
    )
    offset = forms.IntegerField(label=gettext_lazy("Periods back"), required=False, min_value=1)
    scale = forms.IntegerField(
        label=gettext_lazy("Scale"), initial=1, min_value=1, help_text=gettext_lazy("100 for per cent.")
    )
    owner = forms.CharField(label=gettext_lazy("Responsible office"), max_length=200)
    source = forms.CharField(label=gettext_lazy("Source of the definition"), max_length=300)
    definition_zh = forms.CharField(
        label=gettext_lazy("Definition in words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    definition_en = forms.CharField(
        label=gettext_lazy("Definition in words (English)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Stands below"),
        required=False,
        queryset=Metric.objects.none(),
        to_field_name="code",
    )
    small_cell = forms.IntegerField(
        label=gettext_lazy("Hide public cells with fewer rows than"), initial=0, min_value=0
    )
    public = forms.BooleanField(label=gettext_lazy("Visitors may see it"), required=False, initial=True)

    def __init__(self, *data, **kwargs) -> None:
        super().__init__(*data, **kwargs)
        self.fields["table"].choices = [(name, _title(name)) for name in registry.tables()]
        self.fields["table"].help_text = _columns()
        counted = Metric.objects.exclude(tables="")
        self.fields["of"].queryset = self.fields["over"].queryset = counted
        self.fields["parent"].queryset = Metric.objects.all()

    def declaration(self) -> dict[str, Any]:
        """As the engine reads it; only what the kind asks for."""
        given = self.cleaned_data
        head = {name: given[name] for name in ("name_zh", "name_en", "unit", "better", "owner", "source")}
        head["id"] = id_of(given["code"])
        names = names_in(given["dimensions"])
        if given["kind"] == COUNTED:
            measure = {given["measure"]: given["column"].strip() or True}
            own = {
                "table": given["table"],
                "measure": measure,
                "filter": given["filter"],
                "dimensions": names,
            }
            return head | own | {"time": given["time"].strip() or None, "grain": given["grain"] or "year"}
        made_of = {name: id_of(given[name].code) for name in ("of", "over") if given[name]}
        own = {"kind": given["kind"], "offset": given["offset"], "total": names, "scale": given["scale"]}
        return head | {"of": ""} | made_of | own


def _title(name: str) -> str:
    """A table by the kind of record that it holds."""
    known = registry.table(name)
    kind = kinds.get(known.kinds[0]) if known.kinds else None
    return f"{kind.label} · {name}" if kind else name


def _columns() -> str:
    """The tables with their columns, so that nobody has to look them up."""
    lines = [(name, ", ".join(registry.table(name).columns)) for name in registry.tables()]
    items = format_html_join("", "<li><code>{}</code>: <code>{}</code></li>", lines)
    return format_html(
        "<details><summary>{}</summary><ul>{}</ul></details>", _("Columns of the tables"), items
    )


class Declare(FormPage):
    title = submit = gettext_lazy("Declare an indicator")
    intro = gettext_lazy(
        "It is computed at once, on the rows as they stand. Fields that its kind does not need stay empty."
    )
    form_class = DeclareForm
    autosave = "declare-indicator"

    def dispatch(self, request, *args, **kwargs):
        if not may(request.user, "indicators.declare_metric"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form) -> str:
        facts = {name: form.cleaned_data[name] for name in FACTS}
        if above := form.cleaned_data["parent"]:
            facts["parent"] = above.code
        self.made = actions.declare_metric(self.request.user, form.declaration(), **facts)
        return _("The indicator is declared and computed.")

    def get_success_url(self) -> str:
        return self.made.get_absolute_url()
