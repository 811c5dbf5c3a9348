"""The brief page: choose a period, read it, take it as Word or PDF; the Word template can be edited."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock, files
from kechuang.core.acts import may
from kechuang.core.language import current
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.plan import actions
from kechuang.plan.models import BriefTemplate
from kechuang.plan.queries.brief import brief
from kechuang.plan.web import brief_files
from kechuang.plan.web.brief_words import in_words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PeriodForm(forms.Form):
    start = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    end = forms.DateField(label=gettext_lazy("To"), widget=DateInput)

    def clean(self):
        given = super().clean()
        if given.get("start") and given.get("end") and given["end"] < given["start"]:
            self.add_error("end", _("The period ends before it begins."))
        elif given.get("start") and given["start"] > clock.today():
            self.add_error("start", _("The period has not begun yet."))
        return given


@login_required
def brief_page(request):
    """The brief on the screen; `format` docx or pdf gives the file. Without a period: the last ninety days."""
    today = clock.today()
    form = PeriodForm(request.GET if "start" in request.GET else None)
    start, end = today - timedelta(days=90), today
    if form.is_bound:
        if not form.is_valid():
            return render(request, "plan/brief.html", {"form": form}, status=422)
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    pages = in_words(brief(request.user, start, min(end, today)), request.build_absolute_uri)
    kind = request.GET.get("format", "")
    if kind in ("docx", "pdf"):
        return _file(pages, kind, start, end)
    context = {
        "form": form if form.is_bound else PeriodForm(initial={"start": start, "end": end}),
        "pages": pages,
        "counts": {row["state"]: row["count"] for row in pages.counts},
        "query": f"start={start}&end={end}",
        "may_set": may(request.user, "plan.set_brief_template"),
    }
    return render(request, "plan/brief.html", context)


def _file(pages, kind: str, start: date, end: date) -> HttpResponse:
    if kind == "pdf":
        answer = HttpResponse(brief_files.pdf(pages, current()), content_type="application/pdf")
    else:
        answer = HttpResponse(brief_files.word(pages, template_bytes()), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="brief-{start}-{end}.{kind}"'
    return answer


def template_bytes() -> bytes:
    """The newest template of the office, else ours."""
    newest = BriefTemplate.objects.select_related("file").first()
    if newest is None:
        return brief_files.default_template()
    with newest.file.content.open("rb") as stored:
        return stored.read()


@login_required
def brief_template(request):
    """The Word template as a file, to be edited."""
    answer = HttpResponse(template_bytes(), content_type=WORD)
    answer["Content-Disposition"] = 'attachment; filename="brief-template.docx"'
    return answer


class TemplateForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Word template"))


class SetTemplate(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Word template of the brief")
    intro = gettext_lazy("Download the template, change its words and styles in Word, and upload it again.")
    template_name = "plan/brief_template.html"
    submit = gettext_lazy("Use this template")
    form_class = TemplateForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, "plan.set_brief_template"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form) -> str:
        data, today = files.received(form.cleaned_data["file"]), clock.today()
        trial = in_words(brief(self.request.user, today, today), self.request.build_absolute_uri)
        brief_files.word(trial, data)
        actions.set_brief_template(self.request.user, form.cleaned_data["file"].name, data)
        return _("The template is in use.")

    def get_success_url(self):
        return reverse("plan:brief")
