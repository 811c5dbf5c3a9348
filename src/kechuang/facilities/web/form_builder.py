"""The form builder of a call: fields, order, versions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.web.acts import ActPage
from kechuang.facilities import actions
from kechuang.facilities.actions.cycles import form_in_work, published_form
from kechuang.facilities.engine import forms as engine
from kechuang.facilities.models import Cycle
from kechuang.facilities.queries.words import label_of
from kechuang.facilities.web.common import RowPage
from kechuang.facilities.web.cycles import cycle_tabs
from kechuang.facilities.web.parts import lines_of, text_of

KINDS = {
    "text": gettext_lazy("Text"),
    "number": gettext_lazy("Numeric value"),
    "choice": gettext_lazy("Choice"),
    "date": gettext_lazy("Date"),
    "file": gettext_lazy("File"),
    "table": gettext_lazy("Table"),
}


def _builder(request, pk: int) -> Cycle:
    row = get_object_or_404(Cycle, pk=pk)
    if not may(request.user, "facilities.save_form"):
        raise PermissionDenied
    return row


@login_required
def form(request, pk: int):
    """The fields of the form in work, what it changes, and its versions."""
    row = _builder(request, pk)
    version, former = form_in_work(row), published_form(row)
    changed = engine.changes(former.fields if former else [], version.fields)
    context = {
        "row": row,
        "tabs": cycle_tabs(row, request.user, "form"),
        "version": version,
        "former": former,
        "fields": [
            {
                "number": number,
                "field": f,
                "label": label_of(f),
                "kind": KINDS[f["kind"]],
                "when": f.get("when"),
            }
            for number, f in enumerate(version.fields)
        ],
        "changes": changed,
        "words": {
            "added": pgettext("field", "added"),
            "changed": pgettext("field", "changed"),
            "removed": pgettext("field", "removed"),
        },
        "versions": row.forms.all(),
        "breadcrumb": [
            (_("Calls for proposals"), reverse("facilities:cycles")),
            (str(row), row.get_absolute_url()),
            (_("Form"), ""),
        ],
    }
    return render(request, "facilities/form.html", context)


class FieldForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=40,
        help_text=gettext_lazy("Small letters, digits and _; stays the same over versions."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KINDS.items()))
    label_zh = forms.CharField(label=gettext_lazy("Question (Chinese)"), max_length=200)
    label_en = forms.CharField(label=gettext_lazy("Question (English)"), max_length=300, required=False)
    help_zh = forms.CharField(label=gettext_lazy("Help (Chinese)"), max_length=300, required=False)
    help_en = forms.CharField(label=gettext_lazy("Help (English)"), max_length=400, required=False)
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    when_field = forms.ChoiceField(label=gettext_lazy("Asked only when"), required=False)
    when_is = forms.CharField(
        label=gettext_lazy("is answered with"),
        required=False,
        help_text=gettext_lazy("Values with | between them."),
    )
    longest = forms.IntegerField(label=gettext_lazy("Text: characters at most"), required=False, min_value=1)
    least = forms.CharField(label=gettext_lazy("Number or date: from"), required=False)
    most = forms.CharField(label=gettext_lazy("Number or date: to"), required=False)
    unit = forms.CharField(label=gettext_lazy("Number: unit"), required=False, max_length=20)
    options = forms.CharField(
        label=gettext_lazy("Choice: options"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: value|Chinese|English"),
    )
    several = forms.BooleanField(label=gettext_lazy("Choice: several may be chosen"), required=False)
    endings = forms.CharField(
        label=gettext_lazy("File: endings"), required=False, help_text=gettext_lazy("For example .pdf|.docx")
    )
    columns = forms.CharField(
        label=gettext_lazy("Table: columns"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: key|kind (text, number or date)|Chinese|English"),
    )

    def __init__(self, *args, earlier=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["when_field"].choices = [
            ("", _("Always asked")),
            *((f["key"], label_of(f)) for f in earlier),
        ]

    def definition(self) -> dict[str, Any]:
        """The field as the engine reads it; settings of other kinds are left out."""
        given = self.cleaned_data
        names = ("key", "kind", "label_zh", "label_en", "help_zh", "help_en", "required")
        row = {name: given[name] for name in names if given[name]}
        if given["when_field"]:
            row["when"] = {
                "field": given["when_field"],
                "is": [v.strip() for v in given["when_is"].split("|") if v.strip()],
            }
        match given["kind"]:
            case "text":
                row |= {"longest": given["longest"]} if given["longest"] else {}
            case "number":
                row |= {name: given[name] for name in ("least", "most", "unit") if given[name]}
            case "date":
                row |= {
                    new: given[old] for old, new in (("least", "earliest"), ("most", "latest")) if given[old]
                }
            case "choice":
                row["options"] = lines_of(given["options"], ("value", "label_zh", "label_en"))
                row |= {"several": True} if given["several"] else {}
            case "file":
                row |= (
                    {"endings": [e.strip() for e in given["endings"].split("|")]} if given["endings"] else {}
                )
            case "table":
                row["columns"] = lines_of(given["columns"], ("key", "kind", "label_zh", "label_en"))
        return row


def _as_initial(row: dict[str, Any]) -> dict[str, Any]:
    when = row.get("when") or {}
    return {
        **row,
        "when_field": when.get("field", ""),
        "when_is": "|".join(map(str, when.get("is", []))),
        "least": row.get("least", row.get("earliest", "")),
        "most": row.get("most", row.get("latest", "")),
        "options": text_of(row.get("options", []), ("value", "label_zh", "label_en")),
        "columns": text_of(row.get("columns", []), ("key", "kind", "label_zh", "label_en")),
        "endings": "|".join(row.get("endings", [])),
    }


class EditField(RowPage):
    """Add a field at the end, or change the one at `number`."""

    title = gettext_lazy("Field of the form")
    submit = gettext_lazy("Save the field")
    form_class = FieldForm
    verb = "facilities.save_form"

    def find(self):
        row = get_object_or_404(Cycle, pk=self.kwargs["pk"])
        self.rows = list(form_in_work(row).fields)
        self.number = self.kwargs.get("number", len(self.rows))
        if self.number > len(self.rows) or ("number" in self.kwargs and self.number == len(self.rows)):
            raise Http404
        return row

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "earlier": self.rows[: self.number]}

    def get_initial(self):
        return _as_initial(self.rows[self.number]) if self.number < len(self.rows) else {}

    def store(self, form) -> str:
        self.rows[self.number : self.number + 1] = [form.definition()]
        actions.save_form(self.request.user, self.row, self.rows)
        return _("The field is saved.")

    def get_success_url(self):
        return reverse("facilities:form", args=[self.row.pk])


@require_POST
@login_required
def shift_field(request, pk: int, number: int):
    """Move a field up or down, or take it out."""
    row = _builder(request, pk)
    rows = list(form_in_work(row).fields)
    if number >= len(rows):
        raise Http404
    moved = rows.pop(number)
    to = {"up": number - 1, "down": number + 1}.get(request.POST.get("to", ""))
    if to is not None:
        rows.insert(max(0, min(to, len(rows))), moved)
    try:
        actions.save_form(request.user, row, rows)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except NotPermitted as error:
        raise PermissionDenied from error
    return HttpResponseRedirect(reverse("facilities:form", args=[pk]))


class PublishForm(ActPage):
    verb = "facilities.publish_form"
    title = button = gettext_lazy("Publish the form")

    def target(self):
        return get_object_or_404(Cycle, pk=self.kwargs["pk"])

    def what(self):
        drafts = self.object.proposals.filter(stage="draft").count()
        return [
            _("New proposals answer this version."),
            _("%(count)s drafts move to it; answers that were given stay.") % {"count": drafts},
        ]

    def perform(self, form) -> str:
        version = actions.publish_form(self.request.user, self.object)
        return _("Version %(number)s is published.") % {"number": version.number}

    def done_url(self):
        return reverse("facilities:form", args=[self.object.pk])
