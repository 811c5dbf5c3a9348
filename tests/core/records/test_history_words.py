"""What a record's history says: names for references, nothing for what is empty, no name that is not for everybody."""

import pytest

from kechuang.core import actions
from kechuang.core.acts import SYSTEM
from kechuang.core.events import events_of, record
from kechuang.core.models import Organisation
from kechuang.core.web.history import field_words, moments

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Organisation.objects.create(name_zh="某委员会")


def detail(office, **after) -> str:
    record(SYSTEM, "core.save_organisation", office, after=after)
    return moments(events_of(office))[0].detail


def test_references_are_named_and_empty_values_left_out(office):
    shown = detail(
        office, parent=f"core.organisation:{office.pk}", cell={}, sources=[f"core.organisation:{office.pk}"]
    )
    assert shown.count("某委员会") == 2
    assert "core.organisation" not in shown
    assert "cell" not in shown.lower()


def test_a_record_that_is_not_for_everybody_shows_its_number_alone(office, make_user):
    asked = actions.open_request(make_user("scientist"), "question", "不公开的诉求", "内容")
    shown = detail(office, parent=f"core.servicerequest:{asked.pk}")
    assert "不公开" not in shown
    assert str(asked.pk) in shown


def test_a_reference_to_nothing_stays_readable(office):
    assert "999" in detail(office, parent="core.organisation:999")


def test_what_is_no_field_is_in_words(office):
    assert detail(office, reason="合并").startswith("理由：合并")


def test_money_that_changes_by_a_fen_is_seen_to_change():
    shown = [
        field_words("core.organisation", "cost_fen", fen, {})[1] for fen in (1_234_567_890, 1_234_567_900)
    ]
    assert shown == ["12,345,678.90 元", "12,345,679 元"]
