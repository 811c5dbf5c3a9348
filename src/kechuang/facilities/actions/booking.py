"""Direct access: book, series, cancel, wait, promote, no-show; policies, problems, calendar feeds."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import rules
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.core import clock, notices
from kechuang.core.acts import System, act, locked
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Organisation
from kechuang.core.roles import organisations_of, signed_in
from kechuang.facilities.actions.common import save
from kechuang.facilities.actions.cycles import manager
from kechuang.facilities.engine import booking as engine
from kechuang.facilities.engine import policies, wall_time
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    BookingSlot,
    CalendarFeed,
    Problem,
    Resource,
    Waiting,
)
from kechuang.facilities.models.booking import new_token
from kechuang.facilities.queries.bookings import facts_for, is_taken, policy_of
from kechuang.facilities.queries.words import BOOKING, POLICY, said

_FACTS = ("resource", "user", "start", "end", "held_until", "status", "series")


@rules.predicate
def own(user: Any, obj: Any = None) -> bool:
    """One's own booking or place on the wait list."""
    return signed_in.test(user) if obj is None else obj.user_id is not None and obj.user_id == user.pk


own.roles = signed_in.roles


@act("facilities.set_policy", may=manager)
def set_policy(actor: Any, policy: BookingPolicy) -> BookingPolicy:
    """Set the rules under which an instrument is booked."""
    try:
        policies.read_policy(policy.rules)
    except policies.BadPolicy as error:
        lines = [f"{key}: {said(POLICY, code, facts)}" for key, code, facts in error.problems]
        raise Refusal("\n".join(lines), field="rules") from error
    if policy.changeover_minutes < 0 or policy.changeover_minutes % 15:
        raise Refusal(_("Changeover is a multiple of 15 minutes."), field="changeover_minutes")
    facts = ("rules", "changeover_minutes", "qualification")
    return save(actor, "facilities.set_policy", policy, facts, policy.resource)


@act("facilities.book", may=signed_in)
def book(
    actor: Any,
    resource: Resource,
    start: datetime,
    end: datetime,
    *,
    purpose: str = "",
    organisation: Organisation | None = None,
    user: Any = None,
    series: uuid.UUID | None = None,
    synthetic: bool = False,
) -> Booking:
    """Book an instrument for oneself (a manager: for anybody). Whoever comes second is refused."""
    person = user or actor
    if person.pk != actor.pk and not (isinstance(actor, System) or manager.test(actor)):
        raise NotPermitted("facilities.book")
    policy = _locked(resource)
    held_until = end + timedelta(minutes=policy.changeover_minutes)
    if start < end and is_taken(resource, start, held_until):
        raise Refusal(str(BOOKING["taken"]), field="start")
    decision = engine.decide(policy_of(resource), start, end, facts_for(person, resource, start, end))
    if not decision.allowed:
        raise Refusal(said(BOOKING, decision.code, decision.facts), field="start")
    if organisation and not isinstance(actor, System) and organisation.pk not in organisations_of(person):
        raise Refusal(_("You do not belong to this organisation."), field="organisation")
    booking = Booking(
        resource=resource,
        user=person,
        organisation=organisation,
        purpose=purpose[:200],
        start=start,
        end=end,
        held_until=held_until,
        series=series,
        made_at=clock.now(),
        synthetic=synthetic,
    )
    hold(booking)
    record(actor, "facilities.book", booking, after=fields_of(booking, _FACTS))
    return booking


def _locked(resource: Resource) -> BookingPolicy:
    """The policy, locked, so that bookings of one instrument are decided one after another."""
    policy = BookingPolicy.objects.select_for_update().filter(resource=resource).first()
    if policy is None or resource.retired_on:
        raise Refusal(_("This instrument cannot be booked directly."), field="resource")
    resource.policy = policy
    return policy


def hold(booking: Booking) -> None:
    """Store a booking with its slots; the unique slots (and the exclusion constraint) admit one booking a time."""
    try:
        with transaction.atomic():
            booking.save()
            BookingSlot.objects.bulk_create(
                BookingSlot(resource_id=booking.resource_id, slot=slot, booking=booking)
                for slot in wall_time.slots(booking.start, booking.held_until)
            )
    except IntegrityError as error:
        raise Refusal(str(BOOKING["taken"]), field="start") from error


