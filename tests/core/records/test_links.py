"""Links between records: made once, resolved while both ends are there, told of when one is gone."""

import pytest

from kechuang.core import links, timetable
from kechuang.core.models import Link, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return [Organisation.objects.create(name_zh=name) for name in ("甲所", "乙所")]


def test_a_link_is_made_once_and_taken_away(pair):
    one, other = pair
    assert links.link(one, "serves", other) == links.link(one, "serves", other)
    assert links.targets(one, "serves") == links.targets(one) == [other] and links.targets(other) == []
    links.unlink(one, "serves", other)
    assert not Link.objects.exists()


def test_the_timetable_tells_of_links_whose_end_is_gone(pair):
    one, other = pair
    links.link(one, "serves", other)
    assert timetable.check_links() == "no end is gone"
    gone = other.pk
    other.delete()
    with pytest.raises(ValueError, match=f"core.organisation {gone} does not exist"):
        timetable.check_links()
    assert links.targets(one) == []
