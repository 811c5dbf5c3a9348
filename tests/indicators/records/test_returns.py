"""Returns: checks, stages, versions, sheets."""

from datetime import date
from decimal import Decimal

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.models import Organisation, StoredFile
from kechuang.indicators import actions, ports
from kechuang.indicators.models import Metric, Return

pytestmark = pytest.mark.django_db
ITEMS = [
    {"code": "total", "name_zh": "合计", "unit": "万元"},
    {"code": "here", "name_zh": "本市", "unit": "万元"},
    {"code": "away", "name_zh": "外地", "unit": "万元", "max": 1000},
]
CHECKS = [
    {"kind": "sum", "total": "total", "parts": ["here", "away"]},
    {"kind": "at_most", "item": "here", "than": "total"},
    {"kind": "change", "item": "total", "most": 0.5},
]


@pytest.fixture
def form():
    return actions.save_form(SYSTEM, "contracts", title_zh="合同年报", items=ITEMS, checks=CHECKS)


@pytest.fixture
def office():
    return Organisation.objects.create(name_zh="甲区")


def filed(form, office, year, total, here, away, remark=""):
    filing = actions.open_return(SYSTEM, office, form, date(year, 1, 1), date(year, 12, 31))
    actions.fill_return(SYSTEM, filing, {"total": total, "here": here, "away": away}, remark=remark)
    return actions.approve_return(SYSTEM, actions.submit_return(SYSTEM, filing))


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"total": 9, "here": 4, "away": 4}, "8"),
        ({"total": None, "here": 4, "away": 4}, "合计"),
        ({"total": Decimal("8.5"), "here": 4, "away": 4}, "8.5"),
        ({"total": 2004, "here": 4, "away": 2000}, "2000"),
        ({"total": 3, "here": 4, "away": -1}, "-1"),
    ],
)
def test_what_is_wrong_is_refused_with_its_item_and_value(form, office, values, word):
    filing = actions.open_return(SYSTEM, office, form, date(2024, 1, 1), date(2024, 12, 31))
    actions.fill_return(SYSTEM, filing, values)
    with pytest.raises(Refusal, match=word):
        actions.submit_return(SYSTEM, filing)
    filing.refresh_from_db()
    assert filing.stage == "draft"


def test_what_is_unusual_needs_a_remark(form, office):
    filed(form, office, 2023, 10, 4, 6)
    with pytest.raises(Refusal, match="10"):
        filed(form, office, 2024, 20, 8, 12)
    filing = Return.objects.get(end="2024-12-31")
    actions.fill_return(SYSTEM, filing, {}, remark="新口径")
    assert actions.submit_return(SYSTEM, filing).stage == "submitted"


def test_only_approved_values_count_and_a_new_version_replaces(form, office):
    first = filed(form, office, 2023, 10, 4, 6)
    metric = Metric.objects.get(code="total")
    assert metric.basis == "reported"
    actions.recompute(SYSTEM)
    assert ports.latest(metric.pk, reader=ports.EVERYTHING).value == 10
    second = actions.replace_return(SYSTEM, first)
    with pytest.raises(Refusal):
        actions.replace_return(SYSTEM, first)
    actions.fill_return(SYSTEM, second, {"total": 11, "away": 7})
    actions.submit_return(SYSTEM, second)
    actions.recompute(SYSTEM)
    assert ports.latest(metric.pk, reader=ports.EVERYTHING).value == 10
    actions.approve_return(SYSTEM, second)
    actions.recompute(SYSTEM)
    assert ports.latest(metric.pk, reader=ports.EVERYTHING).value == 11
    first.refresh_from_db()
    assert (first.stage, second.version) == ("replaced", 2)
    assert metric.observations.filter(cell_key="", end="2023-12-31").count() == 2
    with pytest.raises(Refusal):
        actions.fill_return(SYSTEM, first, {"total": 1})


