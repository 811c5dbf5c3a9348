"""Each role against each act: one table a domain, tried through the API, every attempt undone.

    TABLE = {"plan.save_programme": Try({"officer"}, "post", "programmes", {"name_zh": "新专项"}), …}

    @pytest.mark.parametrize("verb", TABLE)
    def test_each_role(verb, client, people, world):
        tried(client, people, verb, TABLE[verb].on(world), base="/api/plan/")

    def test_the_table_knows_every_act():
        assert lacking("plan", TABLE) == []

`people` maps a role (or any other name, such as "owner") to an account, None for a visitor. Who may is written down in
the table, not asked of the code that is tested. Administrators may everything unless the table says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from kechuang.core.acts import ACTS
from kechuang.core.models import Role

DONE = {200, 201, 202, 204}
EVERYBODY = frozenset(Role.values)


class Form(dict):
    """A body that is sent as a form (with files) rather than as JSON."""


@dataclass(frozen=True, slots=True)
class Try:
    """Who may, and the call that would do it. `{name}` in path and body stands for a value of the world."""

    who: Iterable[str]
    method: str
    path: str
    body: Any = None
    also_admin: bool = True

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset(self.who) | ({Role.ADMIN} if self.also_admin else set())

    def on(self, world: Mapping[str, Any]) -> Try:
        """With the world's values in place of their names."""
        return replace(self, path=self.path.format_map(world), body=_filled(self.body, world))


def _filled(value: Any, world: Mapping[str, Any]) -> Any:
    match value:
        case str() if value.startswith("{") and value.endswith("}"):
            return world[value[1:-1]]
        case dict():
            return type(value)({name: _filled(v, world) for name, v in value.items()})
        case list():
            return [_filled(v, world) for v in value]
    return value


def tried(client, people: Mapping[str, Any], verb: str, attempt: Try, base: str = "") -> None:
    """Let everybody try: done by whoever may, 403 with the act's name for the others, 401 for a visitor."""
    for name, person in people.items():
        client.logout()
        if person is not None:
            client.force_login(person)
        with transaction.atomic():
            answer = _send(client, base + attempt.path, attempt)
            transaction.set_rollback(True)
        where = f"{verb} by {name}: {answer.status_code} {answer.content[:300]!r}"
        if name in attempt.allowed:
            assert answer.status_code in DONE, where
        elif person is None:
            assert answer.status_code in (401, 403), where
        else:
            assert answer.status_code in (403, 404), where
            if answer.status_code == 403:
                assert answer.json()["title"] == "Not permitted", where


def _send(client, path: str, attempt: Try):
    send = getattr(client, attempt.method)
    if isinstance(attempt.body, Form):
        for file in (value for value in attempt.body.values() if hasattr(value, "seek")):
            file.seek(0)
        return send(path, dict(attempt.body))
    body = None if attempt.body is None else json.dumps(attempt.body)
    return send(path, body, content_type="application/json")


def lacking(domain: str, table: Iterable[str], besides: Iterable[str] = ()) -> list[str]:
    """Acts of the domain that the table leaves out, and entries that are no act."""
    mine = {verb for verb in ACTS if verb.startswith(f"{domain}.")}
    return sorted(mine ^ (set(table) | set(besides)))
