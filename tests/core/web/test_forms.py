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
