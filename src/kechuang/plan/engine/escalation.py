"""When a task is passed up, and how far: a rule table over days overdue or silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Days after which the organisation `level` steps above the responsible one is told.
OVERDUE_DAYS = (1, 15, 45)
SILENT_DAYS = (1, 30, 60)


@dataclass(frozen=True, slots=True)
class Escalated:
    rule: str
    level: int


def level_due(due: date | None, last_heard: date | None, report_every: int, on: date) -> Escalated | None:
    """How far a task stands escalated on a day; None when it is in order.

    `last_heard` is the last report or the start. Overdue goes before silent.
    """
    overdue = (on - due).days if due else 0
    if overdue >= OVERDUE_DAYS[0]:
        return Escalated("overdue", _level(overdue, OVERDUE_DAYS))
    silent = (on - last_heard).days - report_every if last_heard else 0
    if silent >= SILENT_DAYS[0]:
        return Escalated("silent", _level(silent, SILENT_DAYS))
    return None


def _level(days: int, limits: tuple[int, ...]) -> int:
    return sum(days >= limit for limit in limits) - 1
