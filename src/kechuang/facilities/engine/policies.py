"""Booking policies as data.

Policy (JSON), all keys optional:
  horizon_days 30 · shortest 30 · longest 480 (minutes) · step 15 · notice_minutes 0 · cancel_hours 24
  hours [[weekday 0–6, "HH:MM", "HH:MM"], …]: when it may be used (empty = always; an end ≤ start runs overnight)
  prime [[weekday, from, to], …] with prime_week_minutes: how much prime time a person may hold in one week
  ahead_minutes: how much a person may hold in the future at once
  no_show_limit with no_show_days: so many missed bookings in so many days close booking for that person
  recent_days with recent_minutes: whoever used that much recently books no further ahead than recent_horizon_days
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from kechuang.facilities.engine.wall_time import Weekly


class BadPolicy(ValueError):
    """A policy cannot be understood; `problems` are (key, code, facts)."""

    def __init__(self, problems: list[tuple[str, str, dict]]):
        super().__init__("; ".join(f"{key}: {code}" for key, code, _ in problems))
        self.problems = problems


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
