"""Single periods beside the year to date, and constant beside current prices, as statistics print them."""

from datetime import date
from decimal import Decimal

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation
from kechuang.indicators import actions, ports
from kechuang.indicators.engine.metrics.derived import Derived
from kechuang.indicators.engine.targets import TargetError
from kechuang.indicators.models import Metric
from kechuang.indicators.queries import conventions
from kechuang.indicators.queries.cells import bounds

pytestmark = pytest.mark.django_db
TO_DATE = {(2023, 2): 30, (2023, 3): 50, (2023, 12): 200, (2024, 1): 12, (2024, 2): 36, (2024, 3): 60}


@pytest.fixture
def office(db):
    return Organisation.objects.create(name_zh="甲区")


def report(form, office, start, end, values):
    filing = actions.open_return(SYSTEM, office, form, start, end)
    actions.fill_return(SYSTEM, filing, values)
    actions.approve_return(SYSTEM, actions.submit_return(SYSTEM, filing))


def monthly(office, *, to_date):
    items = [{"code": "deals", "name_zh": "成交额", "unit": "元", "to_date": to_date}]
    form = actions.save_form(SYSTEM, "monthly", title_zh="月报", frequency="month", items=items)
    for (year, month), value in TO_DATE.items():
        report(form, office, *bounds(12 * year + month - 1, "month"), {"deals": value})
    actions.recompute(SYSTEM)
    return Metric.objects.get(code="deals")


def test_months_from_the_year_to_date_and_no_month_is_guessed(office):
    metric = monthly(office, to_date=True)
    found = {
        line.where: line
        for line in conventions.within_the_year(metric, ports.series(metric.pk, reader=ports.EVERYTHING))
    }
    assert {where: (line.single, line.to_date) for where, line in found.items()} == {
        "2023-01 – 2023-02": (30, 30),
        "2023-03": (20, 50),
        "2023-04 – 2023-12": (150, 200),
        "2024-01": (12, 12),
        "2024-02": (24, 36),
        "2024-03": (24, 60),
    }
    assert found["2024-03"].single_change == Decimal("0.2") and float(found["2024-03"].to_date_change) == 0.2
    assert found["2024-02"].single_change is None, "February of 2023 stands with January"
    assert float(found["2024-02"].to_date_change) == 0.2


def test_counted_months_are_added_up(office):
    metric = monthly(office, to_date=False)
    found = {
        line.where: line
        for line in conventions.within_the_year(metric, ports.series(metric.pk, reader=ports.EVERYTHING))
    }
    assert found["2024-03"].to_date == 12 + 36 + 60 and found["2023-12"].to_date == 280
    assert found["2023-12"].single == 200


def test_the_year_to_date_is_not_added_up_again(office):
    monthly(office, to_date=True)
    again = Derived(
        id="twice", name_zh="x", name_en="x", unit="元", owner="x", source="x", kind="cumulative", of="deals"
    )
    with pytest.raises(Refusal, match="deals"):
        actions.declare_metric(SYSTEM, again.as_dict())


@pytest.fixture
def priced(office):
    index = Metric.objects.create(
        code="cpi", name_zh="价格指数", name_en="Prices", basis="published", domain="x"
    )
    for year, change in ((2022, "105"), (2023, "102"), (2024, "98")):
        actions.publish_value(
            SYSTEM,
            index,
            value=Decimal(change),
            source="年鉴",
            start=date(year, 1, 1),
            end=date(year, 12, 31),
        )
    items = [{"code": "added", "name_zh": "增加值", "unit": "元", "prices": "cpi"}]
    form = actions.save_form(SYSTEM, "yearly", title_zh="年报", items=items)
    for year, value in ((2021, 1000), (2022, 1155), (2023, 1200), (2024, 1300), (2025, 1400)):
        report(form, office, date(year, 1, 1), date(year, 12, 31), {"added": value})
    actions.recompute(SYSTEM)
    return Metric.objects.get(code="added")


def test_values_at_the_prices_of_one_year(priced):
    found = {
        row.year: row
        for row in conventions.at_constant_prices(priced, ports.series(priced.pk, reader=ports.EVERYTHING))
    }
    assert sorted(found) == [2021, 2022, 2023, 2024], "2025 has no price index yet"
    assert float(found[2022].constant) == pytest.approx(1100) and found[2022].current == 1155
    assert float(found[2022].real_change) == pytest.approx(0.10)
    assert float(found[2024].real_change) == pytest.approx(1300 / 0.98 / 1200 - 1)


def test_another_base_changes_levels_and_no_real_growth(priced):
    rows = ports.series(priced.pk, reader=ports.EVERYTHING)
    first, other = (conventions.at_constant_prices(priced, rows, base) for base in (2021, 2023))
    assert [row.real_change for row in first] == [row.real_change for row in other]
    assert next(row.constant for row in other if row.year == 2023) == 1200
    with pytest.raises(TargetError, match="1999"):
        conventions.at_constant_prices(priced, rows, 1999)


def test_page_and_address_show_them(client, priced, make_user):
    client.force_login(make_user("analyst"))
    page = client.get("/indicators/m/added/?base=2022").content.decode()
    assert "constant-prices" in page and "+10%" in page
    assert client.get("/indicators/m/added/?base=1999").status_code == 422
    answer = client.get("/api/indicators/metrics/added/conventions?base=2022").json()
    assert answer["constant_prices"][-1]["constant"] == pytest.approx(1050)
    assert client.get("/api/indicators/metrics/added/conventions?base=1900").status_code == 422
