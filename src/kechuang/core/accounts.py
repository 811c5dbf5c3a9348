"""Accounts are made by an administrator or by single sign-on, never by whoever finds the sign-up page."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignup(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
