"""Use: sessions, start and stop, corrections, reports, outputs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation
from kechuang.core.roles import organisations_of
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, View, named, organisation_names
from kechuang.core.web.record import Act, Record
from kechuang.core.web.times import to_the_minute
from kechuang.facilities import actions
from kechuang.facilities.models import Correction, Output, UseSession
from kechuang.facilities.models.sessions import ACCESS, minutes_between
from kechuang.facilities.queries.catalogue import visible_resources
from kechuang.facilities.queries.use import accesses_for, reports_due, visible_sessions
from kechuang.facilities.web.common import (
    FileField,
    RowPage,
    act,
    duration,
    hourly,
    kept,
    local_value,
    money,
)
from kechuang.facilities.web.parts import MomentField

ACCESSES = dict(ACCESS)


def _used(row) -> str:
    if row["end"] is None:
        return _("Running")
    return duration(minutes_between(row["start"], row["end"]) - row["lost"])


class Sessions(LoginRequiredMixin, ListPage):
    key = "facilities-sessions"
    title = gettext_lazy("Use")
    template_name = "facilities/sessions.html"
    columns = [
        named("resource", gettext_lazy("Resource"), "resource__name"),
        named("organisation", gettext_lazy("Organisation"), "organisation__name"),
        Column("access", gettext_lazy("Access"), choices=ACCESSES),
        Column("start", gettext_lazy("Begun at"), format="time", sort=True),
        Column("used", gettext_lazy("Used"), fields=("end", "start", "lost"), value=_used, align="end"),
        Column("lost", gettext_lazy("Minutes lost"), format="number", sort=True),
        Column("report_due", gettext_lazy("Report due"), format="day", sort=True, optional=True),
        Column("subject", gettext_lazy("Subject of the use"), optional=True),
    ]
    facets = [
        Facet("access", gettext_lazy("Access"), choices=ACCESSES),
        Facet(
            "organisation", gettext_lazy("Organisation"), field="organisation_id", choices=organisation_names
        ),
        DateFacet("start", gettext_lazy("Begun at")),
    ]
    search_fields = ["resource__name_zh", "resource__name_en", "organisation__name_zh", "subject"]
    views = [View("lost", gettext_lazy("Time lost most"), "sort=-lost")]
    default_sort = "-start"
    empty_text = gettext_lazy("Choose something in the catalogue and start a session.")

    def queryset(self):
        return visible_sessions(self.request.user)

    def row_url(self, row):
        return reverse("facilities:session", args=[row["pk"]])

    def acts(self):
        return [
            Act(_("Corrections"), reverse("facilities:corrections")),
            Act(_("Outputs"), reverse("facilities:outputs")),
            act(_("Add an output"), reverse("facilities:output_add"), "add_output", primary=True),
        ]

    def extra(self):
        mine = UseSession.objects.filter(user=self.request.user, end=None).select_related("resource")
        return {"running": mine, "overdue": reports_due(self.request.user, clock.today())[:10]}


@login_required
def session(request, pk: int):
    """One use: times, charges, corrections, report, outputs."""
    rows = visible_sessions(request.user).select_related("resource__owner", "organisation", "user")
    row = get_object_or_404(rows, pk=pk)
    lines = list(row.charges.select_related("statement"))
    context = {
        "record": _record(row, request.user),
        "row": row,
        "charges": [(line, duration(line.minutes), hourly(line.rate_fen)) for line in lines],
        "amount": money(sum(line.amount_fen for line in lines)),
        "corrections": [
            (c, may(request.user, "facilities.decide_correction", c))
            for c in row.corrections.select_related("asked_by", "decided_by")
        ],
        "report": getattr(row, "report", None),
        "outputs": row.outputs.all(),
    }
    return render(request, "facilities/session.html", context)


def _acts(row: UseSession, user: Any) -> list[Act]:
    """Users and keepers stop and correct a use; the report is the user's."""
    here, own = [row.pk], row.user_id == user.pk
    if not (own or may(user, "facilities.save_resource", row.resource)):
        return []
    if row.end is None:
        return [Act(_("Stop the session"), reverse("facilities:session_stop", args=here), primary=True)]
    correct = Act(_("Propose a correction"), reverse("facilities:session_correct", args=here))
    url, first = reverse("facilities:session_report", args=here), not hasattr(row, "report")
    return [correct, *([Act(_("Hand in the report"), url, primary=first)] if own else [])]


