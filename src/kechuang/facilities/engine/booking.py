"""May this booking be made? Policies as data, decided from facts, with the reason when not.

Policy (JSON), all keys optional:
  horizon_days 30 · shortest 30 · longest 480 (minutes) · step 15 · notice_minutes 0 · cancel_hours 24
  hours [[weekday 0–6, "HH:MM", "HH:MM"], …]: when it may be used (empty = always; an end ≤ start runs overnight)
  prime [[weekday, from, to], …] with prime_week_minutes: how much prime time a person may hold in one week
  ahead_minutes: how much a person may hold in the future at once
  no_show_limit with no_show_days: so many missed bookings in so many days close booking for that person
  recent_days with recent_minutes: whoever used that much recently books no further ahead than recent_horizon_days

Times are instants (aware datetimes). Weekdays and hours of the day are those of the instrument's zone; a wall time
that a clock change skips or repeats is refused by name, never shifted in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

SLOT = timedelta(minutes=15)
_SLOT_SECONDS = 900
MOST_REPEATS, MOST_APART = 60, 366  # bookings of a series, days between two of them
Weekly = tuple[tuple[int, time, time], ...]
Span = tuple[datetime, datetime]


class BadPolicy(ValueError):
    """A policy cannot be understood; `problems` are (key, code, facts)."""

    def __init__(self, problems: list[tuple[str, str, dict]]):
        super().__init__("; ".join(f"{key}: {code}" for key, code, _ in problems))
        self.problems = problems


class BadTime(ValueError):
    """A wall time that does not exist, or exists twice, on that day in that zone."""

    def __init__(self, code: str, wall: datetime):
        super().__init__(f"{code}: {wall:%Y-%m-%d %H:%M}")
        self.code, self.wall = code, wall


@dataclass(frozen=True, slots=True)
class Policy:
    horizon_days: int = 30
    shortest: int = 30
    longest: int = 480
    step: int = 15
    notice_minutes: int = 0
    cancel_hours: int = 24
    hours: Weekly = ()
    prime: Weekly = ()
    prime_week_minutes: int | None = None
    ahead_minutes: int | None = None
    no_show_limit: int | None = None
    no_show_days: int = 90
    recent_days: int = 30
    recent_minutes: int | None = None
    recent_horizon_days: int = 7


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


def read_policy(data: dict[str, Any]) -> Policy:
    """A policy from JSON. Raises BadPolicy naming every key that is unknown or makes no sense."""
    known = {f.name: f for f in fields(Policy)}
    problems = [(key, "unknown", {"known": ", ".join(known)}) for key in data if key not in known]
    values: dict[str, Any] = {}
    for key, given in data.items():
        if key not in known or given is None:
            continue
        if key in ("hours", "prime"):
            values[key] = _weekly(key, given, problems)
        elif isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= 1_000_000:
            problems.append((key, "not_a_number", {"value": given}))
        else:
            values[key] = given
    if problems:
        raise BadPolicy(problems)
    policy = Policy(**values)
    if problems := list(_contradictions(policy)):
        raise BadPolicy(problems)
    return policy


def _weekly(key: str, given: Any, problems: list) -> Weekly:
    rows = []
    for row in given if isinstance(given, list) else [given]:
        try:
            day, start, end = row
            if isinstance(day, bool) or day not in range(7):
                raise ValueError
            rows.append((day, time.fromisoformat(start), time.fromisoformat(end)))
        except (TypeError, ValueError):
            problems.append((key, "bad_hours", {"value": row}))
    return tuple(sorted(rows))


def _contradictions(policy: Policy) -> Iterator[tuple[str, str, dict]]:
    if policy.step < 15 or policy.step % 15:
        yield "step", "step_not_quarters", {}
    if policy.shortest < 15 or policy.shortest % 15:
        yield "shortest", "not_quarters", {}
    if policy.longest < policy.shortest or policy.longest % 15:
        yield "longest", "longest_below_shortest", {}
    if policy.horizon_days < 1:
        yield "horizon_days", "no_horizon", {}


# ---- time


def slots(start: datetime, end: datetime) -> range:
    """Quarters of an hour since 1970 that [start, end) touches."""
    return range(int(start.timestamp()) // _SLOT_SECONDS, -(-int(end.timestamp()) // _SLOT_SECONDS))


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The instant of a wall time. Raises BadTime when clocks skip it (no_such_time) or show it twice (time_twice)."""
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if back != wall:
        raise BadTime("no_such_time", wall)
    if first.utcoffset() != second.utcoffset():
        raise BadTime("time_twice", wall)
    return first


def repeat(start: datetime, end: datetime, days: int, count: int, zone: tzinfo) -> list[Span]:
    """`count` spans, one every `days` days at the same wall time. Raises BadTime at a clock change, ValueError
    when count is not 1 to MOST_REPEATS or days not 1 to MOST_APART."""
    if not 1 <= count <= MOST_REPEATS or not 1 <= days <= MOST_APART:
        raise ValueError(f"a series has 1 to {MOST_REPEATS} bookings, 1 to {MOST_APART} days apart")
    walls = [t.astimezone(zone).replace(tzinfo=None) for t in (start, end)]
    return [
        (
            instant(walls[0] + timedelta(days=days * i), zone),
            instant(walls[1] + timedelta(days=days * i), zone),
        )
        for i in range(count)
    ]


def spans_of(weekly: Weekly, start: datetime, end: datetime, zone: tzinfo) -> list[Span]:
    """The weekly hours around [start, end) as instants; an end that is not after its start is on the next day."""
    day, last = start.astimezone(zone).date() - timedelta(days=1), end.astimezone(zone).date()
    found = []
    while day <= last:
        for weekday, opens, closes in weekly:
            if weekday == day.weekday():
                until = day if closes > opens else day + timedelta(days=1)
                found.append(
                    (
                        datetime.combine(day, opens, zone).astimezone(UTC),
                        datetime.combine(until, closes, zone).astimezone(UTC),
                    )
                )
        day += timedelta(days=1)
    return sorted(found)


def overlap(spans: Sequence[Span], start: datetime, end: datetime) -> timedelta:
    """How much of [start, end) the (disjoint) spans cover."""
    return sum((max(min(end, b) - max(start, a), timedelta()) for a, b in spans), timedelta())


def joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


# ---- the decision


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
    if int(start.timestamp()) % _SLOT_SECONDS or int(end.timestamp()) % _SLOT_SECONDS:
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
