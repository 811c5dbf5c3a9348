"""The life of a request to the desk as a table, and its time limits."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from kechuang.core.engine.workflow import Step, Table


class Stage(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"


TRANSITIONS: Table = {
    (Stage.OPEN, "hand_over"): Step(Stage.ASSIGNED, "officer"),
    (Stage.ASSIGNED, "hand_over"): Step(Stage.ASSIGNED, "officer"),
    (Stage.ASSIGNED, "return"): Step(Stage.OPEN, "handler", needs_reason=True),
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


def days_over(due: datetime, now: datetime) -> int:
    """How far a request is past its time limit: 0 within it, 1 on the first day over, 2 on the second …"""
    return 0 if now <= due else 1 + (now - due).days