def _record(row: UseSession, user: Any) -> Record:
    return Record(
        title=str(row),
        kind=_("Session"),
        summary=row.subject,
        synthetic=row.synthetic,
        acts=_acts(row, user),
        facts=[
            (_("Resource"), row.resource),
            (_("User"), row.user or "—"),
            (_("Organisation"), row.organisation),
            (_("Access"), row.get_access_display()),
            (_("Rate"), hourly(row.resource.rate(row.access))),
            (_("Begun at"), to_the_minute(row.start)),
            (_("Ended at"), to_the_minute(row.end)),
            (_("Used"), duration(row.minutes - row.lost) if row.end else _("Running")),
            (_("Time lost"), f"{duration(row.lost)} {row.lost_reason}" if row.lost else "—"),
            (_("Report due"), formatting.day(row.report_due)),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Use"), reverse("facilities:sessions")), (str(row), "")],
    )


class StartForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Organisation"))
    access = forms.ChoiceField(label=gettext_lazy("Access"), choices=ACCESS, widget=forms.RadioSelect)
    subject = forms.CharField(label=gettext_lazy("Subject of the use"), required=False, max_length=200)


class StartSession(RowPage):
    verb = "facilities.start_session"
    title = submit = gettext_lazy("Start a session")
    form_class = StartForm

    def find(self):
        row = get_object_or_404(visible_resources(self.request.user), pk=self.kwargs["pk"])
        self.intro = str(row)
        return row

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        mine = Organisation.objects.filter(pk__in=organisations_of(self.request.user))
        offered = list(dict.fromkeys(a for o in mine for a in accesses_for(self.row, o)))
        form.fields["organisation"].queryset, form.fields["organisation"].initial = mine, mine.first()
        form.fields["access"].choices = [
            (access.value, f"{ACCESSES[access]} · {hourly(self.row.rate(access))}") for access in offered
        ]
        form.fields["access"].initial = offered[0] if offered else None
        return form

    def store(self, form):
        facts = form.cleaned_data
        self.made = actions.start_session(
            self.request.user, self.row, facts["organisation"], facts["access"], subject=facts["subject"]
        )


class StopForm(forms.Form):
    lost = forms.IntegerField(label=gettext_lazy("Minutes lost to the facility"), min_value=0, initial=0)
    lost_reason = forms.CharField(label=gettext_lazy("Why time was lost"), required=False, max_length=200)


class _OnSession(RowPage):
    def find(self):
        return get_object_or_404(visible_sessions(self.request.user), pk=self.kwargs["pk"])


class StopSession(_OnSession):
    verb = "facilities.stop_session"
    title = submit = gettext_lazy("Stop the session")
    form_class = StopForm

    def store(self, form):
        actions.stop_session(self.request.user, self.row, **form.cleaned_data)


class CorrectionForm(forms.Form):
    start = MomentField(label=gettext_lazy("Begun at"))
    end = MomentField(label=gettext_lazy("Ended at"))
    lost = forms.IntegerField(label=gettext_lazy("Minutes lost"), min_value=0)
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class AskCorrection(_OnSession):
    verb = "facilities.ask_correction"
    title = submit = gettext_lazy("Propose a correction")
    intro = gettext_lazy("Another person decides. The difference is charged or credited.")
    form_class = CorrectionForm

    def get_initial(self):
        return {"start": self.row.start, "end": self.row.end, "lost": self.row.lost}

    def store(self, form):
        actions.ask_correction(self.request.user, self.row, **form.cleaned_data)


@login_required
def corrections(request):
    """Corrections that wait for a decision, and the latest decided ones."""
    rows = Correction.objects.filter(session__in=visible_sessions(request.user)).select_related(
        "session__resource", "session__organisation", "asked_by", "decided_by"
    )
    waiting = [
        (c, may(request.user, "facilities.decide_correction", c)) for c in rows.filter(approved=None)[:200]
    ]
    context = {"open": waiting, "decided": rows.exclude(approved=None)[:50]}
    return render(request, "facilities/corrections.html", context)


class DecisionForm(forms.Form):
    approve = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Approve")), ("no", gettext_lazy("Refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecideCorrection(RowPage):
    verb = "facilities.decide_correction"
    title = submit = gettext_lazy("Decide the correction")
    form_class = DecisionForm

    def find(self):
        row = get_object_or_404(Correction.objects.select_related("session__resource"), pk=self.kwargs["pk"])
        self.intro = f"{to_the_minute(row.start)} – {to_the_minute(row.end)}，{row.reason}"
        return row

    def store(self, form):
        actions.decide_correction(self.request.user, self.row, **form.cleaned_data)

    def get_success_url(self):
        return self.row.session.get_absolute_url()


class ReportForm(forms.Form):
    summary = forms.CharField(
        label=gettext_lazy("What was done and found"), widget=forms.Textarea(attrs={"rows": 6})
    )
    file = FileField(gettext_lazy("File"))


class HandInReport(_OnSession):
    verb = "facilities.hand_in_report"
    title = submit = gettext_lazy("Hand in the report")
    form_class = ReportForm
    autosave = "report"

    def store(self, form):
        file = kept(self.request, form)
        actions.hand_in_report(self.request.user, self.row, form.cleaned_data["summary"], file)


class Outputs(ListPage):
    key = "facilities-outputs"
    title = gettext_lazy("Outputs")
    intro = gettext_lazy("Papers, patents, data sets and standards, each tied to the time used.")
    columns = [
        Column(
            "title",
            gettext_lazy("Title"),
            fields=("title_zh", "title_en"),
            value=lambda row: local_value(row, "title"),
        ),
        Column("kind", gettext_lazy("Kind"), choices=dict(Output.Kind.choices), sort=True),
        Column(
            "number",
            gettext_lazy("DOI or patent number"),
            link=lambda row: f"https://doi.org/{row['number']}" if row["number"].startswith("10.") else None,
        ),
        Column("published_on", gettext_lazy("Published on"), format="day", sort=True),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=dict(Output.Kind.choices)),
        DateFacet("published_on", gettext_lazy("Published on")),
    ]
    search_fields = ["title_zh", "title_en", "number"]
    default_sort = "-published_on"

    def queryset(self):
        return Output.objects.all()

    def row_fields(self):
        return ("number",)

    def acts(self):
        return [act(_("Add an output"), reverse("facilities:output_add"), "add_output", primary=True)]


class OutputForm(forms.ModelForm):
    class Meta:
        model = Output
        fields = ["kind", "number", "title_zh", "title_en", "published_on", "sessions"]
        widgets = {"published_on": DateInput}


class AddOutput(RowPage):
    verb = "facilities.add_output"
    title = submit = gettext_lazy("Add an output")
    form_class = OutputForm

    def find(self):
        return Output()

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        rows = (
            visible_sessions(self.request.user).exclude(end=None).select_related("resource", "organisation")
        )
        sessions = rows.order_by("-start")
        form.fields["sessions"].queryset = sessions
        form.fields["sessions"].widget.choices = [
            (row.pk, f"{to_the_minute(row.start)} {row}") for row in sessions[:300]
        ]
        return form

    def store(self, form):
        facts = form.cleaned_data
        actions.add_output(self.request.user, list(facts.pop("sessions")), **facts)

    def get_success_url(self):
        return reverse("facilities:outputs")
