"""Time plans: the versions of a call; one version with its progress, schedule, reserve list and changes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.web.figures import Figure
from kechuang.core.web.history import moments
from kechuang.core.web.record import Act, permitted
from kechuang.facilities import actions
from kechuang.facilities.engine.calls import slot_of
from kechuang.facilities.models import TimePlan
from kechuang.facilities.queries.allocation import call_of
from kechuang.facilities.queries.plan_changes import reserve_list_of
from kechuang.facilities.queries.plans import (
    REASONS,
    described_changes,
    free_time,
    left_out,
    moment,
    placements,
    rule_words,
)
from kechuang.facilities.queries.proposals import keeps, visible_cycles, visible_plans
from kechuang.facilities.web.common import act
from kechuang.facilities.web.cycles import cycle_tabs
from kechuang.facilities.web.schedule import schedule

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
                act(
                    _("Make a plan"),
                    reverse("facilities:plan_make", args=[pk]),
                    "make_time_plan",
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


def readable_plan(request, pk: int) -> TimePlan:
    return get_object_or_404(visible_plans(request.user).select_related("cycle", "parent"), pk=pk)


@login_required
def time_plan(request, pk: int):
    """One version: how good, who stands where, who is left out and why."""
    plan = readable_plan(request, pk)
    settled = plan.stage in (TimePlan.Stage.DONE, TimePlan.Stage.PUBLISHED)
    placed = placements(plan) if plan.result else []
    out = left_out(plan) if plan.result else []
    waiting = reserve_list_of(plan) if settled else []
    next_up = {row["request"].pk for row in waiting}
    context = {
        "plan": plan,
        "running": plan.stage in RUNNING,
        "acts": permitted(_acts(plan) if settled else [], request.user),
        "figures": _figures(plan, placed, out),
        "schedule": schedule(plan, placed, clock.now()) if placed else None,
        "placed": placed,
        "waiting": [{**row, "words": REASONS[row["reason"]]} for row in waiting],
        "left_out": [
            {**row, "words": REASONS[row["reason"]]} for row in out if row["request"].pk not in next_up
        ],
        "changes": described_changes(plan, plan.changes),
        "free": _free(plan) if settled else [],
        "relax": [rule_words(plan, name) for name in plan.result.get("relax", [])],
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


def _acts(plan: TimePlan) -> list[Act]:
    here = [plan.pk]
    publish = reverse("facilities:plan_publish", args=here)
    repair = reverse("facilities:plan_repair", args=here)
    first = [act(_("Publish the plan"), publish, "publish_time_plan", primary=True)]
    return [
        *(first if plan.stage == TimePlan.Stage.DONE else []),
        act(_("Pin, move or keep off"), reverse("facilities:plan_hand", args=here), "change_by_hand"),
        act(_("Report a breakdown"), repair, "repair_time_plan"),
    ]


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


def _free(plan: TimePlan) -> list[dict]:
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


@login_required
def progress(request, pk: int):
    """How far a run is, as the progress part reads it."""
    plan = readable_plan(request, pk)
    found = plan.progress or {}
    step = ""
    if found:
        gap = (found["bound"] - found["value"]) / found["bound"] if found.get("bound") else 0
        step = _("best so far %(value)s, bound %(bound)s, gap %(gap)s %%") % {
            "value": f"{found['value']:,.1f}",
            "bound": f"{found['bound']:,.1f}",
            "gap": f"{100 * gap:.2f}",
        }
        if plan.parent:
            step += " · " + _("blocks that move: %(count)s") % {"count": found.get("moved", 0)}
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
    plan = readable_plan(request, pk)
    try:
        actions.stop_time_plan(request.user, plan)
    except NotPermitted as error:
        raise PermissionDenied from error
    except Refusal:
        pass
    return HttpResponseRedirect(plan.get_absolute_url())
