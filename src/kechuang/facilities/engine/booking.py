"""May this booking be made? Decided from the instrument's policy and from facts, with the reason when not.

Times are instants (aware datetimes). Weekdays and hours of the day are those of the instrument's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from kechuang.facilities.engine.policies import Policy
from kechuang.facilities.engine.wall_time import SLOT_SECONDS, Span, joined, overlap, spans_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the person and the instrument. `mine`: their own other bookings (past ones within
    `recent_days`, and all future ones); `missed`: days of bookings they did not come to."""

    now: datetime
    zone: tzinfo
    qualified: bool = True
    stopped: bool = False
    closed: Sequence[Span] = ()
    mine: Sequence[Span] = ()
    missed: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed, or the code of the first rule that forbids it with its facts."""

    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def allowed(self) -> bool:
        return not self.code


def decide(policy: Policy, start: datetime, end: datetime, facts: Facts) -> Decision:
    """The first rule that forbids the booking, in the order a person would mend them; else allowed.

    Whether the time is taken is not asked here: the slot table decides that, for all at once.
    """
    for rule in (_sense, _person, _horizon, _open, _shares):
        if decision := rule(policy, start, end, facts):
            return decision
    return Decision()


def _sense(policy: Policy, start: datetime, end: datetime, facts: Facts) -> Decision | None:
    minutes = int((end - start).total_seconds() // 60)
    if minutes <= 0:
        return Decision("ends_before_start")
    if int(start.timestamp()) % SLOT_SECONDS or int(end.timestamp()) % SLOT_SECONDS:
        return Decision("not_quarters")
    wall = start.astimezone(facts.zone)
    if (wall.hour * 60 + wall.minute) % policy.step:
        return Decision("not_on_step", {"step": policy.step})
    if minutes < policy.shortest:
        return Decision("too_short", {"shortest": policy.shortest})
    if minutes > policy.longest:
        return Decision("too_long", {"longest": policy.longest})
    if start < facts.now + timedelta(minutes=policy.notice_minutes):
        return (
            Decision("past") if start < facts.now else Decision("notice", {"minutes": policy.notice_minutes})
        )
    return None


def _person(policy: Policy, start: datetime, end: datetime, facts: Facts) -> Decision | None:
    if facts.stopped:
        return Decision("problem_open")
    if not facts.qualified:
        return Decision("not_qualified")
    if policy.no_show_limit:
        since = facts.now.astimezone(facts.zone).date() - timedelta(days=policy.no_show_days)
        missed = [day for day in facts.missed if day >= since]
        if len(missed) >= policy.no_show_limit:
            free = sorted(missed)[-policy.no_show_limit] + timedelta(days=policy.no_show_days + 1)
            return Decision("no_shows", {"count": len(missed), "until": free})
    return None


def _horizon(policy: Policy, start: datetime, end: datetime, facts: Facts) -> Decision | None:
    horizon, code, more = policy.horizon_days, "beyond_horizon", {}
    if policy.recent_minutes is not None and policy.recent_horizon_days < horizon:
        since = facts.now - timedelta(days=policy.recent_days)
        used = overlap(facts.mine, since, facts.now)
        if used >= timedelta(minutes=policy.recent_minutes):
            horizon, code = policy.recent_horizon_days, "recent_use"
            more = {"hours": int(used.total_seconds() // 3600), "recent_days": policy.recent_days}
    last = facts.now.astimezone(facts.zone).date() + timedelta(days=horizon)
    return Decision(code, {"last": last, **more}) if start.astimezone(facts.zone).date() > last else None


def _open(policy: Policy, start: datetime, end: datetime, facts: Facts) -> Decision | None:
    for a, b in facts.closed:
        if a < end and start < b:
            return Decision("closed", {"from": a, "to": b})
    if policy.hours:
        spans = joined(spans_of(policy.hours, start, end, facts.zone))
        if not any(a <= start and end <= b for a, b in spans):
            return Decision("outside_hours")
    return None


def _shares(policy: Policy, start: datetime, end: datetime, facts: Facts) -> Decision | None:
    if policy.prime and policy.prime_week_minutes is not None:
        monday = start.astimezone(facts.zone).date()
        monday -= timedelta(days=monday.weekday())
        week = [datetime.combine(monday + timedelta(days=d), time(), facts.zone) for d in (0, 7)]
        prime = joined(spans_of(policy.prime, week[0], week[1], facts.zone))
        wanted = overlap(prime, start, end)
        held = sum((overlap(prime, max(a, week[0]), min(b, week[1])) for a, b in facts.mine), timedelta())
        most = timedelta(minutes=policy.prime_week_minutes)
        if wanted and held + wanted > most:
            return Decision(
                "prime_time", {"most": policy.prime_week_minutes, "held": int(held.total_seconds() // 60)}
            )
    if policy.ahead_minutes is not None:
        ahead = sum((b - a for a, b in facts.mine if a >= facts.now), timedelta())
        if ahead + (end - start) > timedelta(minutes=policy.ahead_minutes):
            return Decision("too_much_ahead", {"most": policy.ahead_minutes})
    return None


def may_cancel_freely(policy: Policy, start: datetime, now: datetime) -> bool:
    """Whether a cancellation is early enough not to count as a booking missed."""
    return now + timedelta(hours=policy.cancel_hours) <= start
