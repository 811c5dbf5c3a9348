"""An act marks its metrics; after the commit they are computed anew, within five seconds."""

import time

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions, ports
from kechuang.indicators.models import Metric
from kechuang.plan import actions as plan


@pytest.mark.django_db(transaction=True)
def test_an_act_makes_its_numbers_fresh_within_five_seconds(monkeypatch):
    actions.recompute(SYSTEM)
    office = Organisation.objects.create(name_zh="甲办")
    told: list[set[int]] = []
    monkeypatch.setattr(ports, "_observed", [*ports._observed, told.append])
    began = time.monotonic()
    task = plan.make_task(SYSTEM, title_zh="建设平台", lead=office)
    plan.move_task(SYSTEM, task, "confirm")
    metric = Metric.objects.get(code="tasks-counted")
    assert ports.latest(metric.pk, reader=ports.EVERYTHING).value == 1
    assert time.monotonic() - began < 5
    assert metric.pk in set().union(*told)
    assert not Metric.objects.exclude(dirty_since=None).exists()


@pytest.mark.django_db
def test_many_acts_before_the_worker_comes_make_one_job(django_capture_on_commit_callbacks):
    actions.recompute(SYSTEM)
    with django_capture_on_commit_callbacks() as waiting:
        for i in range(5):
            plan.make_task(SYSTEM, title_zh=f"任务{i}")
    assert len(waiting) == 1
    assert Metric.objects.filter(code="tasks-by-state").exclude(dirty_since=None).exists()
    waiting[0]()
    assert not Metric.objects.exclude(dirty_since=None).exists()
    plan.move_task(
        SYSTEM,
        plan.make_task(SYSTEM, title_zh="又一", lead=Organisation.objects.create(name_zh="乙")),
        "confirm",
    )
    assert Metric.objects.exclude(dirty_since=None).exists()
