"""The life of a task as a table."""

from __future__ import annotations

from enum import StrEnum

from kechuang.core.engine.workflow import Step, Table


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


S = TaskStage
OPEN_STAGES = (S.CONFIRMED, S.STARTED, S.UNDER_WAY)
OVER_STAGES = (S.ACCEPTED, S.TERMINATED)
TRANSITIONS: Table = {
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
