"""The reference centre: what documents publish, beside what synthetic returns give."""

from pathlib import Path

import pytest

from kechuang.core.models import Event
from kechuang.indicators import actions, ports
from kechuang.indicators.models import ExternalValue, IndexRun, Metric, Observation, PublishedValue, Return
from kechuang.indicators.queries import why
from kechuang.indicators.queries.standing import beside

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[3] / "src/kechuang/site/reference/beijing"
FIGURES = {
    "leading-technology-share": 55.7,
    "national-award-share": 31.5,
    "international-standards": 229,
    "standards-growth": 40,
    "branches-jinji": 6000,
    "contracts-jinji-growth": 29.5,
    "talent-measures-first": 10,
    "residence-permits": 336,
    "makerspaces": 125,
    "angel-investor-share": 80,
    "shared-platforms": 800,
    "shared-value": 2270000000000,
    "contracts-out-share": 72,
    "high-tech-growth": 9.1,
    "services-growth": 12.9,
    "electric-cars": 109000,
    "agricultural-progress": 71,
    "waste-treated-share": 99.8,
    "tasks-started": 99,
    "facilities-completed": 29,
    "high-tech-enterprises": 29000,
    "review-years-without-complaint": 7,
}


def counts():
    return [
        each.objects.count()
        for each in (Metric, Observation, PublishedValue, Return, IndexRun, ExternalValue, Event)
    ]


def test_the_reference_centre(tasks):
    actions.load_reference(FOLDER)
    first = counts()
    actions.load_reference(FOLDER)
    assert counts() == first, "twice changes nothing"
    for code, value in FIGURES.items():
        assert float(PublishedValue.objects.get(metric__code=code).value) == value, code
    _differences_are_explained()
    _rows_prove_reported_numbers()
    headline = ports.headline_index()
    assert headline and headline.low <= headline.rank <= headline.high <= headline.of
    assert [step.year for step in headline.path] == sorted({step.year for step in headline.path})
    assert headline.path[-1].rank == headline.rank
    assert ExternalValue.objects.filter(rank=None).exists(), "what is not at hand is missing"


def _differences_are_explained():
    for pairs in beside(Metric.objects.values_list("pk", flat=True)).values():
        for pair in pairs:
            if pair.difference:
                assert pair.cause, pair.published.metric


def _rows_prove_reported_numbers():
    metric = Metric.objects.get(code="contracts-out-share")
    assert metric.basis == "reported" and metric.synthetic
    seen = metric.observations.get(cell_key="", end="2016-12-31", current=True)
    found = why.explain(seen, clearance=1)
    assert found.agrees and [part.total for part in found.parts] == [4, 4]
    assert all(link.startswith("/indicators/returns/") for link in found.parts[0].links)
    assert not why.explain(seen, clearance=0).parts[0].rows, "visitors see no organisation's figures"
