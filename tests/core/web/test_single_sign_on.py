"""Single sign-on: whoever the centre's own server vouches for comes in, with nothing but what is public."""

import pytest
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import Client

from kechuang.core.models import Event, User
from kechuang.core.roles import roles_of

pytestmark = pytest.mark.django_db
SERVER = {
    "provider_id": "centre",
    "name": "Sign-on",
    "client_id": "kechuang",
    "secret": "s",
    "settings": {"server_url": "https://sign-on.example.org"},
}


@pytest.fixture
def arrive(settings, rf):
    """arrive(sub=…, email=…): the answer to somebody whom the server sent back to us."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [SERVER]}}
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = (
        True
    )

    def arrive(**facts):
        request = rf.get("/accounts/oidc/centre/login/callback/")
        request.user, request.session = AnonymousUser(), Client().session
        request._messages = FallbackStorage(request)
        with context.request_context(request):
            provider = get_adapter().get_provider(request, "centre")
            login = provider.sociallogin_from_response(request, {"userinfo": facts})
            return complete_social_login(request, login)

    return arrive


def test_a_newcomer_gets_an_account_without_rights(arrive):
    answer = arrive(sub="1", preferred_username="li.si", email="li@example.org", email_verified=True)
    user = User.objects.get()
    assert answer.status_code == 302 and (user.username, user.email) == ("li.si", "li@example.org")
    assert user.clearance == 0 and roles_of(user) == set() and not user.has_usable_password()
    assert Event.objects.get(kind="core.user").verb == "core.save_account"
    arrive(sub="1", preferred_username="li.si", email="li@example.org", email_verified=True)
    assert User.objects.count() == 1


def test_an_account_made_before_is_the_same_person_by_verified_mail(arrive, make_user):
    made = make_user("officer", name="zhang", email="zhang@example.org")
    arrive(sub="2", preferred_username="z", email="zhang@example.org", email_verified=True)
    assert User.objects.get() == made and made.socialaccount_set.count() == 1


def test_nobody_takes_an_account_by_a_mail_that_is_not_verified(arrive, make_user):
    made = make_user("officer", name="zhang", email="zhang@example.org")
    arrive(sub="3", preferred_username="thief", email="zhang@example.org", email_verified=False)
    assert made.socialaccount_set.count() == 0 and User.objects.count() == 1
