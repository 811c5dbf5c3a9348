"""Whom a surname with its title, a title or an office alone means in Chinese."""

from __future__ import annotations

import re

from . import subject_words as forms
from .company import Company
from .subject_words import NOBODY


class Bearers:
    """Finds those of the company who bear a title."""

    def __init__(self, company: Company) -> None:
        self._company = company

    def bearer(self, office: str) -> str:
        """Whom 罗书记 or 财政司司长 alone means."""
        surname = forms.BY_SURNAME.fullmatch(office)
        who = self.surnamed(surname) if surname else ""
        return who or self.of_office(office) or self.of_title(office)

    def of_surname(self, surname: str, title: str = "") -> str:
        """Whom 程副院长 means: who bears the title, else whose title nobody tells, else anybody of that surname."""
        for fits in (lambda role: title in role, lambda role: not role, bool):
            bears = lambda name, role, fits=fits: name.startswith(surname) and fits(role)  # noqa: E731
            if who := self._company.bears(bears, first=True):
                return who
        return ""

    def surnamed(self, found: re.Match[str]) -> str:
        """Whom a surname means with the title behind it, if any: no deputy where the head is meant."""
        title = found["title"] if "title" in found.re.groupindex else ""
        who = self.of_surname(found["who"], title)
        role = self._company.role(who)
        deputy = title and f"副{title}" in role and title not in role.replace(f"副{title}", "")
        return "" if deputy else who

    def of_title(self, title: str) -> str:
        """Whom 副总统 alone means."""
        if title in forms.UNBORNE:
            return ""
        former = (f"前{title}", f"原{title}")
        return self._company.bears(
            lambda _, role: any(
                one.endswith(title) and not one.endswith(former) for one in forms.ROLE_PARTS.split(role)
            )
        )

    def of_office(self, office: str) -> str:
        """Whom 台州市市长 means."""
        return self._company.bears(
            lambda _, role: office.endswith(role or NOBODY) and len(role) > forms.WHOLE_ROLE
        )
