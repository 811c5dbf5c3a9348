"""A text as it was read, and its title where nobody gave one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.reading.read import read
from kechuang.plan.engine.repaired import LONGEST, Repaired

CASES = {
    "建设开放实验室的若干措施\n一、到2030年，建成开放实验室12家。": "建设开放实验室的若干措施",
    "2022年7月16日，本市召开推进会。会议指出，要加快推进设备安装。": "2022年7月16日，本市召开推进会",
    "The centre opened on 3 May 2024. It plans 12 laboratories by 2030.": "The centre opened on 3 May 2024",
    "2021年1月24日,北京市第十五屆人民代表大會(huì)第四次會(huì)議舉行新聞發(fā)布會(huì)。到2025年，建成平台29個。": (
        "2021年1月24日,北京市第十五届人民代表大会第四次会议举行新闻发布会"
    ),
}


@pytest.mark.parametrize("text", CASES)
def test_the_first_line_or_sentence_as_repaired(text):
    reading = read(text.encode(), "a.txt", None)
    repairs = [(r.start, r.end, r.replacement) for r in reading.repairs]
    assert Repaired(reading.raw, repairs).title(reading.body) == CASES[text]


def test_no_body_no_title():
    assert Repaired("abc", []).title([]) == ""


@given(
    st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.text(max_size=5)), max_size=5)
)
def test_never_longer_than_a_line(text, repairs):
    title = Repaired(text, repairs).title([(0, len(text))])
    assert len(title) <= LONGEST and "\n" not in title


@given(st.text(min_size=1, max_size=30), st.data())
def test_spans_side_by_side_make_the_whole(text, data):
    """Against the plain way: every repair done on the whole text, from its end."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    repairs = [
        (a, b, data.draw(st.text(max_size=3)), "rule") for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    whole = text
    for start, end, new, _rule in reversed(repairs):
        whole = whole[:start] + new + whole[end:]
    found = Repaired(text, repairs)
    assert found.text(0, len(text)) == whole
    middle = data.draw(st.sampled_from([0, *(end for _start, end, _new, _rule in repairs), len(text)]))
    assert found.text(0, middle) + found.text(middle, len(text)) == whole


def test_a_span_may_begin_inside_a_repair_that_keeps_the_length():
    raw = "进展?!笆奈濉逼陂g,要充分"
    found = Repaired(raw, [[2, 10, "。“十四五”期間", "shifted-bytes"], [9, 10, "间", "t2s"]])
    assert found.text(0, len(raw)) == "进展。“十四五”期间,要充分"
    assert found.text(3, len(raw)) == "“十四五”期间,要充分"
    assert found.text(0, 3) == "进展。"