def test_who_filled_it_in_does_not_approve_and_others_do_not_fill(form, office, make_user):
    analyst, other = make_user("analyst"), make_user("reporter", name="other")
    with pytest.raises(NotPermitted):
        actions.open_return(other, office, form, date(2024, 1, 1), date(2024, 12, 31))
    filing = actions.open_return(analyst, office, form, date(2024, 1, 1), date(2024, 12, 31))
    actions.fill_return(analyst, filing, {"total": 10, "here": 4, "away": 6})
    actions.submit_return(analyst, filing)
    with pytest.raises(Refusal, match=r"Another person|填报人以外"):
        actions.approve_return(analyst, filing)
    assert actions.send_back_return(make_user("officer"), filing, "缺备注").stage == "sent_back"


def test_a_period_must_be_whole(form, office):
    with pytest.raises(Refusal):
        actions.open_return(SYSTEM, office, form, date(2024, 1, 1), date(2024, 11, 30))


def rows(*lines):
    names = ("organisation", "start", "end", "total", "here", "away")
    return [
        {"_row": i, "remark": "", **dict(zip(names, line, strict=True))} for i, line in enumerate(lines, 2)
    ]


def test_a_sheet_is_all_or_nothing_and_the_same_twice(form, office):
    from kechuang.core import files

    source = files.keep(SYSTEM, "a.csv", b"x", secrecy=1)
    year = (date(2024, 1, 1), date(2024, 12, 31))
    good = rows(("甲区", *year, Decimal(3), Decimal(1), Decimal(2)))
    assert actions.import_returns(SYSTEM, form, good, None).added == 1
    assert not Return.objects.exists(), "a trial writes nothing"
    bad = good + rows(("乙区", *year, Decimal(3), Decimal(1), Decimal(2)))
    with pytest.raises(Refusal, match="乙区"):
        actions.import_returns(SYSTEM, form, bad, source)
    assert not Return.objects.exists()
    assert actions.import_returns(SYSTEM, form, good, source).added == 1
    before = list(Return.objects.values()), StoredFile.objects.count()
    assert actions.import_returns(SYSTEM, form, good, source).same == 1
    assert (list(Return.objects.values()), StoredFile.objects.count()) == before
    actions.approve_return(SYSTEM, Return.objects.get())
    changed = rows(("甲区", *year, Decimal(4), Decimal(2), Decimal(2)))
    assert actions.import_returns(SYSTEM, form, changed, source).changed == 1
    assert Return.objects.get(version=2).stage == "submitted"


@pytest.mark.parametrize("value", [Decimal("1e40"), Decimal("NaN")])
def test_a_number_that_cannot_be_kept_is_refused_by_its_item(form, office, value):
    filing = actions.open_return(SYSTEM, office, form, date(2024, 1, 1), date(2024, 12, 31))
    with pytest.raises(Refusal, match="here") as refused:
        actions.fill_return(SYSTEM, filing, {"total": 8, "here": value})
    assert refused.value.field == "here" and not filing.values.exists()


def test_of_two_decisions_at_once_the_second_sees_the_first(form, office):
    filing = actions.open_return(SYSTEM, office, form, date(2024, 1, 1), date(2024, 12, 31))
    actions.fill_return(SYSTEM, filing, {"total": 10, "here": 4, "away": 6})
    actions.submit_return(SYSTEM, filing)
    stale = Return.objects.get(pk=filing.pk)
    actions.approve_return(SYSTEM, filing)
    with pytest.raises(Refusal):
        actions.send_back_return(SYSTEM, stale, "重填")
    assert Return.objects.get(pk=filing.pk).stage == "approved"


def test_who_begins_a_second_new_version_is_led_to_the_first(form, office):
    approved = filed(form, office, 2023, 10, 4, 6)
    made = actions.replace_return(SYSTEM, approved)
    with pytest.raises(Refusal) as refused:
        actions.replace_return(SYSTEM, approved)
    assert refused.value.url == made.get_absolute_url() and not refused.value.remedy


def test_a_form_that_cannot_be_kept_is_refused(form):
    with pytest.raises(Refusal) as refused:
        actions.save_form(SYSTEM, "contracts", title_zh="合同年报", items=ITEMS, due_days=-1)
    assert refused.value.field == "due_days"