@act("facilities.book_series", may=signed_in)
def book_series(
    actor: Any,
    resource: Resource,
    start: datetime,
    end: datetime,
    *,
    every_days: int,
    count: int,
    purpose: str = "",
    organisation: Organisation | None = None,
) -> list[Booking]:
    """Book the same hours again and again; all of them or none, the first that cannot be had is named."""
    zone = timezone.get_default_timezone()
    try:
        spans = wall_time.repeat(start, end, every_days, count, zone)
    except wall_time.BadTime as error:
        raise Refusal(said(BOOKING, error.code, {"wall": error.wall}), field="start") from error
    except ValueError as error:
        raise Refusal(
            _("A series has 1 to %(most)s bookings, 1 to %(days)s days apart.")
            % {"most": wall_time.MOST_REPEATS, "days": wall_time.MOST_APART},
            field="count",
        ) from error
    series, made = uuid.uuid4(), []
    for first, last in spans:
        try:
            made.append(
                book(actor, resource, first, last, purpose=purpose, organisation=organisation, series=series)
            )
        except Refusal as refusal:
            day = f"{timezone.localtime(first):%Y-%m-%d %H:%M}"
            raise Refusal(f"{day}: {refusal.message}", field="start", remedy=refusal.remedy) from refusal
    return made


@act("facilities.cancel_booking", may=own | manager)
def cancel_booking(
    actor: Any, booking: Booking, reason: str = "", whole_series: bool = False
) -> list[Booking]:
    """Cancel a booking (or the rest of its series); whoever waits first gets the time.

    Cancelled too late it counts as missed, unless a manager cancels it.
    """
    rows = [booking]
    if whole_series and booking.series:
        later = Booking.objects.filter(series=booking.series, start__gt=clock.now())
        rows = list(later.filter(status=Booking.Status.BOOKED))
    if not rows or any(locked(row).status != Booking.Status.BOOKED for row in rows):
        raise Refusal(_("Only a standing booking can be cancelled."))
    if booking.start <= clock.now() and not manager.test(actor):
        raise Refusal(_("The booking has begun."))
    policy = policy_of(booking.resource)
    for row in rows:
        early = engine.may_cancel_freely(policy, row.start, clock.now()) or row.user_id != actor.pk
        row.status = Booking.Status.CANCELLED if early else Booking.Status.NO_SHOW
        _free(actor, row, reason, "facilities.cancel_booking")
        if row.user_id != actor.pk:
            facts = {"resource": row.resource, "reason": reason or "—"}
            notices.notify(
                [row.user],
                lambda facts=facts: _("Your booking of %(resource)s was cancelled: %(reason)s") % facts,
                key=f"booking:{row.pk}:cancelled",
                url=row.get_absolute_url(),
            )
    for row in rows:
        _promote(row)
    return rows


def _free(actor: Any, booking: Booking, reason: str, verb: str) -> None:
    booking.reason, booking.ended_at = reason[:300], clock.now()
    booking.save(update_fields=["status", "reason", "ended_at"])
    booking.slots.all().delete()
    record(actor, verb, booking, after={"status": booking.status, "reason": reason})


def _promote(freed: Booking) -> None:
    """Book the time that became free for those who wait for it, first come first served."""
    waiting = Waiting.objects.filter(
        resource=freed.resource,
        status=Waiting.Status.WAITING,
        start__lt=freed.held_until,
        end__gt=freed.start,
    )
    for entry in waiting.select_related("user").select_for_update(of=("self",)):
        try:
            with transaction.atomic():
                booking = book(entry.user, freed.resource, entry.start, entry.end, purpose=entry.purpose)
        except Refusal:
            continue
        entry.status, entry.booking = Waiting.Status.BOOKED, booking
        entry.save(update_fields=["status", "booking"])
        facts = {"resource": freed.resource}
        notices.notify(
            [entry.user],
            lambda facts=facts: _("Your time on %(resource)s became free and is booked for you.") % facts,
            key=f"waiting:{entry.pk}",
            url=booking.get_absolute_url(),
        )


