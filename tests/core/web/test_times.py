"""A moment shows on the day that it is in the house's zone, wherever a day shows."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from kechuang.core.web.listing import Column
from kechuang.core.web.times import local_day, to_the_minute

EVENING = datetime(2026, 11, 25, 20, 1, tzinfo=UTC)  # the next morning in Beijing


@pytest.mark.parametrize(
    ("filter_", "shown"),
    [("day", "2026-11-26"), ('day:"text"', "26 November"), ('day:"full"', "26 November 2026")],
)
def test_in_templates(filter_, shown):
    with translation.override("en"):
        page = Template("{% load parts %}{{ at|" + filter_ + " }}").render(Context({"at": EVENING}))
    assert page == shown


def test_in_lists():
    row = {"at": EVENING}
    assert Column("at", "At", format="day").show(row) == "2026-11-26"
    assert Column("at", "At", format="time").show(row) == "2026-11-26 04:01" == to_the_minute(EVENING)


def test_days_stay_what_they_are():
    assert local_day(date(2026, 11, 25)) == date(2026, 11, 25) and local_day(None) is None
    assert to_the_minute(None) == "—"
