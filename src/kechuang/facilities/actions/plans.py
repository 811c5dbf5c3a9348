"""Time plans: asked for, stopped, changed by hand, repaired after a breakdown. Each is a new version that a job computes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.facilities.actions.common import save
from kechuang.facilities.actions.cycles import CLOSURE, manager
from kechuang.facilities.actions.plan_runs import run_plan
from kechuang.facilities.engine.cycle import CycleStage
from kechuang.facilities.models import (
    Closure,
    Cycle,
    CycleFacility,
    HandRule,
    Resource,
    TimePlan,
    TimeRequest,
)
from kechuang.facilities.queries.allocation import instance_of, origin
from kechuang.facilities.queries.plans import published_plan

MOST_SECONDS = 1800
REPAIR_SECONDS = 30


@act("facilities.make_time_plan", may=manager)
def make_time_plan(
    actor: Any, cycle: Cycle, seconds: int = 60, seed: int = 1, synthetic: bool = False
) -> TimePlan:
    """Compute a plan from the grades, windows and rules of a call, in the background."""
    if not 1 <= seconds <= MOST_SECONDS:
        raise Refusal(_("Give 1 to %(most)s seconds.") % {"most": MOST_SECONDS}, field="seconds")
    if cycle.stage not in (CycleStage.REVIEW, CycleStage.PUBLISHED):
        raise Refusal(_("Close the call before a plan is made."))
    instance = instance_of(cycle, placed=_in_force(cycle))
    verb = "facilities.make_time_plan"
    return _new_plan(actor, verb, cycle, instance, seconds=seconds, seed=seed, synthetic=synthetic)


def _in_force(cycle: Cycle) -> list[dict] | None:
    plan = published_plan(cycle)
    return plan.result["placed"] if plan else None


@act("facilities.stop_time_plan", may=manager)
def stop_time_plan(actor: Any, plan: TimePlan) -> TimePlan:
    """Stop a run; the best plan so far is kept."""
    if plan.stage not in (TimePlan.Stage.QUEUED, TimePlan.Stage.RUNNING):
        raise Refusal(_("This plan is not being computed."))
    plan.stop = True
    plan.save(update_fields=["stop"])
    record(actor, "facilities.stop_time_plan", plan, after={"progress": plan.progress})
    return plan


@act("facilities.change_by_hand", may=manager)
def change_by_hand(
    actor: Any,
    plan: TimePlan,
    kind: str,
    request: TimeRequest,
    facility: CycleFacility | None,
    slot: int | None,
    reason: str,
) -> TimePlan:
    """Pin or move a request to a place, or keep it off a facility; a new version follows with the least change."""
    _settled(plan)
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="reason")
    if kind not in HandRule.Kind.values:
        raise Refusal(_("Pin a request, or keep it off."), field="kind")
    if kind == HandRule.Kind.PIN and (facility is None or slot is None):
        raise Refusal(_("Say where the request is to stand."), field="facility")
    if request.proposal.cycle_id != plan.cycle_id or (facility and facility.cycle_id != plan.cycle_id):
        raise Refusal(_("This does not belong to the call of the plan."), field="request")
    if kind == HandRule.Kind.PIN:
        plan.cycle.hand_rules.filter(kind=kind, request=request).delete()
    HandRule.objects.create(
        cycle=plan.cycle,
        kind=kind,
        request=request,
        facility=facility,
        slot=slot if kind == HandRule.Kind.PIN else None,
        reason=reason,
        by_id=actor.pk,
    )
    return _revise(actor, "facilities.change_by_hand", plan, TimePlan.Kind.HAND, reason, 10)


@act("facilities.release_hand_rule", may=manager)
def release_hand_rule(actor: Any, rule: HandRule) -> None:
    """Take back a pin or a ban; the next plan is free again."""
    record(
        actor,
        "facilities.release_hand_rule",
        rule.cycle,
        before={"kind": rule.kind, "request": rule.request.code, "slot": rule.slot, "reason": rule.reason},
    )
    rule.delete()


@act("facilities.repair_time_plan", may=manager)
def repair_time_plan(
    actor: Any, plan: TimePlan, facility: CycleFacility, start: datetime, end: datetime, reason: str
) -> TimePlan:
    """Close a facility after a breakdown and plan again, moving as few as possible."""
    _settled(plan)
    if end <= start:
        raise Refusal(_("The breakdown ends before it starts."), field="end")
    if not reason.strip():
        raise Refusal(_("Say what broke."), field="reason")
    if facility.cycle_id != plan.cycle_id:
        raise Refusal(_("This facility is not offered in this call."), field="facility")
    _close(actor, facility.resource, start, end, reason)
    cause = f"{facility.resource}: {reason}"
    kind = TimePlan.Kind.REPAIR
    return _revise(actor, "facilities.repair_time_plan", plan, kind, cause[:300], REPAIR_SECONDS)


def _close(actor: Any, resource: Resource, start: datetime, end: datetime, reason: str) -> None:
    """Close for the breakdown; closures that it meets become one with it, and stay on record."""
    for known in Closure.objects.filter(resource=resource, start__lt=end, end__gt=start):
        start, end = min(start, known.start), max(end, known.end)
        record(actor, "facilities.repair_time_plan", resource, before=fields_of(known, CLOSURE))
        known.delete()
    row = Closure(resource=resource, kind=Closure.Kind.BREAKDOWN, start=start, end=end, reason=reason)
    save(actor, "facilities.repair_time_plan", row, CLOSURE, resource)


def _settled(plan: TimePlan) -> None:
    if plan.stage not in (TimePlan.Stage.DONE, TimePlan.Stage.PUBLISHED):
        raise Refusal(_("Only a computed or published plan can be changed."))


def _revise(actor: Any, verb: str, plan: TimePlan, kind: str, cause: str, seconds: int) -> TimePlan:
    instance = instance_of(plan.cycle, placed=plan.result["placed"])
    return _new_plan(
        actor,
        verb,
        plan.cycle,
        instance,
        kind=kind,
        cause=cause,
        parent=plan,
        seconds=seconds,
        seed=plan.seed,
        synthetic=plan.synthetic,
    )


def _new_plan(actor: Any, verb: str, cycle: Cycle, instance: dict, **facts: Any) -> TimePlan:
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.plans.filter(stage__in=[TimePlan.Stage.QUEUED, TimePlan.Stage.RUNNING]).exists():
        raise Refusal(_("A plan of this call is being computed; wait for it, or stop it."))
    last = cycle.plans.values_list("number", flat=True).first() or 0
    plan = TimePlan.objects.create(
        cycle=cycle,
        number=last + 1,
        instance=instance,
        origin=origin(cycle),
        by_id=actor.pk,
        made_at=clock.now(),
        **facts,
    )
    after = {
        "version": plan.number,
        "kind": plan.kind,
        "requests": len(instance["requests"]),
        "cause": plan.cause,
    }
    record(actor, verb, plan, after=after)
    transaction.on_commit(partial(run_plan.enqueue, plan.pk))
    return plan
