"""Names over time, identifiers, what an organisation is found by."""

from datetime import date

import pytest

from kechuang.core import actions, clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation
from kechuang.core.search import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return actions.save_organisation(
        SYSTEM, Organisation(name_zh="甲办公室", name_en="Office A", founded=date(2014, 3, 1))
    )


def rename(office, name, day):
    with clock.at(day):
        office.name_zh = name
        actions.save_organisation(SYSTEM, office)


def test_names_over_time_follow_one_another(office):
    rename(office, "乙办公室", date(2018, 5, 1))
    rename(office, "丙办公室", date(2021, 9, 1))
    rename(office, "甲办公室", date(2024, 1, 1))
    former = list(
        office.names.filter(alias=False).order_by("valid_to").values_list("name", "valid_from", "valid_to")
    )
    assert former == [
        ("甲办公室", date(2014, 3, 1), date(2018, 5, 1)),
        ("乙办公室", date(2018, 5, 1), date(2021, 9, 1)),
        ("丙办公室", date(2021, 9, 1), date(2024, 1, 1)),
    ]


def test_it_is_found_by_former_names_and_aliases(office, make_user):
    person = make_user("analyst")
    rename(office, "乙办公室", date(2018, 5, 1))
    row = actions.add_name(SYSTEM, office, "科创办")
    assert [e.object_id for e in search(person, "甲办公室")] == [str(office.pk)]
    assert [e.object_id for e in search(person, "科创办")] == [str(office.pk)]
    with pytest.raises(Refusal):
        actions.add_name(SYSTEM, office, " 科创办 ")
    actions.remove_name(SYSTEM, office, row)
    assert search(person, "科创办") == []


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("", {}),
        ("  ", {}),
        ("x" * 301, {}),
        ("名", {"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)}),
    ],
)
def test_names_that_cannot_be(office, name, facts):
    with pytest.raises(Refusal):
        actions.add_name(SYSTEM, office, name, **facts)
    assert not office.names.exists()


def test_a_name_of_another_organisation_stays(office):
    other = actions.save_organisation(SYSTEM, Organisation(name_zh="他处"))
    row = actions.add_name(SYSTEM, other, "别名")
    with pytest.raises(Refusal):
        actions.remove_name(SYSTEM, office, row)


def test_identifiers_are_checked_owned_once_and_can_be_taken_away(office):
    ror = "https://ror.org/034t30j35"
    actions.save_organisation(SYSTEM, office, identifiers={"ror": ror})
    other = Organisation(name_zh="另一处")
    with pytest.raises(Refusal, match="甲办公室"):
        actions.save_organisation(SYSTEM, other, identifiers={"ror": ror})
    with pytest.raises(Refusal):
        actions.save_organisation(SYSTEM, office, identifiers={"uscc": "91110000000000000X"})
    actions.save_organisation(SYSTEM, office, identifiers={"ror": ""})
    assert not office.identifiers.exists()


def test_an_organisation_that_ends_before_it_is_founded(office):
    office.ended = date(2010, 1, 1)
    with pytest.raises(Refusal) as refusal:
        actions.save_organisation(SYSTEM, office)
    assert refusal.value.field == "ended"
