"""Every declared indicator gives equal integers on DuckDB's snapshots and on PostgreSQL's live tables."""

from datetime import date

import pytest
from django.db import connection

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions, queries
from kechuang.indicators.models import Metric, Observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tasks):
    items = [{"code": "total", "name_zh": "合计", "unit": "元"}]
    form = actions.save_form(SYSTEM, "totals", title_zh="合计年报", items=items)
    office = Organisation.objects.create(name_zh="丙区")
    for year in (2022, 2023):
        filing = actions.open_return(SYSTEM, office, form, date(year, 1, 1), date(year, 12, 31))
        actions.fill_return(SYSTEM, filing, {"total": 10**12 + year})
        actions.approve_return(SYSTEM, actions.submit_return(SYSTEM, filing))
    assert not actions.recompute(SYSTEM).faults


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="runs on PostgreSQL (python tests/postgres.py pytest …)"
)
def test_live_tables_and_snapshots_agree_on_every_declared_indicator(world):
    duck, live = queries.calculator(), queries.calculator(engine="postgres")
    assert len(duck.catalogue) == Metric.objects.exclude(tables="").count() > 10
    for declared in duck.catalogue:
        for by in ((), duck.catalogue.base(declared).dimensions):
            assert duck.values(declared.id, by) == live.values(declared.id, by), (declared.id, by)
    before = Observation.objects.count()
    assert actions.recompute(SYSTEM, engine="postgres").new == 0
    assert Observation.objects.count() == before


@pytest.mark.skipif(connection.vendor == "postgresql", reason="asks for PostgreSQL where there is none")
def test_an_engine_that_is_not_there_is_named(world):
    from kechuang.indicators.engine.metrics import MetricError

    with pytest.raises(MetricError, match="DATABASE_URL"):
        actions.recompute(SYSTEM, engine="postgres")
