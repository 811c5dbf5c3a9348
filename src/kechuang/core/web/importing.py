"""The import page: choose a file → dry run with every fault named → import all or nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from kechuang.core import files
from kechuang.core.acts import may
from kechuang.core.engine.sheets import Field, Sheet, SheetError, blank, read_sheet
from kechuang.core.errors import Refusal
from kechuang.core.language import is_english
from kechuang.core.models import StoredFile


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("xlsx or csv file"))


class ImportPage(ABC, LoginRequiredMixin, View):
    """Subclass: set `verb`, `title`, `done`; write `fields`, `plan` (dry run) and `perform`.

    `?blank` downloads an empty workbook. The file is kept once; the confirmation names it by its digest.
    """

    verb: str = ""
    title: str = ""
    intro: str = ""
    form_class: type[forms.Form] = FileForm

    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """The columns of the workbook; none where what is imported is no table."""

    @abstractmethod
    def plan(self, sheet: Sheet) -> dict[str, int]:
        """What would happen: words → count, such as {"added": 3, "unchanged": 7}. May raise Refusal."""

    @abstractmethod
    def perform(self, sheet: Sheet, stored: StoredFile) -> str:
        """Write everything in one act; returns the message."""

    @abstractmethod
    def done_url(self) -> str:
        """Where to go afterwards."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, self.verb):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if "blank" in request.GET and self.fields():
            answer = HttpResponse(
                blank(self.fields(), int(is_english())),
                content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            )
            answer["Content-Disposition"] = 'attachment; filename="import.xlsx"'
            return answer
        return self._show(self.form_class())

    def post(self, request, *args, **kwargs):
        if token := request.POST.get("token"):
            return self._import(token)
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        upload = form.cleaned_data["file"]
        try:
            stored = files.keep(request.user, upload.name, files.received(upload))
            sheet = self.read(stored)
            counts = {} if sheet.faults else self.plan(sheet)
        except (SheetError, Refusal) as error:
            form.add_error("file", str(error))
            return self._show(form)
        return self._show(form, sheet=sheet, counts=counts, token=signing.dumps(stored.pk, salt=self.verb))

    def _import(self, token: str):
        try:
            stored = StoredFile.objects.get(pk=signing.loads(token, salt=self.verb, max_age=3600))
            sheet = self.read(stored)
            if sheet.faults:
                raise Refusal(_("The file has faults; nothing was imported."))
            messages.success(self.request, self.perform(sheet, stored))
        except (signing.BadSignature, StoredFile.DoesNotExist):
            messages.error(self.request, _("The dry run is too old. Choose the file again."))
            return HttpResponseRedirect(self.request.path)
        except (SheetError, Refusal) as error:
            messages.error(self.request, str(error))
            return HttpResponseRedirect(self.request.path)
        return HttpResponseRedirect(self.done_url())

    def read(self, stored: StoredFile) -> Sheet:
        """The file's rows; may raise SheetError or Refusal. Override for what is no table."""
        with stored.content.open("rb") as content:
            return read_sheet(content.read(), stored.name, self.fields())

    def _show(self, form, **found: Any):
        if sheet := found.get("sheet"):
            found["faults"] = [(fault, *fault.said(_)) for fault in sheet.faults]
        return render(self.request, "core/import.html", {"page": self, "form": form, **found})
