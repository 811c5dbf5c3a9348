"""Accounts of people in tests."""

from __future__ import annotations

from typing import Any

from kechuang.core.models import Membership, Organisation, User


def account(*roles: str, organisation: Organisation | None = None, name: str = "", **fields: Any) -> User:
    """An account that holds the roles in an organisation."""
    name = name or "-".join(roles) or "nobody"
    user, _ = User.objects.get_or_create(username=name, defaults=fields)
    for role in roles:
        organisation = organisation or Organisation.objects.get_or_create(name_zh="测试办公室")[0]
        Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    return user
