"""What the plan office keeps: documents and statements, commitments, tasks and projects, states, decisions."""

from kechuang.plan.models.briefs import BriefTemplate
from kechuang.plan.models.commitments import Commitment, CommitmentSource, Programme, StateRow, TargetVersion
from kechuang.plan.models.decisions import MajorDecision, Vote
from kechuang.plan.models.documents import Correction, Document, Publication, ReviewStep, Statement
from kechuang.plan.models.runs import BulkRun
from kechuang.plan.models.supervision import Escalation, RightOfReply
from kechuang.plan.models.work import (
    Carried,
    Evidence,
    FundingLine,
    Milestone,
    ProgressReport,
    Project,
    Task,
    TaskPart,
)

__all__ = [
    "BriefTemplate",
    "BulkRun",
    "Carried",
    "Commitment",
    "CommitmentSource",
    "Correction",
    "Document",
    "Escalation",
    "Evidence",
    "FundingLine",
    "MajorDecision",
    "Milestone",
    "Programme",
    "ProgressReport",
    "Project",
    "Publication",
    "ReviewStep",
    "RightOfReply",
    "StateRow",
    "Statement",
    "TargetVersion",
    "Task",
    "TaskPart",
    "Vote",
]
