"""Acts of the house itself: organisations, accounts, comments, the request desk, saved views."""

from kechuang.core.actions.centre import save_centre
from kechuang.core.actions.desk import (
    answer_request,
    escalate_requests,
    hand_over_request,
    open_request,
    rate_request,
    return_request,
)
from kechuang.core.actions.erasure import erase_person
from kechuang.core.actions.organisations import add_name, remove_name, save_organisation
from kechuang.core.actions.people import (
    end_deputy,
    grant_role,
    issue_token,
    name_deputy,
    revoke_token,
    save_account,
    save_preferences,
    withdraw_role,
)
from kechuang.core.actions.talk import LONGEST_QUERY, comment, delete_view, save_view

__all__ = [
    "LONGEST_QUERY",
    "add_name",
    "answer_request",
    "comment",
    "delete_view",
    "end_deputy",
    "erase_person",
    "escalate_requests",
    "grant_role",
    "hand_over_request",
    "issue_token",
    "name_deputy",
    "open_request",
    "rate_request",
    "remove_name",
    "return_request",
    "revoke_token",
    "save_account",
    "save_centre",
    "save_organisation",
    "save_preferences",
    "save_view",
    "withdraw_role",
]