@act("facilities.join_waiting", may=signed_in)
def join_waiting(
    actor: Any, resource: Resource, start: datetime, end: datetime, purpose: str = ""
) -> Waiting:
    """Wait for a time that somebody else has."""
    policy = _locked(resource)
    if end <= start:
        raise Refusal(str(BOOKING["ends_before_start"]), field="end")
    if not is_taken(resource, start, end + timedelta(minutes=policy.changeover_minutes)):
        raise Refusal(_("This time is free; book it."), field="start")
    decision = engine.decide(policy_of(resource), start, end, facts_for(actor, resource, start, end))
    if not decision.allowed:
        raise Refusal(said(BOOKING, decision.code, decision.facts), field="start")
    if Waiting.objects.filter(
        resource=resource, user=actor, start=start, status=Waiting.Status.WAITING
    ).exists():
        raise Refusal(_("You wait for this time already."), field="start")
    entry = Waiting.objects.create(
        resource=resource, user=actor, start=start, end=end, purpose=purpose[:200], at=clock.now()
    )
    record(actor, "facilities.join_waiting", resource, after={"user": actor.pk, "start": start, "end": end})
    return entry


@act("facilities.leave_waiting", may=own)
def leave_waiting(actor: Any, entry: Waiting) -> None:
    """Leave the wait list."""
    if locked(entry).status != Waiting.Status.WAITING:
        raise Refusal(_("You are not waiting any more."))
    entry.status = Waiting.Status.LEFT
    entry.save(update_fields=["status"])
    record(actor, "facilities.leave_waiting", entry.resource, after={"user": actor.pk, "start": entry.start})


@act("facilities.mark_no_show", may=manager)
def mark_no_show(actor: Any, booking: Booking) -> Booking:
    """Note that nobody came; the rest of the time is free, first for those who wait for it."""
    if locked(booking).status != Booking.Status.BOOKED:
        raise Refusal(_("Only a standing booking can be marked."))
    if booking.start > clock.now():
        raise Refusal(_("The booking has not begun."))
    booking.status = Booking.Status.NO_SHOW
    _free(actor, booking, "", "facilities.mark_no_show")
    _promote(booking)
    return booking


# ---- problems and feeds


@act("facilities.report_problem", may=signed_in)
def report_problem(
    actor: Any, resource: Resource, text: str, stops_use: bool = False, synthetic: bool = False
) -> Problem:
    """Report what is wrong with an instrument; managers and those who booked it soon are told."""
    if not text.strip():
        raise Refusal(_("Say what is wrong."), field="text")
    problem = Problem.objects.create(
        resource=resource,
        text=text.strip(),
        stops_use=stops_use,
        by_id=actor.pk,
        at=clock.now(),
        synthetic=synthetic,
    )
    record(
        actor,
        "facilities.report_problem",
        resource,
        after={"problem": problem.pk, "text": text, "stops": stops_use},
    )
    if stops_use:
        soon = Booking.objects.filter(
            resource=resource,
            status=Booking.Status.BOOKED,
            end__gt=clock.now(),
            start__lt=clock.now() + timedelta(days=7),
        ).select_related("user")
        facts = {"resource": resource, "text": text}
        notices.notify(
            [b.user for b in soon],
            lambda: _("%(resource)s, which you booked, has a problem: %(text)s") % facts,
            key=f"problem:{problem.pk}",
            url=problem.get_absolute_url(),
        )
    return problem


@act("facilities.solve_problem", may=manager)
def solve_problem(actor: Any, problem: Problem, solution: str) -> Problem:
    """Say how a problem was solved; the instrument can be booked again."""
    if locked(problem).solved_at:
        raise Refusal(_("This problem is solved."))
    if not solution.strip():
        raise Refusal(_("Say how it was solved."), field="solution")
    problem.solution, problem.solved_at = solution.strip(), clock.now()
    problem.save(update_fields=["solution", "solved_at"])
    record(
        actor,
        "facilities.solve_problem",
        problem.resource,
        after={"problem": problem.pk, "solution": solution},
    )
    return problem


@act("facilities.make_feed", may=signed_in)
def make_feed(actor: Any, resource: Resource | None = None) -> CalendarFeed:
    """Make the secret address of one's calendar (or of an instrument's) anew; the former one ends."""
    feed, _new = CalendarFeed.objects.update_or_create(
        user=actor, resource=resource, defaults={"token": new_token(), "made_at": clock.now()}
    )
    record(actor, "facilities.make_feed", actor, after={"resource": resource.pk if resource else None})
    return feed
