"""Time plans: progress, Gantt, reasons, proof, changes by hand with their cost, repair, publication."""

from __future__ import annotations

import json

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Organisation
from kechuang.core.web.acts import ActPage
from kechuang.core.web.figures import Figure
from kechuang.core.web.history import moments
from kechuang.core.web.record import Act, permitted
from kechuang.facilities import actions
from kechuang.facilities.actions.plans import REASONS, change_as_json, described_changes, published_plan
from kechuang.facilities.engine.proof import prove
from kechuang.facilities.engine.windows import slot_of
from kechuang.facilities.models import Cycle, CycleFacility, Grant, HandRule, TimePlan, TimeRequest
from kechuang.facilities.models.proposals import DISCIPLINES
from kechuang.facilities.queries.allocation import (
    call_of,
    free_time,
    left_out,
    moment,
    names_of,
    placements,
    what_if,
)
from kechuang.facilities.queries.proposals import keeps, visible_cycles, visible_plans
from kechuang.facilities.web.cycles import cycle_tabs
from kechuang.facilities.web.parts import MomentField
from kechuang.facilities.web.proposal_acts import ProposalAct
from kechuang.facilities.web.schedule import schedule

WHY = {
    "closed": gettext_lazy("its place is closed now"),
    "made_room": gettext_lazy("makes room"),
    "added": gettext_lazy("was on the reserve list"),
}
RULES = {
    "reserve": gettext_lazy("Open-access reserve"),
    "quota": gettext_lazy("Partner quota"),
    "cap": gettext_lazy("Upper share"),
    "floor": gettext_lazy("Floor of a discipline"),
    "frozen": gettext_lazy("Pinned place"),
}
SIDES = {"min": gettext_lazy("At least"), "max": gettext_lazy("At most")}
RUNNING = (TimePlan.Stage.QUEUED, TimePlan.Stage.RUNNING)


@login_required
def time_plans(request, pk: int):
    """Every version of a call's plan, the published one marked."""
    cycle = get_object_or_404(visible_cycles(request.user), pk=pk)
    context = {
        "cycle": cycle,
        "tabs": cycle_tabs(cycle, request.user, "plans"),
        "plans": visible_plans(request.user).filter(cycle=cycle).select_related("by__person", "parent"),
        "acts": permitted(
            [
                Act(
                    _("Make a plan"),
                    reverse("facilities:plan_make", args=[pk]),
                    verb="facilities.make_time_plan",
                    primary=True,
                )
            ],
            request.user,
        ),
        "hand_rules": cycle.hand_rules.select_related("request__proposal", "facility__resource", "by__person")
        if keeps(request.user)
        else [],
    }
    return render(request, "facilities/time_plans.html", context)


def _plan(request, pk: int) -> TimePlan:
    return get_object_or_404(visible_plans(request.user).select_related("cycle", "parent"), pk=pk)


@login_required
def time_plan(request, pk: int):
    """One version: how good, who stands where, who is left out and why."""
    plan = _plan(request, pk)
    here = [pk]
    settled = plan.stage in (TimePlan.Stage.DONE, TimePlan.Stage.PUBLISHED)
    acts = []
    if settled:
        acts = [
            Act(
                _("Publish the plan"),
                reverse("facilities:plan_publish", args=here),
                verb="facilities.publish_time_plan",
                primary=True,
            )
            if plan.stage == TimePlan.Stage.DONE
            else None,
            Act(
                _("Pin, move or keep off"),
                reverse("facilities:plan_hand", args=here),
                verb="facilities.change_by_hand",
            ),
            Act(
                _("Report a breakdown"),
                reverse("facilities:plan_repair", args=here),
                verb="facilities.repair_time_plan",
            ),
        ]
    placed = placements(plan) if plan.result else []
    out = left_out(plan) if plan.result else []
    context = {
        "plan": plan,
        "running": plan.stage in RUNNING,
        "acts": permitted([a for a in acts if a], request.user),
        "figures": _figures(plan, placed, out),
        "schedule": schedule(plan, placed, clock.now()) if placed else None,
        "placed": placed,
        "left_out": [{**row, "words": REASONS[row["reason"]]} for row in out],
        "changes": [{**c, "words": WHY[c["why"]]} for c in described_changes(plan)] if plan.changes else [],
        "reserve": _reserve(plan) if settled else [],
        "relax": [_rule_words(plan, name) for name in plan.result.get("relax", [])],
        "may_stop": may(request.user, "facilities.stop_time_plan"),
        "manages": keeps(request.user),
        "events": moments(events_of(plan)) if keeps(request.user) else [],
        "breadcrumb": [
            (str(plan.cycle), plan.cycle.get_absolute_url()),
            (_("Time plans"), reverse("facilities:time_plans", args=[plan.cycle_id])),
            (_("Version %(number)s") % {"number": plan.number}, ""),
        ],
    }
    return render(request, "facilities/time_plan.html", context)


