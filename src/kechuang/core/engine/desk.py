"""The request desk's workflow as a table: (from, verb) → step. Drawn into the docs from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """Who (role) takes it, and where it leads."""

    next: Stage
    role: str


TRANSITIONS: dict[tuple[Stage, str], Step] = {
    (Stage.OPEN, "hand_over"): Step(Stage.ASSIGNED, "officer"),
    (Stage.ASSIGNED, "hand_over"): Step(Stage.ASSIGNED, "officer"),
    (Stage.OPEN, "answer"): Step(Stage.ANSWERED, "officer"),
    (Stage.ASSIGNED, "answer"): Step(Stage.ANSWERED, "officer, handler"),
    (Stage.ANSWERED, "rate"): Step(Stage.CLOSED, "requester"),
    (Stage.ANSWERED, "reopen"): Step(Stage.OPEN, "requester"),
}
UNANSWERED = (Stage.OPEN, Stage.ASSIGNED)
NOT_SATISFIED = 2  # this and less opens a request again
TIME_LIMIT = {
    "question": timedelta(days=3),
    "complaint": timedelta(days=7),
    "suggestion": timedelta(days=15),
    "service": timedelta(days=5),
}  # by kind of request, in calendar days from its receipt


def next_stage(stage: str, verb: str) -> Stage:
    """The stage after `verb`. Raises ValueError naming what is possible instead."""
    try:
        return TRANSITIONS[Stage(stage), verb].next
    except KeyError:
        possible = sorted(v for (s, v) in TRANSITIONS if s == stage)
        raise ValueError(
            f"a request that is {stage} allows {possible or 'nothing more'}, not {verb}"
        ) from None


def days_over(due: datetime, now: datetime) -> int:
    """How far a request is past its time limit: 0 within it, 1 on the first day over, 2 on the second …"""
    return 0 if now <= due else 1 + (now - due).days
