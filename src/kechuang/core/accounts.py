"""Accounts are made by an administrator or by the centre's single sign-on, never by whoever finds the sign-up page."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Secrecy, User


class ClosedSignup(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        return False


class SignOnOfTheCentre(DefaultSocialAccountAdapter):
    """Whoever the centre's own server knows may come in: without a role, and to what is public, until an administrator
    says more."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return True

    def save_user(self, request: Any, sociallogin: Any, form: Any = None) -> User:
        from kechuang.core.actions import save_account

        sociallogin.user.clearance = Secrecy.PUBLIC
        user = super().save_user(request, sociallogin, form)
        return save_account(SYSTEM, user)
