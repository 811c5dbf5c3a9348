"""Calls for proposals: dates, offers, closures, rules, the form; from preparation to the end."""

from __future__ import annotations

import math
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act, locked
from kechuang.core.engine.workflow import BadStep, step
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Role
from kechuang.core.roles import has_role
from kechuang.facilities.actions.common import save
from kechuang.facilities.engine import cycle as life
from kechuang.facilities.engine import forms
from kechuang.facilities.engine.cycle import CycleStage
from kechuang.facilities.models import Closure, Cycle, CycleFacility, CycleRule, FormVersion
from kechuang.facilities.queries.words import refuse_faults, refused_step

manager = has_role(Role.MANAGER)
CLOSURE = ("kind", "start", "end", "reason")
_FACTS = ("name_zh", "name_en", "organiser", "opens", "closes", "start", "end", "slot_minutes", "synthetic")


def unpublished(cycle: Cycle) -> None:
    """Raises Refusal once a plan is published: what it rests on stays."""
    if cycle.stage in (CycleStage.PUBLISHED, CycleStage.ENDED):
        raise Refusal(_("The plan of this call is published; its terms stand."))


@act("facilities.save_cycle", may=manager)
def save_cycle(actor: Any, cycle: Cycle) -> Cycle:
    """Open a call for proposals in preparation, or change its terms."""
    if not cycle.name_zh.strip():
        raise Refusal(_("Give the call a name."), field="name_zh")
    if cycle.closes <= cycle.opens:
        raise Refusal(_("The call closes before it opens."), field="closes")
    if cycle.end < cycle.start:
        raise Refusal(_("The last day of use is before the first."), field="end")
    if not 5 <= cycle.slot_minutes <= 1440 or 1440 % cycle.slot_minutes:
        raise Refusal(_("Slots must divide a day: 15, 30, 60, 240, 480 … minutes."), field="slot_minutes")
    if Cycle.objects.filter(name_zh=cycle.name_zh).exclude(pk=cycle.pk).exists():
        raise Refusal(_("A call has this name already; choose another."), field="name_zh")
    if cycle.pk:
        now = locked(cycle)
        unpublished(now)
        cycle.stage = now.stage
    return save(actor, "facilities.save_cycle", cycle, _FACTS)


@act("facilities.save_offer", may=manager)
def save_offer(actor: Any, offer: CycleFacility) -> CycleFacility:
    """Offer hours of a facility in a call, or change the offer."""
    unpublished(offer.cycle)
    if offer.hours <= 0:
        raise Refusal(_("Offer at least one hour."), field="hours")
    if not 0 <= offer.reserve_percent < 100:
        raise Refusal(_("The reserve is 0 to 99 percent."), field="reserve_percent")
    if any(day not in range(7) for day in offer.machine_weekdays):
        raise Refusal(_("Machine days are weekdays, 0 (Monday) to 6."), field="machine_weekdays")
    if len(set(offer.machine_weekdays)) == 7:
        raise Refusal(_("A facility with seven machine days a week is never open."), field="machine_weekdays")
    _check_changeover(offer.changeover)
    taken = CycleFacility.objects.filter(cycle=offer.cycle, resource=offer.resource).exclude(pk=offer.pk)
    if taken.exists():
        raise Refusal(
            _("%(facility)s is offered in this call already.") % {"facility": offer.resource},
            field="resource",
        )
    facts = ("resource", "hours", "machine_weekdays", "reserve_percent", "changeover")
    return save(actor, "facilities.save_offer", offer, facts, offer.cycle)


def _check_changeover(table: dict[str, Any]) -> None:
    for key, slots in table.items():
        before, arrow, after = key.partition(">")
        if not (arrow and before.strip() and after.strip()):
            raise Refusal(
                _('Changeover: "%(key)s" must read "set-up>set-up".') % {"key": key}, field="changeover"
            )
        if isinstance(slots, bool) or not isinstance(slots, int) or slots < 0:
            raise Refusal(
                _("Changeover %(key)s: slots are whole numbers from 0.") % {"key": key}, field="changeover"
            )


@act("facilities.remove_offer", may=manager)
def remove_offer(actor: Any, offer: CycleFacility) -> None:
    """Take a facility out of a call before anybody asked for it."""
    unpublished(offer.cycle)
    if offer.requests.exists():
        raise Refusal(_("Proposals ask for this facility; it stays in the call."))
    record(actor, "facilities.remove_offer", offer.cycle, before=fields_of(offer, ("resource", "hours")))
    offer.delete()


@act("facilities.save_closure", may=manager)
def save_closure(actor: Any, closure: Closure) -> Closure:
    """Close a facility for maintenance, a shutdown or after a breakdown; closures do not overlap."""
    if closure.end <= closure.start:
        raise Refusal(_("The closure ends before it starts."), field="end")
    others = Closure.objects.filter(resource=closure.resource, start__lt=closure.end, end__gt=closure.start)
    if clash := others.exclude(pk=closure.pk).first():
        raise Refusal(
            _("This overlaps with %(kind)s from %(start)s to %(end)s.")
            % {
                "kind": clash.get_kind_display(),
                "start": f"{localtime(clash.start):%Y-%m-%d %H:%M}",
                "end": f"{localtime(clash.end):%Y-%m-%d %H:%M}",
            },
            field="start",
            remedy=_("Change that one, or choose a time beside it."),
        )
    return save(actor, "facilities.save_closure", closure, CLOSURE, closure.resource)


