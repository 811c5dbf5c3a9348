"""Shared by all tests that use the database: the event guards stand aside only while a test database is emptied."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("KECHUANG_VAR", tempfile.mkdtemp(prefix="kechuang-test-"))
SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ is not beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def _quiet_product(request) -> None:
    """Fast hashes, no mail, no queue, no manifest; engine tests never start Django."""
    if "engine" in request.path.parts:
        return
    settings = request.getfixturevalue("settings")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> None:
    from django.db import connection
    from django.test import TransactionTestCase

    from kechuang.core import guards

    teardown = TransactionTestCase._fixture_teardown

    def emptied(self):
        guards.lift(connection)
        try:
            teardown(self)
        finally:
            guards.install(connection)

    TransactionTestCase._fixture_teardown = emptied


@pytest.fixture
def make_user(db):
    """make_user("officer", organisation=…): an account that holds the roles in an organisation."""
    from kechuang.core.models import Membership, Organisation, User

    def make(*roles: str, organisation=None, name: str = "", **fields) -> User:
        name = name or "-".join(roles) or "nobody"
        user, _ = User.objects.get_or_create(username=name, defaults=fields)
        for role in roles:
            organisation = organisation or Organisation.objects.get_or_create(name_zh="测试办公室")[0]
            Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
        return user

    return make
