"""Programmes, mechanisms and places that a sentence names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.plan.engine.reading.programmes import find_programmes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施雁栖人才行动计划,加大引进力度。", ["雁栖人才行动计划"]),
        ("“三城一区”持续提升,推行“揭榜挂帅”机制。", ["三城一区", "揭榜挂帅"]),
        ("用好“两区”政策优势,推动京津冀协同发展。", ["两区", "京津冀协同发展"]),
        ("印发《江州市科技创新行动计划》。", ["江州市科技创新行动计划"]),
        ("实施“江湾青年英才”行动计划。", ["江湾青年英才行动计划"]),
        ("一是实施重点前沿领域跨越工程。", ["重点前沿领域跨越工程"]),
        ("实施一批重大工程,开展专项行动。", []),
        ("Universities apply under the Northport Growth Strategy.", ["Northport Growth Strategy"]),
        ("", []),
    ],
)
def test_names(text, expected):
    assert find_programmes(text) == expected


PIECES = st.sampled_from(
    [
        "实施",
        "“",
        "”",
        "《",
        "》",
        "行动计划",
        "三城一区",
        "工程",
        "江州",
        "揭榜挂帅",
        "Plan",
        "The ",
        "Green ",
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_each_once_and_not_empty(text):
    names = find_programmes(text)
    assert all(names)
    assert len(names) == len(set(names))
