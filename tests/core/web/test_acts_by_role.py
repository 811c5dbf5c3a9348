"""Each of the house's acts, tried by each role through the API: refused exactly where the role may not."""

import json

import pytest

from kechuang.core import actions
from kechuang.core.acts import ACTS, SYSTEM
from kechuang.core.models import Organisation, Role, ServiceRequest, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(make_user):
    office = actions.save_organisation(SYSTEM, Organisation(name_zh="某委员会"))
    other = make_user(name="someone")
    request = actions.open_request(make_user("scientist", name="asker"), "question", "问题", "内容")
    return {"office": office.pk, "user": other.pk, "request": request.pk}


CALLS = {
    "core.save_organisation": ("post", "/api/core/organisations", {"name_zh": "新机构"}),
    "core.save_centre": ("put", "/api/core/centre", {"name_zh": "某科创中心", "horizons": [2035]}),
    "core.save_account": ("post", "/api/core/users", {"username": "newcomer"}),
    "core.grant_role": (
        "post",
        "/api/core/users/{user}/roles",
        {"organisation": "{office}", "role": "analyst"},
    ),
    "core.withdraw_role": ("delete", "/api/core/users/{user}/roles?organisation={office}&role=leader", None),
    "core.open_request": ("post", "/api/core/requests", {"kind": "question", "title": "a", "text": "b"}),
    "core.hand_over_request": ("post", "/api/core/requests/{request}/hand-over?organisation={office}", None),
    "core.comment": (
        "post",
        "/api/core/comments",
        {"kind": "core.organisation", "id": "{office}", "text": "好"},
    ),
    "core.issue_token": ("post", "/api/core/tokens", {"name": "x", "scopes": ["read"]}),
    "core.save_view": ("post", "/api/core/views", {"page": "p", "name": "n"}),
}


def filled(value, world):
    if isinstance(value, str):
        text = value.format(**world)
        return int(text) if value.startswith("{") and text.isdigit() and value == "{office}" else text
    if isinstance(value, dict):
        return {key: filled(v, world) for key, v in value.items()}
    return value


@pytest.mark.parametrize("role", [*Role.values, "anonymous"])
@pytest.mark.parametrize("verb", CALLS)
def test_refused_exactly_where_the_role_may_not(verb, role, world, client, make_user):
    if role != "anonymous":
        client.force_login(make_user(role, name=f"the-{role}"))
    method, url, body = CALLS[verb]
    body = filled(body, world)
    if verb == "core.comment":
        body["id"] = str(body["id"])
    answer = getattr(client, method)(
        url.format(**world), json.dumps(body) if body else None, content_type="application/json"
    )
    if role == "anonymous":
        assert answer.status_code == 401
    elif role in ACTS[verb].roles:
        assert answer.status_code in (200, 422), answer.content
    else:
        assert answer.status_code == 403, answer.content
        assert answer.json()["act"] == verb


def test_the_desk_from_request_to_satisfaction(make_user, client):
    officer, asker = make_user("officer", name="o"), make_user("scientist", name="s")
    office = actions.save_organisation(SYSTEM, Organisation(name_zh="答复单位"))
    handler = make_user("reporter", organisation=office, name="h")
    row = actions.open_request(asker, "complaint", "噪声", "夜间施工")
    actions.hand_over_request(officer, row, office)
    assert handler.notices.count() == 1
    client.force_login(handler)
    assert client.post(f"/requests/{row.pk}/answer/", {"confirm": "1", "answer": "已整改"}).status_code == 302
    client.force_login(asker)
    assert asker.notices.count() == 1 and client.get(f"/requests/{row.pk}/").status_code == 200
    client.post(f"/requests/{row.pk}/rate/", {"confirm": "1", "satisfaction": "2"})
    assert ServiceRequest.objects.get().stage == "open"
    client.force_login(make_user("analyst", name="stranger"))
    assert client.get(f"/requests/{row.pk}/").status_code == 403


def test_keys_act_within_their_scopes(make_user, client):
    user = make_user("officer")
    _, read = actions.issue_token(user, "reader", ["read"])
    _, write = actions.issue_token(user, "writer", ["write"])
    body = json.dumps({"name_zh": "经密钥"})

    def post(key):
        headers = {"Authorization": f"Bearer {key}"}
        return client.post("/api/core/organisations", body, content_type="application/json", headers=headers)

    assert post(read).status_code == 403 and post("kc_wrong").status_code == 401
    assert post(write).status_code == 200
    assert (
        client.get("/api/core/organisations", headers={"Authorization": f"Bearer {read}"}).status_code == 200
    )


def test_a_deputy_may_what_the_principal_may(make_user):
    from datetime import date, timedelta

    from kechuang.core.roles import roles_of

    officer, stand_in = make_user("officer", name="o"), make_user(name="d")
    today = date.today()
    actions.name_deputy(officer, stand_in, today - timedelta(days=1), today + timedelta(days=1))
    assert roles_of(User.objects.get(pk=stand_in.pk)) == {"officer"}
    actions.name_deputy(
        officer, make_user(name="later"), today + timedelta(days=5), today + timedelta(days=6)
    )
    assert roles_of(User.objects.get(username="later")) == set()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "url",
    [
        "/organisations/",
        "/requests/",
        "/audit/",
        "/seals/",
        "/notices/",
        "/account/",
        "/search/?q=办公",
        "/users/",
        "/requests/add/",
    ],
)
def test_the_houses_pages_answer(url, language, make_user, client, settings):
    user = make_user("admin", name="root", is_superuser=True)
    client.force_login(user)
    answer = client.get(url, headers={"accept-language": language})
    assert answer.status_code == 200
