"""Every address with every key, as a visitor and as somebody signed in: no word of what is another's shows anywhere.

Driven by the resolver and by the OpenAPI schema, so that a new page or call is tried as it comes.
"""

import re

import pytest

from kechuang.core import actions, clock, files
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Event, Organisation, StoredFile, User
from kechuang.core.notices import notify
from kechuang.site.api import api
from tests.core.web.test_no_url_breaks import addresses

DOMAINS = ("/plan/", "/indicators/", "/facilities/")
pytestmark = pytest.mark.django_db
HIDDEN = ["密题", "密文", "密答", "密钥名", "密视图", "密件名", "密通知", "mi@example.org", "密短评"]


@pytest.fixture
def owner(make_user):
    """Somebody with one of everything that nobody else is to see."""
    owner = make_user(name="owner", email="mi@example.org")
    row = actions.open_request(owner, "question", "密题", "密文")
    actions.comment(owner, row, "密短评")
    actions.answer_request(SYSTEM, row, "密答")
    actions.issue_token(owner, "密钥名", ["read"])
    actions.save_view(owner, "core-organisations", "密视图", "q=x")
    actions.name_deputy(owner, make_user(name="deputy"), clock.today(), clock.today())
    files.keep(SYSTEM, "密件名.txt", b"text", secrecy=3)
    notify([owner], lambda: "密通知", key="x", about=row)
    actions.save_organisation(SYSTEM, Organisation(name_zh="公开机构"))
    return owner


def keys_of(owner):
    """The keys of everything the owner has."""
    rows = [owner.service_requests, owner.api_tokens, owner.saved_views, owner.deputies, owner.notices]
    answered = Event.objects.filter(verb="core.answer_request")
    return sorted(
        {
            owner.pk,
            *(row.pk for of in (*(r.all() for r in rows), StoredFile.objects.all(), answered) for row in of),
        }
    )


def pages(keys):
    """Each page; those of the house with each key where they take one."""
    for address in addresses(odd=False):
        tried = keys[:1] if address.startswith(DOMAINS) else keys
        yield from {re.sub(r"(?<=/)1(?=/|$)", str(key), address) for key in tried}


def calls(keys):
    """Each reading call of the API; those of the house with each key where they take one."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" in methods:
            tried = keys[:1] if path.removeprefix("/api").startswith(DOMAINS) else keys
            yield from {re.sub(r"{\w+}", str(key), path) for key in tried}


@pytest.mark.parametrize("roles", [(), ("scientist", "reporter", "analyst", "manager", "reviewer")])
def test_nothing_of_another_shows(roles, owner, client, make_user):
    if roles:
        client.force_login(make_user(*roles, name="stranger"))
    seen, keys = [], keys_of(owner)
    for address in [*pages(keys), *calls(keys)]:
        answer = client.get(address, {"q": "密", "page": "core-organisations"})
        if answer.streaming:
            content = b"".join(answer.streaming_content)
        else:
            content = answer.content
        words = content.decode(errors="replace")
        seen += [(address, word) for word in HIDDEN if word in words]
    assert seen == []


def test_its_owner_sees_it(owner, client):
    request = owner.service_requests.get()
    client.force_login(User.objects.get(pk=owner.pk))
    shown = "".join(
        client.get(address).content.decode()
        for address in ("/requests/", request.get_absolute_url(), "/account/", "/organisations/", "/notices/")
    )
    assert [
        word for word in ("密题", "密文", "密答", "密钥名", "密视图", "密通知") if word not in shown
    ] == []
