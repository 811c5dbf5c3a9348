"""The house's own pages: search, one's account, notices, the record of acts, the API in words."""

import re

import pytest

from kechuang.core import actions
from kechuang.core.acts import SYSTEM
from kechuang.core.events import record
from kechuang.core.models import Deputy, Organisation, ServiceRequest, User

pytestmark = pytest.mark.django_db


def organisations(n, name="实验室"):
    return [actions.save_organisation(SYSTEM, Organisation(name_zh=f"{name}{i:03}")) for i in range(n)]


def test_search_sets_off_words_counts_kinds_and_goes_on(client):
    organisations(40)
    page = client.get("/search/", {"q": "实验室"}).content.decode()
    assert page.count("<mark>实验室</mark>") == 30 and ">40</span>" in page and "n=60" in page
    assert client.get("/search/", {"q": "实验室", "n": 60}).content.decode().count("<mark>") == 40
    one = client.get("/search/", {"q": "实验室", "kind": "core.organisation"}).content.decode()
    assert one.count("<mark>") == 30
    none = client.get("/search/", {"q": "实验室", "kind": "plan.task"}).content.decode()
    assert "<mark>" not in none
    assert client.get("/search/", {"q": "没有的词"}).status_code == client.get("/search/").status_code == 200


def test_search_shows_nobody_what_they_may_not_see(client, make_user):
    owner = make_user("scientist", name="owner")
    actions.open_request(owner, "question", "独特词语", "内容")
    for person, count in [(owner, 0), (make_user("analyst", name="other"), 0)]:
        client.force_login(person)
        assert client.get("/search/", {"q": "独特词语"}).content.decode().count("<mark>") == count


def test_one_changes_preferences_and_ends_a_deputy(client, make_user):
    person, stand_in = make_user("officer", name="p"), make_user(name="d")
    client.force_login(person)
    client.post("/account/preferences/", {"language": "en"})
    assert User.objects.get(pk=person.pk).language == "en" and not User.objects.get(pk=person.pk).mail_notices
    client.post("/account/deputies/add/", {"deputy": stand_in.pk, "start": "2999-01-01", "end": "2999-02-01"})
    row = Deputy.objects.get()
    assert str(stand_in) in client.get("/account/").content.decode()
    client.force_login(stand_in)
    assert client.post(f"/account/deputies/{row.pk}/end/", {"confirm": "1"}).status_code == 404
    client.force_login(person)
    assert client.post(f"/account/deputies/{row.pk}/end/", {"confirm": "1"}).status_code == 302
    assert not Deputy.objects.exists()


def test_a_key_is_shown_once(client, make_user):
    client.force_login(make_user("officer"))
    answer = client.post(
        "/account/tokens/add/", {"name": "x", "scopes": ["read"], "expires": "2999-01-01"}, follow=True
    )
    assert len(re.findall(r"kc_[\w-]{40,}", answer.content.decode())) == 1
    again = client.get("/account/").content.decode()
    assert "kc_" not in again and "2999-01-01" in again


def test_a_name_is_added_and_removed_on_the_page(client, make_user):
    client.force_login(make_user("officer"))
    (row,) = organisations(1)
    client.post(
        f"/organisations/{row.pk}/names/add/",
        {"confirm": "1", "name": "旧名", "alias": "former", "valid_to": "2020-01-01"},
    )
    name = row.names.get()
    assert not name.alias and "旧名" in client.get(row.get_absolute_url()).content.decode()
    client.post(f"/organisations/{row.pk}/names/{name.pk}/remove/", {"confirm": "1"})
    assert not row.names.exists()


def test_one_act_with_what_changed(client, make_user):
    officer = make_user("officer")
    client.force_login(officer)
    (row,) = organisations(1)
    row.name_zh = "新名"
    actions.save_organisation(officer, row)
    event = row_events(row)[0]
    page = client.get(f"/audit/{event.pk}/").content.decode()
    assert "实验室000" in page and "新名" in page and event.hash in page
    client.force_login(make_user("scientist", name="s"))
    assert client.get(f"/audit/{event.pk}/").status_code == 403


def row_events(row):
    from kechuang.core.events import events_of

    return list(events_of(row))


def test_an_act_on_what_one_may_not_see_is_withheld(client, make_user):
    client.force_login(make_user("officer"))
    gone = ServiceRequest(pk=999, title="x")
    record(SYSTEM, "core.open_request", gone, after={"note": "geheim"})
    (event,) = row_events(gone)
    assert "geheim" not in client.get(f"/audit/{event.pk}/").content.decode()


def test_the_api_in_words_names_every_call_and_loads_nothing_from_elsewhere(client):
    from kechuang.site.api import api

    page = client.get("/api/docs").content.decode()
    for path in api.get_openapi_schema()["paths"]:
        assert f"<code>{path}</code>" in page
    assert not re.search(r'(src|href)="https?://', page)


def test_the_api_reads_what_the_pages_show(client, make_user):
    (row,) = organisations(1)
    actions.add_name(SYSTEM, row, "别名")
    one = client.get(f"/api/core/organisations/{row.pk}").json()
    assert one["names"][0]["name"] == "别名" and one["below"] == []
    owner = make_user("scientist", name="owner")
    request = actions.open_request(owner, "question", "问题", "内容", about=row)
    client.force_login(owner)
    assert client.get(f"/api/core/requests/{request.pk}").json()["about_kind"] == "core.organisation"
    assert str(row) in client.get(request.get_absolute_url()).content.decode()
    client.force_login(make_user("analyst", name="other"))
    assert client.get(f"/api/core/requests/{request.pk}").status_code == 404
    assert client.get("/api/core/requests").json()["items"] == []
