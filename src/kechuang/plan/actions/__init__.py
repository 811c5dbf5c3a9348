"""Every write of the plan office, one function an act."""

from kechuang.plan.actions.briefs import set_brief_template
from kechuang.plan.actions.bulk import assign_tasks, change_due, confirm_tasks, place_tasks, urge_tasks
from kechuang.plan.actions.commitments import (
    add_source,
    amend_commitment,
    edit_commitment,
    make_commitment,
    save_programme,
    withdraw_commitment,
)
from kechuang.plan.actions.decisions import cast_vote, close_vote, record_decision
from kechuang.plan.actions.documents import (
    add_document,
    approve_publication,
    ask_publication,
    edit_document,
    end_publication,
    finish_review,
    read_again,
    withdraw_document,
)
from kechuang.plan.actions.imports import import_tasks
from kechuang.plan.actions.lost import drop_corrections, place_correction
from kechuang.plan.actions.projects import reach_milestone, save_funding, save_milestone, save_project
from kechuang.plan.actions.reports import accept_report, report_progress, send_back_report
from kechuang.plan.actions.review import (
    accept_statements,
    add_statement,
    correct_statement,
    merge_statements,
    reject_statements,
    reopen_statements,
    split_statement,
    take_back_review,
)
from kechuang.plan.actions.succession import carry_tasks, merge_commitments, supersede_commitment
from kechuang.plan.actions.supervision import close_reply, escalate, give_reply, open_reply
from kechuang.plan.actions.tasks import edit_task, make_task, move_task, save_part, why_no_step

__all__ = [
    "accept_report",
    "accept_statements",
    "add_document",
    "add_source",
    "add_statement",
    "amend_commitment",
    "approve_publication",
    "ask_publication",
    "assign_tasks",
    "carry_tasks",
    "cast_vote",
    "change_due",
    "close_reply",
    "close_vote",
    "confirm_tasks",
    "correct_statement",
    "drop_corrections",
    "edit_commitment",
    "edit_document",
    "edit_task",
    "end_publication",
    "escalate",
    "finish_review",
    "give_reply",
    "import_tasks",
    "make_commitment",
    "make_task",
    "merge_commitments",
    "merge_statements",
    "move_task",
    "open_reply",
    "place_correction",
    "place_tasks",
    "reach_milestone",
    "read_again",
    "record_decision",
    "reject_statements",
    "reopen_statements",
    "report_progress",
    "save_funding",
    "save_milestone",
    "save_part",
    "save_programme",
    "save_project",
    "send_back_report",
    "set_brief_template",
    "split_statement",
    "supersede_commitment",
    "take_back_review",
    "urge_tasks",
    "why_no_step",
    "withdraw_commitment",
    "withdraw_document",
]
