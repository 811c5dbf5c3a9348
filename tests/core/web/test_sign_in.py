"""Signing in against whoever tries: guessing, fixed sessions, forged forms, foreign addresses; what every answer says."""

import pytest
from django.core.cache import cache
from django.test import Client

from kechuang.core.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_earlier_guesses():
    cache.clear()


@pytest.fixture
def person():
    return User.objects.create_user("person", "person@example.org", PASSWORD)


def sign_in(client, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": "person", "password": password, **more})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_guessing_is_stopped_even_for_the_right_password(person, client, settings):
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "wrong")
    sign_in(client)
    assert not signed_in(client)
    assert not signed_in_from_elsewhere_when_only_the_counter_in_memory_is_lost(client)


def signed_in_from_elsewhere_when_only_the_counter_in_memory_is_lost(client):
    cache.clear()
    for _ in range(10):
        sign_in(client, "wrong")
        cache.clear()
    answer = sign_in(client)
    assert answer.status_code in (403, 429) and "尝试" in answer.content.decode()
    return signed_in(client)


def test_wrong_names_and_wrong_passwords_are_answered_alike(person, client):
    wrong = sign_in(client, "wrong").content.decode()
    nobody = client.post(LOGIN, {"login": "nobody", "password": "wrong"}).content.decode()
    strip = lambda text: text.split("<form")[-1].split("<input")[0]  # noqa: E731
    assert strip(wrong) == strip(nobody) and not signed_in(client)


def test_a_session_planted_before_signing_in_is_not_the_one_after(person, client):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(client)
    assert signed_in(client) and client.session.session_key != session.session_key


def test_signing_out_ends_the_session(person, client):
    sign_in(client)
    key = client.session.session_key
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = key
    assert not signed_in(thief) and thief.get("/account/").status_code == 302


def test_a_new_password_ends_the_other_sessions(person, client):
    other = Client()
    sign_in(client), sign_in(other)
    person.refresh_from_db()
    person.set_password("another good long one")
    person.save()
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_else(person, client, address):
    assert "evil" not in sign_in(client, next=address)["Location"] and signed_in(client)


def test_a_form_without_its_token_is_refused_in_words(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    for address in (
        "/requests/add/",
        "/account/preferences/",
        "/account/tokens/add/",
        "/notices/read/",
        LOGIN,
    ):
        answer = client.post(address, {"kind": "question", "title": "t", "text": "x"})
        assert answer.status_code == 403 and "Traceback" not in answer.content.decode(), address


def test_nobody_signs_up_by_themselves(client):
    client.post(
        "/accounts/signup/",
        {"email": "a@example.org", "username": "a", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not User.objects.exists()


def test_every_answer_carries_its_guards(client):
    for address in ("/", LOGIN, "/search/?q=x", "/api/core/organisations", "/no-such-page/"):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert (
            "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        )
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert (
            "camera=()" in answer["Permissions-Policy"] and "geolocation=()" in answer["Permissions-Policy"]
        )
        assert "Server" not in answer and "X-Powered-By" not in answer


def test_session_cookies_are_out_of_scripts_reach(person, client, settings):
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_no_cache_between_keeps_what_somebody_signed_in_sees(person, client):
    assert "Cache-Control" not in client.get("/search/")
    client.force_login(person)
    for address in ("/search/", "/account/", "/api/core/notices"):
        assert set(client.get(address)["Cache-Control"].split(", ")) == {"private", "no-cache"}, address


def test_behind_a_proxy_each_caller_is_locked_out_alone(person, client, settings):
    settings.AXES_ENABLED, settings.BEHIND_TLS = True, True

    def attempt(password, source):
        cache.clear()
        return client.post(
            LOGIN,
            {"login": "person", "password": password},
            headers={"x-forwarded-for": f"9.9.9.9, {source}"},
        )

    for _ in range(settings.AXES_FAILURE_LIMIT):
        attempt("wrong", "192.0.2.1")
    attempt(PASSWORD, "192.0.2.1")
    assert not signed_in(client)
    attempt(PASSWORD, "192.0.2.2")
    assert signed_in(client)
