"""What visitors may not see: small cells, what follows from them, and what two published totals tell together."""

from datetime import date

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions, ports
from kechuang.indicators.engine.metrics.derived import Derived
from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries.disclosure import Disclosure
from kechuang.indicators.queries.standing import standings
from tests.indicators.counted import Computed

pytestmark = pytest.mark.django_db
ABOUT = {"owner": "x", "source": "x", "name_zh": "率", "name_en": "rate", "unit": "%"}
ITEMS = [{"code": code, "name_zh": code, "unit": "元"} for code in ("whole", "part")]


def report(form, office, year, whole, part):
    filing = actions.open_return(SYSTEM, office, form, date(year, 1, 1), date(year, 12, 31))
    actions.fill_return(SYSTEM, filing, {"whole": whole, "part": part})
    return actions.approve_return(SYSTEM, actions.submit_return(SYSTEM, filing))


@pytest.fixture(scope="module")
def lasting_world(lasting, tmp_path_factory):
    return Computed.once(lasting, tmp_path_factory.mktemp("computed"), make_world)


@pytest.fixture
def world(lasting_world, db):
    return lasting_world.lend()


def make_world():
    """Four offices report for 2023, two for 2024; a share and a growth are made of what they report."""
    form = actions.save_form(SYSTEM, "totals", title_zh="合计年报", items=ITEMS)
    offices = [Organisation.objects.create(name_zh=f"{i}区") for i in range(4)]
    for i, office in enumerate(offices):
        report(form, office, 2023, 1000 + i, 100 + i)
    for office in offices[:2]:
        report(form, office, 2024, 2000, 300)
    for made in (
        Derived(id="part_share", kind="ratio", of="part", over="whole", scale=100, **ABOUT),
        Derived(id="part_growth", kind="growth", of="part", offset=1, scale=100, **ABOUT),
    ):
        actions.declare_metric(SYSTEM, made.as_dict())
    actions.recompute(SYSTEM)
    return form, offices


def seen(code, user=None):
    rows = Observation.objects.filter(metric__code=code, current=True).select_related("metric")
    rows = rows.exclude(value=None)
    return {(row.end.year, bool(row.cell)) for row in Disclosure(user).shown(rows)}


def test_what_one_organisation_reported_is_never_shown_and_a_total_of_two_neither(world):
    assert seen("part") == {(2023, False)}


def test_a_derived_number_is_hidden_with_what_it_is_made_of(world):
    assert seen("part-share") == {(2023, False)}
    assert seen("part-growth") == set(), "growth of 2024 would tell 2024 to whoever knows 2023"


def test_members_see_everything(world, make_user):
    member = make_user("leader")
    assert seen("part", member) == {(2023, False), (2023, True), (2024, False), (2024, True)}


def test_a_total_appears_once_enough_have_reported(world):
    form, offices = world
    report(form, offices[2], 2024, 2000, 300)
    actions.recompute(SYSTEM)
    assert (2024, False) in seen("part")
    metric = Metric.objects.get(code="part")
    assert standings([metric], Disclosure())[metric.pk].latest.end == date(2024, 12, 31)


def test_no_page_or_address_shows_a_hidden_total(client, world):
    hidden = {"600", "2000", "300", "4000"}
    for address in (
        "/indicators/",
        "/indicators/m/part/",
        "/indicators/m/part-share/",
        "/indicators/m/part-growth/",
        "/indicators/m/part/data/csv/",
        "/indicators/m/part/data/sdmx/",
        "/indicators/m/part-growth/data/json/",
        "/api/indicators/metrics",
        "/api/indicators/metrics/part/observations",
        "/api/indicators/metrics/part/outlook",
        "/api/indicators/metrics/part-growth/outlook",
    ):
        text = client.get(address).content.decode()
        assert not {
            number
            for number in hidden
            if f">{number}" in text or f":{number}" in text or f",{number}" in text
        }, address
        assert "2024-12-31" not in text, address
    for code in ("part", "part-share", "part-growth"):
        assert client.get(f"/indicators/m/{code}/why/?on=2024-12-31").status_code == 404
        assert client.get(f"/api/indicators/metrics/{code}/why?period=2024").status_code == 422
        one = f"on=2023-12-31&d.organisation={world[1][0].name_zh}"
        assert client.get(f"/indicators/m/{code}/why/?{one}").status_code == 404


def test_two_vintages_of_a_total_do_not_tell_who_came_late(client, world, make_user):
    form, _offices = world
    late = Organisation.objects.create(name_zh="迟报区")
    report(form, late, 2023, 9000, 777)
    actions.recompute(SYSTEM)
    page = "/indicators/m/part/"
    former = [
        row.value
        for row in ports.series(Metric.objects.get(code="part").pk, reader=ports.EVERYTHING)
        if row.end.year == 2023
    ]
    assert former == [406 + 777]
    assert "406" not in client.get(page).content.decode()
    client.force_login(make_user("analyst"))
    Observation.objects.filter(end__year=2024).delete()
    assert "406" in client.get(page).content.decode(), "members see what was known when"
