"""Time alone changes states, without an act: what is counted from states is counted again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.kernel import State
from kechuang.indicators import actions as indicators
from kechuang.indicators.models import Metric
from kechuang.indicators.ports import EVERYTHING, latest
from kechuang.plan.actions.states import restate_all
from kechuang.plan.models import Task
from tests.plan.world import world

pytestmark = pytest.mark.django_db


def late_tasks(on) -> int:
    row = latest(
        Metric.objects.get(code="tasks-by-state").pk, {"state": State.LATE.value}, on, reader=EVERYTHING
    )
    return int(row.value) if row else 0


def test_a_task_that_becomes_late_overnight_is_counted_as_late():
    task = world().task
    indicators.sync_declarations(SYSTEM)
    indicators.recompute(SYSTEM)
    before = late_tasks(clock.today())
    after_due = task.due + timedelta(days=1)
    with clock.at(after_due):
        restate_all()
        assert Metric.objects.get(code="tasks-by-state").dirty_since is not None
        indicators.recompute_dirty()
        assert Task.objects.get(pk=task.pk).state == State.LATE
        assert late_tasks(after_due) == before + 1
