"""The life of a task as a table: (stage, verb) → (who may, next stage, whether a reason must be given)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TaskStage(StrEnum):
    """待确认 → 已确认 → 已启动 → 推进中 → 已完成 → 已验收, plus 暂缓 and 终止."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    STARTED = "started"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Step:
    next: TaskStage
    role: str
    needs_reason: bool = False


S = TaskStage
OPEN_STAGES = (S.CONFIRMED, S.STARTED, S.UNDER_WAY)
TRANSITIONS: dict[tuple[TaskStage, str], Step] = {
    (S.PROPOSED, "confirm"): Step(S.CONFIRMED, "officer"),
    (S.CONFIRMED, "start"): Step(S.STARTED, "reporter"),
    (S.STARTED, "progress"): Step(S.UNDER_WAY, "reporter"),
    (S.UNDER_WAY, "progress"): Step(S.UNDER_WAY, "reporter"),
    (S.STARTED, "complete"): Step(S.COMPLETED, "reporter"),
    (S.UNDER_WAY, "complete"): Step(S.COMPLETED, "reporter"),
    (S.COMPLETED, "accept"): Step(S.ACCEPTED, "officer"),
    (S.COMPLETED, "send_back"): Step(S.UNDER_WAY, "officer", needs_reason=True),
    **{(stage, "suspend"): Step(S.SUSPENDED, "officer", needs_reason=True) for stage in OPEN_STAGES},
    (S.SUSPENDED, "resume"): Step(S.UNDER_WAY, "officer"),
    **{
        (stage, "terminate"): Step(S.TERMINATED, "officer", needs_reason=True)
        for stage in (S.PROPOSED, *OPEN_STAGES, S.SUSPENDED)
    },
}
STARTED_STAGES = frozenset({S.STARTED, S.UNDER_WAY, S.COMPLETED, S.ACCEPTED})
COUNTED_STAGES = frozenset(S) - {S.PROPOSED, S.TERMINATED}


def step(stage: str, verb: str, *, reason: str = "") -> Step:
    """The step `verb` takes from `stage`.

    Raises ValueError naming what is possible instead, or that a reason is missing.
    """
    found = TRANSITIONS.get((TaskStage(stage), verb))
    if found is None:
        possible = sorted(v for s, v in TRANSITIONS if s == stage)
        raise ValueError(f"a task that is {stage} allows {', '.join(possible) or 'nothing more'}; not {verb}")
    if found.needs_reason and not reason.strip():
        raise ValueError(f"{verb} needs a reason")
    return found


def verbs(stage: str) -> list[str]:
    """What may be done from `stage`, in the order of the table."""
    return [v for s, v in TRANSITIONS if s == stage]
