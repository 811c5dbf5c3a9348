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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction

from kechuang.core.acts import ACTS
from kechuang.core.models import Event, Role

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
        become(client, person)
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


def become(client, person: Any) -> None:
    """From now on the client is this person (None: a visitor), who signs in the first time and keeps the session."""
    sessions = client.__dict__.setdefault("kept_sessions", {})
    client.cookies.clear()
    if person is None:
        return
    if person.pk not in sessions:
        client.force_login(person)
        sessions[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.cookies[settings.SESSION_COOKIE_NAME] = sessions[person.pk]


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


# ---- through the pages

Page = Callable[[Any], tuple[str, dict]]


def filled(client, address: str, **changes: Any) -> dict:
    """What a person sends who opens a form (the client's person here) and changes some of it."""
    shown = client.get(address).context
    fields = (shown and shown.get("form")) or []
    given = {f.html_name: f.value() for f in fields if f.value() not in (None, "")}
    return {name: value for name, value in (given | changes).items() if value is not None}


def tried_by_page(
    client,
    people: Mapping[str, Any],
    opener: Any,
    verb: str,
    who: Iterable[str],
    page: Page,
    *,
    left_by: str = "",
    form_refuses: Iterable[str] = (),
) -> list[str]:
    """Let everybody send the page's form. Returns what went otherwise than `who` says, in words.

    `page` makes the state and answers (address, data), with the client signed in as `opener`, who may do everything; a
    value of the data may be a function of the person's name. An act is done when it leaves its event (or that of
    `left_by`) and the page moves on; it is refused when it leaves none and says 403 or 404, or asks a visitor to sign in. `form_refuses` names those
    who hold the role, but not over what they chose: their form may say so instead.
    """
    found = []
    for person in (*people.values(), opener):
        become(client, person)
    with transaction.atomic():
        address, data = page(client)
        for name, person in people.items():
            become(client, person)
            sent = {key: value(name) if callable(value) else value for key, value in data.items()}
            status, done, said = _posted(client, address, sent, left_by or verb)
            refusals = (403, 404, *((302, 401) if person is None else (200,) if name in form_refuses else ()))
            if done != (name in set(who)) or status not in ((200, 204, 302) if done else refusals):
                found.append(f"{verb} by {name}: {status}, {'done' if done else 'not done'} {said}")
        transaction.set_rollback(True)
    return found


def _posted(client, address: str, data: dict, verb: str) -> tuple[int, bool, str]:
    """(status, whether the act left its event, what the form complained of); undone again."""
    events = Event.objects.filter(verb=verb)
    for file in (value for value in data.values() if hasattr(value, "seek")):
        file.seek(0)
    with transaction.atomic():
        before = events.count()
        answer = client.post(address, data)
        done = events.count() > before
        transaction.set_rollback(True)
    form = answer.context.get("form") if answer.context else None
    return answer.status_code, done, str(getattr(form, "errors", ""))
