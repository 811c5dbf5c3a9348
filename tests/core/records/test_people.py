"""Accounts and their persons, deputies, keys, preferences."""

from datetime import date, timedelta

import pytest
from django.db import connection

from kechuang.core import actions, clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Deputy, Organisation, Person, User
from kechuang.core.roles import roles_of
from kechuang.core.verifying import verify

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_an_account_belongs_to_a_person(make_user):
    admin = make_user("admin")
    facts = {"name_zh": "张三", "orcid": "0000-0002-1825-0097"}
    user = actions.save_account(admin, User(username="zhang"), person=facts)
    assert str(fresh(user)) == "张三"
    actions.save_account(admin, user, person={"name_zh": "张三", "name_en": "Zhang San", "orcid": ""})
    assert Person.objects.count() == 1 and fresh(user).person.orcid == ""
    with pytest.raises(Refusal) as refusal:
        actions.save_account(admin, user, person={"orcid": "0000-0002-1825-0098"})
    assert refusal.value.field == "orcid"
    assert actions.save_account(admin, User(username="plain"), person={"name_zh": ""}).person is None


def test_a_deputys_time_can_end_early(make_user):
    officer, stand_in = make_user("officer", name="o"), make_user(name="d")
    today = clock.today()
    row = actions.name_deputy(officer, stand_in, today - timedelta(days=3), today + timedelta(days=9))
    assert roles_of(fresh(stand_in)) == {"officer"}
    with pytest.raises(NotPermitted):
        actions.end_deputy(stand_in, row)
    actions.end_deputy(officer, row)
    assert roles_of(fresh(stand_in)) == set() and Deputy.objects.get().end == today - timedelta(days=1)
    with pytest.raises(Refusal):
        actions.end_deputy(officer, row)
    later = actions.name_deputy(officer, stand_in, today + timedelta(days=5), today + timedelta(days=6))
    actions.end_deputy(officer, later)
    assert Deputy.objects.count() == 1
    assert stand_in.notices.count() == 4


def test_preferences(make_user):
    person = make_user("analyst")
    actions.save_preferences(person, language="en", mail_notices=False)
    assert (fresh(person).language, fresh(person).mail_notices) == ("en", False)
    with pytest.raises(Refusal):
        actions.save_preferences(person, language="xx", mail_notices=True)


def test_a_key_that_has_expired_opens_nothing(make_user, client):
    person = make_user("analyst")
    with pytest.raises(Refusal):
        actions.issue_token(person, "x", ["read"], clock.now())
    token, key = actions.issue_token(person, "x", ["read"], clock.now() + timedelta(days=1))
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/core/notices", headers=headers).status_code == 200
    token.expires = clock.now() - timedelta(seconds=1)
    token.save()
    assert client.get("/api/core/notices", headers=headers).status_code == 401


def test_accounts_are_not_guessed_by_api(make_user, client):
    make_user("officer", name="known")
    client.force_login(make_user("analyst"))
    answers = [
        client.post("/api/core/users", {"username": name}, content_type="application/json")
        for name in ("known", "unknown")
    ]
    assert [a.status_code for a in answers] == [403, 403] and answers[0].json() == answers[1].json()


def test_the_actor_may_be_the_platform():
    assert actions.save_account(SYSTEM, User(username="x")).pk


def test_an_erased_person_is_named_nowhere_and_the_record_stays_whole(make_user, client):
    admin, admins = make_user("admin"), User.objects.count()
    facts = {"name_zh": "王小明", "name_en": "Wang Xiaoming", "orcid": "0000-0002-1825-0097"}
    user = User(username="wangxiaoming", email="wang@example.org")
    user = actions.save_account(admin, user, password="correct horse battery", person=facts)
    actions.grant_role(admin, user, Organisation.objects.create(name_zh="某处"), "officer")
    organisation = actions.save_organisation(user, Organisation(name_zh="某所"))
    actions.issue_token(user, "x", ["read"])
    client.force_login(user)
    actions.erase_person(admin, user)
    assert client.get("/account/").status_code == 302 and User.objects.count() == admins + 1
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            text = str(cursor.fetchall())
        assert [w for w in ("王小明", "Xiaoming", "wangxiaoming", "wang@", "1825-0097") if w in text] == [], (
            table
        )
    event = events_of(organisation).get()
    assert event.actor_id == user.pk and str(fresh(user)) == "已注销人员" and list(verify()) == []
    client.force_login(admin)
    page = client.get(f"/users/{user.pk}/").content.decode()
    assert "已抹去" in page and "personal:" not in page


def test_nobody_erases_themselves(make_user):
    admin = make_user("admin")
    with pytest.raises(Refusal):
        actions.erase_person(admin, admin)


def test_a_role_given_anew_keeps_its_former_period_on_record(make_user):
    person, office = make_user(name="someone"), Organisation.objects.create(name_zh="办公室")
    actions.grant_role(SYSTEM, person, office, "officer", valid_to=date(2030, 1, 1))
    actions.grant_role(SYSTEM, person, office, "officer", valid_from=clock.today())
    newest = events_of(person).first()
    assert newest.before == {"from": None, "to": "2030-01-01"}
    assert newest.after["from"] == clock.today().isoformat()
