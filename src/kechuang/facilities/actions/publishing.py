"""Publishing a time plan: time is granted, everybody is told, whoever has none learns the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import act, locked
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.facilities.actions.cycles import manager
from kechuang.facilities.actions.proposals import advance, tell_authors
from kechuang.facilities.engine.cycle import CYCLE, CycleStage, ProposalStage
from kechuang.facilities.models import Cycle, Grant, Proposal, Resource, TimePlan, TimeRequest
from kechuang.facilities.queries.allocation import closed_time
from kechuang.facilities.queries.plans import REASONS, left_out, placements, published_plan


@act("facilities.publish_time_plan", may=manager)
def publish_time_plan(actor: Any, plan: TimePlan) -> TimePlan:
    """Publish a plan: time is granted, everybody is told, whoever has none learns the reason."""
    cycle = Cycle.objects.select_for_update().get(pk=plan.cycle_id)
    if locked(plan).stage != TimePlan.Stage.DONE:
        raise Refusal(_("Only a computed plan can be published."))
    if (cycle.stage, "publish") not in CYCLE:
        raise Refusal(
            _("“%(stage)s”: this step is not possible from here.") % {"stage": cycle.get_stage_display()}
        )
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
    also = [cycle, former] if former else [cycle]
    record(actor, "facilities.publish_time_plan", plan, after=after, also=also)
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
    new = [place for place in sorted(wanted) if place[0] not in used]
    _still_free(plan.cycle, new)
    Grant.objects.bulk_create(
        Grant(request_id=request, plan=plan, resource_id=resource, start=start, end=end)
        for request, resource, start, end in new
    )


def _still_free(cycle: Cycle, places: list[tuple[int, int, datetime, datetime]]) -> None:
    """Since the plan was computed somebody may have booked, or time may have been closed or granted at once."""
    closed = closed_time(cycle)
    for _request, resource, start, end in places:
        for since, until in closed[resource]:
            if start < until and since < end:
                raise Refusal(
                    _("%(resource)s is no longer free from %(start)s to %(end)s.")
                    % {
                        "resource": Resource.objects.get(pk=resource),
                        "start": _minute(max(start, since)),
                        "end": _minute(min(end, until)),
                    },
                    remedy=_("Compute the plan anew."),
                )


def _minute(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


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
            step, why = ("grant", "") if granted else ("hold", str(_why(out[proposal.pk])))
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
        text, reason = gettext_lazy("Your proposal %(number)s has time: %(reason)s"), when
    else:
        text, reason = gettext_lazy("Your proposal %(number)s is on the reserve list: %(reason)s"), _why(out)
    tell_authors(proposal, text, reason, key=f"time-plan:{plan.pk}:{proposal.pk}")


def _why(row: dict[str, Any]) -> Promise:
    """The reason for being left out, with the proposals that stand in the way."""
    words = REASONS[row["reason"]]
    return format_lazy("{} ({})", words, ", ".join(row["blocked_by"])) if row["blocked_by"] else words
