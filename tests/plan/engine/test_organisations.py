"""Organisations named in a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.plan.engine.reading.organisations import find_organisations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("科技部、国家发改委和中科院联合到怀柔调研。", ["科技部", "国家发改委", "中科院"]),
        ("会上,江州市科学技术委员会通报了情况。", ["江州市科学技术委员会"]),
        ("走进北湖生物集团有限公司听取汇报。", ["北湖生物集团有限公司"]),
        ("加强与清华大学、江州理工大学合作。", ["清华大学", "江州理工大学"]),
        ("推动成立江州协同创新研究院。", ["江州协同创新研究院"]),
        ("发挥好科学城管委会作用。", ["科学城管委会"]),
        ("支持高水平研究型大学和新型研发机构发展。", []),
        ("强化国家重点实验室建设,鼓励上市公司参与。", []),
        (
            "the Ministry of Science and Technology and Northport University agreed",
            ["Ministry of Science and Technology", "Northport University"],
        ),
        ("全年经济平稳增长。", []),
        ("", []),
    ],
)
def test_names(text, expected):
    assert find_organisations(text) == expected


def test_once_each_in_order():
    assert find_organisations("科技部会同中科院,科技部牵头。") == ["科技部", "中科院"]


PIECES = st.sampled_from(
    [
        "科技部",
        "江州",
        "大学",
        "研究院",
        "与",
        "、",
        "公司",
        "University",
        " of ",
        "The",
        "实验室",
        "建设",
        "(",
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_each_stands_in_the_text(text):
    for name in find_organisations(text):
        assert name
        assert name in text
