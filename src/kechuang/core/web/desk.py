"""The request desk: send a request, hand it over, answer it, say how satisfied one is."""

from __future__ import annotations

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kechuang.core import actions, clock, kinds
from kechuang.core.engine.desk import UNANSWERED, Stage, days_over
from kechuang.core.events import events_of
from kechuang.core.models import Organisation, ServiceRequest
from kechuang.core.roles import visible_requests
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage
from kechuang.core.web.record import Act, Record

STAGES = dict(ServiceRequest._meta.get_field("stage").choices)


class Requests(LoginRequiredMixin, ListPage):
    key = "core-requests"
    title = gettext_lazy("Request desk")
    intro = gettext_lazy("Anybody's request, with its time limit, its handler and its answer.")
    columns = [
        Column("title", gettext_lazy("Request"), sort=True),
        Column("kind", gettext_lazy("Kind"), choices=dict(ServiceRequest.Kind.choices), sort=True),
        Column("stage", gettext_lazy("Stage"), choices=STAGES, sort=True),
        Column("handler", gettext_lazy("Handler"), fields=("handler__name_zh",), sort=True),
        Column("created", gettext_lazy("Received"), format="time", sort=True),
        Column("due", gettext_lazy("Due"), format="time", sort=True),
        Column("satisfaction", gettext_lazy("Satisfaction"), format="number", sort=True),
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
    default_sort = "-created"
    empty_title = gettext_lazy("No requests")

    def queryset(self):
        return visible_requests(self.request.user)

    def row_url(self, row):
        return reverse("core:request", args=[row["pk"]])

    def acts(self):
        return [Act(_("Send a request"), reverse("core:request_add"), primary=True)]


def request_record(request, pk: int):
    """One request."""
    row = get_object_or_404(ServiceRequest.objects.select_related("requester", "handler"), pk=pk)
    if not request.user.is_authenticated or not kinds.visible(request.user, row):
        raise PermissionDenied
    here = [pk]
    acts = [
        Act(
            _("Hand over"),
            reverse("core:request_hand_over", args=here),
            verb="core.hand_over_request",
            obj=row,
        ),
        Act(
            _("Answer"),
            reverse("core:request_answer", args=here),
            verb="core.answer_request",
            obj=row,
            primary=True,
        ),
    ]
    if row.stage == Stage.ANSWERED:
        mine = row.requester_id == request.user.pk
        acts = (
            [Act(_("Say how satisfied you are"), reverse("core:request_rate", args=here), primary=True)]
            if mine
            else []
        )
    elif row.stage == Stage.CLOSED:
        acts = []
    record = Record(
        title=row.title,
        kind=_("Request"),
        summary=row.text,
        synthetic=row.synthetic,
        acts=acts,
        facts=[
            (_("Kind"), row.get_kind_display()),
            (_("Stage"), row.get_stage_display()),
            (_("From"), row.requester),
            (_("Handler"), row.handler or ""),
            (_("About"), _about(row, request.user)),
            (_("Received"), f"{localtime(row.created):%Y-%m-%d %H:%M}"),
            (_("Due"), _due(row)),
            (_("Answer"), row.answer),
            (_("Satisfaction"), row.satisfaction or ""),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Request desk"), reverse("core:requests")), (row.title, "")],
    )
    return render(request, "core/record.html", {"record": record})


def _due(row) -> str:
    due = f"{localtime(row.due):%Y-%m-%d %H:%M}"
    days = days_over(row.due, clock.now()) if row.stage in UNANSWERED else 0
    return f"{due} · " + ngettext("%(n)s day over", "%(n)s days over", days) % {"n": days} if days else due


def _about(row, person):
    """The record the request is about, for whoever may see it."""
    obj = kinds.resolve(row.about_kind, row.about_id) if row.about_id else None
    if obj is None or not kinds.visible(person, obj) or not hasattr(obj, "get_absolute_url"):
        return ""
    return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), obj)


class RequestForm(forms.ModelForm):
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
        obj = kinds.resolve(kind, key) if key else None
        return obj if obj is not None and kinds.visible(self.request.user, obj) else None

    def get_initial(self):
        subject = self._subject()
        return {"title": str(subject)[:200]} if subject else {}

    def perform(self, form) -> str:
        self.row = actions.open_request(self.request.user, **form.cleaned_data, about=self._subject())
        return _("The request is sent.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class _RequestAct(ActPage):
    def target(self):
        return get_object_or_404(ServiceRequest, pk=self.kwargs["pk"])


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
        choices=[(n, str(n)) for n in range(5, 0, -1)],
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
