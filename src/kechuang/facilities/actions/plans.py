"""Time plans: computed in the background, changed by hand, repaired, published; rapid access and time given back."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.facilities.actions.cycles import manager
from kechuang.facilities.actions.proposals import advance, tell_authors
from kechuang.facilities.engine.cycle import CycleStage, ProposalStage
from kechuang.facilities.models import (
    Closure,
    Cycle,
    CycleFacility,
    Grant,
    HandRule,
    Proposal,
    TimePlan,
    TimeRequest,
)
from kechuang.facilities.queries.allocation import (
    describe,
    instance_of,
    left_out,
    origin,
    placements,
)

MOST_SECONDS = 1800
REPAIR_SECONDS = 30
_TELL_EVERY = 0.5  # seconds between looks at the database during a run
REASONS = {
    "window": gettext_lazy("no open time lies in its window"),
    "capacity": gettext_lazy("what is placed there leaves no room of this length"),
    "quota": gettext_lazy("the share of its partner is used up"),
    "cap": gettext_lazy("the share of its organisation or panel is used up"),
    "floor": gettext_lazy("those in its way are needed for the least share of a discipline"),
    "reserve": gettext_lazy("the facility keeps the rest for open access"),
    "group": gettext_lazy("its blocks do not all fit, and it asked for all or none"),
    "after": gettext_lazy("the block it must follow is not placed"),
    "outranked": gettext_lazy("those placed there have a higher grade"),
}


def _new_plan(actor: Any, cycle: Cycle, instance: dict, **facts: Any) -> TimePlan:
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
    record(actor, "facilities.make_time_plan", plan, after=after)
    transaction.on_commit(partial(run_plan.enqueue, plan.pk))
    return plan


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
    return _new_plan(actor, cycle, instance, seconds=seconds, seed=seed, synthetic=synthetic)


def published_plan(cycle: Cycle) -> TimePlan | None:
    return cycle.plans.filter(stage=TimePlan.Stage.PUBLISHED).first()


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


# ---- the run


@task()
def run_plan(plan_id: int) -> str:
    """The job: compute, store result and proof; a failure is kept in words."""
    plan = TimePlan.objects.select_related("cycle", "parent").get(pk=plan_id)
    if plan.stage not in (TimePlan.Stage.QUEUED, TimePlan.Stage.RUNNING):  # running: its worker was killed
        return plan.stage
    TimePlan.objects.filter(pk=plan.pk).update(stage=TimePlan.Stage.RUNNING)
    try:
        found, changes, cost = _compute(plan, _Watch(plan.pk))
    except Exception as error:
        TimePlan.objects.filter(pk=plan.pk).update(
            stage=TimePlan.Stage.FAILED, fault=f"{type(error).__name__}: {error}"
        )
        raise
    plan.stage = TimePlan.Stage.INFEASIBLE if found.relax else TimePlan.Stage.DONE
    plan.result, plan.changes, plan.cost = found.as_json(), changes, cost
    plan.save(update_fields=["stage", "result", "changes", "cost"])
    return plan.stage


class _Watch:
    """Tells the record how far the run is, and asks it whether to stop, twice a second at most."""

    def __init__(self, key: int) -> None:
        self.rows, self.looked, self.told, self.stopped = TimePlan.objects.filter(pk=key), 0.0, 0.0, False

    def report(self, progress: Any) -> None:
        if time.monotonic() - self.told >= _TELL_EVERY:
            self.told = time.monotonic()
            found = {
                name: round(getattr(progress, name), 2) for name in ("seconds", "value", "bound", "rounds")
            }
            self.rows.update(progress=found)

    def stop(self) -> bool:
        if time.monotonic() - self.looked >= _TELL_EVERY:
            self.looked = time.monotonic()
            self.stopped = bool(self.rows.values_list("stop", flat=True).first())
        return self.stopped


def _compute(plan: TimePlan, watch: _Watch):
    from kechuang.facilities.engine.allocation.parse import read_instance
    from kechuang.facilities.engine.allocation.plan import Placement
    from kechuang.facilities.engine.allocation.repair import repair
    from kechuang.facilities.engine.allocation.solve import allocate

    problem = read_instance(json.dumps(plan.instance))
    if plan.parent is None:
        found = allocate(problem, plan.seconds, plan.seed, time.monotonic, watch.report, watch.stop)
        return found, [], None
    placed = [Placement(**p) for p in plan.parent.result["placed"]]
    changed = repair(problem, placed, plan.seconds, plan.seed, time.monotonic, watch.stop)
    return changed.plan, [change_as_json(c) for c in changed.changes], changed.cost


def change_as_json(change: Any) -> dict[str, Any]:
    def place(p: Any) -> dict | None:
        return {"facility": p.facility, "start": p.start, "end": p.end} if p else None

    return {
        "request": change.request,
        "before": place(change.before),
        "after": place(change.after),
        "why": change.why,
        "gives_way_to": list(change.gives_way_to),
    }


# ---- by hand, and after a breakdown


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
    return _revise(actor, plan, TimePlan.Kind.HAND, reason, 10)


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
    for known in Closure.objects.filter(resource=facility.resource, start__lt=end, end__gt=start):
        start, end = min(start, known.start), max(end, known.end)
        known.delete()
    Closure.objects.create(
        resource=facility.resource, kind=Closure.Kind.BREAKDOWN, start=start, end=end, reason=reason
    )
    cause = f"{facility.resource}: {reason}"
    return _revise(actor, plan, TimePlan.Kind.REPAIR, cause[:300], REPAIR_SECONDS)


def _settled(plan: TimePlan) -> None:
    if plan.stage not in (TimePlan.Stage.DONE, TimePlan.Stage.PUBLISHED):
        raise Refusal(_("Only a computed or published plan can be changed."))


def _revise(actor: Any, plan: TimePlan, kind: str, cause: str, seconds: int) -> TimePlan:
    instance = instance_of(plan.cycle, placed=plan.result["placed"])
    return _new_plan(
        actor,
        plan.cycle,
        instance,
        kind=kind,
        cause=cause,
        parent=plan,
        seconds=seconds,
        seed=plan.seed,
        synthetic=plan.synthetic,
    )


# ---- publishing


@act("facilities.publish_time_plan", may=manager)
def publish_time_plan(actor: Any, plan: TimePlan) -> TimePlan:
    """Publish a plan: time is granted, everybody is told, whoever has none learns the reason."""
    if plan.stage != TimePlan.Stage.DONE:
        raise Refusal(_("Only a computed plan can be published."))
    cycle = Cycle.objects.select_for_update().get(pk=plan.cycle_id)
    former = published_plan(cycle)
    if plan.parent and former and plan.parent_id != former.pk:
        raise Refusal(_("Another plan was published since this one was begun; compute it anew."))
    if former:
        former.stage = TimePlan.Stage.REPLACED
        former.save(update_fields=["stage"])
    _grant(plan)
    plan.stage, plan.published_at = TimePlan.Stage.PUBLISHED, clock.now()
    plan.save(update_fields=["stage", "published_at"])
    cycle.stage = CycleStage.PUBLISHED
    cycle.save(update_fields=["stage"])
    _settle_proposals(actor, plan)
    result = plan.result
    after = {"value": result["value"], "bound": result["bound"], "placed": len(result["placed"])}
    record(actor, "facilities.publish_time_plan", plan, after=after)
    return plan


def _grant(plan: TimePlan) -> None:
    """Grants of places that stand stay as they are; the rest is taken back, what is new is added."""
    wanted = {(p["request_row"].pk, p["offer"].resource_id, p["from"], p["to"]) for p in placements(plan)}
    standing = Grant.objects.filter(request__proposal__cycle=plan.cycle, status=Grant.Status.PLANNED).exclude(
        request__kind=TimeRequest.Kind.RAPID
    )
    for grant in standing:
        place = (grant.request_id, grant.resource_id, grant.start, grant.end)
        if place in wanted:
            wanted.discard(place)
        else:
            grant.status, grant.note = Grant.Status.MOVED, plan.cause[:300]
            grant.save(update_fields=["status", "note"])
    used = set(
        Grant.objects.filter(request__proposal__cycle=plan.cycle)
        .exclude(status__in=[Grant.Status.PLANNED, Grant.Status.MOVED])
        .values_list("request", flat=True)
    )
    Grant.objects.bulk_create(
        Grant(request_id=request, plan=plan, resource_id=resource, start=start, end=end)
        for request, resource, start, end in sorted(wanted)
        if request not in used
    )


def _settle_proposals(actor: Any, plan: TimePlan) -> None:
    """Each proposal of the plan becomes granted or goes on the reserve list, and hears of it."""
    places: dict[int, list[dict]] = {}
    for p in placements(plan):
        places.setdefault(p["proposal"].pk, []).append(p)
    out = {row["proposal"].pk: row for row in left_out(plan)}
    moved = {c["request"] for c in plan.changes}
    for proposal in Proposal.objects.filter(pk__in={*places, *out}).select_related("author"):
        granted = proposal.pk in places
        wanted = ProposalStage.GRANTED if granted else ProposalStage.RESERVE
        was = proposal.stage
        if was != wanted:
            step, why = ("grant", "") if granted else ("hold", _why(out[proposal.pk]))
            advance(actor, proposal, step, "plan", why, act="publish_time_plan", version=plan.number)
        if (
            was != wanted
            or plan.parent_id is None
            or any(p["request"] in moved for p in places.get(proposal.pk, []))
        ):
            _tell(plan, proposal, places.get(proposal.pk), out.get(proposal.pk))


def _tell(plan: TimePlan, proposal: Proposal, places: list[dict] | None, out: dict | None) -> None:
    if places:
        when = "; ".join(
            f"{p['offer'].resource} {p['from']:%Y-%m-%d %H:%M}–{p['to']:%Y-%m-%d %H:%M}" for p in places
        )
        text, reason = _("Your proposal %(number)s has time: %(reason)s"), when
    else:
        text, reason = _("Your proposal %(number)s is on the reserve list: %(reason)s"), _why(out)
    tell_authors(proposal, text, reason, key=f"time-plan:{plan.pk}:{proposal.pk}")


def _why(row: dict[str, Any]) -> str:
    """The reason for being left out, with the proposals that stand in the way."""
    words = str(REASONS[row["reason"]])
    return f"{words} ({', '.join(row['blocked_by'])})" if row["blocked_by"] else words


# ---- rapid access, time given back


@act("facilities.grant_rapid", may=manager)
def grant_rapid(
    actor: Any, proposal: Proposal, facility: CycleFacility, start: datetime, hours: int, reason: str
) -> Grant:
    """Give time at once from the open-access reserve, where nobody stands."""
    if hours <= 0:
        raise Refusal(_("Give at least one hour."), field="hours")
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="reason")
    if facility.cycle_id != proposal.cycle_id:
        raise Refusal(_("This facility is not offered in this call."), field="facility")
    if proposal.stage not in (ProposalStage.RECOMMENDED, ProposalStage.RESERVE, ProposalStage.GRANTED):
        raise Refusal(_("Rapid access needs a proposal that its panel recommended."))
    end = start + timedelta(hours=hours)
    CycleFacility.objects.select_for_update().get(pk=facility.pk)
    taken = Grant.objects.filter(
        resource=facility.resource, status=Grant.Status.PLANNED, start__lt=end, end__gt=start
    ).first()
    closed = Closure.objects.filter(resource=facility.resource, start__lt=end, end__gt=start).first()
    if taken or closed:
        raise Refusal(_("This time is taken or closed: %(what)s.") % {"what": taken or closed}, field="start")
    request = TimeRequest.objects.create(proposal=proposal, kind=TimeRequest.Kind.RAPID, hours=hours)
    request.facilities.set([facility])
    grant = Grant.objects.create(
        request=request, resource=facility.resource, start=start, end=end, note=reason[:300]
    )
    record(
        actor,
        "facilities.grant_rapid",
        proposal,
        after={"facility": facility.resource_id, "start": start, "hours": hours, "reason": reason},
    )
    if proposal.stage != ProposalStage.GRANTED:
        advance(actor, proposal, "grant", "plan", act="grant_rapid")
    place = f"{facility.resource} {localtime(start):%Y-%m-%d %H:%M}"
    tell_authors(proposal, _("Your proposal %(number)s has rapid access: %(reason)s"), place)
    return grant


@act("facilities.give_back_time", may=manager)
def give_back_time(actor: Any, grant: Grant, hours: int, reason: str) -> TimeRequest:
    """Note hours that a granted run lost, and ask for them again; they count double in the next plan."""
    length = int((grant.end - grant.start).total_seconds() // 3600)
    if not 0 < hours <= length - grant.lost_hours:
        raise Refusal(
            _("At most %(most)s hours of this run can be given back.") % {"most": length - grant.lost_hours},
            field="hours",
        )
    if grant.start > clock.now():
        raise Refusal(_("This run has not begun; move it instead."))
    if not reason.strip():
        raise Refusal(_("Say why the time was lost."), field="reason")
    former = grant.request
    request = TimeRequest.objects.create(
        proposal=former.proposal,
        kind=TimeRequest.Kind.GIVEN_BACK,
        hours=hours,
        setup=former.setup,
        latest=former.latest,
    )
    request.facilities.set(former.facilities.all())
    grant.lost_hours += hours
    grant.status = Grant.Status.LOST if grant.lost_hours == length else Grant.Status.USED
    grant.note = reason[:300]
    grant.save()
    record(
        actor,
        "facilities.give_back_time",
        former.proposal,
        after={"grant": grant.pk, "hours": hours, "reason": reason, "request": request.code},
    )
    return request


def described_changes(plan: TimePlan) -> list[dict[str, Any]]:
    """Who moves in a changed plan, from where to where, and why."""
    rows = []
    numbers = dict(
        TimeRequest.objects.filter(proposal__cycle=plan.cycle).values_list("pk", "proposal__number")
    )
    for change in plan.changes:
        shown = {"why": change["why"], "number": numbers.get(int(change["request"][1:]), "")}
        shown["gives_way_to"] = [numbers.get(int(r[1:]), r) for r in change["gives_way_to"]]
        for side in ("before", "after"):
            place = change[side]
            shown[side] = describe(plan, [{"request": change["request"], **place}])[0] if place else None
        rows.append(shown)
    return rows
