"""What is known before a booking is decided, and what a calendar shows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kechuang.core import clock
from kechuang.facilities.engine.booking import Facts
from kechuang.facilities.engine.policies import Policy, read_policy
from kechuang.facilities.engine.wall_time import slots
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    BookingSlot,
    Closure,
    Grant,
    Problem,
    Resource,
    Training,
)

HELD = (Booking.Status.BOOKED, Booking.Status.USED)


def bookable() -> QuerySet[Resource]:
    """Instruments with a policy that are in use."""
    return Resource.objects.filter(policy__isnull=False, retired_on=None)


def policy_of(resource: Resource) -> Policy:
    """The policy as the engine reads it; it was checked when it was set."""
    return read_policy(resource.policy.rules)


def is_qualified(user: Any, policy: BookingPolicy, day: date) -> bool:
    """Whether a training that holds on the day stands behind the person, where one is asked for."""
    if policy.qualification_id is None:
        return True
    return (
        Training.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=day),
            qualification=policy.qualification_id,
            user=user,
            withdrawn_on=None,
            trained_on__lte=day,
        ).exists()
        if user.pk
        else False
    )


def facts_for(user: Any, resource: Resource, start: datetime, end: datetime) -> Facts:
    """Everything the decision needs about person and instrument."""
    now, policy = clock.now(), resource.policy
    mine = Booking.objects.filter(resource=resource, user=user)
    closed = [*closures(resource, start, end), *granted(resource, start, end)]
    return Facts(
        now=now,
        zone=timezone.get_default_timezone(),
        qualified=is_qualified(user, policy, timezone.localdate(start)),
        stopped=Problem.objects.filter(resource=resource, stops_use=True, solved_at=None).exists(),
        closed=closed,
        mine=list(
            mine.filter(status__in=HELD, end__gt=now - timedelta(days=400)).values_list("start", "end")
        ),
        missed=[
            timezone.localdate(moment)
            for moment in mine.filter(status=Booking.Status.NO_SHOW).values_list("start", flat=True)
        ],
    )


def closures(resource: Resource, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    rows = Closure.objects.filter(resource=resource, start__lt=end, end__gt=start)
    return list(rows.values_list("start", "end"))


def granted(resource: Resource, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Time that a published plan has given away."""
    rows = Grant.objects.filter(resource=resource, status=Grant.Status.PLANNED, start__lt=end, end__gt=start)
    return list(rows.values_list("start", "end"))


def is_taken(resource: Resource, start: datetime, held_until: datetime) -> bool:
    wanted = slots(start, held_until)
    return BookingSlot.objects.filter(
        resource=resource, slot__gte=wanted.start, slot__lt=wanted.stop
    ).exists()


# ---- the week


def week_of(resource: Resource, monday: date) -> dict[str, Any]:
    """One week of an instrument: bookings, closures, granted time and open problems, cut at midnight by day."""
    zone = timezone.get_default_timezone()
    edges = [datetime.combine(monday + timedelta(days=d), time(), zone) for d in range(8)]
    bookings = Booking.objects.filter(
        resource=resource,
        status__in=[*HELD, Booking.Status.NO_SHOW],
        start__lt=edges[-1],
        held_until__gt=edges[0],
    ).select_related("user__person", "organisation")
    closed = Closure.objects.filter(resource=resource, start__lt=edges[-1], end__gt=edges[0])
    given = Grant.objects.filter(
        resource=resource, status=Grant.Status.PLANNED, start__lt=edges[-1], end__gt=edges[0]
    ).select_related("request__proposal")
    days = []
    for opens, closes in pairwise(edges):
        blocks = [
            *_cut("booking", bookings, opens, closes),
            *_cut("closure", closed, opens, closes),
            *_cut("grant", given, opens, closes),
        ]
        days.append({"day": opens.date(), "blocks": sorted(blocks, key=lambda b: b["from"])})
    return {
        "days": days,
        "problems": Problem.objects.filter(resource=resource, solved_at=None),
        "former": monday - timedelta(days=7),
        "following": monday + timedelta(days=7),
    }


def _cut(kind: str, rows: Any, opens: datetime, closes: datetime) -> list[dict[str, Any]]:
    """The parts of the rows that lie in one day, in quarters of an hour after its midnight."""
    blocks = []
    for row in rows:
        held = getattr(row, "held_until", row.end)
        if row.start >= closes or held <= opens:
            continue
        first, last, free = max(row.start, opens), min(row.end, closes), min(held, closes)
        blocks.append(
            {
                "kind": kind,
                "row": row,
                "from": first,
                "to": last,
                "top": _quarters(first, opens),
                "length": max(_quarters(last, opens) - _quarters(first, opens), 0),
                "changeover": max(_quarters(free, opens) - _quarters(max(last, opens), opens), 0),
                "goes_on": row.end > closes,
                "came_over": row.start < opens,
            }
        )
    return blocks


def _quarters(moment: datetime, midnight: datetime) -> int:
    """Quarters of the wall clock after midnight, so that every day has 96 rows."""
    local = timezone.localtime(moment, midnight.tzinfo)
    if local.date() > midnight.date():
        return 96
    return max(0, (local.hour * 60 + local.minute) // 15)
