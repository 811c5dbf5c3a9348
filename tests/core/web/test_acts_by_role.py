"""Each of the house's acts, tried by each role through the API: done by whoever may, refused to the others."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kechuang.core import actions, clock
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation, Role, ServiceRequest, User
from tests.roles import EVERYBODY, Form, Try, lacking, tried

pytestmark = pytest.mark.django_db
ROR = json.dumps([{"id": "https://ror.org/034t30j35", "name": "Chinese Academy of Sciences"}]).encode()
OFFICERS, ADMINISTRATORS = {"officer"}, set()
LATER = clock.today() + timedelta(days=5)
DEPUTY = {"username": "someone", "start": str(LATER), "end": str(LATER)}
ORGANISATION = {"name_zh": "新机构"}
TABLE = {
    "core.save_organisation": Try(OFFICERS, "post", "organisations", ORGANISATION),
    "core.add_name": Try(OFFICERS, "post", "organisations/{office}/names", {"name": "别名"}),
    "core.remove_name": Try(OFFICERS, "delete", "organisations/{office}/names/{name}"),
    "core.import_organisations": Try(
        OFFICERS, "post", "organisations/import-ror", Form({"file": SimpleUploadedFile("ror.json", ROR)})
    ),
    "core.save_centre": Try(ADMINISTRATORS, "put", "centre", {"name_zh": "中心", "horizons": [2035]}),
    "core.save_account": Try(ADMINISTRATORS, "post", "users", {"username": "newcomer"}),
    "core.erase_person": Try(ADMINISTRATORS, "delete", "users/{user}"),
    "core.grant_role": Try(
        ADMINISTRATORS, "post", "users/{user}/roles", {"organisation": "{office}", "role": "analyst"}
    ),
    "core.withdraw_role": Try(
        ADMINISTRATORS, "delete", "users/{user}/roles?organisation={office}&role=leader"
    ),
    "core.name_deputy": Try(EVERYBODY, "post", "deputies", DEPUTY),
    "core.end_deputy": Try({"owner"}, "delete", "deputies/{deputy}", also_admin=False),
    "core.save_preferences": Try(EVERYBODY, "put", "preferences", {"language": "en", "mail_notices": True}),
    "core.issue_token": Try(EVERYBODY, "post", "tokens", {"name": "x", "scopes": ["read"]}),
    "core.revoke_token": Try({"owner"}, "delete", "tokens/{token}", also_admin=False),
    "core.comment": Try(
        EVERYBODY, "post", "comments", {"kind": "core.organisation", "id": "{office_key}", "text": "好"}
    ),
    "core.save_view": Try(EVERYBODY, "post", "views", {"page": "p", "name": "n"}),
    "core.open_request": Try(EVERYBODY, "post", "requests", {"kind": "question", "title": "a", "text": "b"}),
    "core.hand_over_request": Try(OFFICERS, "post", "requests/{request}/hand-over?organisation={office}"),
    "core.answer_request": Try(
        {"officer", "handler"}, "post", "requests/{request}/answer", {"answer": "已办"}
    ),
    "core.return_request": Try({"handler"}, "post", "requests/{request}/return", {"reason": "非本单位"}),
    "core.rate_request": Try({"owner"}, "post", "requests/{answered}/rate?satisfaction=4", also_admin=False),
    "core.escalate_requests": Try(OFFICERS, "post", "requests/escalate"),
}
# a view is deleted on its list; a file is kept by the act of whoever takes it in
OWN_TESTS = {"core.delete_view", "core.keep_file"}


@pytest.fixture
def people(make_user):
    """An account of each role, one that owns things, a member of the request's handler, and a visitor."""
    roles = {role: make_user(role, name=f"the-{role}") for role in Role.values}
    handler = Organisation.objects.create(name_zh="承办单位")
    return {
        **roles,
        "owner": make_user(name="owner"),
        "handler": make_user("reporter", organisation=handler, name="handler"),
        "nobody": make_user(name="nobody"),
        "visitor": None,
    }


@pytest.fixture
def world(make_user, people):
    owner, handler = people["owner"], people["handler"].memberships.get().organisation
    office = actions.save_organisation(SYSTEM, Organisation(name_zh="某委员会"))
    someone = make_user("leader", organisation=office, name="someone")
    waiting, answered = (actions.open_request(owner, "question", t, "内容") for t in ("待办", "已答"))
    actions.hand_over_request(SYSTEM, waiting, handler)
    actions.answer_request(SYSTEM, answered, "答复")
    return {
        "office": office.pk,
        "office_key": str(office.pk),
        "name": actions.add_name(SYSTEM, office, "旧名").pk,
        "user": someone.pk,
        "request": waiting.pk,
        "answered": answered.pk,
        "deputy": actions.name_deputy(owner, someone, LATER, LATER).pk,
        "token": actions.issue_token(owner, "x", ["read"])[0].pk,
    }


# whoever owns nothing but is signed in may what everybody may
OTHERS = {"owner", "handler", "nobody"}


@pytest.mark.parametrize("verb", TABLE)
def test_each_role(verb, client, people, world):
    attempt = TABLE[verb].on(world)
    if attempt.who == EVERYBODY:
        attempt = Try(EVERYBODY | OTHERS, attempt.method, attempt.path, attempt.body)
    tried(client, people, verb, attempt, base="/api/core/")


def test_the_table_knows_every_act():
    assert lacking("core", TABLE, OWN_TESTS) == []


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
