"""The request desk: send a request, hand it over, answer it, say how satisfied one is."""

from __future__ import annotations

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kechuang.core import actions, clock, kinds
from kechuang.core.engine.desk import TIME_LIMIT, TRANSITIONS, UNANSWERED, days_over
from kechuang.core.engine.workflow import verbs
from kechuang.core.events import events_of
from kechuang.core.language import in_language
from kechuang.core.models import Organisation, ServiceRequest
from kechuang.core.roles import visible_requests
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, View, named
from kechuang.core.web.record import Act, Record, linked
from kechuang.core.web.times import to_the_minute

NAMES = ("requester__person__name_zh", "requester__person__name_en")
STAGES = dict(ServiceRequest._meta.get_field("stage").choices)
SATISFACTION = {
    5: gettext_lazy("5: very satisfied"),
    4: gettext_lazy("4: satisfied"),
    3: gettext_lazy("3: so-so"),
    2: gettext_lazy("2: not satisfied"),
    1: gettext_lazy("1: not satisfied at all"),
}


def kinds_with_limits() -> list[tuple[str, str]]:
    """Each kind of request with the time within which it is answered."""

    def words(kind: str, label: str) -> str:
        days = TIME_LIMIT[kind].days
        limit = ngettext("answered within %(n)s day", "answered within %(n)s days", days) % {"n": days}
        return f"{label} · {limit}"

    return [(kind, words(kind, str(label))) for kind, label in ServiceRequest.Kind.choices]


class Requests(LoginRequiredMixin, ListPage):
    key = "core-requests"
    title = gettext_lazy("Request desk")
    intro = gettext_lazy("Anybody's request, with its time limit, its handler and its answer.")
    columns = [
        Column("title", gettext_lazy("Request"), sort=True),
        Column("kind", gettext_lazy("Kind"), choices=dict(ServiceRequest.Kind.choices), sort=True),
        Column("stage", gettext_lazy("Stage"), choices=STAGES, sort=True),
        named("handler", gettext_lazy("Handler"), "handler__name", sort=True),
        Column("created", gettext_lazy("Received"), format="time", sort=True),
        Column("due", gettext_lazy("Due"), format="time", sort=True),
        Column("satisfaction", gettext_lazy("Satisfaction"), format="number", sort=True),
        Column(
            "requester",
            gettext_lazy("Requester"),
            fields=("requester__username", *NAMES),
            value=lambda row: in_language(*(row[name] or "" for name in NAMES)) or row["requester__username"],
            optional=True,
            sort=True,
        ),
        Column(
            "synthetic",
            gettext_lazy("Synthetic"),
            choices={True: gettext_lazy("Synthetic"), False: ""},
            optional=True,
        ),
    ]
    facets = [
        Facet("stage", gettext_lazy("Stage"), choices=STAGES),
        Facet("kind", gettext_lazy("Kind"), choices=dict(ServiceRequest.Kind.choices)),
        Facet(
            "over",
            gettext_lazy("Time limit"),
            choices={"yes": gettext_lazy("Past its time limit")},
            where=lambda value: Q(stage__in=UNANSWERED, due__lt=clock.now()),
        ),
        DateFacet("created", gettext_lazy("Received")),
    ]
    search_fields = ["title", "text"]
    views = [
        View("waiting", gettext_lazy("Waits for an answer"), "stage=open&stage=assigned&sort=due"),
        View("over", gettext_lazy("Past its time limit"), "over=yes&sort=due"),
    ]
    default_sort = "-created"
    empty_title = gettext_lazy("No requests")
    empty_text = gettext_lazy("Whatever does not work, is missing or could be better: send a request.")

    def queryset(self):
        return visible_requests(self.request.user)

    def row_url(self, row):
        return reverse("core:request", args=[row["pk"]])

    def acts(self):
        return [Act(_("Send a request"), reverse("core:request_add"), primary=True)]


