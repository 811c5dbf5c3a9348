"""The cluster on a day as table and timeline; one facility and the steps of its life."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock, links
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.language import in_language
from kechuang.core.roles import may_see_secrecy
from kechuang.core.web.forms import DateInput
from kechuang.core.web.gantt import Bar
from kechuang.core.web.history import moments
from kechuang.core.web.record import Act, Record
from kechuang.core.web.times import day_of
from kechuang.facilities import actions
from kechuang.facilities.engine.lifecycle import NEXT, ROAD, Stage
from kechuang.facilities.models import (
    AcceptanceDocument,
    Agreement,
    Contract,
    Evaluation,
    Facility,
    FiveYearPlan,
    Photo,
    StageDate,
)
from kechuang.facilities.models.lifecycle import STAGES
from kechuang.facilities.queries.cluster import Standing, cluster_on, shared_whole, standing, totals
from kechuang.facilities.web.common import FileField, RowPage, act, kept, managed_by

WORDS = dict(STAGES)
ATTACHED = {
    "stage": StageDate,
    "acceptance": AcceptanceDocument,
    "agreement": Agreement,
    "contract": Contract,
    "evaluation": Evaluation,
    "plan": FiveYearPlan,
}


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 18 else None


def cluster(request):
    """Every facility of the cluster on a given day."""
    on = day_of(request.GET.get("on", ""), clock.today())
    rows = cluster_on(on, _number(request.GET.get("cluster", "")))
    chosen, state = request.GET.get("stage", ""), request.GET.get("state", "")
    shown = [r for r in rows if (not chosen or r.stage == chosen) and (not state or r.state == state)]
    context = {
        "on": on,
        "today": clock.today(),
        "rows": [(row, WORDS.get(row.stage, "—")) for row in shown],
        "totals": totals(rows),
        "stages": [(name, WORDS[name], count) for name, count in totals(rows).stages.items() if count],
        "chosen": chosen,
        "bars": [bar for row in shown if (bar := _bar(row, on))],
        "acts": [act(_("Add a facility"), reverse("facilities:facility_add"), "save_facility", primary=True)],
        "state_urls": {state: f"?on={on}&state={state}" for state in totals(rows).states},
        "state": state,
    }
    return render(request, "facilities/cluster.html", context)


def _bar(row: Standing, on: date) -> Bar | None:
    """From the first stage to regular operation (expected or reached), a milestone for each stage begun."""
    days = [day for _stage, day in row.begun] + list(row.planned.values())
    if not days:
        return None
    start, end = min(days), max(row.expected or max(days), min(days))
    length = max((end - start).days, 1)
    progress = (
        1 if row.stage in (Stage.OPERATION, Stage.UPGRADE, Stage.RETIRED) else (on - start).days / length
    )
    marks = [(day, str(WORDS[stage])) for stage, day in row.begun if day <= end]
    url = row.facility.get_absolute_url()
    return Bar(str(row.facility), start, end, state=row.state, progress=progress, url=url, milestones=marks)


def facility(request, pk: int):
    """One facility: stages planned, reached and expected, acceptance, what it serves."""
    row = get_object_or_404(Facility.objects.select_related("owner", "cluster", "institution"), pk=pk)
    on = clock.today()
    now = standing(row, on)
    expected = {item.stage: item for item in now.forecast}
    dates = list(row.dates.select_related("file"))
    order = {stage: place for place, stage in enumerate(Stage)}
    dates.sort(key=lambda d: (d.actual_on or date.max, order[d.stage]))
    context = {
        "record": _record(row, now, request.user),
        "row": row,
        "dates": [(d, expected.get(d.stage)) for d in dates],
        "bars": [bar for bar in [_bar(now, on)] if bar],
        "today": on,
        "acceptances": row.acceptances.select_related("file"),
        "serves": links.targets(row, "serves"),
        "resources": row.resources.filter(retired_on=None, opened=True)[:30],
        "photos": Photo.objects.filter(resource__in=shared_whole(row)).select_related("file", "small"),
        "may_correct": may(request.user, "facilities.correct_stage"),
    }
    return render(request, "facilities/facility.html", context)


def _record(row: Facility, now: Standing, user: Any) -> Record:
    return Record(
        title=str(row),
        kind=row.get_kind_display(),
        state=now.state,
        summary=in_language(row.about_zh, row.about_en),
        synthetic=row.synthetic,
        acts=_acts(row),
        facts=[
            (_("Stage"), row.get_stage_display() if row.since else "—"),
            (_("Since"), formatting.day(row.since)),
            (_("Expected in operation"), formatting.day(now.expected)),
            (_("Delay (days)"), "—" if now.delay is None else now.delay),
            (_("Owner"), row.owner),
            (_("Cluster"), row.cluster),
            *([(_("Institution"), row.institution)] if row.institution else []),
            (_("Place"), row.place or "—"),
            *([(_("Source"), row.source)] if row.source else []),
        ],
        events=moments(events_of(row)) if user.is_authenticated else (),
        breadcrumb=[(_("Life cycle"), reverse("facilities:cluster")), (str(row), "")],
    )


def _acts(row: Facility) -> list[Act]:
    here, paper = [row.pk], AcceptanceDocument(facility=row)
    add = reverse("facilities:acceptance_add", args=here)
    enter = reverse("facilities:stage_enter", args=here)
    return [
        act(_("Begin the next stage"), enter, "enter_stage", row, primary=True),
        act(_("Plan a stage"), reverse("facilities:stage_plan", args=here), "plan_stage", row),
        act(_("Add an acceptance document"), add, "add_acceptance", paper),
        act(_("Edit"), reverse("facilities:facility_edit", args=here), "save_facility", row),
        act(_("Link a promise"), reverse("facilities:facility_link", args=here), "link_promise", row),
    ]


class FacilityForm(forms.ModelForm):
    class Meta:
        model = Facility
        fields = [
            "code",
            "name_zh",
            "name_en",
            "kind",
            "cluster",
            "owner",
            "institution",
            "place",
            "about_zh",
            "about_en",
            "source",
        ]


class EditFacility(RowPage):
    verb = "facilities.save_facility"
    title = gettext_lazy("Facility")
    submit = gettext_lazy("Save the facility")
    form_class = FacilityForm

    def find(self):
        if "pk" in self.kwargs:
            return get_object_or_404(Facility, pk=self.kwargs["pk"])
        return Facility(owner=managed_by(self.request.user))

    def store(self, form):
        actions.save_facility(self.request.user, form.instance)


class _OnFacility(RowPage):
    def find(self):
        return get_object_or_404(Facility, pk=self.kwargs["pk"])


class PlanForm(forms.Form):
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=STAGES)
    planned_on = forms.DateField(label=gettext_lazy("Planned for"), widget=DateInput, required=False)


class PlanStage(_OnFacility):
    verb = "facilities.plan_stage"
    title = submit = gettext_lazy("Plan a stage")
    form_class = PlanForm

    def store(self, form):
        actions.plan_stage(self.request.user, self.row, **form.cleaned_data)


class EnterForm(forms.Form):
    stage = forms.ChoiceField(label=gettext_lazy("Next stage"))
    actual_on = forms.DateField(label=gettext_lazy("Began on"), widget=DateInput)
    evidence = forms.CharField(
        label=gettext_lazy("What proves it"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence_url = forms.URLField(
        label=gettext_lazy("Address of the evidence"), required=False, assume_scheme="https"
    )
    file = FileField(gettext_lazy("File"))


class EnterStage(_OnFacility):
    verb = "facilities.enter_stage"
    title = submit = gettext_lazy("Begin the next stage")
    form_class = EnterForm

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        possible = NEXT[Stage(self.row.stage)] if self.row.since else ROAD[:1]
        form.fields["stage"].choices = [(stage.value, WORDS[stage]) for stage in possible]
        form.fields["actual_on"].initial = clock.today()
        return form

    def store(self, form):
        facts = form.cleaned_data
        file = kept(self.request, form)
        actions.enter_stage(
            self.request.user,
            self.row,
            facts["stage"],
            facts["actual_on"],
            evidence=facts["evidence"],
            evidence_url=facts["evidence_url"],
            file=file,
        )


class CorrectForm(forms.Form):
    actual_on = forms.DateField(label=gettext_lazy("Began on"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class CorrectStage(RowPage):
    verb = "facilities.correct_stage"
    title = submit = gettext_lazy("Correct the date")
    form_class = CorrectForm

    def find(self):
        return get_object_or_404(StageDate, pk=self.kwargs["pk"])

    def get_initial(self):
        return {"actual_on": self.row.actual_on}

    def store(self, form):
        actions.correct_stage(self.request.user, self.row, **form.cleaned_data)

    def get_success_url(self):
        return self.row.facility.get_absolute_url()


class AcceptanceForm(forms.ModelForm):
    upload = FileField(gettext_lazy("File"))

    class Meta:
        model = AcceptanceDocument
        fields = ["title", "number", "accepted_on", "by"]
        widgets = {"accepted_on": DateInput}


class AddAcceptance(RowPage):
    verb = "facilities.add_acceptance"
    title = submit = gettext_lazy("Add an acceptance document")
    form_class = AcceptanceForm

    def find(self):
        return AcceptanceDocument(facility=get_object_or_404(Facility, pk=self.kwargs["pk"]))

    def store(self, form):
        form.instance.file = kept(self.request, form, "upload")
        actions.add_acceptance(self.request.user, form.instance)

    def get_success_url(self):
        return self.row.facility.get_absolute_url()


class LinkForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("plan.commitment", gettext_lazy("Promise")), ("plan.task", gettext_lazy("Task"))],
    )
    key = forms.IntegerField(
        label=gettext_lazy("Number"),
        min_value=1,
        help_text=gettext_lazy("The number at the end of its address, like 12 in /plan/commitments/12/."),
    )
    remove = forms.BooleanField(label=gettext_lazy("Remove this link"), required=False)


class LinkPromise(_OnFacility):
    verb = "facilities.link_promise"
    title = submit = gettext_lazy("Link a promise")
    form_class = LinkForm

    def store(self, form):
        facts = form.cleaned_data
        actions.link_promise(
            self.request.user, self.row, facts["kind"], str(facts["key"]), remove=facts["remove"]
        )


@login_required
def attached(request, of: str, pk: int):
    """The file that stands at a record."""
    row = get_object_or_404(ATTACHED[of], pk=pk) if of in ATTACHED else None
    if row is None or row.file is None or not may_see_secrecy(request.user, row.file.secrecy):
        raise Http404
    return FileResponse(row.file.content.open(), as_attachment=True, filename=row.file.name)
