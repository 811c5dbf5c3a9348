"""A manager's hand on a plan: pin, move or keep off, with the cost shown first; release; repair after a breakdown."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.web.acts import ActPage
from kechuang.facilities import actions
from kechuang.facilities.engine.calls import slot_of
from kechuang.facilities.models import CycleFacility, HandRule, TimePlan, TimeRequest
from kechuang.facilities.queries.allocation import call_of
from kechuang.facilities.queries.plan_changes import what_if
from kechuang.facilities.queries.plans import (
    change_as_json,
    described_changes,
    moment,
    placements,
    rule_words,
)
from kechuang.facilities.web.parts import MomentField
from kechuang.facilities.web.plans import readable_plan


class HandForm(forms.Form):
    request = forms.ModelChoiceField(TimeRequest.objects.none(), label=gettext_lazy("Block"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[("pin", gettext_lazy("Hold at this place")), ("forbid", gettext_lazy("Keep off"))],
        widget=forms.RadioSelect,
        initial="pin",
    )
    facility = forms.ModelChoiceField(
        CycleFacility.objects.none(), label=gettext_lazy("Facility"), required=False
    )
    start = MomentField(label=gettext_lazy("Begins at"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)

    def __init__(self, *args, plan=None, **kwargs):
        super().__init__(*args, **kwargs)
        codes = [int(r["id"][1:]) for r in plan.instance["requests"]]
        self.fields["request"].queryset = TimeRequest.objects.filter(pk__in=codes).select_related("proposal")
        self.fields["request"].label_from_instance = lambda r: f"{r.proposal} · {r.hours} h"
        self.fields["facility"].queryset = plan.cycle.facilities.select_related("resource")


@login_required
def hand(request, pk: int):
    """Pin, move or keep off: first what it would change and cost, then the new version."""
    plan = readable_plan(request, pk)
    if not may(request.user, "facilities.change_by_hand", plan):
        raise PermissionDenied
    form = HandForm(request.POST or None, plan=plan, initial=_place_of(request, plan))
    preview = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        slot = slot_of(call_of(plan.cycle), given["start"]) if given["start"] else None
        try:
            if given["kind"] == "pin" and (given["facility"] is None or slot is None):
                raise Refusal(_("Say where the request is to stand."), field="facility")
            if "confirm" in request.POST:
                made = actions.change_by_hand(
                    request.user,
                    plan,
                    given["kind"],
                    given["request"],
                    given["facility"],
                    slot,
                    given["reason"],
                )
                return HttpResponseRedirect(made.get_absolute_url())
            preview = _preview(plan, what_if(plan, given["kind"], given["request"], given["facility"], slot))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {
        "plan": plan,
        "form": form,
        "preview": preview,
        "breadcrumb": [(str(plan), plan.get_absolute_url()), (_("Change by hand"), "")],
    }
    return render(request, "facilities/plan_hand.html", context)


def _place_of(request, plan: TimePlan) -> dict:
    """The form filled with where a block stands now."""
    code = request.GET.get("request", "")
    for p in placements(plan):
        if p["request"] == code:
            return {"request": p["request_row"], "facility": p["offer"], "start": p["from"], "kind": "pin"}
    if not code[1:].isdecimal():
        return {}
    facility, slot = request.GET.get("facility", ""), request.GET.get("slot", "")
    called = {"kind": "pin", "reason": _("next on the reserve list")} if facility and slot.isdecimal() else {}
    start = moment(plan, int(slot)) if slot.isdecimal() else None
    return {"request": int(code[1:]), "facility": facility, "start": start, **called}


def _preview(plan: TimePlan, found) -> dict:
    """The quick look in words; `broken`: rules that it does not keep yet."""
    share = 100 * found.cost / plan.result["value"] if plan.result.get("value") else 0
    return {
        "cost": f"{found.cost:,.1f}",
        "share": f"{share:.2f}",
        "changes": described_changes(plan, [change_as_json(c) for c in found.changes]),
        "value": f"{found.value:,.1f}",
        "broken": [rule_words(plan, name) for name in found.broken],
    }


class ReleaseRule(ActPage):
    verb = "facilities.release_hand_rule"
    title = button = gettext_lazy("Release")
    undo = gettext_lazy("It can be set again.")

    def target(self):
        return get_object_or_404(HandRule, pk=self.kwargs["pk"])

    def whom(self):
        return [f"{self.object.get_kind_display()} · {self.object.request.proposal}"]

    def perform(self, form) -> str:
        self.cycle = self.object.cycle
        actions.release_hand_rule(self.request.user, self.object)
        return _("It is released; make a new plan to use it.")

    def done_url(self):
        return reverse("facilities:time_plans", args=[self.cycle.pk])


class RepairForm(forms.Form):
    facility = forms.ModelChoiceField(CycleFacility.objects.none(), label=gettext_lazy("Facility"))
    start = MomentField(label=gettext_lazy("Closed from"))
    end = MomentField(label=gettext_lazy("Closed to"))
    reason = forms.CharField(label=gettext_lazy("What broke"), max_length=250)

    def __init__(self, *args, plan=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = plan.cycle.facilities.select_related("resource")


class RepairPlan(ActPage):
    verb = "facilities.repair_time_plan"
    title = button = gettext_lazy("Close the facility and plan again")
    form_class = RepairForm
    undo = gettext_lazy("The published plan stands until you publish the repaired one.")

    def target(self):
        return get_object_or_404(TimePlan, pk=self.kwargs["pk"])

    def form_arguments(self):
        return {"plan": self.object}

    def initial(self):
        return {"start": clock.now()}

    def what(self):
        return [
            _("The facility is closed for that time."),
            _("A new version moves as few blocks as possible; it lists who moves and why."),
        ]

    def perform(self, form) -> str:
        self.made = actions.repair_time_plan(self.request.user, self.object, **form.cleaned_data)
        return _("The plan is being repaired.")

    def done_url(self):
        return self.made.get_absolute_url()
