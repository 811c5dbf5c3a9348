"""A promise and what measures it are held up against each other in one unit, whatever was typed."""

from datetime import date
from decimal import Decimal

import pytest

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.kernel.units import comparable, scale_of
from kechuang.indicators.models import Metric, Observation
from kechuang.plan import actions
from kechuang.plan.models import Commitment, Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = "2022年7月16日，本市召开推进会。到2025年，技术合同成交额达到9000亿元。"


@pytest.fixture
def document(published) -> Document:
    return published(TEXT)


def counting(unit: str, value: int) -> Metric:
    facts = {"name_zh": "成交额", "name_en": "Contracts", "basis": "published", "domain": "published"}
    metric = Metric.objects.create(code=f"in-{len(unit)}-{value}", unit=unit, **facts)
    year = {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}
    Observation.objects.create(
        metric=metric, cell={}, cell_key="", value=Decimal(value), known_at=clock.now(), **year
    )
    return metric


def promised(document, **facts) -> Commitment:
    return actions.make_commitment(SYSTEM, [document.statements.get(kind="target")], **facts)


@pytest.mark.parametrize(
    ("unit", "factor", "rest"),
    [
        ("亿元", 10**8, "元"),
        ("万家", 10**4, "家"),
        ("百万吨", 10**6, "吨"),
        ("万亿元", 10**12, "元"),
        ("万", 10**4, ""),
    ]
    + [(unit, 1, unit) for unit in ("元", "千瓦时", "千米", "百分点", "%", "")],
)
def test_a_scale_before_the_unit_belongs_to_the_number(unit, factor, rest):
    assert scale_of(unit) == (factor, rest)


def test_what_is_counted_is_comparable_and_money_is_not_people():
    assert (
        comparable("家", "个") and comparable("人", "位") and comparable("", "项") and comparable("元", "元")
    )
    assert not (comparable("元", "家") or comparable("%", "") or comparable("平方米", "公顷"))


@pytest.mark.parametrize(("kept_in", "per"), [("元", 1), ("fen", 100)])
def test_a_promise_typed_in_hundreds_of_millions_is_not_kept_by_a_few(document, kept_in, per):
    metric = counting(kept_in, 8_000 * 10**8 * per)
    promise = promised(document, target_value=Decimal("9000"), unit="亿元", metric=metric)
    assert (promise.target_value, promise.unit) == (9_000 * 10**8, "元")
    assert (promise.measured, promise.state) == (8_000 * 10**8, "late")
    actions.amend_commitment(
        SYSTEM, promise, value=Decimal(7900), unit="亿元", due=promise.due, reason="下调"
    )
    assert (promise.target_value, promise.unit, promise.state) == (7_900 * 10**8, "元", "kept")


def test_an_indicator_in_another_unit_is_refused(document):
    with pytest.raises(Refusal, match="another unit"):
        promised(document, metric=counting("家", 9))
    promise = promised(document)
    with pytest.raises(Refusal, match="another unit"):
        actions.edit_commitment(SYSTEM, promise, metric=counting("", 9))


def test_a_correction_in_hundreds_of_millions_is_kept_in_full(document):
    row = document.statements.get(kind="target")
    actions.correct_statement(SYSTEM, row, {"value": Decimal("9100.5"), "unit": "亿元"})
    actions.read_again(SYSTEM, document)
    row = document.statements.get(kind="target")
    assert (row.value, row.unit) == (910_050_000_000, "元")
