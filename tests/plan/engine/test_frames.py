"""Which time each quantity takes: its own, its base, or the frame it stands in."""

from __future__ import annotations

from datetime import date

import pytest

from kechuang.plan.engine.reading.frames import attach
from kechuang.plan.engine.reading.periods import find_periods
from kechuang.plan.engine.reading.quantities import find_quantities
from kechuang.plan.engine.reading.read import read
from kechuang.plan.engine.reading.segments import segment
from kechuang.plan.engine.reading.types import Sentence

TODAY = date(2026, 2, 3)


def attached(*sentences: Sentence) -> list[str]:
    """For each quantity "printed → text first last" ("^" when the period is inherited, "-" when there is none)."""
    quantities = [find_quantities(one.text) for one in sentences]
    periods = [find_periods(one.text, TODAY) for one in sentences]
    rows = []
    for one, amounts, times in zip(
        sentences, quantities, attach(sentences, quantities, periods, TODAY), strict=True
    ):
        for amount, time in zip(amounts, times, strict=True):
            where = "-" if time is None else f"{time.text or '^'} {time.first} {time.last}"
            rows.append(f"{one.text[amount.start : amount.end]} → {where}")
    return rows


def document(*lines: str) -> list[str]:
    text = "\n".join(lines)
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return attached(*segment(text, spans))


def sentence(text: str) -> list[str]:
    return attached(Sentence(0, len(text), text, 0))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("到2030年,企业达到500家。", ["500家 → 到2030年 2026-02-03 2030-12-31"]),
        ("比2013年增长40%。", ["40% → 2013年 2013-01-01 2013-12-31"]),
        (
            "2024年达到5亿元，比2020年增长28%。",
            ["5亿元 → 2024年 2024-01-01 2024-12-31", "28% → 2024年 2024-01-01 2024-12-31"],
        ),
        (
            "由2002年7703元增加到2007年13786元，农村由2476元增加到4140元。",
            [
                "7703元 → 2002年 2002-01-01 2002-12-31",
                "13786元 → 2007年 2007-01-01 2007-12-31",
                "2476元 → 2002年 2002-01-01 2002-12-31",
                "4140元 → 2007年 2007-01-01 2007-12-31",
            ],
        ),
        ("企业达到500家。", ["500家 → -"]),
        (
            "It makes 5 MW in 2027 and 9 MW by 2030.",
            ["5 MW → 2027 2027-01-01 2027-12-31", "9 MW → by 2030 2026-02-03 2030-12-31"],
        ),
    ],
)
def test_own_time(text, wanted):
    assert sentence(text) == wanted


def test_a_heading_frames_what_stands_below_it():
    assert document(
        "一、2025年工作回顾",
        "工业增长6%，我们扎实推进各项工作，经济运行总体平稳。",
        "二、2026年重点工作",
        "新建园区12个，持续优化营商环境，推动高质量发展取得新成效。",
    ) == ["6% → ^ 2025-01-01 2025-12-31", "12个 → ^ 2026-01-01 2026-12-31"]


def test_a_lead_sentence_frames_its_list():
    rows = document(
        "据介绍,三年来,全市主要做了5个方面工作。一是加强协同,承接11个专项。",
        "二是深化改革,设立机构近6000家。",
        "市领导主持会议,共有20家单位参加。",
    )
    assert rows == [
        "5个 → 三年来 2023-01-01 2026-02-03",
        "11个 → ^ 2023-01-01 2026-02-03",
        "6000家 → ^ 2023-01-01 2026-02-03",
        "20家 → -",
    ]


def test_goals_behind_a_colon_take_its_year():
    assert document("今年主要预期目标是：地区生产总值增长5%左右；城镇新增就业30万人；粮食产量80亿斤。") == [
        "5% → 今年 2026-01-01 2026-12-31",
        "30万人 → ^ 2026-01-01 2026-12-31",
        "80亿斤 → ^ 2026-01-01 2026-12-31",
    ]


def test_a_lead_paragraph_holds_until_the_next_and_a_heading_of_two_times_frames_nothing():
    assert document(
        "一、2025年和“十四五”时期工作回顾",
        "一年来，我们牢记嘱托、感恩奋进，各项事业取得新成绩。",
        "（一）抓创新。新建平台8个，专利增长9%，各项工作稳步推进。",
        "五年来，我们坚持改革开放，综合实力迈上新台阶，投资累计3万亿元。",
        "财政民生支出占比稳定在80%。",
    ) == [
        "8个 → ^ 2025-01-01 2026-02-03",
        "9% → ^ 2025-01-01 2026-02-03",
        "3万亿元 → 五年来 2021-01-01 2026-02-03",
        "80% → ^ 2021-01-01 2026-02-03",
    ]


def test_a_part_of_the_year_takes_the_year_of_its_heading():
    assert document(
        "一、2025年工作回顾",
        "经济持续回升向好，上半年增长6%，各项指标好于预期、好于全国。",
    ) == ["6% → 上半年 2025-01-01 2025-06-30"]