def _figures(plan: TimePlan, placed: list, out: list) -> list[Figure]:
    if not plan.result or plan.result.get("relax"):
        return []
    proof = reverse("facilities:plan_proof", args=[plan.pk])
    result = plan.result
    figures = [
        Figure(f"{result['value']:,.1f}", label=_("Value of the plan"), why=proof),
        Figure(f"{result['bound']:,.1f}", label=_("No plan can be worth more than"), why=proof),
        Figure(f"{100 * result['gap']:.2f} %", label=_("Gap"), why=proof),
        Figure(len(placed), label=_("Blocks placed")),
        Figure(len(out), label=_("Left out")),
    ]
    if plan.cost is not None:
        figures.append(Figure(f"{plan.cost:,.1f}", label=_("Cost of the change")))
    return figures


def _reserve(plan: TimePlan) -> list[dict]:
    """Free spans by facility: what the reserve and the gaps leave for rapid access."""
    rows = []
    for offer in plan.cycle.facilities.select_related("resource"):
        free = free_time(plan.cycle, offer, plan)
        hours = sum(b - a for a, b in free) * plan.instance["slot_minutes"] // 60
        now = slot_of(call_of(plan.cycle), clock.now(), up=True)
        following = next(((max(a, now), b) for a, b in free if b > now), None)
        rows.append(
            {
                "offer": offer,
                "hours": hours,
                "from": moment(plan, following[0]) if following else None,
                "to": moment(plan, following[1]) if following else None,
            }
        )
    return rows


def _rule_words(plan: TimePlan, name: str) -> str:
    """A rule's name in the instance with names a person knows."""
    kind, _colon, rest = name.partition(":")
    whom, _colon, side = rest.partition(":") if kind == "quota" else (rest, "", "")
    found = names_of(plan.cycle).get(whom.removeprefix("panel:"), dict(DISCIPLINES).get(whom, whom))
    if kind == "cap" and whom.isdigit():
        found = Organisation.objects.filter(pk=whom).first() or whom
    return " · ".join(str(part) for part in (RULES.get(kind, kind), found, SIDES.get(side, "")) if part)


@login_required
def progress(request, pk: int):
    """How far a run is, as the progress part reads it."""
    plan = _plan(request, pk)
    found = plan.progress or {}
    step = ""
    if found:
        gap = (found["bound"] - found["value"]) / found["bound"] if found.get("bound") else 0
        step = _("best so far %(value)s, bound %(bound)s, gap %(gap)s %%") % {
            "value": f"{found['value']:,.1f}",
            "bound": f"{found['bound']:,.1f}",
            "gap": f"{100 * gap:.2f}",
        }
    done = min(found.get("seconds", 0), plan.seconds)
    return JsonResponse(
        {
            "done": done,
            "total": plan.seconds,
            "step": step or plan.get_stage_display(),
            "rest": f"{max(plan.seconds - done, 0):.0f} s",
            "finished": plan.stage not in RUNNING,
            "next": plan.get_absolute_url() if plan.stage not in RUNNING else "",
            "error": plan.fault,
        }
    )


@require_POST
@login_required
def stop(request, pk: int):
    """End a run early; the best plan so far is kept."""
    plan = _plan(request, pk)
    try:
        actions.stop_time_plan(request.user, plan)
    except NotPermitted as error:
        raise PermissionDenied from error
    except Refusal:
        pass
    return HttpResponseRedirect(plan.get_absolute_url())


class MakeForm(forms.Form):
    seconds = forms.IntegerField(label=gettext_lazy("Seconds"), initial=60, min_value=1, max_value=1800)
    seed = forms.IntegerField(label=gettext_lazy("Seed"), initial=1, min_value=0)


class MakePlan(ActPage):
    verb = "facilities.make_time_plan"
    title = button = gettext_lazy("Make a plan")
    form_class = MakeForm
    undo = gettext_lazy("Nothing is granted before you publish a plan.")

    def target(self):
        return get_object_or_404(Cycle, pk=self.kwargs["pk"])

    def what(self):
        return [
            _("Grades, windows, quotas, caps, floors, closures and pins become an instance."),
            _("The plan is computed in the background; you can stop it and keep the best found."),
        ]

    def whom(self):
        return []

    def perform(self, form) -> str:
        self.plan = actions.make_time_plan(self.request.user, self.object, **form.cleaned_data)
        return _("The plan is being computed.")

    def done_url(self):
        return self.plan.get_absolute_url()


