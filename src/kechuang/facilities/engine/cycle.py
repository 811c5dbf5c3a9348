"""The life of a call for proposals and of a proposal, as tables.

Who takes a step: manager, author, chair, or plan (a published plan takes it).
"""

from __future__ import annotations

from enum import StrEnum

from kechuang.core.engine.workflow import Step, Table


class CycleStage(StrEnum):
    """准备 → 征集 → 评审 → 已发布 → 已结束."""

    PREPARED = "prepared"
    OPEN = "open"
    REVIEW = "review"
    PUBLISHED = "published"
    ENDED = "ended"


class ProposalStage(StrEnum):
    """草稿 → 已提交 → 技术审查 → 安全审查 → 专家组评审 → 推荐 → 已安排 / 候补 → 已完成, and the ways out."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TECHNICAL = "technical"
    SAFETY = "safety"
    PANEL = "panel"
    RECOMMENDED = "recommended"
    GRANTED = "granted"
    RESERVE = "reserve"
    COMPLETED = "completed"
    INELIGIBLE = "ineligible"
    INFEASIBLE = "infeasible"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


C, P = CycleStage, ProposalStage
CYCLE: Table = {
    (C.PREPARED, "open"): Step(C.OPEN, "manager"),
    (C.OPEN, "close"): Step(C.REVIEW, "manager"),
    (C.REVIEW, "reopen"): Step(C.OPEN, "manager", needs_reason=True),
    (C.REVIEW, "publish"): Step(C.PUBLISHED, "plan"),
    (C.PUBLISHED, "publish"): Step(C.PUBLISHED, "plan"),
    (C.PUBLISHED, "end"): Step(C.ENDED, "manager"),
}
_UNDECIDED = (P.SUBMITTED, P.TECHNICAL, P.SAFETY, P.PANEL, P.RECOMMENDED)
PROPOSAL: Table = {
    (P.DRAFT, "submit"): Step(P.SUBMITTED, "author"),
    (P.SUBMITTED, "send_back"): Step(P.DRAFT, "manager", needs_reason=True),
    (P.SUBMITTED, "pass_eligibility"): Step(P.TECHNICAL, "manager"),
    (P.SUBMITTED, "fail_eligibility"): Step(P.INELIGIBLE, "manager", needs_reason=True),
    (P.TECHNICAL, "pass_feasibility"): Step(P.SAFETY, "manager"),
    (P.TECHNICAL, "fail_feasibility"): Step(P.INFEASIBLE, "manager", needs_reason=True),
    (P.SAFETY, "pass_safety"): Step(P.PANEL, "manager"),
    (P.SAFETY, "fail_safety"): Step(P.INFEASIBLE, "manager", needs_reason=True),
    (P.PANEL, "recommend"): Step(P.RECOMMENDED, "chair"),
    (P.PANEL, "decline"): Step(P.DECLINED, "chair", needs_reason=True),
    (P.RECOMMENDED, "reconsider"): Step(P.PANEL, "chair", needs_reason=True),
    (P.RECOMMENDED, "grant"): Step(P.GRANTED, "plan"),
    (P.RECOMMENDED, "hold"): Step(P.RESERVE, "plan"),
    (P.RESERVE, "grant"): Step(P.GRANTED, "plan"),
    (P.GRANTED, "hold"): Step(P.RESERVE, "plan"),
    (P.GRANTED, "withdraw"): Step(P.WITHDRAWN, "author", needs_reason=True),
    (P.GRANTED, "complete"): Step(P.COMPLETED, "manager"),
    **{(stage, "withdraw"): Step(P.WITHDRAWN, "author") for stage in (P.DRAFT, *_UNDECIDED, P.RESERVE)},
}
CHECKS = ("eligibility", "feasibility", "safety")
GRADED = frozenset({P.RECOMMENDED, P.GRANTED, P.RESERVE})
