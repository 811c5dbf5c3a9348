"""Samples and data: what is held by disease and consent, requests and the steps of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.engine.workflow import verbs
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.language import in_language
from kechuang.core.models import Organisation
from kechuang.core.roles import organisations_of
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, named, organisation_names
from kechuang.core.web.record import Act, Record
from kechuang.facilities import actions
from kechuang.facilities.actions.samples import may_step
from kechuang.facilities.engine.samples import TRANSITIONS, Loan
from kechuang.facilities.models import Holding, Resource, SampleRequest
from kechuang.facilities.models.samples import CONSENTS, LOANS, PURPOSES
from kechuang.facilities.queries.catalogue import visible_resources
from kechuang.facilities.queries.samples import by_disease
from kechuang.facilities.queries.use import visible_requests
from kechuang.facilities.web.common import FileField, RowPage, act, kept

STEPS = {
    "review": gettext_lazy("Pass the review"),
    "refuse": gettext_lazy("Refuse the request"),
    "agree": gettext_lazy("Sign the transfer agreement"),
    "deliver": gettext_lazy("Deliver"),
    "return": gettext_lazy("Take back"),
    "withdraw": gettext_lazy("Withdraw the request"),
}
STAGES = dict(LOANS)


class Requests(LoginRequiredMixin, ListPage):
    key = "facilities-sample-requests"
    title = gettext_lazy("Samples and data")
    intro = gettext_lazy("Requests from question to return.")
    columns = [
        Column(
            "holding",
            gettext_lazy("Holding"),
            fields=("holding__disease_zh", "holding__disease_en", "holding__material"),
            value=lambda row: (
                f"{in_language(row['holding__disease_zh'], row['holding__disease_en'])} · {row['holding__material']}"
            ),
            sort=True,
        ),
        named("bank", gettext_lazy("Bank"), "holding__resource__name", sort=True),
        named("organisation", gettext_lazy("Organisation"), "organisation__name", sort=True),
        Column("stage", gettext_lazy("Stage"), choices=STAGES, sort=True),
        Column("wanted", gettext_lazy("Number wanted"), format="number", sort=True),
        Column("asked_on", gettext_lazy("Requested on"), format="day", sort=True),
        Column("due_back", gettext_lazy("Due back"), format="day", sort=True),
    ]
    facets = [
        Facet("stage", gettext_lazy("Stage"), choices=STAGES),
        Facet("purpose", gettext_lazy("Purpose"), choices=dict(PURPOSES)),
        Facet("consent", gettext_lazy("Consent scope"), field="holding__consent", choices=dict(CONSENTS)),
        Facet(
            "organisation", gettext_lazy("Organisation"), field="organisation_id", choices=organisation_names
        ),
        DateFacet("asked_on", gettext_lazy("Requested on")),
    ]
    search_fields = ["holding__disease_zh", "holding__disease_en", "study", "organisation__name_zh"]
    default_sort = "-asked_on"
    empty_text = gettext_lazy("Choose a sample bank or data set in the catalogue and ask for what it holds.")

    def queryset(self):
        return visible_requests(self.request.user)

    def row_url(self, row):
        return reverse("facilities:sample_request", args=[row["pk"]])

    def acts(self):
        return [Act(_("What is held"), reverse("facilities:holdings"), primary=True)]


def holdings(request):
    """Counts by disease and consent scope over all banks the visitor may see."""
    resources = visible_resources(request.user).filter(retired_on=None)
    rows = Holding.objects.filter(resource__in=resources)
    text = request.GET.get("q", "").strip()[:80]
    if text:
        rows = rows.filter(disease_zh__icontains=text) | rows.filter(disease_en__icontains=text)
    context = {
        "diseases": by_disease(rows)[:200],
        "consents": CONSENTS,
        "text": text,
        "banks": resources.filter(kind__in=[Resource.Kind.SAMPLE_BANK, Resource.Kind.DATA_SET])[:100],
    }
    return render(request, "facilities/holdings.html", context)


@login_required
def request_page(request, pk: int):
    """One request and what may be done with it."""
    rows = visible_requests(request.user).select_related(
        "holding__resource__owner", "organisation", "requester"
    )
    row = get_object_or_404(rows, pk=pk)
    road = [Loan.REQUESTED, Loan.REVIEWED, Loan.AGREED, Loan.DELIVERED, Loan.RETURNED]
    reached = road.index(row.stage) if row.stage in road else -1
    context = {
        "record": _record(row, request.user),
        "road": [(STAGES[stage], place <= reached, place == reached) for place, stage in enumerate(road)],
    }
    return render(request, "facilities/sample_request.html", context)


def _record(row: SampleRequest, user: Any) -> Record:
    return Record(
        title=str(row),
        kind=_("Sample request"),
        state_words=str(STAGES[row.stage]),
        summary=row.study,
        synthetic=row.synthetic,
        acts=[
            act(
                str(STEPS[verb]),
                reverse("facilities:sample_step", args=[row.pk, verb]),
                "move_request",
                primary=verb in ("review", "agree", "deliver", "return"),
                danger=verb == "refuse",
            )
            for verb in verbs(TRANSITIONS, row.stage)
            if _may(user, row, verb)
        ],
        facts=[
            (_("Stage"), STAGES[row.stage]),
            (_("Bank"), row.holding.resource),
            (_("Organisation"), row.organisation),
            (_("Requested by"), row.requester or "—"),
            (_("Requested on"), formatting.day(row.asked_on)),
            (_("Purpose"), row.get_purpose_display()),
            (_("Consent scope"), row.holding.get_consent_display()),
            (_("Number wanted"), row.wanted),
            (_("Ethics approval"), row.ethics_number or "—"),
            (_("Transfer agreement"), row.agreement_number or "—"),
            (_("Delivered on"), formatting.day(row.delivered_on)),
            (_("Due back"), formatting.day(row.due_back)),
            (_("Returned on"), formatting.day(row.returned_on)),
            *([(_("Reason"), row.reason)] if row.reason else []),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Samples and data"), reverse("facilities:sample_requests")), (str(row), "")],
    )


def _may(user, row: SampleRequest, verb: str) -> bool:
    return may_step(user, row, TRANSITIONS[Loan(row.stage), verb].who)


class StepForm(forms.Form):
    """Only the fields that the step needs are kept."""

    ethics_number = forms.CharField(label=gettext_lazy("Number of the ethics approval"), max_length=80)
    agreement_number = forms.CharField(label=gettext_lazy("Number of the transfer agreement"), max_length=80)
    file = FileField(gettext_lazy("Signed agreement"))
    due_back = forms.DateField(label=gettext_lazy("Due back"), widget=DateInput, required=False)
    returned = forms.IntegerField(label=gettext_lazy("Number that came back"), min_value=0)
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


NEEDS = {
    "review": ("ethics_number",),
    "refuse": ("reason",),
    "agree": ("agreement_number", "file"),
    "deliver": ("due_back",),
    "return": ("returned",),
}


class MoveRequest(RowPage):
    verb = "facilities.move_request"
    form_class = StepForm

    def find(self):
        row = get_object_or_404(visible_requests(self.request.user), pk=self.kwargs["pk"])
        self.title = self.submit = STEPS.get(self.kwargs["step"], _("Step"))
        return row

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        wanted = NEEDS.get(self.kwargs["step"], ())
        form.fields = {name: field for name, field in form.fields.items() if name in wanted}
        if "returned" in form.fields:
            form.fields["returned"].initial = self.row.wanted
        return form

    def store(self, form):
        facts = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        if "file" in form.fields:
            facts["file"] = kept(self.request, form)
        actions.move_request(self.request.user, self.row, self.kwargs["step"], **facts)


class AskForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Organisation"))
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=PURPOSES)
    wanted = forms.IntegerField(label=gettext_lazy("Number wanted"), min_value=1)
    study = forms.CharField(label=gettext_lazy("Study"), widget=forms.Textarea(attrs={"rows": 5}))


class AskSamples(RowPage):
    verb = "facilities.request_samples"
    title = submit = gettext_lazy("Ask for samples or data")
    form_class = AskForm

    def find(self):
        rows = Holding.objects.filter(resource__in=visible_resources(self.request.user))
        row = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.intro = f"{row.resource} · {row} · {row.get_consent_display()}"
        return row

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        mine = Organisation.objects.filter(pk__in=organisations_of(self.request.user))
        form.fields["organisation"].queryset = mine
        form.fields["organisation"].initial = mine.first()
        return form

    def store(self, form):
        facts = form.cleaned_data
        self.made = actions.request_samples(self.request.user, self.row, facts.pop("organisation"), **facts)


class HoldingForm(forms.ModelForm):
    class Meta:
        model = Holding
        fields = ["disease_code", "disease_zh", "disease_en", "material", "consent", "total"]


class EditHolding(RowPage):
    verb = "facilities.save_holding"
    title = gettext_lazy("Holding")
    submit = gettext_lazy("Save the holding")
    form_class = HoldingForm

    def find(self):
        if "holding" in self.kwargs:
            return get_object_or_404(Holding, pk=self.kwargs["holding"])
        return Holding(resource=get_object_or_404(Resource, pk=self.kwargs["pk"]))

    def store(self, form):
        actions.save_holding(self.request.user, form.instance)

    def get_success_url(self):
        return self.row.resource.get_absolute_url()
