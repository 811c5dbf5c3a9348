"""Shared by all tests: a folder of their own for what the product writes, and a quiet product.

The event guards stand aside only while a test database is emptied.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PURE = {"engine", "kernel"}
gc.set_threshold(50_000)  # the product is one large heap that lives as long as the tests: search it rarely


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def var(tmp_path_factory) -> Path:
    """What the product writes in one run of tests."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(autouse=True)
def _quiet_product(request) -> None:
    """Fast hashes, no mail, no queue, no manifest, no file in the checkout; engine tests never start Django."""
    if not PURE.isdisjoint(request.path.parts):
        return
    from django.utils import translation

    settings, var = request.getfixturevalue("settings"), request.getfixturevalue("var")
    settings.MEDIA_ROOT, settings.SNAPSHOTS = var / "files", var / "snapshots"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    settings.STATIC_ROOT = var / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    translation.activate(settings.LANGUAGE_CODE)  # a page of the test before may have left another


@pytest.fixture(autouse=True)
def _histories_in_words(request, monkeypatch) -> Iterator[None]:
    """Whatever act a test does: each field of its event has a name for people, in both languages."""
    if not PURE.isdisjoint(request.path.parts):
        yield
        return
    from kechuang.core import events
    from tests.event_fields import raw_fields

    raw, write = set(), events._write
    monkeypatch.setattr(events, "_write", lambda entries: raw.update(raw_fields(entries)) or write(entries))
    yield
    assert not raw, f"a history would show raw names: {sorted(raw)}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(var, django_db_modify_db_settings) -> None:
    """A SQLite test database of this run alone, so that two runs at once do not meet."""
    from django.db import connections

    test = connections["default"].settings_dict["TEST"]
    if connections["default"].vendor == "sqlite":
        test["NAME"] = str(var / Path(test["NAME"]).name)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_db_blocker) -> None:
    """A migrated database: on SQLite a copy of the one that the first run with these migrations kept."""
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
    if connection.vendor != "sqlite":
        request.getfixturevalue("migrated_database")
        return
    kept = request.config.cache.mkdir("databases") / f"{_migrations_digest()}.sqlite3"
    with (kept.parent / "lock").open("w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            request.getfixturevalue("migrated_database")
            connection.cursor().execute("VACUUM INTO %s", [str(kept)])
            return
    _use_copy_of(kept, connection)


@pytest.fixture(scope="session")
def migrated_database(django_test_environment, django_db_blocker) -> Iterator[None]:
    """The test database as Django makes it: every migration from the first."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _use_copy_of(kept: Path, connection) -> None:
    name = connection.settings_dict["TEST"]["NAME"]
    shutil.copyfile(kept, name)
    connection.close()
    connection.settings_dict["NAME"] = name


def _migrations_digest() -> str:
    """Changes when any migration, trigger or pinned package does."""
    source = ROOT / "src/kechuang"
    files = [*source.glob("*/migrations/*.py"), source / "core/guards.py", ROOT / "requirements-dev.lock"]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


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