@act("facilities.remove_closure", may=manager)
def remove_closure(actor: Any, closure: Closure) -> None:
    """Take back a closure that has not begun."""
    if closure.start <= clock.now():
        raise Refusal(_("The closure has begun; end it by changing its end."))
    record(actor, "facilities.remove_closure", closure.resource, before=fields_of(closure, CLOSURE))
    closure.delete()


@act("facilities.save_rule", may=manager)
def save_rule(actor: Any, rule: CycleRule) -> CycleRule:
    """Set a partner's quota, an organisation's cap or a discipline's floor in a call."""
    unpublished(rule.cycle)
    needs = {"quota": ("least", "most"), "cap": ("most",), "floor": ("least",)}[rule.kind]
    for name in ("least", "most"):
        value = getattr(rule, name)
        if name not in needs and value is not None:
            raise Refusal(_("This kind of rule has no such limit."), field=name)
        if value is not None and not 0 <= value <= 1000:
            raise Refusal(_("Shares are 0 to 1000 thousandths."), field=name)
    if all(getattr(rule, name) is None for name in needs):
        raise Refusal(_("Give a limit."), field=needs[0])
    if rule.least is not None and rule.most is not None and rule.least > rule.most:
        raise Refusal(_("The minimum is above the maximum."), field="least")
    _check_sum(rule)
    return save(actor, "facilities.save_rule", rule, ("kind", "name", "least", "most"), rule.cycle)


def _check_sum(rule: CycleRule) -> None:
    """Minima of one kind cannot hold together when they ask for more than all."""
    others = CycleRule.objects.filter(cycle=rule.cycle, kind=rule.kind).exclude(pk=rule.pk)
    if others.filter(name=rule.name).exists():
        raise Refusal(
            _("%(name)s has a rule of this kind already; change that one.") % {"name": rule.name},
            field="name",
        )
    total = (rule.least or 0) + math.fsum(least or 0 for least in others.values_list("least", flat=True))
    if total > 1000:
        raise Refusal(
            _("The minima of these rules add up to %(total)s ‰; they cannot all hold.")
            % {"total": int(total)},
            field="least",
        )


@act("facilities.remove_rule", may=manager)
def remove_rule(actor: Any, rule: CycleRule) -> None:
    """Take a rule out of a call."""
    unpublished(rule.cycle)
    before = fields_of(rule, ("kind", "name", "least", "most"))
    record(actor, "facilities.remove_rule", rule.cycle, before=before)
    rule.delete()


# ---- the form


def form_in_work(cycle: Cycle) -> FormVersion:
    """The version being written, begun from the published one where there is none (not stored yet)."""
    last = cycle.forms.first()
    if last is None:
        return FormVersion(cycle=cycle, number=1)
    if last.published_at is None:
        return last
    return FormVersion(cycle=cycle, number=last.number + 1, fields=last.fields)


def published_form(cycle: Cycle) -> FormVersion | None:
    return cycle.forms.exclude(published_at=None).first()


@act("facilities.save_form", may=manager)
def save_form(actor: Any, cycle: Cycle, fields: list[dict[str, Any]]) -> FormVersion:
    """Write the next version of a call's form; proposers see it once it is published."""
    unpublished(cycle)
    refuse_faults(fields, forms.faults_in_form(fields) if fields else [])
    version = form_in_work(cycle)
    version.fields = fields
    version.save()
    record(
        actor,
        "facilities.save_form",
        cycle,
        after={"version": version.number, "fields": [f["key"] for f in fields]},
    )
    return version


@act("facilities.publish_form", may=manager)
def publish_form(actor: Any, cycle: Cycle) -> FormVersion:
    """Publish the form; drafts move to it and keep their answers."""
    unpublished(cycle)
    version = cycle.forms.filter(published_at=None).first()
    if version is None:
        raise Refusal(_("There is no new version to publish."))
    refuse_faults(version.fields, forms.faults_in_form(version.fields))
    former = published_form(cycle)
    version.published_at = clock.now()
    version.save()
    moved = cycle.proposals.filter(stage=life.ProposalStage.DRAFT).update(form=version)
    changed = forms.changes(former.fields if former else [], version.fields)
    record(
        actor,
        "facilities.publish_form",
        cycle,
        after={"version": version.number, "changes": [f"{c.what} {c.key}" for c in changed], "drafts": moved},
    )
    return version


# ---- its life


@act("facilities.move_cycle", may=manager)
def move_cycle(actor: Any, cycle: Cycle, verb: str, *, reason: str = "") -> Cycle:
    """Open a call, close it, open it again with a reason, or end it."""
    now = locked(cycle)
    try:
        taken = step(life.CYCLE, now.stage, verb, reason=reason)
    except BadStep as error:
        raise refused_step(error, now.get_stage_display()) from error
    if taken.who != "manager":
        raise Refusal(_("A call is published by publishing its plan."))
    if verb == "open":
        if not cycle.facilities.exists():
            raise Refusal(_("Offer hours of at least one facility first."))
        if published_form(cycle) is None:
            raise Refusal(_("Publish the form first."))
    cycle.stage = taken.next
    cycle.save(update_fields=["stage"])
    record(
        actor,
        "facilities.move_cycle",
        cycle,
        before={"stage": now.stage},
        after={"stage": cycle.stage, "reason": reason},
    )
    return cycle