@pytest.mark.parametrize(
    "lead",
    [
        "2025年是规划收官之年，也是很不平凡的一年。",
        "刚刚过去的2025年，我们经受住了考验。",
        "2025年极不寻常。",
        "刚刚过去的2025年，困难很多。",
    ],
)
def test_a_sentence_about_a_year_frames_what_follows_and_parts_of_the_year_are_of_it(lead):
    assert document(
        "一、“十四五”时期和2025年工作回顾",
        "“十四五”时期，综合实力迈上新台阶，生产总值达到6万亿元。",
        lead,
        "（一）抓产业。全年生产整车30万辆。出口增长12%。",
        "上半年落地项目40个。新增企业7家。",
    ) == [
        "6万亿元 → “十四五”时期 2021-01-01 2025-12-31",
        "30万辆 → 全年 2025-01-01 2025-12-31",
        "12% → ^ 2025-01-01 2025-12-31",
        "40个 → 上半年 2025-01-01 2025-06-30",
        "7家 → ^ 2025-01-01 2025-06-30",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The minister said on Monday that 300 firms joined.", ["300 firms → -"]),
        ("The agency reported Tuesday that exports rose 5%.", ["5% → -"]),
        (
            "Sales rose 3% in May 2025 and 5% in the first half of 2025.",
            [
                "3% → May 2025 2025-05-01 2025-05-31",
                "5% → the first half of 2025 2025-01-01 2025-06-30",
            ],
        ),
        (
            "力争到2030年占比由目前的12%提升到35%。",
            ["12% → -", "35% → 到2030年 2026-02-03 2030-12-31"],
        ),
        (
            "4月、5月新增分别达45万千瓦和92万千瓦。",
            ["45万千瓦 → 4月 2026-04-01 2026-04-30", "92万千瓦 → 5月 2026-05-01 2026-05-31"],
        ),
        (
            "到2027年、2030年分别达到50%、80%。",
            ["50% → 到2027年 2026-02-03 2027-12-31", "80% → 2030年 2026-02-03 2030-12-31"],
        ),
        (
            "Sales grew 5 per cent and 6 per cent in 2023 and 2024, respectively.",
            ["5 per cent → 2023 2023-01-01 2023-12-31", "6 per cent → 2024 2024-01-01 2024-12-31"],
        ),
        ("从3家增至去年的9家。", ["3家 → -", "9家 → 去年 2025-01-01 2025-12-31"]),
        ("由29%提升到2025年的35%。", ["29% → -", "35% → 2025年 2025-01-01 2025-12-31"]),
        ("The bank gave $5 million on Tuesday.", ["$5 million → Tuesday 2026-02-03 2026-02-03"]),
        (
            "It holds $24 million in aid and more than 3,500 jobs since 2018.",
            [
                "$24 million → since 2018 2018-01-01 2026-02-03",
                "3,500 jobs → since 2018 2018-01-01 2026-02-03",
            ],
        ),
    ],
)
def test_the_day_something_is_said_is_not_the_time_of_what_is_said(text, wanted):
    assert sentence(text) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            ("东段进度35%，预计2028年3月完工；西段进度12%。",),
            ["35% → -", "12% → -"],
        ),
        (
            ("截至1月底，东段进度88%，预计12月完工；西段进度12%。",),
            ["88% → 截至1月底 2026-01-31 2026-01-31", "12% → ^ 2026-01-31 2026-01-31"],
        ),
        (
            (
                "三年来项目加快，2023年至2025年，分别完成产值20亿元、30亿元、40亿元；分别完成投资5亿元、6亿元、7亿元。",
            ),
            [
                "20亿元 → 2023年至2025年 2023-01-01 2025-12-31",
                "30亿元 → 2023年至2025年 2023-01-01 2025-12-31",
                "40亿元 → 2023年至2025年 2023-01-01 2025-12-31",
                "5亿元 → ^ 2023-01-01 2025-12-31",
                "6亿元 → ^ 2023-01-01 2025-12-31",
                "7亿元 → ^ 2023-01-01 2025-12-31",
            ],
        ),
        (("预计明年二季度投产。届时产能将增至40万吨。",), ["40万吨 → ^ 2027-04-01 2027-06-30"]),
        (
            ("2024年投入50亿元。这一数字比三年前多12亿元。",),
            ["50亿元 → 2024年 2024-01-01 2024-12-31", "12亿元 → ^ 2024-01-01 2024-12-31"],
        ),
        (
            ("It spent 2% of its income in 2022. That is more than $30 billion.",),
            ["2% → 2022 2022-01-01 2022-12-31", "$30 billion → ^ 2022-01-01 2022-12-31"],
        ),
        (
            ("一年来，我们攻坚克难，各项事业取得新成绩。大力推动文旅融合，全年接待游客3亿人次。",),
            ["3亿人次 → 全年 2025-01-01 2025-12-31"],
        ),
    ],
)
def test_what_goes_back_to_the_time_just_told(lines, wanted):
    assert document(*lines) == wanted


def test_a_list_of_dashes_takes_the_time_that_opens_the_paragraph_before_it():
    assert document(
        "一、主要目标",
        "到2030年，以创新为牵引，推动融合发展。探索新模式，提供有力支撑。",
        "——形成完整产业链。发展三类产品，年产50万台。",
        "——增强科研力量。新增平台5个以上。",
    ) == ["50万台 → ^ 2026-02-03 2030-12-31", "5个 → ^ 2026-02-03 2030-12-31"]


def test_nothing_in_nothing_out():
    assert attach([], [], [], None) == []


def test_that_month_is_the_month_told_last():
    text = "协会发布11月电池数据。\n产量方面，当月产量为87吨，环比增长13.4%。其中甲类15吨。\n销量方面，当月销量84吨。"
    found = read(text.encode(), "x.txt", date(2023, 12, 15)).statements
    days = {(str(s.time_start), str(s.time_end)) for s in found if s.kind == "figure"}
    assert days == {("2023-11-01", "2023-11-30")}
