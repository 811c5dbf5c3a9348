"""The report form: what was done, and its evidence as a file, an address or any record of the house."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import files, kinds, search
from kechuang.core.roles import may_see_secrecy
from kechuang.core.web.forms import DateInput
from kechuang.plan.models import Evidence, Task

MOST_FOUND = 8


def _found(user: Any, words: str) -> list[tuple[str, str]]:
    """Records that match, as choices: kind and key, then title with the kind."""
    return [
        (f"{entry.kind}:{entry.object_id}", f"{entry.title} · {kinds.get(entry.kind).label}")
        for entry in search.search(user, words, limit=MOST_FOUND)
        if kinds.get(entry.kind)
    ]


class ReportForm(forms.Form):
    percent = forms.IntegerField(label=gettext_lazy("Progress %"), min_value=0, max_value=100)
    text = forms.CharField(label=gettext_lazy("What was done"), widget=forms.Textarea(attrs={"rows": 5}))
    forecast = forms.DateField(
        label=gettext_lazy("Expected completion"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("If it changed."),
    )
    file = forms.FileField(label=gettext_lazy("Evidence: a file"), required=False)
    url = forms.URLField(label=gettext_lazy("Evidence: an address"), required=False, assume_scheme="https")
    words = forms.CharField(
        label=gettext_lazy("Evidence: a record"),
        required=False,
        help_text=gettext_lazy("Type words of its title and choose it below."),
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "hx-get": reverse_lazy("plan:evidence_search"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#id_record",
                "hx-swap": "outerHTML",
                "hx-select": "#id_record",
            }
        ),
    )
    record = forms.ChoiceField(
        label=gettext_lazy("Records found"), required=False, widget=forms.RadioSelect, choices=[]
    )
    note = forms.CharField(label=gettext_lazy("What the evidence shows"), required=False, max_length=300)

    def __init__(self, *args, user: Any, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = _found(user, self.data.get("words", ""))

    def clean(self):
        given = super().clean()
        if given.get("words") and not given.get("record") and "record" not in self.errors:
            self.add_error("record", _("Choose one of the records found, or empty the search."))
        return given

    def proof(self, user: Any, task: Task) -> list[dict[str, Any]]:
        """The evidence as `report_progress` takes it."""
        given, note, pieces = self.cleaned_data, self.cleaned_data["note"], []
        if given["file"]:
            stored = files.keep(user, given["file"].name, files.received(given["file"]), secrecy=task.secrecy)
            pieces.append({"file": stored, "note": note})
        if given["url"]:
            pieces.append({"url": given["url"], "note": note})
        if given["record"]:
            kind, _colon, key = given["record"].rpartition(":")
            pieces.append({"record_kind": kind, "record_id": key, "note": note})
        return pieces


@login_required
def evidence_search(request):
    """The records that match, as the form shows them."""
    form = ReportForm(request.GET, user=request.user)
    return render(request, "plan/evidence_search.html", {"form": form})


def with_records(reports: list, user: Any) -> list:
    """Each piece of evidence that is a record gets `title` and `record_url`, if the person may see it."""
    for report in reports:
        for piece in report.evidence.all():
            row = kinds.resolve(piece.record_kind, piece.record_id) if piece.record_kind else None
            if row is not None and kinds.visible(user, row):
                piece.title = str(row)
                piece.record_url = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    return reports


def evidence_file(request, pk: int):
    """A file handed in as evidence, for whoever may see it."""
    piece = get_object_or_404(Evidence.objects.select_related("file", "report__task"), pk=pk)
    secrecy = max(piece.report.task.secrecy, piece.file.secrecy if piece.file else 0)
    if piece.file is None or not may_see_secrecy(request.user, secrecy):
        raise Http404
    return FileResponse(piece.file.content.open("rb"), as_attachment=True, filename=piece.file.name)
