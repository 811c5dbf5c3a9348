"""The form of the sign-in page, in words of our own."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext as _


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Account or mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
