"""Paragraphs into sentences and items, under their headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.reading.segments import segment
from tests.plan.engine.texts import ARTICLE, ENGLISH, GOSSIP


def cut(text: str):
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line)))
        at += len(line) + 1
    return segment(text, lines)


def texts(text: str) -> list[str]:
    return [one.text for one in cut(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "建好平台。加快开放;用好空间！责任重大!再出发？",
            ["建好平台。", "加快开放;", "用好空间！", "责任重大!", "再出发？"],
        ),
        (
            "“主力要出征，地方须支前”。创新主体关心什么。",
            ["“主力要出征，地方须支前”。", "创新主体关心什么。"],
        ),
        ("他说：“要抓落实。”会议结束。", ["他说：“要抓落实。”", "会议结束。"]),
        ("作了《谋篇布局；系统推进》的报告。", ["作了《谋篇布局；系统推进》的报告。"]),
        ("实现“从0到1？”的突破，不断前进。", ["实现“从0到1？”的突破，不断前进。"]),
        ("建设平台（甲区5个；乙区3个）共8个。", ["建设平台（甲区5个；乙区3个）共8个。"]),
        ("增长5.2%,达到3.5万户。", ["增长5.2%,达到3.5万户。"]),
        ("取得进展……继续努力。", ["取得进展……继续努力。"]),
        (
            "The U.S. spent 2.5 billion dollars. Dr. Li agreed. Is it enough? “Yes.” They left at 5 p.m. in Jan. 2024.",
            [
                "The U.S. spent 2.5 billion dollars.",
                "Dr. Li agreed.",
                "Is it enough?",
                "“Yes.”",
                "They left at 5 p.m. in Jan. 2024.",
            ],
        ),
    ],
)
def test_sentences(text, sentences):
    assert texts(text) == sentences


def test_a_long_quotation_is_cut_inside():
    inner = "我们要加快建设综合性国家科学中心，完善开放共享机制。" * 4
    assert len(texts(f"他说：“{inner}”")) == 4


@pytest.mark.parametrize("text", ["要建成10个平台，" * 1000, "建" * 5000, "5% " * 3000])
def test_a_stretch_without_end_is_cut(text):
    found = texts(text)
    assert all(len(one) <= 1200 for one in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_enumerated_items_are_cut_apart_and_counted():
    found = cut("重点任务是狠抓落实,一是建设平台、二是加强供给、三是做好保障。此外要抓紧。")
    assert [(one.text, one.enumeration) for one in found] == [
        ("重点任务是狠抓落实", None),
        ("一是建设平台", 1),
        ("二是加强供给", 2),
        ("三是做好保障。", 3),
        ("此外要抓紧。", 3),
    ]


def test_items_in_paragraphs_of_their_own_are_counted():
    found = cut("工作如下。一是协同。全面承接。\n二是共同体。编制方案。\n（一）平台建设。\n1．开放共享。")
    assert [one.enumeration for one in found] == [None, 1, 1, 2, 2, 1, None]


def test_a_lone_marker_is_no_enumeration():
    assert texts("目标统一是好事,一是说说而已。") == ["目标统一是好事,一是说说而已。"]


REPORT = """2026年某市政府工作报告
——2026年1月26日在某市人民代表大会上
市长 张三
各位代表：
现在，我代表市政府报告工作。
一、2025年工作回顾
（一）创新能力增强
新增企业2万家。
（二）开放扩大
出口增长5%。
二、2026年工作安排
今年主要预期目标是：
——生产总值增长5%左右；
——新增就业20万人。
重点抓好以下工作。"""


def test_headings_stand_above_what_follows_them():
    above = {one.text: (one.heading, one.is_heading) for one in cut(REPORT)}
    assert above["新增企业2万家。"] == (("一、2025年工作回顾", "（一）创新能力增强"), False)
    assert above["出口增长5%。"] == (("一、2025年工作回顾", "（二）开放扩大"), False)
    assert above["（二）开放扩大"] == (("一、2025年工作回顾",), True)
    assert above["——新增就业20万人。"] == (("二、2026年工作安排", "今年主要预期目标是："), False)
    assert above["重点抓好以下工作。"] == (("二、2026年工作安排",), False)
    assert above["现在，我代表市政府报告工作。"] == ((), False)
    assert above["市长 张三"] == ((), True)


@given(
    st.lists(
        st.sampled_from(
            [
                *ARTICLE.splitlines(),
                *GOSSIP.splitlines(),
                ENGLISH.strip(),
                "“",
                "”",
                "一是",
                "，二是甲",
                "；",
                "。",
                "《",
                "》",
                "(",
                "一、总则",
            ]
        ),
        max_size=25,
    ).map("\n".join)
)
def test_sentences_are_disjoint_stretches_that_lose_only_blanks_and_separators(text):
    found = cut(text)
    at = 0
    for one in found:
        assert at <= one.start < one.end and text[one.start : one.end] == one.text
        assert not text[at : one.start].strip(" \t\n\u3000、,，")
        at = one.end
    assert not text[at:].strip()


def test_a_line_that_holds_a_sentence_is_no_title():
    found = cut("1.用好政策。建立平台。(市科技局牵头负责)\n2.保障地位。落实制度。\n3.优化服务。建设窗口。")
    assert not any(one.is_heading for one in found)
