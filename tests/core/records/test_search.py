"""Search finds what holds every token, ranks titles first, and hides what is above a person's clearance."""

import pytest

from kechuang.core.actions import save_organisation
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation, SearchEntry
from kechuang.core.search import matching, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisations():
    rows = [
        Organisation(name_zh="怀柔科学城管理委员会", name_en="Huairou Science City Administration"),
        Organisation(name_zh="未来科学城管理委员会", name_en="Future Science City Administration"),
        Organisation(
            name_zh="市科学技术委员会", name_en="Science and Technology Commission", duties="联系怀柔科学城"
        ),
    ]
    return [save_organisation(SYSTEM, row) for row in rows]


def titles(text, user=None):
    return [entry.title for entry in search(user, text)]


def test_chinese_phrases_and_latin_words(organisations):
    assert titles("怀柔科学城") == ["怀柔科学城管理委员会", "市科学技术委员会"]
    assert set(titles("science city")) == {"怀柔科学城管理委员会", "未来科学城管理委员会"}
    assert titles("柔怀") == [] and titles("") == [] and titles("'\" OR * ( ) \\ & |") == []


def test_entries_follow_their_record(organisations):
    office = organisations[1]
    office.name_zh = "昌平管委会"
    save_organisation(SYSTEM, office)
    assert titles("未来科学城") == ["昌平管委会"]  # by its former name
    assert titles("昌平") == ["昌平管委会"]
    assert [row["key"] for row in matching("core.organisation", "昌平")] == [office.pk]


def test_secret_entries_stay_hidden(organisations, make_user):
    SearchEntry.objects.filter(object_id=str(organisations[0].pk)).update(secrecy=2)
    assert "怀柔科学城管理委员会" not in titles("怀柔")
    assert "怀柔科学城管理委员会" in titles("怀柔", make_user("officer", clearance=2))
