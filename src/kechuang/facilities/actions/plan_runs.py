"""The job that computes a time plan: it tells how far it is, stops when asked, and keeps result and proof."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import Any

from django_tasks import task

from kechuang.facilities.models import TimePlan
from kechuang.facilities.queries.plans import change_as_json

_TELL_EVERY = 0.5  # seconds between looks at the database during a run


@task()
def run_plan(plan_id: int) -> str:
    """The job: compute, store result and proof; a failure is kept in words."""
    plan = TimePlan.objects.select_related("cycle", "parent").get(pk=plan_id)
    if plan.stage not in (TimePlan.Stage.QUEUED, TimePlan.Stage.RUNNING):  # running: its worker was killed
        return plan.stage
    TimePlan.objects.filter(pk=plan.pk).update(stage=TimePlan.Stage.RUNNING)
    try:
        found, changes, cost = _compute(plan, _Watch(plan.pk))
    except Exception as error:
        TimePlan.objects.filter(pk=plan.pk).update(
            stage=TimePlan.Stage.FAILED, fault=f"{type(error).__name__}: {error}"
        )
        raise
    plan.stage = TimePlan.Stage.INFEASIBLE if found.relax else TimePlan.Stage.DONE
    plan.result, plan.changes, plan.cost = found.as_json(), changes, cost
    plan.save(update_fields=["stage", "result", "changes", "cost"])
    return plan.stage


class _Watch:
    """Tells the record how far the run is, and asks it whether to stop, twice a second at most."""

    def __init__(self, key: int) -> None:
        self.rows, self.looked, self.told, self.stopped = TimePlan.objects.filter(pk=key), 0.0, 0.0, False

    def report(self, progress: Any) -> None:
        if time.monotonic() - self.told >= _TELL_EVERY:
            self.told = time.monotonic()
            self.rows.update(progress={name: round(value, 2) for name, value in asdict(progress).items()})

    def stop(self) -> bool:
        if time.monotonic() - self.looked >= _TELL_EVERY:
            self.looked = time.monotonic()
            self.stopped = bool(self.rows.values_list("stop", flat=True).first())
        return self.stopped


def _compute(plan: TimePlan, watch: _Watch):
    from kechuang.facilities.engine.allocation.parse import read_instance
    from kechuang.facilities.engine.allocation.plan import Placement
    from kechuang.facilities.engine.allocation.repair import repair
    from kechuang.facilities.engine.allocation.solve import allocate

    problem = read_instance(json.dumps(plan.instance))
    if plan.parent is None:
        found = allocate(problem, plan.seconds, plan.seed, time.monotonic, watch.report, watch.stop)
        return found, [], None
    placed = [Placement(**p) for p in plan.parent.result["placed"]]
    changed = repair(problem, placed, plan.seconds, plan.seed, time.monotonic, watch.report, watch.stop)
    return changed.plan, [change_as_json(c) for c in changed.changes], changed.cost