def request_record(request, pk: int):
    """One request."""
    row = _visible_request(request, pk)
    record = Record(
        title=row.title,
        kind=_("Request"),
        summary=row.text,
        synthetic=row.synthetic,
        acts=_acts(row),
        facts=[
            (_("Kind"), row.get_kind_display()),
            (_("Stage"), row.get_stage_display()),
            (_("Requester"), row.requester),
            (_("Handler"), row.handler or ""),
            (_("About"), _about(row, request.user)),
            (_("Received"), to_the_minute(row.created)),
            (_("Due"), _due(row)),
            (_("Answered on"), to_the_minute(row.answered)),
            (_("Satisfaction"), SATISFACTION.get(row.satisfaction, "")),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Request desk"), reverse("core:requests")), (row.title, "")],
    )
    return render(request, "core/request.html", {"record": record, "row": row})


def _visible_request(request, pk: int) -> ServiceRequest:
    """Whoever may not see a request learns no more than that it is not theirs."""
    row = visible_requests(request.user).select_related("requester__person", "handler").filter(pk=pk).first()
    if row is None:
        raise PermissionDenied
    return row


def _acts(row: ServiceRequest) -> list[Act]:
    """What the table of stages allows now; who may is asked of each act."""
    labels = {
        "hand_over": _("Hand over"),
        "return": _("Give back to the desk"),
        "answer": _("Answer"),
        "rate": _("Say how satisfied you are"),
    }
    return [
        Act(
            label,
            reverse(f"core:request_{step}", args=[row.pk]),
            verb=f"core.{step}_request",
            obj=row,
            primary=step in ("answer", "rate"),
        )
        for step in verbs(TRANSITIONS, row.stage)
        if (label := labels.get(step))
    ]


def _due(row) -> str:
    due = to_the_minute(row.due)
    days = days_over(row.due, clock.now()) if row.stage in UNANSWERED else 0
    return f"{due} · " + ngettext("%(n)s day over", "%(n)s days over", days) % {"n": days} if days else due


def _about(row, person):
    """The record the request is about, for whoever may see it."""
    obj = kinds.find_visible(person, row.about_kind, row.about_id) if row.about_id else None
    return linked(obj) if obj else ""


class RequestForm(forms.ModelForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=kinds_with_limits, widget=forms.RadioSelect)

    class Meta:
        model = ServiceRequest
        fields = ["kind", "title", "text"]


class SendRequest(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Send a request")
    submit = gettext_lazy("Send the request")
    form_class = RequestForm
    autosave = "request"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": ServiceRequest()}

    def _subject(self):
        """The record in the address (`?about=plan.task:3`), when the person may see it."""
        kind, _colon, key = self.request.GET.get("about", "").partition(":")
        return kinds.find_visible(self.request.user, kind, key) if key else None

    @property
    def intro(self):
        subject = self._subject()
        about = _("About: %(what)s.") % {"what": subject} + " " if subject else ""
        return about + _("The desk hands it to whoever can answer it, and you are told.")

    def perform(self, form) -> str:
        self.row = actions.open_request(self.request.user, **form.cleaned_data, about=self._subject())
        return _("The request is sent.")

    @property
    def cancel_url(self):
        subject = self._subject()
        return kinds.address(subject) if subject else reverse("core:requests")

    def get_success_url(self):
        return self.row.get_absolute_url()


class _RequestAct(ActPage):
    template_name = "core/request_act.html"

    def target(self):
        return _visible_request(self.request, self.kwargs["pk"])


class HandOverForm(forms.Form):
    handler = forms.ModelChoiceField(Organisation.objects.all(), label=gettext_lazy("To which organisation"))


class HandOver(_RequestAct):
    verb = "core.hand_over_request"
    title = button = gettext_lazy("Hand over")
    form_class = HandOverForm

    def what(self):
        return [_("The organisation is told and answers within the time limit.")]

    def perform(self, form) -> str:
        actions.hand_over_request(self.request.user, self.object, form.cleaned_data["handler"])
        return _("The request is handed over.")


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is for another to answer"), max_length=500, widget=forms.Textarea
    )


class GiveBack(_RequestAct):
    verb = "core.return_request"
    title = button = gettext_lazy("Give back to the desk")
    form_class = ReturnForm

    def what(self):
        return [_("The desk is told and hands it to another; the time limit stays.")]

    def perform(self, form) -> str:
        actions.return_request(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The request is with the desk again.")

    def done_url(self):
        """It may be seen no more by whoever gave it back."""
        return reverse("core:requests")


class AnswerForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea)


class Answer(_RequestAct):
    verb = "core.answer_request"
    title = button = gettext_lazy("Answer")
    form_class = AnswerForm

    def what(self):
        return [_("The requester is told and asked how satisfied they are.")]

    def perform(self, form) -> str:
        actions.answer_request(self.request.user, self.object, form.cleaned_data["answer"])
        return _("The answer is sent.")


class RateForm(forms.Form):
    satisfaction = forms.TypedChoiceField(
        label=gettext_lazy("How satisfied are you?"),
        coerce=int,
        choices=list(SATISFACTION.items()),
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=gettext_lazy("What could be better"), required=False, max_length=500, widget=forms.Textarea
    )


class Rate(_RequestAct):
    verb = "core.rate_request"
    title = button = gettext_lazy("Say how satisfied you are")
    form_class = RateForm

    def what(self):
        return [_("1 or 2 opens the request again, with a new time limit.")]

    def perform(self, form) -> str:
        actions.rate_request(self.request.user, self.object, **form.cleaned_data)
        return _("Thank you.")
