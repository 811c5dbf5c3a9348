"""Figures of a document beside the house's own numbers: found by their sentence, open to whom the indicator is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.indicators.actions import publish_value
from kechuang.indicators.models import Metric, Observation
from kechuang.plan import actions as plan
from kechuang.plan.models import Statement
from tests.plan.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """A published document whose “1200家” stands beside an indicator that counts 1300."""
    centre = world()
    document = centre.document
    waiting = document.statements.filter(review="pending").values_list("pk", flat=True)
    plan.accept_statements(SYSTEM, document, list(waiting))
    plan.finish_review(SYSTEM, document)
    plan.ask_publication(SYSTEM, document)
    plan.approve_publication(SYSTEM, document)
    statement = Statement.objects.get(document=document, value=1200)
    metric = Metric.objects.create(
        code="new-firms",
        name_zh="新增企业数",
        name_en="New firms",
        unit="家",
        basis="published",
        domain="published",
    )
    year = {"start": date(2021, 1, 1), "end": date(2021, 12, 31)}
    publish_value(
        SYSTEM,
        metric,
        value=Decimal(1200),
        source="推进会",
        cause_zh="口径不同",
        statement=("plan.statement", str(statement.pk)),
        **year,
    )
    Observation.objects.create(
        metric=metric, cell={}, cell_key="", value=Decimal(1300), known_at=clock.now(), current=True, **year
    )
    return document, statement, metric


def panel(document, statement) -> str:
    return f"/plan/documents/{document.pk}/figures/{statement.pk}/"


def test_the_printed_number_leads_to_its_panel(told, client):
    document, statement, _metric = told
    page = client.get(f"/plan/public/{document.pk}/").content.decode()
    assert f'data-span="figure-{statement.pk}"' in page
    assert panel(document, statement) in page
    shown = client.get(panel(document, statement)).content.decode()
    for words in ("1,200", "1,300", "100", "口径不同", "新增企业数"):
        assert words in shown, words


def test_an_indicator_that_is_not_public_stays_inside(told, client, make_user):
    document, statement, metric = told
    Metric.objects.filter(pk=metric.pk).update(public=False)
    assert client.get(panel(document, statement)).status_code == 404
    assert "figure-" not in client.get(f"/plan/public/{document.pk}/").content.decode()
    client.force_login(make_user("officer", clearance=1))
    assert client.get(panel(document, statement)).status_code == 200


def test_a_sentence_without_an_indicator_has_no_panel(told, client):
    document, statement, _metric = told
    other = document.statements.exclude(pk=statement.pk).first()
    assert client.get(panel(document, other)).status_code == 404
