"""Pages that show every part with sample data, for whoever builds pages and for the browser tests."""

from __future__ import annotations

from datetime import date

from django import forms
from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.kernel import State
from kechuang.core.models import Organisation, Role
from kechuang.core.roles import roles_of
from kechuang.core.web import samples
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.listing import BulkAct, Column, DateFacet, Facet, ListPage, View
from kechuang.core.web.record import Act, Evidence, Record, Tab

STATES = list(State)


class OnlyForBuilders:
    """In DEBUG or for an administrator; everybody else finds nothing."""

    def dispatch(self, request, *args, **kwargs):
        check(request)
        return super().dispatch(request, *args, **kwargs)


def check(request) -> None:
    if not (settings.DEBUG or Role.ADMIN in roles_of(request.user)):
        raise Http404


def gallery(request):
    """/_parts/"""
    check(request)
    context = {
        "trail": [(_("Home"), "/"), (_("Parts"), "")],
        "page_acts": [Act(_("Report progress"), reverse("core:parts_form"), primary=True)],
        "counts": samples.COUNTS,
        "urls": {state: f"?state={state}" for state in STATES},
        "figures": samples.figures(),
        "charts": samples.charts(),
        "text": samples.TEXT,
        "spans": samples.spans(),
        "old": samples.OLD,
        "new": samples.NEW,
        "bars": samples.bars(),
        "today": date(2025, 7, 1),
        "moments": samples.moments(),
        "facts_sample": [
            (_("Responsible"), "示例科技发展局"),
            (_("Measured"), samples.figures()[0]),
            (_("Note"), ""),
        ],
        "notice_title": _("Three commitments have no due date"),
        "notice_text": _(
            "They cannot be late until somebody sets one. Open each and add the date it was promised for."
        ),
        "progress_url": reverse("core:parts_progress"),
    }
    return render(request, "core/gallery.html", context)


def sample_progress(request):
    """/_parts/progress/"""
    check(request)
    return JsonResponse({"done": 3, "total": 9, "step": _("Step 3 of 9"), "rest": _("about 20 s")})


class SampleList(OnlyForBuilders, ListPage):
    key = "core-parts"
    title = gettext_lazy("Sample list")
    intro = gettext_lazy("Search, facets, sort, columns, views, bulk acts and export over organisations.")
    columns = [
        Column("name", gettext_lazy("Name"), fields=("name_zh",), sort=True),
        Column(
            "state",
            gettext_lazy("State"),
            fields=("id",),
            value=lambda row: STATES[row["id"] % 5],
            format="state",
        ),
        Column("kind", gettext_lazy("Kind"), choices=dict(Organisation.Kind.choices), sort=True),
        Column("parent", gettext_lazy("Parent"), fields=("parent__name_zh",), sort=True),
        Column("founded", gettext_lazy("Founded"), format="day", sort=True),
        Column("number", gettext_lazy("Number"), fields=("id",), format="number", sort=True),
        Column("name_en", gettext_lazy("English name"), optional=True, sort=True),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=dict(Organisation.Kind.choices)),
        Facet("level", gettext_lazy("Level"), choices=dict(Organisation.Level.choices)),
        DateFacet("founded", gettext_lazy("Founded")),
    ]
    search_fields = ["name_zh", "name_en"]
    views = [View("institutes", gettext_lazy("Institutes"), "kind=institute&sort=-founded")]
    groups = ["kind"]
    default_sort = "name"
    bulk = [BulkAct("accept", gettext_lazy("Accept {count} rows"), "core:parts_act")]

    def queryset(self):
        return Organisation.objects.all()

    def row_url(self, row):
        return reverse("core:parts_record")

    def acts(self):
        return [Act(_("Add a row"), reverse("core:parts_form"), primary=True)]


def sample_record(request):
    """/_parts/record/"""
    check(request)
    here = request.path
    record = Record(
        title=_("Build six platforms for open innovation"),
        kind=_("Commitment"),
        state=State.AT_RISK,
        summary=_("At the present pace the sixth platform opens four months after it is due."),
        synthetic=True,
        acts=[
            Act(_("Report progress"), reverse("core:parts_form"), primary=True),
            Act(_("Accept the evidence"), reverse("core:parts_act")),
            Act(_("Stop"), reverse("core:parts_act"), danger=True),
        ],
        facts=[
            (_("Responsible"), "示例科技发展局"),
            (_("Due"), "2025-12-31"),
            (_("Promised"), "6"),
            (_("Note"), ""),
        ],
        tabs=[
            Tab(_("Overview"), here, current=True),
            Tab(_("Tasks"), here + "?tab=tasks", 12),
            Tab(_("Sources"), here, 2),
        ],
        evidence=[
            Evidence(
                _("Opening report of the fifth platform"), here, date(2025, 6, 3), _("Sample office"), True
            )
        ],
        events=samples.moments(),
        breadcrumb=[(_("Parts"), reverse("core:parts")), (_("Commitment"), "")],
    )
    return render(request, "core/record.html", {"record": record})


class ReportForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What was done"), help_text=gettext_lazy("One sentence, as it may be published.")
    )
    amount = forms.DecimalField(label=gettext_lazy("How many"), required=False)
    day = forms.DateField(label=gettext_lazy("On which day"), widget=DateInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("a", gettext_lazy("Progress")), ("b", gettext_lazy("Completion"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, required=False)
    public = forms.BooleanField(label=gettext_lazy("May be shown to the public"), required=False)


class SampleForm(OnlyForBuilders, FormPage):
    title = gettext_lazy("Report progress")
    intro = gettext_lazy("What you report is checked by another person before it counts.")
    submit = gettext_lazy("Send the report")
    form_class = ReportForm
    autosave = "parts-report"

    def get_success_url(self):
        return reverse("core:parts")

    def perform(self, form) -> str:
        return _("The report is sent.")


class SampleAct(OnlyForBuilders, ActPage):
    title = gettext_lazy("Accept the evidence")
    button = gettext_lazy("Accept the evidence")

    def target(self):
        return (
            SampleList.selected(self.request)
            if self.request.method == "POST"
            else Organisation.objects.none()
        )

    def what(self):
        return [_("The commitment's measured value rises from 5 to 6."), _("The responsible office is told.")]

    def whom(self):
        return self.object

    def perform(self, form) -> str:
        return _("The evidence is accepted.")

    def done_url(self):
        return reverse("core:parts")
