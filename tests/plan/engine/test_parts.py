"""A long text is cut without a gap, at headings where there are any, and never into pieces that a page cannot hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.parts import parts

LINES = st.lists(
    st.sampled_from(["第1章 总则", "", "短句。", "一个长一些的句子，没有结束" * 3, "a b\r", "甲。乙；" * 9]),
    max_size=60,
)


@given(LINES, st.integers(20, 120))
def test_parts_follow_one_another_over_the_whole_text(lines, longest):
    text = "\n".join(lines)
    found = parts(text, longest)
    assert [found[0].start, *(p.end for p in found)] == [*(p.start for p in found), len(text)]
    for part in found:
        held = text[part.start : part.end].strip()
        assert len(held) <= longest
        assert len(found) == 1 or held


def test_a_usual_report_is_one_part():
    assert len(parts("今年目标是建成平台29个。\n" * 1_300)) == 1


def test_a_part_begins_at_the_highest_heading_that_fits():
    chapter = [
        "第{}章 任务",
        "第一节 平台",
        *["建成平台29个，服务企业300家。"] * 8,
        "第二节 企业",
        *["培育企业30家。"] * 8,
    ]
    text = "\n".join(line.format(n) for n in range(1, 9) for line in chapter)
    found = parts(text, 400)
    assert [part.title for part in found] == [f"第{n}章 任务" for n in range(1, 9)]


def test_one_endless_paragraph_is_cut_between_sentences():
    text = "建成平台29个。" * 500
    found = parts(text, 100)
    assert len(found) > 30 and all(text[part.start : part.end].endswith("。") for part in found)
