"""What pages offer a person, walked and tried: no link is refused, and no dialogue that is sent is for somebody else.

Every attempt is undone. What a dialogue says of missing words is its own affair; that the person may not is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.db import transaction
from django.urls import Resolver404, resolve

from kechuang.core.acts import ACTS

LEFT_OUT = {"account_logout", "set_language", "core:parts"}
EACH = 2


def broken_offers(client, starts: list[str], monkeypatch, domain: str = "") -> list[tuple[str, str, str]]:
    """(page, address it offers, what came of it): links and dialogues refused although they were offered.

    With a `domain` only its own pages are opened: what it offers of others is walked with these.
    """
    refused = _refusals_heard(monkeypatch)
    wrong, seen, views = [], set(), Counter()
    waiting = [("", start) for start in starts]
    while waiting:
        page, address = waiting.pop()
        view = _view(address)
        if address in seen or view is None or views[view] >= EACH or not view.startswith(domain):
            continue
        seen.add(address)
        views[view] += 1
        answer = client.get(address, HTTP_REFERER=page)
        if answer.status_code >= 400:
            wrong.append((page, address, str(answer.status_code)))
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        tree = lxml.html.fromstring(answer.content)
        waiting += [(address, link) for link in _links(tree, address)]
        for sent in _dialogues(tree):
            refused.clear()
            with transaction.atomic():
                status = client.post(address, sent).status_code
                transaction.set_rollback(True)
            if status == 403 or refused:
                wrong.append((page, address, f"sent: {status} {' '.join(refused)}"))
    return wrong


def _refusals_heard(monkeypatch) -> list[str]:
    """What acts say when somebody is not the one to do them."""
    from kechuang.core import acts

    heard: list[str] = []
    ask = acts._hindrance

    def listening(unless, actor, obj):
        if found := ask(unless, actor, obj):
            heard.append(str(found))
        return found

    monkeypatch.setattr(acts, "_hindrance", listening)
    assert any(act.unless for act in ACTS.values())
    return heard


@cache
def _view(address: str) -> str | None:
    parts = urlsplit(address)
    if parts.netloc or (parts.scheme and parts.scheme != "http"):
        return None
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    return None if not name or name in LEFT_OUT or name.startswith("api") else name


def _links(tree, here: str) -> Iterator[str]:
    for link in tree.xpath("//main//a[@href] | //*[@id='navigation']//a[@href]"):
        yield urljoin(here, link.get("href")).partition("#")[0]


def _dialogues(tree) -> Iterator[dict[str, str]]:
    """The dialogues of a page as they would be sent, with a word where one is asked for."""
    for form in tree.xpath("//main//form[.//input[@name='confirm']]"):
        sent = {}
        for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
            value = field.value if not isinstance(field.value, set | list) else None
            sent[field.name] = value or ("1" if field.tag == "input" else "依据")
        yield sent
