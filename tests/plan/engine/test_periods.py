"""Located time expressions: place, days and role, against cases of our own and round trips through renderings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.plan.engine.reading.periods import find_periods
from kechuang.plan.engine.reading.types import TimeRole

TODAY = date(2022, 7, 16)

# Sentence on 16 July 2022, then each period as "printed|first|last|role".
CASES = [
    (
        "行政院今（14）日通过,较110年增加。",
        "今（14）日|2022-07-14|2022-07-14|point",
        "110年|2021-01-01|2021-12-31|baseline",
    ),
    (
        "民国113年度编列,116年底前完工。",
        "民国113年度|2024-01-01|2024-12-31|period",
        "116年底前|2022-07-16|2027-12-31|deadline",
    ),
    ("上世纪90年代起步。", "上世纪90年代|1990-01-01|1999-12-31|period"),
    (
        "2030年代投用,不到2020年的一半。",
        "2030年代|2030-01-01|2039-12-31|period",
        "2020年|2020-01-01|2020-12-31|period",
    ),
    ("5月底280Ah电芯降价。", "5月底|2022-05-31|2022-05-31|point"),
    ("明年首季推出。", "明年首季|2023-01-01|2023-03-31|period"),
    ("记者18日从海关获悉。", "18日|2022-06-18|2022-06-18|point"),
    (
        "Built in the 1990s, it grew in H1 2021.",
        "the 1990s|1990-01-01|1999-12-31|period",
        "H1 2021|2021-01-01|2021-06-30|period",
    ),
    ("It opens by mid-2028.", "by mid-2028|2022-07-16|2028-06-30|deadline"),
    ("We buy 10 units within the year.", "within the year|2022-01-01|2022-12-31|period"),
    ("Exports fell in January.", "January|2022-01-01|2022-01-31|period"),
    ("到2025年,中心基本形成。", "到2025年|2022-07-16|2025-12-31|deadline"),
    (
        "2027年前完成,年底前运行。",
        "2027年前|2022-07-16|2027-12-31|deadline",
        "年底前|2022-07-16|2022-12-31|deadline",
    ),
    ("到今年底近半数将进入科研状态。", "到今年底|2022-07-16|2022-12-31|deadline"),
    ("今年一季度启动99%。", "今年一季度|2022-01-01|2022-03-31|period"),
    ("抓好下半年工作。", "下半年|2022-07-01|2022-12-31|period"),
    ("7月16日上午,调研组到园区。", "7月16日上午|2022-07-16|2022-07-16|point"),
    ("昨天上午,市领导调研。", "昨天上午|2022-07-15|2022-07-15|point"),
    ("7月3日至5日举行。", "7月3日至5日|2022-07-03|2022-07-05|period"),
    ("三年来成交额翻番。", "三年来|2019-01-01|2022-07-16|since"),
    ("近五年投入增长。", "近五年|2017-01-01|2022-07-16|since"),
    ("过去五年是不平凡的五年。", "过去五年|2017-01-01|2021-12-31|since"),
    ("今后五年重点抓好三件事。", "今后五年|2022-01-01|2026-12-31|period"),
    ("2018年以来累计投入。", "2018年以来|2018-01-01|2022-07-16|since"),
    ("自2018年起实施。", "自2018年起|2018-01-01|2022-07-16|since"),
    ("“十四五”期间布局。", "“十四五”期间|2021-01-01|2025-12-31|period"),
    ("力争“十五五”末突破。", "“十五五”末|2030-12-31|2030-12-31|point"),
    ("2021—2025年安排资金。", "2021—2025年|2021-01-01|2025-12-31|period"),
    ("从2003年到2007年增长。", "从2003年到2007年|2003-01-01|2007-12-31|period"),
    ("截至2020年底,共有12家。", "截至2020年底|2020-12-31|2020-12-31|point"),
    ("比2013年增长40%。", "2013年|2013-01-01|2013-12-31|baseline"),
    (
        "2021年能耗比上年下降3.27%。",
        "2021年|2021-01-01|2021-12-31|period",
        "上年|2020-01-01|2020-12-31|baseline",
    ),
    (
        "2020年3月开工,9月底试产。",
        "2020年3月|2020-03-01|2020-03-31|period",
        "9月底|2020-09-30|2020-09-30|point",
    ),
    ("二〇二〇年六月建成。", "二〇二〇年六月|2020-06-01|2020-06-30|period"),
    ("去年前三季度增长。", "去年前三季度|2021-01-01|2021-09-30|period"),
    (
        "由2017年的0.8%升至去年的0.97%。",
        "2017年|2017-01-01|2017-12-31|period",
        "去年|2021-01-01|2021-12-31|period",
    ),
    ("到本世纪中叶建成强国。", "到本世纪中叶|2022-07-16|2050-12-31|deadline"),
    ("By 2030, output will double.", "By 2030|2022-07-16|2030-12-31|deadline"),
    ("It opens by the end of this year.", "by the end of this year|2022-07-16|2022-12-31|deadline"),
    ("Firms doubled since 2018.", "since 2018|2018-01-01|2022-07-16|since"),
    ("In 2021 exports rose.", "2021|2021-01-01|2021-12-31|period"),
    ("Over the past three years we built it.", "the past three years|2019-01-01|2022-07-16|since"),
    ("We will invest over the next five years.", "the next five years|2022-01-01|2026-12-31|period"),
    ("Sales in the first quarter of 2021 fell.", "the first quarter of 2021|2021-01-01|2021-03-31|period"),
    ("The first half of 2021 was good.", "The first half of 2021|2021-01-01|2021-06-30|period"),
    ("On 8 October 2021 the board met.", "8 October 2021|2021-10-08|2021-10-08|point"),
    ("On March 3, 2021, it opened.", "March 3, 2021|2021-03-03|2021-03-03|point"),
    ("It grew from 2016 to 2020.", "from 2016 to 2020|2016-01-01|2020-12-31|period"),
    ("Cut by 55% from 2015 levels.", "2015|2015-01-01|2015-12-31|baseline"),
    (
        "During the 14th Five-Year Plan period it grows.",
        "the 14th Five-Year Plan period|2021-01-01|2025-12-31|period",
    ),
]
NEVER = [
    "《中国制造2025》行动纲要",
    "近年来发展迅速,近日召开会议。",
    "连续13年居首位。",
    "编制“十四五”规划纲要。",
    "制定五年规划,实施三年行动。",
    "改革开放以来,党的二十大以来。",
    "每年年底、一年一度。",
    "比例为1:30,上午9:30。",
    "In recent years Horizon 2020 and Expo 2025 grew.",
    "A 2,021 km line and 2000 jobs.",
]


def shown(text: str, today: date | None = TODAY) -> list[str]:
    rows = []
    for found in find_periods(text, today):
        assert found.text == text[found.start : found.end]
        rows.append(f"{found.text}|{found.first}|{found.last}|{found.role}")
    return rows


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_place_days_and_role(case):
    text, *wanted = case
    assert shown(text) == wanted


@pytest.mark.parametrize("text", NEVER)
def test_vague_times_names_and_durations_are_no_periods(text):
    assert shown(text) == []


@pytest.mark.parametrize("text", ["今年增长,三年来翻番,年底前完成。", "By the end of this year, last year."])
def test_relative_times_need_the_date_of_the_document(text):
    assert shown(text, today=None) == []


def test_absolute_times_need_none():
    assert shown("2021年建成", None) == ["2021年|2021-01-01|2021-12-31|period"]
    assert shown("到2025年建成", None) == ["到2025年|None|2025-12-31|deadline"]


DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(DAYS)
def test_a_day_reads_back(day):
    for text in (f"{day.year}年{day.month}月{day.day}日建成。", f"Opened on {day.day} {day:%B} {day.year}."):
        (found,) = find_periods(text, TODAY)
        assert (found.first, found.last, found.role) == (day, day, TimeRole.POINT)


@given(st.integers(1950, 2098), st.integers(1, 40))
def test_a_range_of_years_reads_back(first, length):
    last = min(first + length, 2099)
    for text in (f"{first}—{last}年投入增长。", f"It rose from {first} to {last}."):
        (found,) = find_periods(text, TODAY)
        assert (found.first, found.last) == (date(first, 1, 1), date(last, 12, 31))


@given(DAYS, st.integers(1, 20))
def test_years_back_start_on_new_year(today, n):
    (found,) = find_periods(f"{n}年来持续增长。", today)
    assert (found.first, found.last) == (date(today.year - n, 1, 1), today)


@given(DAYS, st.integers(0, 3000))
def test_a_deadline_ends_its_year_and_never_before_today(today, ahead):
    year = min((today + timedelta(days=ahead)).year, 2099)
    (found,) = find_periods(f"到{year}年建成。", today)
    assert (found.first, found.last, found.role) == (today, date(year, 12, 31), TimeRole.DEADLINE)


ALPHABET = st.sampled_from(
    list("0123456789年月日底前到至截自从今明去上下半季度近过未来这三五十四“”《》以期间末初昨天, bytheinofQ-—")
)


@settings(max_examples=300)
@given(st.text(ALPHABET, max_size=50), st.none() | DAYS)
def test_never_raises_and_spans_are_ordered(text, today):
    last = 0
    for found in find_periods(text, today):
        assert last <= found.start < found.end <= len(text)
        assert found.first is None or found.last is None or found.first <= found.last
        last = found.end


@given(st.text(max_size=80))
def test_never_raises_on_any_text(text):
    find_periods(text, TODAY)


def test_blanks_inside_a_stretch_of_months():
    """今年1至7 月, as some pages print it."""
    (found,) = find_periods("今年1至7 月,全市工业增长5%。", date(2023, 8, 18))
    assert (found.first, found.last) == (date(2023, 1, 1), date(2023, 7, 31))
