"""Every observation is what a plain loop counts, and its rows give it again."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.indicators import actions, ports
from kechuang.indicators.models import Metric, Observation, Snapshot
from kechuang.indicators.queries import why
from kechuang.indicators.queries.snapshots import path_of
from kechuang.plan.engine.workflow import COUNTED_STAGES, STARTED_STAGES
from kechuang.plan.models import Task

pytestmark = pytest.mark.django_db


def value(code: str, key: str = "", **found) -> Decimal | None:
    return Observation.objects.get(metric__code=code, cell_key=key, current=True, **found).value


def test_counts_equal_a_plain_loop(computed, tasks):
    counted = [t for t in tasks if t.stage in COUNTED_STAGES]
    begun = [t for t in tasks if t.stage in STARTED_STAGES]
    assert value("tasks-counted") == len(counted)
    assert value("tasks-begun") == len(begun)
    exact = Decimal(len(begun) * 100) / Decimal(len(counted))
    assert value("tasks-started") == exact.quantize(Decimal("0.000001"))
    for office, number in Counter(t.lead.name_zh if t.lead else "" for t in counted).items():
        assert value("tasks-counted", f"lead={office}") == number
    for year, number in Counter(t.accepted_on.year for t in tasks if t.accepted_on).items():
        assert value("tasks-accepted", end__year=year) == number


def test_every_published_cell_is_given_by_its_rows(computed):
    rows = Observation.objects.filter(current=True).exclude(version=None)
    assert rows.count() > 30
    for row in rows.select_related("version", "snapshot", "over_snapshot", "metric"):
        found = why.explain(row, clearance=3)
        assert found.agrees, (row.metric.code, row.cell_key, found.recounted, row.value)
        assert sum(part.total for part in found.parts) == row.digest_count


def test_computing_again_changes_nothing(computed):
    before = list(Observation.objects.order_by("pk").values())
    assert actions.recompute(SYSTEM).new == 0
    assert list(Observation.objects.order_by("pk").values()) == before


def test_altered_rows_change_the_number_and_the_way_down_shows_them(computed, tasks):
    first = Observation.objects.get(metric__code="tasks-started", cell_key="", current=True)
    altered = [t for t in tasks if t.stage == "confirmed"][:2]  # 5 % of the tasks
    Task.objects.filter(pk__in=[t.pk for t in altered]).update(stage="started")
    with clock.at(timezone.now() + timedelta(days=2)):
        actions.recompute(SYSTEM)
        second = ports.latest(first.metric_id, reader=ports.EVERYTHING)
        assert second.value > first.value
        now, then = (
            {row[0] for row in why.explain(each, clearance=3).parts[0].rows} for each in (second, first)
        )
        assert now - then == {t.pk for t in altered}
        assert why.explain(first, clearance=3).agrees, "the former number stays provable"
        assert [row.value for row in ports.series(first.metric_id, reader=ports.EVERYTHING)] == [
            first.value,
            second.value,
        ]


def test_vintages_are_kept_and_a_former_day_shows_what_was_known(computed, tasks):
    metric = Metric.objects.get(code="tasks-accepted")
    known = ports.latest(metric.pk, reader=ports.EVERYTHING).value
    with clock.at(timezone.now() + timedelta(days=1)):
        Task.objects.filter(accepted_on__isnull=False).update(accepted_on="2023-05-05")
        actions.recompute(SYSTEM)
        assert ports.latest(metric.pk, reader=ports.EVERYTHING).value == 5
    assert ports.latest(metric.pk, reader=ports.EVERYTHING).value == known
    vintages = Observation.objects.filter(metric=metric, cell_key="", end__year=2020).order_by("known_at")
    assert [(each.value, each.current) for each in vintages] == [(1, False), (None, True)]


def test_secret_rows_are_counted_and_not_shown(computed):
    row = Observation.objects.get(metric__code="tasks-counted", cell_key="", current=True)
    open_, cleared = why.explain(row, clearance=0).parts[0], why.explain(row, clearance=3).parts[0]
    assert open_.hidden == 1 and cleared.hidden == 0
    assert len(open_.rows) == len(cleared.rows) - 1 and open_.number == cleared.number


def test_a_snapshot_that_was_changed_is_named(computed):
    from kechuang.indicators.engine.metrics import SnapshotError

    row = Observation.objects.get(metric__code="tasks-counted", cell_key="", current=True)
    other = Snapshot.objects.exclude(pk=row.snapshot_id).first()
    path_of(row.snapshot.name).write_bytes(path_of(other.name).read_bytes())
    with pytest.raises(SnapshotError, match=f"{row.snapshot.name[:12]}.*(changed|readable)"):
        why.explain(row, clearance=3)
    path_of(row.snapshot.name).unlink()
    with pytest.raises(SnapshotError, match="gone"):
        why.explain(row, clearance=3)
