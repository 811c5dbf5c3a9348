"""Import of resources: checked first, stored when nothing is wrong."""

from __future__ import annotations

import csv
import io

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.facilities import actions
from kechuang.facilities.engine.resource_table import HEADINGS
from kechuang.facilities.web.common import (
    RowPage,
)


class ImportForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Table (xlsx or csv)"))
    store = forms.BooleanField(
        label=gettext_lazy("Store the rows"),
        required=False,
        help_text=gettext_lazy("Without this the table is only checked."),
    )


class ImportResources(RowPage):
    """Check first; store when nothing is wrong."""

    verb = "facilities.import_resources"
    template_name = "facilities/import.html"
    title = gettext_lazy("Import resources")
    submit = gettext_lazy("Read the table")
    form_class = ImportForm

    def find(self):
        return None

    def form_valid(self, form):
        upload = form.cleaned_data["file"]
        try:
            found = actions.import_resources(
                self.request.user, upload.read(), upload.name, dry_run=not form.cleaned_data["store"]
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        stored = form.cleaned_data["store"] and not found.wrong
        return self.render_to_response(self.get_context_data(form=form, found=found, stored=stored))


def template(request):
    """An empty table with the headings the import reads."""
    if not may(request.user, "facilities.import_resources"):
        raise PermissionDenied
    buffer = io.StringIO()
    csv.writer(buffer).writerow([words[0] for words in HEADINGS.values()])
    answer = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="resources.csv"'
    return answer
