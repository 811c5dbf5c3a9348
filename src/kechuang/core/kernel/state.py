"""The one state language for promises and tasks."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """The five states in which a promise or a task may stand, each with its mark."""

    KEPT = "kept"
    ON_THE_WAY = "on_the_way"
    AT_RISK = "at_risk"
    LATE = "late"
    UNMEASURED = "unmeasured"

    @property
    def mark(self) -> str:
        """Its shape, so that it reads without colour."""
        return _MARKS[self]

    @property
    def severity(self) -> int:
        """Order for "worst of": late is the worst, kept the best."""
        return _SEVERITY.index(self)


_MARKS = {
    State.KEPT: "●",
    State.ON_THE_WAY: "◐",
    State.AT_RISK: "▲",
    State.LATE: "■",
    State.UNMEASURED: "○",
}
_SEVERITY = [State.KEPT, State.ON_THE_WAY, State.UNMEASURED, State.AT_RISK, State.LATE]
