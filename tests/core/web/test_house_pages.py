"""The house's own pages: search, one's account, notices, the record of acts, the API in words."""

import html
import json
import re

import pytest
from django.test import Client

from kechuang.core import actions, files
from kechuang.core.acts import SYSTEM
from kechuang.core.events import record, seal
from kechuang.core.models import Deputy, Organisation, ServiceRequest, User
from kechuang.core.notices import notify

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


def test_acts_are_listed_with_what_they_were_about(client, make_user):
    client.force_login(make_user("officer"))
    (row,) = organisations(1)
    record(SYSTEM, "core.save_organisation", row)
    record(SYSTEM, "core.open_request", ServiceRequest(pk=999, title="geheim"))
    page = client.get("/audit/").content.decode()
    assert f'<a href="{row.get_absolute_url()}">实验室000</a>' in page and "诉求 999" in page
    assert "实验室000" in client.get("/audit/?q=实验室").content.decode()
    assert "诉求 999" not in client.get("/audit/?q=实验室").content.decode()
    exported = json.loads(client.get("/audit/?export=json").getvalue())
    assert {line["object"] for line in exported} >= {"实验室000", "诉求 999"}
    told = {(e["kind"], e["object_id"]): e for e in client.get("/api/core/events").json()["items"]}
    named, gone = told["core.organisation", str(row.pk)], told["core.servicerequest", "999"]
    assert (named["object"], named["url"]) == ("实验室000", row.get_absolute_url())
    assert (gone["object"], gone["url"]) == ("", "")


def test_names_of_what_one_may_not_see_are_not_listed(client, make_user):
    hidden = files.keep(SYSTEM, "绝密图纸.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50, secrecy=3)
    client.force_login(make_user("officer"))
    for address in ("/audit/", "/api/core/events"):
        assert "绝密" not in client.get(address).content.decode()
    assert json.loads(client.get("/audit/?q=绝密图纸&export=json").getvalue()) == []
    client.force_login(make_user("officer", name="cleared", clearance=3))
    assert f"文件 {hidden.pk}" not in (page := client.get("/audit/").content.decode()) and "绝密图纸" in page


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


def test_errors_of_the_api_are_problems_in_json(client, make_user, settings):
    sender = Client(enforce_csrf_checks=True, raise_request_exception=False)
    sender.force_login(make_user("officer"))
    forged = sender.post("/api/core/organisations", "{}", content_type="application/json")
    for answer, status in [
        (client.get("/api/core/no-such-call"), 404),
        (client.get("/api/x"), 404),
        (forged, 403),
    ]:
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert answer.json()["status"] == status and answer.json()["title"]
    assert client.get("/no-such-page").headers["Content-Type"].startswith("text/html")


def test_a_fault_of_ours_is_a_problem_too(client, make_user, monkeypatch):
    sender = Client(raise_request_exception=False)
    sender.force_login(make_user("officer"))
    monkeypatch.setattr("kechuang.core.web.api_house.search", lambda *a, **k: 1 / 0)
    answer = sender.get("/api/core/search?q=x")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "ZeroDivision" not in answer.content.decode()


def test_notices_are_read_one_by_one_page_by_page(client, make_user):
    person = make_user("officer")
    for number in range(120):
        notify([person], lambda number=number: f"通知{number:03}", key=str(number), url="/organisations/")
    client.force_login(person)
    seen, address = [], "/notices/"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r"通知(\d{3})<", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following and "/notices/" + html.unescape(following[1])
    assert seen == [f"{number:03}" for number in reversed(range(120))]
    client.post("/notices/read/", {"notice": person.notices.get(text="通知007").pk})
    assert person.notices.filter(read_at=None).count() == 119
    assert "通知007" not in client.get("/notices/?unread").content.decode()
    client.post("/notices/read/")
    assert "全部已读" in client.get("/notices/?unread").content.decode()


def test_anybody_compares_and_takes_away_the_seals(client):
    roots = []
    for name in ("甲", "乙"):
        actions.save_organisation(SYSTEM, Organisation(name_zh=name))
        roots.append(seal().root)
    page = client.get("/seals/").content.decode()
    assert all(root in page for root in roots)
    assert roots[0] in client.get(f"/seals/?q={roots[0][:12]}").content.decode()
    assert client.get("/seals/?export=csv").getvalue().decode().count("\n") == 3


def test_who_answers_or_rates_a_request_reads_it_first(client, make_user):
    asker = make_user(name="asker")
    row = actions.open_request(asker, "complaint", "噪声", "夜间施工\n请协调")
    client.force_login(make_user("officer"))
    assert "夜间施工<br>请协调" in client.get(f"/requests/{row.pk}/answer/").content.decode()
    actions.answer_request(SYSTEM, row, "已整改")
    client.force_login(asker)
    assert "已整改" in client.get(f"/requests/{row.pk}/rate/").content.decode()
    record_page = client.get(f"/requests/{row.pk}/").content.decode()
    assert "已整改" in record_page and "+00:00" not in record_page
    client.post(f"/requests/{row.pk}/rate/", {"confirm": "1", "satisfaction": "5"})
    assert "5 分：非常满意" in client.get(f"/requests/{row.pk}/").content.decode()


def test_a_request_about_a_record_leads_there_and_back(client, make_user):
    organisation, asker = organisations(1)[0], make_user(name="asker")
    client.force_login(asker)
    address = f"/requests/add/?about=core.organisation:{organisation.pk}"
    assert f'href="{address}"' in client.get(organisation.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert str(organisation) in page and "3 日内答复" in page
    client.post(address, {"kind": "question", "title": "问", "text": "问"})
    row = ServiceRequest.objects.get()
    assert (row.about_kind, row.about_id) == ("core.organisation", str(organisation.pk))
    assert (
        f'<a href="{organisation.get_absolute_url()}">' in client.get(row.get_absolute_url()).content.decode()
    )
