"""Import of organisations from ROR records: a trial first, then all or nothing."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.engine.ror import RorError, read_records
from kechuang.core.engine.sheets import Sheet
from kechuang.core.errors import Refusal
from kechuang.core.imports import import_organisations
from kechuang.core.models import StoredFile
from kechuang.core.sheets import Taken
from kechuang.core.web.importing import ImportPage


class RorForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("JSON file of ROR records"))


class ImportRor(ImportPage):
    verb = "core.import_organisations"
    title = gettext_lazy("Import ROR records")
    intro = gettext_lazy(
        "A JSON list of records in either schema of the Research Organization Registry. "
        "Organisations are matched by their ROR, then by their name."
    )
    form_class = RorForm

    def fields(self) -> tuple[()]:
        return ()

    def read(self, stored: StoredFile) -> Sheet:
        try:
            with stored.content.open("rb") as content:
                return Sheet(read_records(content.read()), [])
        except RorError as error:
            raise Refusal(error.said(_), field="file") from error

    def take(self, sheet: Sheet, source: StoredFile | None) -> Taken:
        return import_organisations(self.request.user, sheet.rows, source)

    def done_url(self) -> str:
        return reverse("core:organisations")
