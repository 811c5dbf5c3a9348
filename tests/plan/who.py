"""Who may do each act of the plan office: written down by hand, not asked of the code that is tested.

The administrator may do everything. Reporters and leaders act for their own organisation.
"""

OFFICE = {"officer"}
DECIDERS = {"officer", "leader"}
RESPONSIBLE = {"officer", "reporter"}
JUDGES = {"officer", "reviewer"}

WHO: dict[str, set[str]] = {
    # the reviewer's page
    "add_document": OFFICE,
    "edit_document": OFFICE,
    "accept_statements": OFFICE,
    "reject_statements": OFFICE,
    "reopen_statements": OFFICE,
    "merge_statements": OFFICE,
    "split_statement": OFFICE,
    "add_statement": OFFICE,
    "correct_statement": OFFICE,
    "take_back_review": OFFICE,
    "read_again": OFFICE,
    "finish_review": OFFICE,
    # the living page: whoever asks does not approve
    "ask_publication": OFFICE,
    "approve_publication": {"leader"},
    "end_publication": DECIDERS,
    "withdraw_document": OFFICE,
    # promises
    "save_programme": OFFICE,
    "make_commitment": OFFICE,
    "edit_commitment": OFFICE,
    "add_source": OFFICE,
    "amend_commitment": OFFICE,
    "supersede_commitment": OFFICE,
    "carry_tasks": OFFICE,
    "drop_corrections": OFFICE,
    "place_correction": OFFICE,
    "merge_commitments": OFFICE,
    "withdraw_commitment": DECIDERS,
    "open_reply": OFFICE,
    "give_reply": {"reporter", "leader"},
    "close_reply": OFFICE,
    # tasks
    "make_task": OFFICE,
    "edit_task": OFFICE,
    "move_task": RESPONSIBLE,
    "confirm_tasks": OFFICE,
    "assign_tasks": OFFICE,
    "change_due": OFFICE,
    "urge_tasks": OFFICE,
    "place_tasks": OFFICE,
    "import_tasks": OFFICE,
    "report_progress": {"reporter"},
    "accept_report": JUDGES,
    "send_back_report": JUDGES,
    "save_part": RESPONSIBLE,
    "escalate": OFFICE,
    # projects, decisions, briefs
    "save_project": RESPONSIBLE,
    "save_milestone": RESPONSIBLE,
    "reach_milestone": RESPONSIBLE,
    "save_funding": RESPONSIBLE,
    "record_decision": DECIDERS,
    "cast_vote": DECIDERS,
    "close_vote": {"leader"},
    "set_brief_template": OFFICE,
}
