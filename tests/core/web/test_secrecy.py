"""What is above a person's clearance, or not theirs, does not leak: search, events, desk, notices, files, keys."""

import json

import pytest
from django.test import Client

from kechuang.core import actions, files, kinds
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import NotPermitted
from kechuang.core.events import record
from kechuang.core.models import ApiToken, Comment, Organisation, SavedView, SearchEntry, ServiceRequest
from kechuang.core.search import search

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


@pytest.fixture
def secret():
    """A file above everybody's clearance but the keeper's."""
    return files.keep(SYSTEM, "绝密图纸.png", PNG, secrecy=3)


def test_the_record_of_acts_withholds_what_its_reader_may_not_see(secret, client, make_user):
    record(SYSTEM, "tests.value", secret, after={"word": "绝密内容"})
    client.force_login(make_user("officer"))
    answer = client.get("/api/core/events?limit=500")
    assert answer.status_code == 200 and "绝密" not in answer.content.decode()
    assert any(e.get("withheld") for e in answer.json()["items"])
    client.force_login(make_user("officer", name="cleared", clearance=3))
    assert "绝密内容" in client.get("/api/core/events?limit=500").content.decode()


def test_search_asks_the_kind_even_when_the_entry_is_wrong(secret, make_user, client):
    SearchEntry.objects.create(
        kind="core.storedfile",
        object_id=str(secret.pk),
        title="绝密图纸",
        url="/x/",
        tokens="绝密",
        secrecy=0,
    )
    user = make_user("officer")
    assert search(user, "绝密") == [] and search(None, "绝密") == []
    client.force_login(user)
    page = client.get("/search/", {"q": "绝密"})
    assert "图纸" not in page.content.decode() and not page.context["facets"]
    assert client.get("/api/core/search", {"q": "绝密"}).json() == []
    assert search(make_user(name="cleared", clearance=3), "绝密")


def test_nobody_comments_on_or_is_told_of_what_they_may_not_see(secret, make_user, client):
    insider, outsider = make_user(name="insider", clearance=3), make_user(name="outsider")
    with pytest.raises(NotPermitted):
        actions.comment(outsider, secret, "@insider")
    secret.get_absolute_url = lambda: "/x/"
    actions.comment(insider, secret, "请看 @outsider @insider")
    assert outsider.notices.count() == 0 and [u.username for u in Comment.objects.get().mentions.all()] == [
        "insider"
    ]
    client.force_login(outsider)

    def tried(key):
        body = {"kind": "core.storedfile", "id": str(key), "text": "x"}
        return client.post("/api/core/comments", json.dumps(body), content_type="application/json")

    hidden, absent = tried(secret.pk), tried(10**6)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json()["detail"].replace(str(secret.pk), "#") == absent.json()["detail"].replace(
        "1000000", "#"
    )
    with pytest.raises(NotPermitted):
        actions.open_request(outsider, "question", "问", "问", about=secret)


def test_the_same_content_at_another_level_is_another_file(secret, make_user):
    open_copy = files.keep(make_user(), "x.png", PNG, secrecy=0)
    assert open_copy.pk != secret.pk and (open_copy.secrecy, secret.secrecy) == (0, 3)
    assert files.keep(SYSTEM, "y.png", PNG, secrecy=0).pk == open_copy.pk
    assert not kinds.visible(make_user(), secret)


def test_former_members_of_the_handler_see_nothing(make_user, client):
    from datetime import timedelta

    from kechuang.core import clock

    office = Organisation.objects.create(name_zh="答复单位")
    former = make_user("reporter", organisation=office, name="former")
    former.memberships.update(valid_to=clock.today() - timedelta(days=1))
    row = actions.open_request(make_user(name="asker"), "question", "私事", "私事")
    actions.hand_over_request(SYSTEM, row, office)
    client.force_login(former)
    assert former.notices.count() == 0
    assert client.get(f"/requests/{row.pk}/").status_code == 403
    assert "私事" not in client.get("/requests/").content.decode()
    assert client.post(f"/requests/{row.pk}/answer/", {"confirm": "1", "answer": "x"}).status_code == 403
    assert "私事" not in client.get("/requests/?export=csv").getvalue().decode()


def test_one_may_not_touch_what_is_anothers(make_user, client):
    owner, other = make_user(name="owner"), make_user(name="other")
    token, _key = actions.issue_token(owner, "k", ["read"])
    view = actions.save_view(owner, "p", "n", "a=1")
    row = actions.open_request(owner, "question", "问", "问")
    client.force_login(other)
    assert client.delete(f"/api/core/tokens/{token.pk}").status_code == 404
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert client.post(f"/views/{view.pk}/delete/").status_code == 403
    assert client.post(f"/api/core/requests/{row.pk}/rate?satisfaction=5").status_code == 404
    assert client.delete(f"/api/core/views/{view.pk}").status_code == 404
    assert client.post(f"/requests/{row.pk}/rate/", {"confirm": "1", "satisfaction": "5"}).status_code == 403
    assert client.get(f"/requests/{row.pk}/").status_code == 403
    assert client.get("/users/").status_code == client.get(f"/users/{owner.pk}/").status_code == 403
    assert (
        ApiToken.objects.exists()
        and SavedView.objects.exists()
        and ServiceRequest.objects.get().satisfaction is None
    )


def test_keys_end_with_their_time_their_account_and_make_no_keys(make_user, client):
    from datetime import timedelta

    from kechuang.core import clock

    user = make_user("officer")
    _token, key = actions.issue_token(user, "w", ["write"])
    sent = {"Authorization": f"Bearer {key}"}
    body = json.dumps({"name": "more", "scopes": ["write"]})
    assert (
        client.post("/api/core/tokens", body, content_type="application/json", headers=sent).status_code
        == 401
    )
    assert client.get("/api/core/notices", headers=sent).status_code == 200
    ApiToken.objects.update(expires=clock.now() - timedelta(seconds=1))
    assert client.get("/api/core/notices", headers=sent).status_code == 401
    ApiToken.objects.update(expires=None)
    user.is_active = False
    user.save()
    assert client.get("/api/core/notices", headers=sent).status_code == 401


def test_a_session_alone_does_not_write_through_the_api(make_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("officer"))
    answer = client.post("/api/core/organisations", '{"name_zh": "伪造"}', content_type="application/json")
    assert answer.status_code == 403 and not Organisation.objects.filter(name_zh="伪造").exists()
    assert (
        client.post("/api/core/organisations", '{"name_zh": "伪造"}', content_type="text/plain").status_code
        == 403
    )
    assert client.get("/api/core/organisations").status_code == 200
