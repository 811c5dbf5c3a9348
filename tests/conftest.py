"""Shared by all tests: a folder of their own for what the product writes, and a quiet product.

The event guards stand aside only while a test database is emptied.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings as drawn

from tests.absent import public

ROOT = Path(__file__).resolve().parents[1]
PURE = {"engine", "kernel"}
gc.set_threshold(200_000, 20, 20)  # the product is one large heap that lives as long: search it rarely
# Examples are judged by what comes out: how long one took says how busy the machine was. Benches judge time.
drawn.register_profile("kechuang", deadline=None)
drawn.load_profile("kechuang")


def pytest_collection_finish() -> None:
    gc.freeze()  # what is imported by now stays until the end: never search it


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data beside the checkout; tests that need it are skipped where it is absent."""
    return public()


@pytest.fixture(scope="session")
def var(tmp_path_factory) -> Path:
    """What the product writes in one run of tests."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="session")
def quiet_product(var) -> Iterator[None]:
    """Fast hashes and sessions, no mail, no queue, no manifest, no file in the checkout."""
    from django.conf import settings
    from django.test import override_settings

    logging.getLogger("django.request").setLevel(logging.ERROR)  # that a page was refused is what tests ask
    static = var / "static"
    static.mkdir()
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        MEDIA_ROOT=var / "files",
        SNAPSHOTS=var / "snapshots",
        STATIC_ROOT=static,
        STORAGES={**settings.STORAGES, "staticfiles": plain_files},
        TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SESSION_ENGINE="django.contrib.sessions.backends.cached_db",
        AXES_ENABLED=False,
    ):
        yield


@pytest.fixture(scope="session")
def raw_names() -> Iterator[set[str]]:
    """Fields of events, of whatever act a test does, that lack a name for people in both languages."""
    from kechuang.core import events
    from tests.event_fields import raw_fields

    raw, write = set(), events._write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_write", lambda entries: raw.update(raw_fields(entries)) or write(entries))
        yield raw


@pytest.fixture(autouse=True)
def _quiet_product(request) -> Iterator[None]:
    """Each test but those of engines, which never start Django: its language, and histories in words."""
    if not PURE.isdisjoint(request.path.parts):
        yield
        return
    from django.conf import settings
    from django.utils import translation

    request.getfixturevalue("quiet_product")
    raw = request.getfixturevalue("raw_names")
    translation.activate(settings.LANGUAGE_CODE)  # a page of the test before may have left another
    yield
    found = sorted(raw)
    raw.clear()
    assert not found, f"a history would show raw names: {found}"


@pytest.fixture(autouse=True)
def _rows_watched(request, _quiet_product, monkeypatch) -> Iterator[None]:
    """Where records are tested, no act leaves a row otherwise than its events say."""
    from django.db import connection

    if request.path.parent.name != "records" or connection.vendor != "sqlite":
        yield  # what an act changes besides its record is the same on both
        return
    from kechuang.core import acts, events
    from tests.left_rows import watching

    told: list[str] = []
    watched = watching(events.gathered, told.append)
    monkeypatch.setattr(acts, "gathered", watched)
    monkeypatch.setattr(events, "gathered", watched)
    yield
    assert not told, f"an act left rows that no event vouches for: {told}"


@pytest.fixture(scope="module")
def lasting(quiet_product, raw_names, django_db_setup, django_db_blocker) -> Iterator[Callable]:
    """`with lasting(): …` makes rows that all tests of the module stand on; each test is undone alone.

    What a fixture hands on of them is a copy (`deepcopy`), since tests change records in memory too.
    """
    from django.db import transaction
    from django.utils import translation

    @contextmanager
    def opened() -> Iterator[None]:
        with django_db_blocker.unblock(), translation.override("zh-hans"):
            yield

    around = transaction.atomic()
    with opened():
        around.__enter__()
    yield opened
    with opened():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(var, django_db_modify_db_settings) -> None:
    """A SQLite test database of this run alone, so that two runs at once do not meet."""
    from django.db import connections

    test = connections["default"].settings_dict["TEST"]
    if connections["default"].vendor == "sqlite":
        test["NAME"] = str(var / Path(test["NAME"]).name)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_db_blocker) -> None:
    """A migrated database: a copy of the one that the first run with these migrations kept (a file on SQLite, a
    template on PostgreSQL, where it lasts as long as the server's folder)."""
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
    cache, digest = request.config.cache.mkdir("databases"), _migrations_digest()
    kept = _File(cache / f"{digest}.sqlite3") if connection.vendor == "sqlite" else _Template(digest)
    with (cache / "lock").open("w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists(connection):
            kept.use_copy(connection)
        else:
            request.getfixturevalue("migrated_database")
            kept.keep(connection)


@pytest.fixture(scope="session")
def migrated_database(django_test_environment, django_db_blocker) -> Iterator[None]:
    """The test database as Django makes it: every migration from the first."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


class _File(NamedTuple):
    """A migrated SQLite database."""

    path: Path

    def exists(self, connection) -> bool:
        return self.path.exists()

    def keep(self, connection) -> None:
        connection.cursor().execute("VACUUM INTO %s", [str(self.path)])

    def use_copy(self, connection) -> None:
        name = connection.settings_dict["TEST"]["NAME"]
        shutil.copyfile(self.path, name)
        connection.close()
        connection.settings_dict["NAME"] = name


class _Template(NamedTuple):
    """A migrated PostgreSQL database."""

    digest: str

    @property
    def name(self) -> str:
        return f"kechuang_migrated_{self.digest}"

    def exists(self, connection) -> bool:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return cursor.fetchone() is not None

    def keep(self, connection) -> None:
        self._copy(connection, connection.settings_dict["NAME"], self.name)

    def use_copy(self, connection) -> None:
        name = connection.creation._get_test_db_name()
        self._copy(connection, self.name, name)
        connection.settings_dict["NAME"] = name

    def _copy(self, connection, source: str, target: str) -> None:
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _migrations_digest() -> str:
    """Changes when any migration, trigger or pinned package does."""
    source = ROOT / "src/kechuang"
    used = [source / "core/guards.py", source / "core/created_at_once.py", ROOT / "requirements-dev.lock"]
    files = [*source.glob("*/migrations/*.py"), *used]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture
def make_user(db) -> Callable:
    """make_user("officer", organisation=…): an account that holds the roles in an organisation."""
    from tests.accounts import account

    return account
