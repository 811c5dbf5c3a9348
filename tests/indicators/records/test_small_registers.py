"""Of a small register the state of today is shown, and nothing that would tell who came or went."""

from datetime import date

import pytest

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.indicators import actions
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries.disclosure import Disclosure

pytestmark = pytest.mark.django_db


def test_the_state_of_a_small_register_is_shown_and_its_past_is_not(tasks):
    with clock.at(date(2026, 1, 1)):
        actions.recompute(SYSTEM)
    tasks[2].delete()
    with clock.at(date(2026, 1, 2)):
        actions.recompute(SYSTEM)
    rows = Observation.objects.filter(metric__code="tasks-counted", cell_key="").select_related("metric")
    assert len(Disclosure().shown(rows)) == 2
    Metric.objects.filter(code="tasks-counted").update(small_cell=3)
    assert [row.end for row in Disclosure().shown(rows)] == [date(2026, 1, 2)]
