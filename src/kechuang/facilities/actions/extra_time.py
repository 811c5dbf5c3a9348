"""Time beside the plan: rapid access from the open-access reserve, and lost time given back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import act, locked
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.facilities.actions.cycles import manager
from kechuang.facilities.actions.proposals import advance, tell_authors
from kechuang.facilities.engine.cycle import ProposalStage
from kechuang.facilities.models import Closure, Cycle, CycleFacility, Grant, Proposal, Resource, TimeRequest


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
    if locked(proposal).stage not in (
        ProposalStage.RECOMMENDED,
        ProposalStage.RESERVE,
        ProposalStage.GRANTED,
    ):
        raise Refusal(_("Rapid access needs a proposal that its panel recommended."))
    _within(facility.cycle, start, hours)
    end = start + timedelta(hours=hours)
    locked(facility)
    _free(facility.resource, start, end)
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
    tell_authors(proposal, gettext_lazy("Your proposal %(number)s has rapid access: %(reason)s"), place)
    return grant


def _free(resource: Resource, start: datetime, end: datetime) -> None:
    """Refuse time that is granted or closed."""
    same = {"resource": resource, "start__lt": end, "end__gt": start}
    there = Grant.objects.filter(status=Grant.Status.PLANNED, **same).first()
    if what := there or Closure.objects.filter(**same).first():
        raise Refusal(_("This time is taken or closed: %(what)s.") % {"what": what}, field="start")


def _within(cycle: Cycle, start: datetime, hours: int) -> None:
    """Refuse time that does not lie inside the time of the call."""
    most = ((cycle.end - cycle.start).days + 1) * 24
    if hours <= most and cycle.start <= localdate(start):
        last = localdate(start + timedelta(hours=hours, microseconds=-1))
        if last <= cycle.end:
            return
    raise Refusal(
        _("This is outside the time of the call, %(start)s to %(end)s.")
        % {"start": cycle.start, "end": cycle.end},
        field="start",
    )


@act("facilities.give_back_time", may=manager)
def give_back_time(actor: Any, grant: Grant, hours: int, reason: str) -> TimeRequest:
    """Note hours that a granted run lost, and ask for them again; they count double in the next plan."""
    stored = locked(grant)
    grant.status, grant.lost_hours = stored.status, stored.lost_hours
    if grant.status == Grant.Status.MOVED:
        raise Refusal(_("This time was moved or taken back; there is nothing to give back."))
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
    grant.save(update_fields=["status", "lost_hours", "note"])
    record(
        actor,
        "facilities.give_back_time",
        former.proposal,
        after={"grant": grant.pk, "hours": hours, "reason": reason, "request": request.code},
    )
    return request
