"""The formatter, as a table; and what must hold of every number."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.kernel import Money, Period, Quantity
from kechuang.core.kernel import formatting as f

ZH, EN = "zh-hans", "en"


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        (2_270_000_000, "", "22.7 亿", "2.27 bn"),
        (22_700_000_000, "元", "227 亿元", "22.7 bn yuan"),
        (29_000, "家", "2.9 万家", "29,000"),
        (9_999, "", "9,999", "9,999"),
        (10_000, "", "1 万", "10,000"),
        (12_345_678, "", "1,235 万", "12.3 m"),
        (3_200_000_000_000, "元", "3.2 万亿元", "3.2 tn yuan"),
        (Decimal("6.830"), "%", "6.83%", "6.83%"),
        (Decimal("0.0034"), "", "0.0034", "0.0034"),
        (-1_234.5, "", "−1,234.5", "−1,234.5"),
        (5, "个百分点", "5 个百分点", "5 percentage points"),
        (0, "", "0", "0"),
        (None, "家", "—", "—"),
        (float("nan"), "", "—", "—"),
    ],
)
def test_number(value, unit, chinese, english):
    assert f.number(value, ZH, unit) == chinese
    assert f.number(value, EN, unit) == english


def test_units_in_english():
    assert [f.unit(name, EN) for name in ("家", "平方米", "人次", "片剂", "MW", "")] == [
        "",
        "m²",
        "visits",
        "片剂",
        "MW",
        "",
    ]
    assert f.unit("家", ZH) == "家"


def test_money():
    assert f.money(Money.yuan(22_700_000_000), ZH) == "227 亿元"
    assert f.money(Money.yuan(22_700_000_000), EN) == "¥22.7 bn"
    assert f.money(123450, ZH) == "1,234.50 元"
    assert f.money(-123450, EN) == "−¥1,234.50"
    assert f.money(None, ZH) == "—"


def test_quantity_range():
    assert f.quantity(Quantity(Decimal(100), "家", Decimal(200)), ZH) == "100–200 家"


def test_ratios_and_changes():
    assert f.percent(0.993) == "99.3%"
    assert f.percent(Decimal("0.5")) == "50%"
    assert f.change(3.2, ZH) == "+3.2"
    assert f.change(-1.4, EN) == "−1.4"
    assert f.change(0, EN) == "±0"


def test_days():
    day = date(2026, 11, 21)
    assert f.day(day) == "2026-11-21"
    assert f.day_in_text(day, ZH) == "11月21日"
    assert f.day_in_text(day, ZH, year=True) == "2026年11月21日"
    assert f.day_in_text(day, EN, year=True) == "21 November 2026"


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        (Period.year(2025), "2025年", "2025"),
        (Period.quarter(2025, 1), "2025年一季度", "Q1 2025"),
        (Period.month(2025, 3), "2025年3月", "March 2025"),
        (Period(date(2021, 1, 1), date(2025, 12, 31)), "2021–2025年", "2021–2025"),
        (Period(None, date(2025, 12, 31)), "至 2025-12-31", "by 2025-12-31"),
        (Period(date(2025, 1, 2), date(2025, 3, 1)), "2025-01-02 – 2025-03-01", "2025-01-02 – 2025-03-01"),
        (Period(date(2025, 1, 2), date(2025, 1, 2)), "2025-01-02", "2025-01-02"),
        (None, "—", "—"),
    ],
)
def test_period(period, chinese, english):
    assert f.period(period, ZH) == chinese
    assert f.period(period, EN) == english


_SCALE = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1, "tn": 10**12, "bn": 10**9, "m": 10**6}


@given(st.integers(-(10**15), 10**15), st.sampled_from([ZH, EN]))
def test_compact_numbers_stay_within_half_a_per_cent(value, language):
    digits, _, scale = f.number(value, language).partition(" ")
    read = Decimal(digits.replace(",", "").replace("−", "-")) * _SCALE[scale]
    assert abs(read - value) <= Decimal(abs(value)) / 200


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_grouped_keeps_every_digit(value):
    assert Decimal(f.grouped(value).replace(",", "").replace("−", "-")) == value
