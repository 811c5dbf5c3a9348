"""What every form says of its choices."""

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import translation

from kechuang.core.models import Organisation
from kechuang.core.web.forms import offered

pytestmark = pytest.mark.django_db


class Some(forms.Form):
    kind = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])
    level = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")], required=False)
    owner = forms.ModelChoiceField(Organisation.objects.all(), required=False)
    parent = forms.ModelChoiceField(Organisation.objects.all(), required=False, empty_label="At the top")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Choose one", "Not given", "Not given", "At the top"]),
        ("zh-hans", ["请选择", "未指定", "未指定", "At the top"]),
    ],
)
def test_to_choose_nothing_has_its_words(language, words):
    with translation.override(language):
        form = offered(Some())
        assert [next(iter(field.choices))[1] for field in form.fields.values()] == words
        assert "---" not in form.as_p()


@pytest.mark.parametrize(
    ("came_from", "cancel"),
    [
        ("http://testserver/users/?q=a", "/users/?q=a"),
        ("http://testserver/centre/", ""),  # itself
        ("https://elsewhere.example/", ""),
        ("", ""),
    ],
)
def test_whoever_cancels_is_back_where_they_came_from(client, make_user, came_from, cancel):
    client.force_login(make_user("admin"))
    page = client.get("/centre/", headers={"referer": came_from}).content.decode()
    assert ('name="back"' in page) == bool(cancel) and (f'href="{came_from}"' in page) == bool(cancel)
    answer = client.post("/centre/", {"back": came_from}).content.decode()
    assert "error-summary" in answer and (f'href="{came_from}"' in answer) == bool(cancel)
