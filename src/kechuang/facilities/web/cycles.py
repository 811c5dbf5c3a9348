"""Calls: list, record, terms, offers, closures, rules, the form builder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Sum
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage
from kechuang.core.web.record import Act, Record, Tab
from kechuang.facilities import actions
from kechuang.facilities.actions.cycles import form_in_work, published_form
from kechuang.facilities.engine import forms as engine
from kechuang.facilities.engine.cycle import CYCLE, verbs
from kechuang.facilities.models import Closure, Cycle, CycleFacility, CycleRule, Resource
from kechuang.facilities.models.proposals import CYCLE_STAGES, DISCIPLINES
from kechuang.facilities.queries.proposals import (
    keeps,
    visible_cycles,
    visible_panels,
    visible_plans,
    visible_proposals,
)
from kechuang.facilities.queries.words import label_of
from kechuang.facilities.web.parts import WEEKDAYS, MomentField, RowForm, lines_of, text_of

MOVES = {
    "open": gettext_lazy("Open the call"),
    "close": gettext_lazy("Close the call"),
    "reopen": gettext_lazy("Open the call again"),
    "end": gettext_lazy("End the cycle"),
}
KINDS = {
    "text": gettext_lazy("Text"),
    "number": gettext_lazy("Numeric value"),
    "choice": gettext_lazy("Choice"),
    "date": gettext_lazy("Date"),
    "file": gettext_lazy("File"),
    "table": gettext_lazy("Table"),
}


class Cycles(LoginRequiredMixin, ListPage):
    key = "facilities-cycles"
    title = gettext_lazy("Calls for proposals")
    columns = [
        Column("name", gettext_lazy("Call"), fields=("name_zh",), sort=True),
        Column("stage", gettext_lazy("Stage"), choices=dict(CYCLE_STAGES), sort=True),
        Column("closes", gettext_lazy("Closes"), format="time", sort=True),
        Column("start", gettext_lazy("First day of use"), format="day", sort=True),
        Column("end", gettext_lazy("Last day of use"), format="day", sort=True),
        Column("organiser", gettext_lazy("Organiser"), fields=("organiser__name_zh",)),
    ]
    facets = [
        Facet("stage", gettext_lazy("Stage"), choices=dict(CYCLE_STAGES)),
        DateFacet("start", gettext_lazy("First day of use")),
    ]
    search_fields = ["name_zh", "name_en"]
    default_sort = "-start"
    empty_text = gettext_lazy("No call is open. A facility manager can open one.")

    def queryset(self):
        return visible_cycles(self.request.user)

    def row_url(self, row):
        return reverse("facilities:cycle", args=[row["pk"]])

    def acts(self):
        return [
            Act(
                _("Prepare a call"),
                reverse("facilities:cycle_add"),
                verb="facilities.save_cycle",
                primary=True,
            )
        ]


def _cycle(request, pk: int) -> Cycle:
    return get_object_or_404(visible_cycles(request.user), pk=pk)


def cycle_tabs(cycle: Cycle, user: Any, current: str) -> list[Tab]:
    """The parts of a call, each with how many there are."""
    here = [cycle.pk]
    tabs = [
        Tab(_("Call"), reverse("facilities:cycle", args=here), current=current == "cycle"),
        Tab(
            _("Proposals"),
            reverse("facilities:cycle_proposals", args=here),
            visible_proposals(user).filter(cycle=cycle).count(),
            current == "proposals",
        ),
        Tab(
            _("Panels"),
            reverse("facilities:panels", args=here),
            visible_panels(user).filter(cycle=cycle).count(),
            current == "panels",
        ),
        Tab(
            _("Time plans"),
            reverse("facilities:time_plans", args=here),
            visible_plans(user).filter(cycle=cycle).count(),
            current == "plans",
        ),
    ]
    if keeps(user):
        tabs.append(Tab(_("Form"), reverse("facilities:form", args=here), current=current == "form"))
    return tabs


@login_required
def cycle(request, pk: int):
    """One call: dates, hours by facility, rules, closures, what happened."""
    row = _cycle(request, pk)
    here = [pk]
    acts = [
        Act(
            _("Write a proposal"),
            reverse("facilities:propose", args=here),
            verb="facilities.start_proposal",
            primary=True,
        )
        if row.stage == "open"
        else Act(
            _("Make a plan"),
            reverse("facilities:plan_make", args=here),
            verb="facilities.make_time_plan",
            primary=True,
        ),
        *(
            Act(MOVES[v], reverse("facilities:cycle_move", args=[pk, v]), verb="facilities.move_cycle")
            for v in verbs(CYCLE, row.stage, "manager")
        ),
    ]
    if row.stage not in ("published", "ended"):
        acts += [
            Act(_("Edit"), reverse("facilities:cycle_edit", args=here), verb="facilities.save_cycle"),
            Act(
                _("Offer a facility"),
                reverse("facilities:offer_add", args=here),
                verb="facilities.save_offer",
            ),
            Act(_("Add a rule"), reverse("facilities:rule_add", args=here), verb="facilities.save_rule"),
        ]
    record = Record(
        title=str(row),
        kind=_("Call for proposals"),
        state_words=row.get_stage_display(),
        summary=row.conditions,
        synthetic=row.synthetic,
        acts=acts if row.stage != "prepared" or keeps(request.user) else [],
        facts=[
            (_("Stage"), row.get_stage_display()),
            (_("Proposals"), f"{_when(row.opens)} – {_when(row.closes)}"),
            (_("Time of use"), f"{formatting.day(row.start)} – {formatting.day(row.end)}"),
            (_("Slot"), _("%(minutes)s minutes") % {"minutes": row.slot_minutes}),
            (_("Organiser"), row.organiser),
        ],
        tabs=cycle_tabs(row, request.user, "cycle"),
        events=moments(events_of(row)) if keeps(request.user) else [],
        breadcrumb=[(_("Calls for proposals"), reverse("facilities:cycles")), (str(row), "")],
    )
    offers = list(
        row.facilities.select_related("resource").annotate(
            asked=Sum("requests__hours"), count=Count("requests")
        )
    )
    context = {
        "record": record,
        "row": row,
        "offers": [(o, [str(dict(WEEKDAYS)[d]) for d in o.machine_weekdays]) for o in offers],
        "rules": [(r, rule_name(r)) for r in row.rules.all()],
        "closures": Closure.objects.filter(
            resource__in=[o.resource_id for o in offers], end__date__gte=row.start, start__date__lte=row.end
        ).select_related("resource"),
        "may_edit": may(request.user, "facilities.save_offer") and row.stage not in ("published", "ended"),
        "may_close": may(request.user, "facilities.save_closure"),
    }
    return render(request, "facilities/cycle.html", context)


def _when(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def rule_name(rule: CycleRule) -> str:
    """Of whom a rule speaks, in words."""
    if rule.kind == CycleRule.Kind.FLOOR:
        return str(dict(DISCIPLINES).get(rule.name, rule.name))
    if rule.kind == CycleRule.Kind.CAP and rule.name.isdigit():
        from kechuang.core.models import Organisation

        return str(Organisation.objects.filter(pk=rule.name).first() or rule.name)
    return rule.name


class CycleForm(forms.ModelForm):
    opens = MomentField(label=gettext_lazy("Opens"))
    closes = MomentField(label=gettext_lazy("Closes"))

    class Meta:
        model = Cycle
        fields = [
            "name_zh",
            "name_en",
            "organiser",
            "conditions",
            "opens",
            "closes",
            "start",
            "end",
            "slot_minutes",
        ]
        widgets = {"start": DateInput, "end": DateInput, "conditions": forms.Textarea(attrs={"rows": 4})}

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""


class EditCycle(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Call for proposals")
    submit = gettext_lazy("Save the call")
    form_class = CycleForm
    verb = "facilities.save_cycle"

    def find(self):
        return get_object_or_404(Cycle, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Cycle()

    def perform(self, form) -> str:
        actions.save_cycle(self.request.user, form.instance)
        return _("The call is saved.")


class MoveForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MoveCycle(ActPage):
    verb = "facilities.move_cycle"
    form_class = MoveForm
    undo = gettext_lazy("A closed call can be opened again until a plan is published.")

    def target(self):
        if self.kwargs["move"] not in MOVES:
            raise Http404
        return get_object_or_404(Cycle, pk=self.kwargs["pk"])

    def heading(self):
        return MOVES[self.kwargs["move"]]

    def perform(self, form) -> str:
        actions.move_cycle(
            self.request.user, self.object, self.kwargs["move"], reason=form.cleaned_data["reason"]
        )
        return _("The call is now: %(stage)s.") % {"stage": self.object.get_stage_display()}


class OfferForm(forms.ModelForm):
    machine_weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Machine days"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    changeover = forms.CharField(
        label=gettext_lazy("Changeover"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line: set-up>set-up|slots, for example cryo>laser|1"),
    )

    class Meta:
        model = CycleFacility
        fields = ["resource", "hours", "reserve_percent", "machine_weekdays"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [
            Resource.Kind.FACILITY,
            Resource.Kind.BEAMLINE,
            Resource.Kind.INSTRUMENT,
            Resource.Kind.COMPUTING,
        ]
        self.fields["resource"].queryset = Resource.objects.filter(kind__in=kinds, retired_on=None)
        table = self.instance.changeover or {}
        self.initial["changeover"] = "\n".join(f"{key}|{slots}" for key, slots in table.items())
        if self.instance.pk:
            self.fields["resource"].disabled = True

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""

    def clean_changeover(self):
        table = {}
        for row in lines_of(self.cleaned_data["changeover"], ("key", "slots")):
            if not row.get("slots", "").isdigit():
                raise forms.ValidationError(_("%(key)s: give the slots after |.") % {"key": row["key"]})
            table[row["key"]] = int(row["slots"])
        return table


class EditOffer(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Offer of a facility")
    submit = gettext_lazy("Save the offer")
    form_class = OfferForm
    verb = "facilities.save_offer"

    def find(self):
        if "offer" in self.kwargs:
            return get_object_or_404(CycleFacility, pk=self.kwargs["offer"])
        return CycleFacility(cycle=get_object_or_404(Cycle, pk=self.kwargs["pk"]))

    def perform(self, form) -> str:
        offer = form.instance
        offer.machine_weekdays = form.cleaned_data["machine_weekdays"]
        offer.changeover = form.cleaned_data["changeover"]
        actions.save_offer(self.request.user, offer)
        return _("The offer is saved.")

    def get_success_url(self):
        return self.row.cycle.get_absolute_url()


class RemovePage(ActPage):
    """Take a part out of a call."""

    danger = True

    def done_url(self):
        return self.cycle.get_absolute_url()


class RemoveOffer(RemovePage):
    verb = "facilities.remove_offer"
    title = gettext_lazy("Take the facility out of the call")

    def target(self):
        offer = get_object_or_404(CycleFacility, pk=self.kwargs["offer"])
        self.cycle = offer.cycle
        return offer

    def perform(self, form) -> str:
        actions.remove_offer(self.request.user, self.object)
        return _("The facility is out of the call.")


class RuleForm(forms.ModelForm):
    class Meta:
        model = CycleRule
        fields = ["kind", "name", "least", "most"]
        help_texts = {
            "name": gettext_lazy(
                "The partner's name as in proposals; the number of the organisation; or the code of the discipline (physics, chemistry, materials, life, earth, engineering, information, astronomy)."
            ),
            "least": gettext_lazy("Thousandths of the allocatable time, for quotas and floors."),
            "most": gettext_lazy("Thousandths of the allocatable time, for quotas and caps."),
        }

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""


class AddRule(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Rule of the call")
    submit = gettext_lazy("Save the rule")
    form_class = RuleForm
    verb = "facilities.save_rule"

    def find(self):
        return CycleRule(cycle=get_object_or_404(Cycle, pk=self.kwargs["pk"]))

    def perform(self, form) -> str:
        actions.save_rule(self.request.user, form.instance)
        return _("The rule is saved.")

    def get_success_url(self):
        return self.row.cycle.get_absolute_url()


class RemoveRule(RemovePage):
    verb = "facilities.remove_rule"
    title = gettext_lazy("Take the rule out of the call")

    def target(self):
        rule = get_object_or_404(CycleRule, pk=self.kwargs["rule"])
        self.cycle = rule.cycle
        return rule

    def perform(self, form) -> str:
        actions.remove_rule(self.request.user, self.object)
        return _("The rule is out of the call.")


class ClosureForm(forms.ModelForm):
    start = MomentField(label=gettext_lazy("From"))
    end = MomentField(label=gettext_lazy("To"))

    class Meta:
        model = Closure
        fields = ["kind", "start", "end", "reason"]

    def validate_constraints(self):
        """The act names what contradicts itself, and where."""


class EditClosure(LoginRequiredMixin, RowForm):
    title = gettext_lazy("Closure")
    submit = gettext_lazy("Save the closure")
    form_class = ClosureForm
    verb = "facilities.save_closure"

    def find(self):
        if "closure" in self.kwargs:
            return get_object_or_404(Closure, pk=self.kwargs["closure"])
        return Closure(resource=get_object_or_404(Resource, pk=self.kwargs["pk"]))

    @property
    def intro(self):
        return str(self.row.resource)

    def perform(self, form) -> str:
        actions.save_closure(self.request.user, form.instance)
        return _("The closure is saved.")

    def get_success_url(self):
        offer = self.row.resource.cycles.order_by("-cycle__start").first()
        return offer.cycle.get_absolute_url() if offer else self.row.resource.get_absolute_url()


class RemoveClosure(RemovePage):
    verb = "facilities.remove_closure"
    title = gettext_lazy("Take the closure back")

    def target(self):
        return get_object_or_404(Closure, pk=self.kwargs["closure"])

    def perform(self, form) -> str:
        actions.remove_closure(self.request.user, self.object)
        return _("The closure is taken back.")

    def done_url(self):
        return self.object.resource.get_absolute_url()


# ---- the form builder


def _builder(request, pk: int) -> Cycle:
    row = get_object_or_404(Cycle, pk=pk)
    if not may(request.user, "facilities.save_form"):
        raise PermissionDenied
    return row


@login_required
def form(request, pk: int):
    """The fields of the form in work, what it changes, and its versions."""
    row = _builder(request, pk)
    version, former = form_in_work(row), published_form(row)
    changed = engine.changes(former.fields if former else [], version.fields)
    context = {
        "row": row,
        "tabs": cycle_tabs(row, request.user, "form"),
        "version": version,
        "former": former,
        "fields": [
            {
                "number": number,
                "field": f,
                "label": label_of(f),
                "kind": KINDS[f["kind"]],
                "when": f.get("when"),
            }
            for number, f in enumerate(version.fields)
        ],
        "changes": changed,
        "words": {"added": _("added"), "changed": _("changed"), "removed": _("removed")},
        "versions": row.forms.all(),
        "breadcrumb": [
            (_("Calls for proposals"), reverse("facilities:cycles")),
            (str(row), row.get_absolute_url()),
            (_("Form"), ""),
        ],
    }
    return render(request, "facilities/form.html", context)


class FieldForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=40,
        help_text=gettext_lazy("Small letters, digits and _; stays the same over versions."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KINDS.items()))
    label_zh = forms.CharField(label=gettext_lazy("Question (Chinese)"), max_length=200)
    label_en = forms.CharField(label=gettext_lazy("Question (English)"), max_length=300, required=False)
    help_zh = forms.CharField(label=gettext_lazy("Help (Chinese)"), max_length=300, required=False)
    help_en = forms.CharField(label=gettext_lazy("Help (English)"), max_length=400, required=False)
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    when_field = forms.ChoiceField(label=gettext_lazy("Asked only when"), required=False)
    when_is = forms.CharField(
        label=gettext_lazy("is answered with"),
        required=False,
        help_text=gettext_lazy("Values with | between them."),
    )
    longest = forms.IntegerField(label=gettext_lazy("Text: characters at most"), required=False, min_value=1)
    least = forms.CharField(label=gettext_lazy("Number or date: from"), required=False)
    most = forms.CharField(label=gettext_lazy("Number or date: to"), required=False)
    unit = forms.CharField(label=gettext_lazy("Number: unit"), required=False, max_length=20)
    options = forms.CharField(
        label=gettext_lazy("Choice: options"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: value|Chinese|English"),
    )
    several = forms.BooleanField(label=gettext_lazy("Choice: several may be chosen"), required=False)
    endings = forms.CharField(
        label=gettext_lazy("File: endings"), required=False, help_text=gettext_lazy("For example .pdf|.docx")
    )
    columns = forms.CharField(
        label=gettext_lazy("Table: columns"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: key|kind (text, number or date)|Chinese|English"),
    )

    def __init__(self, *args, earlier=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["when_field"].choices = [("", "—"), *((f["key"], label_of(f)) for f in earlier)]

    def definition(self) -> dict[str, Any]:
        """The field as the engine reads it; settings of other kinds are left out."""
        given = self.cleaned_data
        names = ("key", "kind", "label_zh", "label_en", "help_zh", "help_en", "required")
        row = {name: given[name] for name in names if given[name]}
        if given["when_field"]:
            row["when"] = {
                "field": given["when_field"],
                "is": [v.strip() for v in given["when_is"].split("|") if v.strip()],
            }
        match given["kind"]:
            case "text":
                row |= {"longest": given["longest"]} if given["longest"] else {}
            case "number":
                row |= {name: given[name] for name in ("least", "most", "unit") if given[name]}
            case "date":
                row |= {
                    new: given[old] for old, new in (("least", "earliest"), ("most", "latest")) if given[old]
                }
            case "choice":
                row["options"] = lines_of(given["options"], ("value", "label_zh", "label_en"))
                row |= {"several": True} if given["several"] else {}
            case "file":
                row |= (
                    {"endings": [e.strip() for e in given["endings"].split("|")]} if given["endings"] else {}
                )
            case "table":
                row["columns"] = lines_of(given["columns"], ("key", "kind", "label_zh", "label_en"))
        return row


def _as_initial(row: dict[str, Any]) -> dict[str, Any]:
    when = row.get("when") or {}
    return {
        **row,
        "when_field": when.get("field", ""),
        "when_is": "|".join(map(str, when.get("is", []))),
        "least": row.get("least", row.get("earliest", "")),
        "most": row.get("most", row.get("latest", "")),
        "options": text_of(row.get("options", []), ("value", "label_zh", "label_en")),
        "columns": text_of(row.get("columns", []), ("key", "kind", "label_zh", "label_en")),
        "endings": "|".join(row.get("endings", [])),
    }


class EditField(LoginRequiredMixin, RowForm):
    """Add a field at the end, or change the one at `number`."""

    title = gettext_lazy("Field of the form")
    submit = gettext_lazy("Save the field")
    form_class = FieldForm
    verb = "facilities.save_form"

    def find(self):
        row = get_object_or_404(Cycle, pk=self.kwargs["pk"])
        self.rows = list(form_in_work(row).fields)
        self.number = self.kwargs.get("number", len(self.rows))
        if self.number > len(self.rows) or ("number" in self.kwargs and self.number == len(self.rows)):
            raise Http404
        return row

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "earlier": self.rows[: self.number]}

    def get_initial(self):
        return _as_initial(self.rows[self.number]) if self.number < len(self.rows) else {}

    def perform(self, form) -> str:
        self.rows[self.number : self.number + 1] = [form.definition()]
        actions.save_form(self.request.user, self.row, self.rows)
        return _("The field is saved.")

    def get_success_url(self):
        return reverse("facilities:form", args=[self.row.pk])


@require_POST
@login_required
def shift_field(request, pk: int, number: int):
    """Move a field up or down, or take it out."""
    row = _builder(request, pk)
    rows = list(form_in_work(row).fields)
    if number >= len(rows):
        raise Http404
    moved = rows.pop(number)
    to = {"up": number - 1, "down": number + 1}.get(request.POST.get("to", ""))
    if to is not None:
        rows.insert(max(0, min(to, len(rows))), moved)
    try:
        actions.save_form(request.user, row, rows)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except NotPermitted as error:
        raise PermissionDenied from error
    return HttpResponseRedirect(reverse("facilities:form", args=[pk]))


class PublishForm(ActPage):
    verb = "facilities.publish_form"
    title = button = gettext_lazy("Publish the form")

    def target(self):
        return get_object_or_404(Cycle, pk=self.kwargs["pk"])

    def what(self):
        drafts = self.object.proposals.filter(stage="draft").count()
        return [
            _("New proposals answer this version."),
            _("%(count)s drafts move to it; answers that were given stay.") % {"count": drafts},
        ]

    def perform(self, form) -> str:
        version = actions.publish_form(self.request.user, self.object)
        return _("Version %(number)s is published.") % {"number": version.number}

    def done_url(self):
        return reverse("facilities:form", args=[self.object.pk])
