"""Repairs: what they mend, that they leave the rest alone, and that every character keeps its place."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.reading.layers import Layer
from kechuang.plan.engine.reading.repair import repair
from kechuang.plan.engine.reading.shifted import phrases
from tests.plan.engine.texts import ARTICLE, ENGLISH, TRADITIONAL, seed


def mend(raw: str):
    return repair(Layer.identity(raw))


def rules(clean) -> set[str]:
    return {one.rule for one in clean.repairs}


def check_offsets(clean) -> None:
    """Places ascend, and what no repair touched is the raw text itself."""
    assert len(clean.text) == len(clean.starts) == len(clean.ends)
    assert all(a <= b for a, b in pairwise(clean.starts))
    touched = {at for one in clean.repairs for at in range(one.start, one.end)}
    for at, char in enumerate(clean.text):
        if clean.starts[at] not in touched:
            assert clean.raw[clean.starts[at] : clean.ends[at]] == char
    kept = set(clean.starts)
    assert all(at in kept or at in touched for at in range(len(clean.raw)))


def test_all_glosses_of_a_glossed_text_go_with_exact_places():
    raw = seed("003").decode()
    clean = mend(raw)
    glosses = [one for one in clean.repairs if one.rule == "gloss"]
    printed = list(re.finditer(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", raw))
    assert len(glosses) == len(printed) == 316
    assert [(one.start, one.end) for one in glosses] == [match.span() for match in printed]
    assert not re.search(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", clean.text)
    assert "。“十四五”期间,北京要充分发挥" in clean.text.replace("期間", "期间")
    check_offsets(clean)


def test_words_replaced_by_advertising_come_back():
    clean = mend(seed("004").decode())
    for word in (
        "科学技术委员会党组书记",
        "的报告。报告回顾",
        "生命科学研究所",
        "“城市生命线”",
        "三大科学城",
    ):
        assert word in clean.text
    assert not re.search("明升|手机版|app", clean.text)
    assert {"words:mingsheng"} == rules(clean)
    check_offsets(clean)


@pytest.mark.parametrize(
    ("raw", "mended", "rule"),
    [
        ("会(huì)議(yì)召開(kāi)", "会議召開", "gloss"),
        ("增长５．２％，其中ＡＩ企业１２０家", "增长5.2%，其中AI企业120家", "width"),
        ("北京\u200b创\ufeff新", "北京创新", "invisible"),
        ("投入&nbsp;3亿元&amp;配套", "投入 3亿元&配套", "entity"),
        ("第一行。\r\n第二行。", "第一行。\n第二行。", "line-end"),
        ("取得進展?!笆奈濉逼陂g，", "取得進展。“十四五”期間，", "shifted-bytes"),
    ],
)
def test_each_repair_mends_its_damage(raw, mended, rule):
    clean = mend(raw)
    assert rule in rules(clean)
    assert clean.text in (
        mended,
        mended.replace("進展", "进展").replace("期間", "期间").replace("議召開", "议召开"),
    )
    check_offsets(clean)


@pytest.mark.parametrize(
    "raw",
    [
        ARTICLE,
        ENGLISH,
        "手机app(ios)用户达到300万，路程10公里(km)，系数(a)和(an)不变。",
        "下载手机版app，用户300万。",
        "明升镇的app开发。",
        "王乾的著作《后汉书》研究。",
    ],
)
def test_sound_text_is_left_alone(raw):
    clean = mend(raw)
    assert (clean.text, clean.repairs) == (raw, [])


def test_traditional_text_becomes_simplified_character_for_character():
    clean = mend(TRADITIONAL)
    assert "北京市科学技术委员会将抓紧推进国际科技创新中心建设" in clean.text
    assert len(clean.text) == len(clean.raw) and rules(clean) == {"t2s"}
    check_offsets(clean)


def test_old_and_misprinted_forms_become_the_forms_meant():
    clean = mend("陜西省衞生廳廳長陳竝德表示,將繼續擴大與關東縣靑年會的合作,推動醫療衞生發展。")
    assert clean.text == "陕西省卫生厅厅长陈并德表示,将继续扩大与关东县青年会的合作,推动医疗卫生发展。"
    check_offsets(clean)


def test_lines_broken_by_the_page_are_joined():
    sentence = "到二〇二五年全市研发投入占地区生产总值的比重达到百分之六以上并建成十个面向全球的开放平台和一批新型机构，"
    text = sentence * 12
    raw = "\n".join(text[at : at + 30] for at in range(0, len(text), 30)) + "。"
    clean = mend(raw)
    assert clean.text == text + "。" and rules(clean) == {"line-wrap"}
    check_offsets(clean)


def test_printed_lines_of_mixed_width_are_joined_and_freed_of_spacing():
    text = "全市建成 10 个开放平台，研发投入增长 12.5% 以上，新设企业 2.9 万家，AI 企业营收达到 3 亿元。" * 8
    lines, line = [], ""
    for char in text:
        line += char
        if sum(2 if ord(one) > 255 else 1 for one in line) >= 58:
            lines.append(line)
            line = ""
    clean = mend("\r\n".join([*lines[:9], "— 1 —", *lines[9:], line]))
    assert clean.text == text.replace(" ", "").replace("AI企业", "AI 企业")
    assert rules(clean) == {"line-end", "line-wrap", "page-number", "spacing"}
    check_offsets(clean)


def test_english_lines_are_joined_by_a_blank():
    words = (
        "The centre will open eleven laboratories before the end of next year and spend more on basic research "
        * 6
    ).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    clean = mend("\n".join([*lines, line]) + ".")
    assert clean.text == " ".join(words) + "."


def test_every_shifted_phrase_comes_back():
    for garbled, (phrase, _) in phrases().items():
        assert mend(f"進展?{garbled}").text.endswith(mend(f"進展{phrase}").text[2:])


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("內容,?!秉h的十八大以來", "内容,。”党的十八大以来"),
        ("事情,?！鼻f寶當時住", "事情,。”庄宝当时住"),
        ("進展?!笆奈濉逼陂g,北京", "进展。“十四五”期间,北京"),
        ("進展?笆奈濉逼,北京", "进展“十四五”期,北京"),
    ],
)
def test_shifted_bytes_shift_back(garbled, meant):
    clean = mend("會議強調" + garbled)
    assert clean.text == "会议强调" + meant and "shifted-bytes" in rules(clean)
    check_offsets(clean)


def test_doubled_commas_go_where_they_are_a_habit():
    raw = "首都,,是中心,,考察10次,,18次講話,、深刻回答,;擘畫藍圖,,調整。"
    assert mend(raw).text == "首都,是中心,考察10次,18次讲话、深刻回答;擘画蓝图,调整。"
    assert mend("一,,二").text == "一,,二"


messy = st.lists(
    st.sampled_from(
        [
            "会(huì)",
            "議(yì)",
            "國際",
            "５％",
            "&amp;",
            "\u200b",
            "\r\n",
            "\n",
            "到2025年",
            "明升",
            "app",
            "手机版",
            "。",
            "A b",
            "?!笆奈濉逼陂g",
        ]
    )
    | st.text(max_size=6),
    max_size=60,
).map("".join)


@given(messy)
def test_places_survive_any_mixture_of_damage(raw):
    check_offsets(mend(raw))