class PublishPlan(ActPage):
    verb = "facilities.publish_time_plan"
    title = button = gettext_lazy("Publish the plan")

    def target(self):
        return get_object_or_404(TimePlan, pk=self.kwargs["pk"])

    def what(self):
        former = published_plan(self.object.cycle)
        result = self.object.result
        return [
            _("%(count)s blocks of time are granted.") % {"count": len(result.get("placed", []))},
            _("Whoever is left out goes on the reserve list and is told the reason."),
            *([_("Version %(number)s is replaced.") % {"number": former.number}] if former else []),
        ]

    def perform(self, form) -> str:
        actions.publish_time_plan(self.request.user, self.object)
        return _("The plan is published; everybody was told.")


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
    plan = _plan(request, pk)
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
    return {"request": int(code[1:])} if code[1:].isdigit() else {}


def _preview(plan: TimePlan, repair) -> dict:
    if repair.plan.relax:
        return {"relax": [_rule_words(plan, name) for name in repair.plan.relax]}
    plan.changes = [change_as_json(c) for c in repair.changes]
    rows = [{**c, "words": WHY[c["why"]]} for c in described_changes(plan)]
    share = 100 * repair.cost / plan.result["value"] if plan.result.get("value") else 0
    return {
        "cost": f"{repair.cost:,.1f}",
        "share": f"{share:.2f}",
        "changes": rows,
        "value": f"{repair.plan.value:,.1f}",
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


@login_required
def proof(request, pk: int):
    """The certificate, computed again from the printed prices alone."""
    plan = _plan(request, pk)
    if not plan.result or plan.result.get("relax"):
        return HttpResponseRedirect(plan.get_absolute_url())
    found = prove(plan.instance, plan.result)
    names = names_of(plan.cycle)
    prices = [
        (names.get(f, f), moment(plan, start), moment(plan, end), price, (end - start) * price)
        for f, runs in plan.result["certificate"]["slot_price"].items()
        for start, end, price in runs
    ]
    context = {
        "plan": plan,
        "proof": found,
        "terms": [(_rule_words(plan, t.rule), t.price, t.limit, t.amount) for t in found.rules],
        "prices": prices[:200],
        "more": max(0, len(prices) - 200),
        "manages": keeps(request.user),
        "breadcrumb": [(str(plan), plan.get_absolute_url()), (_("Proof"), "")],
    }
    return render(request, "facilities/plan_proof.html", context)


@login_required
def download(request, pk: int, what: str):
    """INSTANCE.json or PLAN.json, as the command reads and writes them."""
    plan = _plan(request, pk)
    if what == "instance" and not keeps(request.user):
        raise PermissionDenied
    data = plan.instance if what == "instance" else plan.result
    answer = HttpResponse(json.dumps(data, ensure_ascii=False), content_type="application/json")
    answer["Content-Disposition"] = (
        f'attachment; filename="{what.upper()}-{plan.cycle_id}-v{plan.number}.json"'
    )
    return answer


class RapidForm(forms.Form):
    facility = forms.ModelChoiceField(CycleFacility.objects.none(), label=gettext_lazy("Facility"))
    start = MomentField(label=gettext_lazy("Begins at"))
    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args, cycle=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = CycleFacility.objects.filter(cycle=cycle).select_related(
            "resource"
        )


class Rapid(ProposalAct):
    verb = "facilities.grant_rapid"
    title = button = gettext_lazy("Give rapid access")
    form_class = RapidForm

    def form_arguments(self):
        return {"cycle": self.object.cycle}

    def what(self):
        return [
            _("The time is taken from the open-access reserve and stands at once; later plans go around it.")
        ]

    def perform(self, form) -> str:
        actions.grant_rapid(self.request.user, self.object, **form.cleaned_data)
        return _("Rapid access is granted.")


class GiveBackForm(forms.Form):
    hours = forms.IntegerField(label=gettext_lazy("Hours lost"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Why the time was lost"), max_length=300)


class GiveBack(ActPage):
    verb = "facilities.give_back_time"
    title = button = gettext_lazy("Give lost time back")
    form_class = GiveBackForm

    def target(self):
        return get_object_or_404(Grant.objects.select_related("request__proposal"), pk=self.kwargs["pk"])

    def what(self):
        return [_("The hours are asked for again and count double in the next plan.")]

    def perform(self, form) -> str:
        actions.give_back_time(self.request.user, self.object, **form.cleaned_data)
        return _("The hours are asked for again.")

    def done_url(self):
        return self.object.request.proposal.get_absolute_url()
