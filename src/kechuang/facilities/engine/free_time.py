"""What is still free of an instrument: the open hours of its policy less what is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from kechuang.facilities.engine.policies import Policy
from kechuang.facilities.engine.wall_time import Span, joined, spans_of


def free_spans(
    policy: Policy, start: datetime, end: datetime, taken: Sequence[Span], zone: tzinfo
) -> list[Span]:
    """Free spans between two instants, in order: within the policy's hours, begun on a whole step of the wall
    clock, whole steps long, and long enough for the shortest booking."""
    found = []
    for opens, closes in spans_of(policy.hours, start, end, zone) if policy.hours else [(start, end)]:
        at = max(opens, start)
        for begin, finish in joined(sorted(taken)):
            if finish > at and begin < closes:
                found.append((at, min(begin, closes)))
                at = max(at, finish)
        found.append((at, closes))
    whole = [(_up(a, policy.step, zone), min(b, end)) for a, b in found]
    step = timedelta(minutes=policy.step)
    cut = [(a, a + max((b - a) // step, 0) * step) for a, b in whole]
    return [(a, b) for a, b in cut if b - a >= timedelta(minutes=policy.shortest)]


def _up(moment: datetime, step: int, zone: tzinfo) -> datetime:
    """The first whole step after midnight at or after `moment`."""
    local = moment.astimezone(zone)
    past = local.hour * 60 + local.minute + (1 if local.second or local.microsecond else 0)
    later = moment.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(
        minutes=-(-past // step) * step - local.hour * 60 - local.minute
    )
    return later
