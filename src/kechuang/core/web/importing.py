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
from kechuang.core.engine.sheets import MAX_FAULTS, Field, Sheet, blank
from kechuang.core.errors import Refusal
from kechuang.core.language import is_english
from kechuang.core.models import StoredFile
from kechuang.core.sheets import Taken, faults_of, table_of, without_faults

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TRIAL_LASTS = 3600


def trial_token(path: str, person: Any, stored: StoredFile) -> str:
    """Says that this person tried this file on the page of this path."""
    return signing.dumps(stored.pk, salt=f"{path}:{person.pk}")


def tried_file(path: str, person: Any, token: str) -> StoredFile | None:
    """The file that this person tried on this page; None when the token is another's, or too old."""
    try:
        key = signing.loads(token, salt=f"{path}:{person.pk}", max_age=TRIAL_LASTS)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(pk=key).first()


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("xlsx or csv file"))


class ImportPage(ABC, LoginRequiredMixin, View):
    """Subclass: set `verb` and `title`; write `fields`, `take` and `done_url`.

    `?blank` downloads an empty workbook. The file is kept once; the confirmation names it by a token that holds for
    this page, the person who tried it, and an hour: nobody takes in what another has tried.
    """

    verb: str = ""
    title: str = ""
    intro: str = ""
    form_class: type[forms.Form] = FileForm

    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """The columns of the workbook; none where what is imported is no table."""

    @abstractmethod
    def take(self, sheet: Sheet, source: StoredFile | None) -> Taken:
        """Write everything in one act; without the file it came in only say what would happen. May raise Refusal."""

    def handed_on(self, sheet: Sheet, source: StoredFile) -> str:
        """Override to have the worker take in what is too much to be waited for: where one sees how far it is."""
        return ""

    @abstractmethod
    def done_url(self) -> str:
        """Where to go afterwards."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, self.verb):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if "blank" in request.GET and (fields := self.fields()):
            answer = HttpResponse(blank(fields, int(is_english())), content_type=XLSX)
            name = self.verb.partition(".")[2].replace("_", "-")
            answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
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
            counts = {} if sheet.faults else self.take(sheet, None).counts()
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self._show(form)
        token = trial_token(request.path, request.user, stored)
        return self._show(form, sheet=sheet, counts=counts, token=token)

    def _import(self, token: str):
        stored = tried_file(self.request.path, self.request.user, token)
        if stored is None:
            refused = _("The dry run is too old. Choose the file again.")
            return self._show(self.form_class(), refused=refused)
        try:
            sheet = without_faults(self.read(stored))
            if where := self.handed_on(sheet, stored):
                return HttpResponseRedirect(where)
            messages.success(self.request, str(self.take(sheet, stored)))
        except Refusal as refusal:
            return self._show(self.form_class(), refused=str(refusal))
        return HttpResponseRedirect(self.done_url())

    def read(self, stored: StoredFile) -> Sheet:
        """The file's rows; may raise Refusal. Override for what is no table, or to check rows as a whole."""
        with stored.content.open("rb") as content:
            return table_of(content.read(), stored.name, self.fields())

    def _show(self, form, **found: Any):
        if sheet := found.get("sheet"):
            found |= {"faults": faults_of(sheet), "cut": len(sheet.faults) >= MAX_FAULTS}
        return render(self.request, "core/import.html", {"page": self, "form": form, **found})
