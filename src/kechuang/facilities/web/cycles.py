"""Calls: list, record, terms, stages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.acts import may
from kechuang.core.engine.workflow import verbs
from kechuang.core.events import events_of
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, named
from kechuang.core.web.record import Act, Record, Tab
from kechuang.core.web.times import to_the_minute
from kechuang.facilities import actions
from kechuang.facilities.engine.cycle import CYCLE, CycleStage
from kechuang.facilities.models import Closure, Cycle, CycleRule
from kechuang.facilities.models.proposals import CYCLE_STAGES, DISCIPLINES
from kechuang.facilities.queries.proposals import (
    keeps,
    visible_cycles,
    visible_panels,
    visible_plans,
    visible_proposals,
)
from kechuang.facilities.web.common import RowPage, act
from kechuang.facilities.web.parts import WEEKDAYS, MomentField

SETTLED = (CycleStage.PUBLISHED, CycleStage.ENDED)
MOVES = {
    "open": gettext_lazy("Open the call"),
    "close": gettext_lazy("Close the call"),
    "reopen": gettext_lazy("Open the call again"),
    "end": gettext_lazy("End the cycle"),
}


class Cycles(LoginRequiredMixin, ListPage):
    key = "facilities-cycles"
    title = gettext_lazy("Calls for proposals")
    columns = [
        named("name", gettext_lazy("Call"), "name", sort=True),
        Column("stage", gettext_lazy("Stage"), choices=dict(CYCLE_STAGES), sort=True),
        Column("closes", gettext_lazy("Closes"), format="time", sort=True),
        Column("start", gettext_lazy("First day of use"), format="day", sort=True),
        Column("end", gettext_lazy("Last day of use"), format="day", sort=True),
        named("organiser", gettext_lazy("Organiser"), "organiser__name"),
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
        return [act(_("Prepare a call"), reverse("facilities:cycle_add"), "save_cycle", primary=True)]


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
    if may(user, "facilities.save_form"):
        tabs.append(Tab(_("Form"), reverse("facilities:form", args=here), current=current == "form"))
    return tabs


@login_required
def cycle(request, pk: int):
    """One call: dates, hours by facility, rules, closures, what happened."""
    row = _cycle(request, pk)
    offers = list(
        row.facilities.select_related("resource").annotate(
            asked=Sum("requests__hours"), count=Count("requests")
        )
    )
    closures = Closure.objects.filter(
        resource__in=[o.resource_id for o in offers], end__date__gte=row.start, start__date__lte=row.end
    )
    context = {
        "record": _record(row, request.user),
        "row": row,
        "offers": [(o, [str(dict(WEEKDAYS)[d]) for d in o.machine_weekdays]) for o in offers],
        "rules": [(r, rule_name(r)) for r in row.rules.all()],
        "closures": closures.select_related("resource"),
        "may_edit": may(request.user, "facilities.save_offer") and row.stage not in SETTLED,
        "may_close": may(request.user, "facilities.save_closure"),
    }
    return render(request, "facilities/cycle.html", context)


def _acts(row: Cycle) -> list[Act]:
    here = [row.pk]
    acts = [
        act(_("Write a proposal"), reverse("facilities:propose", args=here), "start_proposal", primary=True)
        if row.stage == CycleStage.OPEN
        else act(
            _("Make a plan"), reverse("facilities:plan_make", args=here), "make_time_plan", primary=True
        ),
        *(
            act(MOVES[v], reverse("facilities:cycle_move", args=[*here, v]), "move_cycle")
            for v in verbs(CYCLE, row.stage, "manager")
        ),
    ]
    if row.stage not in SETTLED:
        acts += [
            act(_("Edit"), reverse("facilities:cycle_edit", args=here), "save_cycle"),
            act(_("Offer a facility"), reverse("facilities:offer_add", args=here), "save_offer"),
            act(_("Add a rule"), reverse("facilities:rule_add", args=here), "save_rule"),
        ]
    return acts


def _record(row: Cycle, user: Any) -> Record:
    manages = keeps(user)
    return Record(
        title=str(row),
        kind=_("Call for proposals"),
        state_words=row.get_stage_display(),
        summary=row.conditions,
        synthetic=row.synthetic,
        acts=_acts(row) if row.stage != CycleStage.PREPARED or manages else [],
        facts=[
            (_("Stage"), row.get_stage_display()),
            (_("Proposals"), f"{to_the_minute(row.opens)} – {to_the_minute(row.closes)}"),
            (_("Time of use"), f"{formatting.day(row.start)} – {formatting.day(row.end)}"),
            (_("Slot"), _("%(minutes)s minutes") % {"minutes": row.slot_minutes}),
            (_("Organiser"), row.organiser),
        ],
        tabs=cycle_tabs(row, user, "cycle"),
        events=moments(events_of(row)) if manages else [],
        breadcrumb=[(_("Calls for proposals"), reverse("facilities:cycles")), (str(row), "")],
    )


def rule_name(rule: CycleRule) -> str:
    """Of whom a rule speaks, in words."""
    if rule.kind == CycleRule.Kind.FLOOR:
        return str(dict(DISCIPLINES).get(rule.name, rule.name))
    if rule.kind == CycleRule.Kind.CAP and rule.name.isdecimal():
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


class EditCycle(RowPage):
    title = gettext_lazy("Call for proposals")
    submit = gettext_lazy("Save the call")
    form_class = CycleForm
    verb = "facilities.save_cycle"

    def find(self):
        return get_object_or_404(Cycle, pk=self.kwargs["pk"]) if "pk" in self.kwargs else Cycle()

    def store(self, form) -> str:
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
