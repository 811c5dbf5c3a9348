"""Take in a list of tasks: template, trial with every fault named, then all of it."""

from __future__ import annotations

import io

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import files
from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.models import StoredFile
from kechuang.core.web.forms import FormPage
from kechuang.plan import actions
from kechuang.plan.actions.imports import try_import
from kechuang.plan.engine.tasklist import HEADINGS

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List of tasks"), help_text=gettext_lazy("Excel (.xlsx) or CSV.")
    )


class ImportTasks(LoginRequiredMixin, FormPage):
    """First a trial, which changes nothing; then the same file is taken in."""

    title = gettext_lazy("Import tasks")
    intro = gettext_lazy(
        "The list is tried first: every fault is named with row, column and remedy. Nothing is taken in until all is right."
    )
    submit = gettext_lazy("Try the list")
    form_class = ImportForm
    template_name = "plan/tasks_import.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, "plan.import_tasks"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self._take_in() if request.POST.get("tried") else super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            stored = files.keep(
                self.request.user, form.cleaned_data["file"].name, form.cleaned_data["file"].read()
            )
            with stored.content.open("rb") as data:
                trial = try_import(data.read(), stored.name)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, trial=trial, stored=stored))

    def _take_in(self):
        mine = StoredFile.objects.filter(uploaded_by=self.request.user) | StoredFile.objects.filter(
            uploaded_by=None
        )
        stored = get_object_or_404(
            mine, pk=self.request.POST["tried"] if self.request.POST["tried"].isdigit() else 0
        )
        try:
            done = actions.import_tasks(self.request.user, stored)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(reverse("plan:tasks_import"))
        words = _("%(added)d tasks added, %(changed)d changed, %(same)d the same.")
        messages.success(
            self.request, words % {"added": done.added, "changed": done.changed, "same": done.same}
        )
        return HttpResponseRedirect(reverse("plan:tasks"))


def template(request):
    """An empty list to fill in, with the headings and one example."""
    import xlsxwriter

    if not may(request.user, "plan.import_tasks"):
        raise PermissionDenied
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet("任务"), book.add_format({"bold": True})
        sheet.write_row(0, 0, list(HEADINGS.values()), bold)
        sheet.set_column(0, len(HEADINGS) - 1, 18)
        sheet.freeze_panes(1, 0)
    answer = HttpResponse(out.getvalue(), content_type=SHEET)
    answer["Content-Disposition"] = 'attachment; filename="tasks-template.xlsx"'
    return answer
