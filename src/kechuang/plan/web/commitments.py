"""Programmes and commitments: tree, list, record, making, amending, superseding, withdrawing, reply."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation
from kechuang.core.roles import may_see_secrecy
from kechuang.core.web.acts import ActPage
from kechuang.core.web.figures import Figure
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, View
from kechuang.core.web.record import Act, Evidence, Record
from kechuang.plan import actions
from kechuang.plan.models import Commitment, Document, Programme, ProgressReport, RightOfReply, Statement
from kechuang.plan.queries.living import visible_documents
from kechuang.plan.queries.work import programme_tree, similar_commitments, visible_commitments, visible_tasks
from kechuang.plan.web.choices import named, only_visible
from kechuang.plan.web.comments import comments_on
from kechuang.plan.web.proof import rule_words

STATUSES = dict(Commitment.Status.choices)


def organisation_names(keys) -> dict:
    return {o.pk: str(o) for o in Organisation.objects.filter(pk__in=keys)}


def programme_names(keys) -> dict:
    return {p.pk: str(p) for p in Programme.objects.filter(pk__in=keys)}


class Commitments(LoginRequiredMixin, ListPage):
    key = "plan-commitments"
    title = gettext_lazy("Commitments")
    columns = [
        named("title", gettext_lazy("Promise"), "title", sort=True),
        Column("state", gettext_lazy("State"), format="state", sort=True),
        Column("target_value", gettext_lazy("Promised"), format="compact", sort=True),
        Column("measured", gettext_lazy("Measured"), format="compact", sort=True),
        Column("unit", gettext_lazy("Unit")),
        Column("due", gettext_lazy("Due"), format="day", sort=True),
        named("lead", gettext_lazy("Lead"), "lead__name", sort=True),
        named("programme", gettext_lazy("Programme"), "programme__name", sort=True),
        Column("status", pgettext_lazy("promise", "Status"), choices=STATUSES, sort=True, optional=True),
        Column(
            "synthetic",
            gettext_lazy("Synthetic"),
            choices={True: gettext_lazy("Synthetic"), False: ""},
            optional=True,
        ),
    ]
    facets = [
        Facet("state", gettext_lazy("State"), bar=True),
        Facet("programme", gettext_lazy("Programme"), field="programme_id", choices=programme_names),
        Facet("lead", gettext_lazy("Lead"), field="lead_id", choices=organisation_names),
        Facet("status", pgettext_lazy("promise", "Status"), choices=STATUSES),
        DateFacet("due", gettext_lazy("Due")),
    ]
    search_fields = ["title_zh", "title_en", "lead__name_zh"]
    views = [
        View("late", gettext_lazy("Late"), "state=late&sort=due"),
        View("risk", gettext_lazy("At risk"), "state=at_risk&sort=due"),
    ]
    groups = ["programme", "lead"]
    default_sort = "due"
    empty_title = gettext_lazy("No commitments yet")
    empty_text = gettext_lazy("Review a document and make commitments of its sentences.")

    def queryset(self):
        return visible_commitments(self.request.user)

    def row_url(self, row):
        return reverse("plan:commitment", args=[row["pk"]])


@login_required
def programmes(request):
    """The programme tree with the states of its promises and tasks."""
    context = {"tree": programme_tree(request.user), "may_add": may(request.user, "plan.save_programme")}
    return render(request, "plan/programmes.html", context)


@login_required
def programme(request, pk: int):
    """One programme: leads to its commitments and tasks."""
    row = get_object_or_404(Programme, pk=pk)
    branch = next(b for b in programme_tree(request.user) if b.programme.pk == pk)
    record = Record(
        title=str(row),
        kind=_("Programme"),
        acts=[Act(_("Edit"), reverse("plan:programme_edit", args=[pk]), verb="plan.save_programme", obj=row)],
        facts=[(_("Weight"), row.weight), (_("Also called"), "、".join(row.aliases))],
        breadcrumb=[(_("Programmes"), reverse("plan:programmes")), (str(row), "")],
    )
    commitments = visible_commitments(request.user).filter(programme=row).select_related("lead")
    return render(
        request, "plan/programme.html", {"record": record, "branch": branch, "commitments": commitments}
    )


class ProgrammeForm(forms.ModelForm):
    class Meta:
        model = Programme
        fields = ["name_zh", "name_en", "parent", "weight", "order"]


class EditProgramme(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Programme")
    submit = gettext_lazy("Save the programme")
    form_class = ProgrammeForm

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(Programme, pk=kwargs["pk"]) if "pk" in kwargs else Programme()
        if request.user.is_authenticated and not may(request.user, "plan.save_programme"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        actions.save_programme(self.request.user, form.instance)
        return _("The programme is saved.")

    def get_success_url(self):
        return reverse("plan:programmes")


def _value(value, unit: str) -> str:
    from kechuang.plan.web.living import formatting_language

    return "" if value is None else formatting.number(value, formatting_language(), unit)


@login_required
def commitment(request, pk: int):
    """One commitment with its proof."""
    row = get_object_or_404(
        visible_commitments(request.user).select_related(
            "promiser", "programme", "lead", "metric", "superseded_by"
        ),
        pk=pk,
    )
    newest = row.states.order_by("-valid_from", "-known_at").first()
    reports = ProgressReport.objects.filter(
        task__commitment=row, task__in=visible_tasks(request.user), status="accepted"
    ).select_related("task")
    why = reverse("indicators:why", args=[row.metric.code]) if row.metric_id else ""
    measured = Figure(row.measured, unit=row.unit, why=why) if row.measured is not None else "—"
    record = Record(
        title=str(row),
        kind=_("Commitment"),
        state=row.state,
        summary=rule_words(newest.rule) if newest else "",
        synthetic=row.synthetic,
        acts=_acts(row),
        facts=[
            (_("Promised"), f"{row.get_compare_display()} {_value(row.target_value, row.unit)}"),
            (_("Measured"), measured),
            (_("Due"), formatting.day(row.due)),
            (_("Promised by"), row.promiser or ""),
            (_("Promised on"), formatting.day(row.promised_on)),
            (_("Lead"), row.lead or ""),
            (_("Supporting"), "、".join(str(o) for o in row.supporting.all())),
            (_("Programme"), row.programme or ""),
            (_("Indicator"), row.metric or ""),
            (_("Status"), row.get_status_display()),
            (_("Superseded by"), _seen(row.superseded_by, request.user)),
            (_("Secrecy"), row.get_secrecy_display()),
        ],
        evidence=[
            Evidence(r.text, r.get_absolute_url(), r.at.date(), str(r.task), r.synthetic)
            for r in reports[:20]
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Commitments"), reverse("plan:commitments")), (str(row), "")],
    )
    context = {
        "record": record,
        "row": row,
        "tasks": row.tasks.filter(pk__in=visible_tasks(request.user).values("pk")).select_related("lead"),
        "sources": row.sources.filter(statement__document__in=visible_documents(request.user)).select_related(
            "statement__document"
        ),
        "targets": row.target_versions.select_related("document"),
        "replies": row.replies.select_related("office"),
        "states": row.states.order_by("-valid_from", "-known_at")[:20],
    }
    context |= comments_on("commitment", pk)
    return render(request, "plan/commitment.html", context)


def _seen(other: Commitment | None, user) -> Commitment | str:
    return other if other is not None and may_see_secrecy(user, other.secrecy) else ""


def _acts(row: Commitment) -> list[Act]:
    here = [row.pk]
    if row.status != Commitment.Status.ACTIVE:
        return []
    reply = Act(
        _("Open the right of reply"), reverse("plan:reply_open", args=here), verb="plan.open_reply", obj=row
    )
    asked = row.state != "late" or row.replies.exists()
    return [
        Act(
            _("Make a task"),
            reverse("plan:task_add") + f"?commitment={row.pk}",
            verb="plan.make_task",
            primary=True,
        ),
        Act(_("Edit"), reverse("plan:commitment_edit", args=here), verb="plan.edit_commitment", obj=row),
        Act(
            _("Amend the promise"),
            reverse("plan:commitment_amend", args=here),
            verb="plan.amend_commitment",
            obj=row,
        ),
        Act(
            _("Supersede"),
            reverse("plan:commitment_supersede", args=here),
            verb="plan.supersede_commitment",
            obj=row,
        ),
        *([] if asked else [reply]),
        Act(
            _("Withdraw"),
            reverse("plan:commitment_withdraw", args=here),
            verb="plan.withdraw_commitment",
            obj=row,
            danger=True,
        ),
    ]


class CommitmentForm(forms.ModelForm):
    class Meta:
        model = Commitment
        fields = [
            "title_zh",
            "title_en",
            "compare",
            "target_value",
            "unit",
            "due",
            "promiser",
            "programme",
            "lead",
            "supporting",
            "metric",
            "baseline_value",
            "weight",
            "secrecy",
        ]
        widgets = {"due": DateInput}


class NewCommitment(LoginRequiredMixin, FormPage):
    """Make a commitment from the statements named in the address."""

    title = gettext_lazy("Make a commitment")
    submit = gettext_lazy("Make the commitment")
    form_class = CommitmentForm
    template_name = "plan/commitment_new.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, "plan.make_commitment"):
            raise PermissionDenied
        keys = [key for key in request.GET.getlist("statement") if key.isdigit()]
        rows = Statement.objects.filter(pk__in=keys, document__in=visible_documents(request.user))
        self.statements = list(rows.select_related("document__issuer").order_by("start"))
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        if not self.statements:
            return {}
        first = self.statements[0]
        return {
            "title_zh": first.sentence.strip()[:300],
            "compare": "at_least" if first.value is not None else "done",
            "target_value": first.value,
            "unit": first.unit,
            "due": first.time_end,
            "promiser": first.document.issuer,
            "secrecy": first.document.secrecy,
        }

    def get_context_data(self, **kwargs):
        text = " ".join(s.sentence for s in self.statements)
        return super().get_context_data(
            **kwargs, statements=self.statements, similar=similar_commitments(text)
        )

    def perform(self, form) -> str:
        facts = dict(form.cleaned_data)
        supporting = list(facts.pop("supporting"))
        self.row = actions.make_commitment(self.request.user, self.statements, supporting=supporting, **facts)
        return _("The commitment is made.")

    def get_success_url(self):
        return self.row.get_absolute_url()


class AddSource(ActPage):
    """Say that statements make a promise that is already there."""

    verb = "plan.add_source"
    title = button = gettext_lazy("Add as a source")

    def target(self):
        return get_object_or_404(visible_commitments(self.request.user), pk=self.kwargs["pk"])

    def what(self):
        return [_("The same promise then has several sentences that make it.")]

    def perform(self, form) -> str:
        keys = [key for key in self.request.GET.getlist("statement") if key.isdigit()]
        for statement in Statement.objects.filter(
            pk__in=keys, document__in=visible_documents(self.request.user)
        ):
            actions.add_source(self.request.user, self.object, statement)
        return _("The sentences are added as sources.")


class _CommitmentAct(ActPage):
    def _form(self, *data):
        return only_visible(super()._form(*data), self.request.user)

    def target(self):
        return get_object_or_404(visible_commitments(self.request.user), pk=self.kwargs["pk"])


class EditForm(forms.ModelForm):
    class Meta:
        model = Commitment
        fields = [
            "title_zh",
            "title_en",
            "promiser",
            "programme",
            "lead",
            "metric",
            "baseline_value",
            "weight",
            "secrecy",
        ]


class EditCommitment(_CommitmentAct):
    verb = "plan.edit_commitment"
    title = gettext_lazy("Edit the commitment")
    button = gettext_lazy("Save")
    form_class = EditForm

    def _form(self, *data):
        return EditForm(*data, instance=get_object_or_404(Commitment, pk=self.object.pk))

    def what(self):
        return [_("Value and due date change only by amendment.")]

    def perform(self, form) -> str:
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.edit_commitment(self.request.user, Commitment.objects.get(pk=self.object.pk), **facts)
        return _("Saved.")


class AmendForm(forms.Form):
    value = forms.DecimalField(label=gettext_lazy("New value"), required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=40)
    due = forms.DateField(label=gettext_lazy("New due date"), required=False, widget=DateInput)
    document = forms.ModelChoiceField(
        Document.objects.all(), label=gettext_lazy("Document that changes it"), required=False
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class AmendCommitment(_CommitmentAct):
    verb = "plan.amend_commitment"
    title = button = gettext_lazy("Amend the promise")
    form_class = AmendForm

    def initial(self):
        return {"value": self.object.target_value, "unit": self.object.unit, "due": self.object.due}

    def what(self):
        return [_("The old target is kept and stays visible.")]

    def perform(self, form) -> str:
        actions.amend_commitment(self.request.user, self.object, **form.cleaned_data)
        return _("The promise is amended.")


class SupersedeForm(forms.Form):
    by = forms.ModelChoiceField(
        Commitment.objects.filter(status="active"), label=gettext_lazy("Superseded by")
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class SupersedeCommitment(_CommitmentAct):
    verb = "plan.supersede_commitment"
    title = button = gettext_lazy("Supersede")
    form_class = SupersedeForm

    def perform(self, form) -> str:
        actions.supersede_commitment(self.request.user, self.object, **form.cleaned_data)
        return _("The promise is superseded.")


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawCommitment(_CommitmentAct):
    verb = "plan.withdraw_commitment"
    title = button = gettext_lazy("Withdraw the promise")
    danger = True
    form_class = WithdrawForm

    def what(self):
        return [_("The promise stays on record with the reason; it no longer counts.")]

    def perform(self, form) -> str:
        actions.withdraw_commitment(self.request.user, self.object, form.cleaned_data["reason"])
        return _("The promise is withdrawn.")


class OpenReply(_CommitmentAct):
    verb = "plan.open_reply"
    title = button = gettext_lazy("Open the right of reply")

    def what(self):
        return [
            _(
                "The responsible office is asked; “late” shows publicly only after its reply or the end of its time."
            )
        ]

    def perform(self, form) -> str:
        row = actions.open_reply(self.request.user, self.object)
        return _("The office may reply until %(day)s.") % {"day": row.until}


class ReplyForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Reply"), widget=forms.Textarea)


class GiveReply(ActPage):
    verb = "plan.give_reply"
    title = button = gettext_lazy("Reply")
    form_class = ReplyForm

    def target(self):
        return get_object_or_404(
            RightOfReply, pk=self.kwargs["pk"], commitment__in=visible_commitments(self.request.user)
        )

    def what(self):
        return [_("Your reply shows beside the promise, also publicly.")]

    def perform(self, form) -> str:
        actions.give_reply(self.request.user, self.object, form.cleaned_data["text"])
        return _("The reply is kept.")

    def whom(self):
        return [self.object.commitment]

    def done_url(self):
        return self.object.commitment.get_absolute_url()


class CloseReply(GiveReply):
    verb = "plan.close_reply"
    title = button = gettext_lazy("Close the right of reply")
    form_class = forms.Form

    def what(self):
        return [_("From now on “late” shows publicly.")]

    def perform(self, form) -> str:
        actions.close_reply(self.request.user, self.object)
        return _("The right of reply is closed on %(day)s.") % {"day": clock.today()}
