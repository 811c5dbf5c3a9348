"""Quantities of one sentence: value, unit and place, against cases of our own and round trips through renderings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.plan.engine.reading.quantities import find_quantities
from kechuang.plan.engine.reading.quantities.numerals import from_chinese, from_english
from tests.plan.engine.texts import printed

# Sentence, then each quantity as "printed=value unit"; a range is "printed=low~high unit".
CHINESE = [
    ("全市高新技术企业达到2.9万家。", "2.9万家=29000 家"),
    ("粮食产量1.4万亿斤左右。", "1.4万亿斤=1400000000000 斤"),
    ("外汇储备超过3.2万亿美元。", "3.2万亿美元=3200000000000 美元"),
    ("科研仪器原值227亿元,开放共享。", "227亿元=22700000000 元"),
    ("年发电量5500万千瓦时,装机300万千瓦。", "5500万千瓦时=55000000 千瓦时", "300万千瓦=3000000 千瓦"),
    ("奖励1,234.5万元。", "1,234.5万元=12345000 元"),
    ("企業由2 200多家增至3 900家。", "2 200多家=2200 家", "3 900家=3900 家"),
    ("补助标准提高到12元/人。", "12元/人=12 元/人"),
    ("浓度降到32.4微克/立方米。", "32.4微克/立方米=32.4 微克/立方米"),
    ("每万人口发明专利拥有量达到262.9件。", "262.9件=262.9 件"),
    ("万人发明专利拥有量达到11.3件。", "11.3件=11.3 件"),
    ("每亩增产500公斤。", "500公斤=500 公斤"),
    ("占全国的31.5%,比上年提高1.7个百分点。", "31.5%=31.5 %", "1.7个百分点=1.7 个百分点"),
    ("到年底近半数将投入运行。", "半数=50 %"),
    ("本地配套率超过七成,其中三成五来自园区。", "七成=70 %", "三成五=35 %"),
    ("四分之一的岗位面向青年,投诉下降1/9。", "四分之一=25 %", "1/9=11.111111 %"),
    ("合格率为百分之九十八点五。", "百分之九十八点五=98.5 %"),
    ("成交额实现翻番。", "翻番=2 倍"),
    ("托位数翻两番,产值增长1.71倍。", "翻两番=4 倍", "1.71倍=1.71 倍"),
    ("增速居全国第3位,规模全国第一。", "第3位=3 位", "第一=1 位"),
    ("利润率连续13年居全国首位。", "13年=13 年", "首位=1 位"),
    ("从世界第六位上升到第四位。", "第六位=6 位", "第四位=4 位"),
    ("分别居全国第二、第七、第九。", "第二=2 位", "第七=7 位", "第九=9 位"),
    ("建设任务提前半年完成,平均用时15分钟。", "半年=0.5 年", "15分钟=15 分钟"),
    ("打造万亿级产业集群。", "万亿级=1000000000000 元"),
    ("生物医药成为新的千亿元级产业。", "千亿元级=100000000000 元"),
    ("建成百万千瓦级基地。", "百万千瓦级=1000000 千瓦"),
    ("旅游收入突破万亿元。", "万亿元=1000000000000 元"),
    ("近百家企业参展,签约上千项,带动千余家配套企业。", "百家=100 家", "千项=1000 项", "千余家=1000 家"),
    ("推出十项措施,吸引三百余名专家和两家机构。", "十项=10 项", "三百余名=300 名", "两家=2 家"),
    ("主要做了5个方面工作。", "5个=5 个"),
    ("新增就业40.8万青年、33万农民工。", "40.8万=408000 人", "33万=330000 人"),
    ("建设12英寸产线,研制55nm芯片,安装3兆瓦机组。", "12英寸=12 英寸", "55nm=55 nm", "3兆瓦=3 兆瓦"),
    ("投用厂房28间、公寓6幢、晶圆4万片。", "28间=28 间", "6幢=6 幢", "4万片=40000 片"),
    ("经济增长4.5%—5%。", "4.5%—5%=4.5~5 %"),
    ("新建园区10至15个,投资3—5亿元。", "10至15个=10~15 个", "3—5亿元=300000000~500000000 元"),
    ("比例由21%提升至74%。", "21%=21 %", "74%=74 %"),
    (
        "分别提高20.9、36.2、54个百分点。",
        "20.9=20.9 个百分点",
        "36.2=36.2 个百分点",
        "54个百分点=54 个百分点",
    ),
    ("五百八十万农村贫困人口脱贫。", "五百八十万=5800000 人"),
    ("同比增长20.1%, 占62.4%", "20.1%=20.1 %", "62.4%=62.4 %"),
]
NEVER = [
    "深入学习贯彻党的十九届五中全会和党的二十大精神。",
    "落实“一企一策”,增强四个意识,做到两个维护。",
    "围绕“两个百年”奋斗目标,抓好三城一区建设。",
    "推进信息产业园二期和生命园三期建设。",
    "实现更多“从0到1”的突破,建设“4+N”平台。",
    "实施《中国制造2025》行动纲要。",
    "嫦娥六号发射成功,3号楼交付。",
    "推进一带一路建设,用好“两区”政策,管好三重一大事项。",
    "推出一批成果,出台一系列政策,培育一大批企业。",
    "召开第四次会议,审议第三条第二款。",
    "印发京政发〔2021〕3号文件,电话010-88827111。",
    "一是抓改革。",
    "(二)扩大开放。",
    "数十家企业、几百名专家和十几个平台参与。",
    "PM2.5浓度下降,5G网络覆盖,C919首飞,12345热线提质。",
    "2025年12月31日前完成,上午9:30开始。",
    "三年来,“十四五”时期,过去五年,今后三年。",
    "每万人口、每两年、每百户。",
    "建设三大科学城,实施六大工程。",
    "一个目标、一项任务、一家人。",
]
ENGLISH = [
    ("Firms invested 22.7 billion yuan in research.", "22.7 billion yuan=22700000000 yuan"),
    ("The fund holds US$3.4 trillion.", "US$3.4 trillion=3400000000000 US$"),
    ("The city hosts eleven national laboratories.", "eleven=11 laboratories"),
    (
        "It supports 4,200 start-ups and 120 people.",
        "4,200 start-ups=4200 start-ups",
        "120 people=120 people",
    ),
    (
        "Spending rose to 4.5 percent, 9.4 per cent more.",
        "4.5 percent=4.5 percent",
        "9.4 per cent=9.4 per cent",
    ),
    ("A gain of seven percentage points.", "seven percentage points=7 percentage points"),
    (
        "One-third of them and two-thirds of schools; a quarter of output.",
        "One-third=33.333333 %",
        "two-thirds=66.666667 %",
        "a quarter=25 %",
    ),
    ("One in five firms exports, and half of them grow.", "One in five=20 %", "half=50 %"),
    ("Exports doubled while output is to triple.", "doubled=2 times", "triple=3 times"),
    ("Growth of 5% to 6% is expected.", "5% to 6%=5~6 %"),
    ("It rose from 31% to 38%.", "31%=31 %", "38%=38 %"),
    ("Beijing ranked third among clusters.", "third=3 rank"),
    ("Twenty-seven countries signed.", "Twenty-seven countries=27 countries"),
    ("A 3.5 GeV ring covers 12 hectares.", "3.5 GeV=3.5 GeV", "12 hectares=12 hectares"),
]
COMPOUND = [
    ("约17万7千人,营业额1.6兆元。", "17万7千人=177000 人", "1.6兆元=1600000000000 元"),
    ("日费率万分之二点五。", "万分之二点五=0.025 %"),
    ("It serves half a million households.", "half a million households=500000 households"),
    (
        "It grew twentyfold, from 600 to 900 firms.",
        "twentyfold=20 times",
        "600=600 firms",
        "900 firms=900 firms",
    ),
]
NEVER_ENGLISH = [
    "On 8 October 2024 the Board met at 9:30 a.m.",
    "See Article 5, Phase two, Figure 3 and Horizon 2020.",
    "COVID-19, G20, 5G and PM2.5 are names.",
    "One of the reasons is the first of its kind.",
    "Hundreds of thousands followed the five-year plan.",
    "By 2030 and since 2013, from 2021 to 2025.",
]


@pytest.mark.parametrize("case", CHINESE + ENGLISH + COMPOUND, ids=lambda case: case[0])
def test_value_unit_and_place(case):
    text, *wanted = case
    assert printed(text) == wanted


@pytest.mark.parametrize("text", NEVER + NEVER_ENGLISH)
def test_names_dates_and_ordinals_are_no_quantities(text):
    assert printed(text) == []


@pytest.mark.parametrize(
    ("text", "comparators"),
    [
        ("近6000家", ["近"]),
        ("达到71%", ["达到"]),
        ("30%以上", ["以上"]),
        ("增长5%左右", ["增长…左右"]),
        ("突破1140亿元", ["突破"]),
        ("300多个", ["多"]),
        ("more than 40 countries", ["more than"]),
        ("nearly 3%", ["nearly"]),
    ],
)
def test_comparator_as_printed(text, comparators):
    assert [found.comparator for found in find_quantities(text)] == comparators


def test_growth_names_its_base_year():
    (standards, growth) = find_quantities("发布国际标准229项,比2013年增长40%。")
    assert (standards.baseline_year, growth.baseline_year) == (None, 2013)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "三年来高技术产业、科技服务业增加值年均增速分别达到9.1%和12.9%。",
            ["高技术产业增加值年均增速", "科技服务业增加值年均增速"],
        ),
        ("国内生产总值达到134.9万亿元、增长5%。", ["国内生产总值", "国内生产总值"]),
        ("承接11个国家科技重大专项。", ["国家科技重大专项"]),
        ("技术合同成交额突破1140亿元。", ["技术合同成交额"]),
    ],
)
def test_subject(text, subjects):
    assert [found.subject for found in find_quantities(text)] == subjects


# Round trips: what is rendered is found again, exactly and alone.
CHINESE_DIGITS = "零一二三四五六七八九"


def spell_chinese(n: int) -> str:
    """An independent rendering of 1 … 10¹²−1 in Chinese numerals."""
    if n >= 10**8:
        high, low = divmod(n, 10**8)
        return (
            spell_chinese(high)
            + "亿"
            + ("" if not low else ("零" if low < 10**7 else "") + spell_chinese(low))
        )
    if n >= 10**4:
        high, low = divmod(n, 10**4)
        return (
            spell_chinese(high)
            + "万"
            + ("" if not low else ("零" if low < 10**3 else "") + spell_chinese(low))
        )
    text, gap = "", False
    for step, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, step)
        if digit:
            text += ("零" if gap else "") + CHINESE_DIGITS[digit] + sign
            gap = False
        elif text and n:
            gap = True
    return text


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def spell_english(n: int) -> str:
    """An independent rendering of 1 … 10⁹−1 in English words."""
    for size, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if n >= size:
            high, low = divmod(n, size)
            link = " and " if size == 100 and low else " "
            return (spell_english(high) + f" {name}" + (link + spell_english(low) if low else "")).strip()
    if n < 20:
        return ONES.split(" ")[n]
    tens, ones = divmod(n, 10)
    return TENS.split(" ")[tens - 2] + (f"-{ONES.split(' ')[ones]}" if ones else "")


@given(st.integers(1, 10**12 - 1))
def test_chinese_numerals_read_back(n):
    assert from_chinese(spell_chinese(n)) == n


@given(st.integers(1, 10**9 - 1))
def test_english_numerals_read_back(n):
    assert from_english(spell_english(n)) == n


@given(
    st.decimals(Decimal("0.01"), Decimal("9999.99"), places=2),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12), ("千万", 10**7)]),
    st.sampled_from(
        ["家", "项", "元", "美元", "吨", "亩", "公里", "平方米", "千瓦时", "人次", "个", "%", "个百分点"]
    ),
    st.sampled_from(["达到", "增长", "超过", "新增", "约", "累计"]),
)
def test_digits_with_scale_read_back(number, scale, unit, verb):
    word, factor = scale
    shown = f"{number.normalize():f}{word}{unit}"
    text = f"全市某项指标{verb}{shown}，成效明显。"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == shown
    assert (found.value, found.unit) == (number * factor, unit)


@given(st.integers(2, 9999), st.sampled_from(["家", "项", "名", "个", "座"]))
def test_spelled_counts_read_back(n, counter):
    shown = f"{spell_chinese(n)}{counter}"
    text = f"全市建成{shown}，成效明显。"
    (found,) = find_quantities(text)
    assert (text[found.start : found.end], found.value, found.unit) == (shown, n, counter)


@given(
    st.integers(2, 999),
    st.sampled_from([("", 1), (" thousand", 10**3), (" million", 10**6), (" billion", 10**9)]),
    st.sampled_from(["yuan", "euros", "tonnes", "hectares", "companies", "jobs", "people"]),
    st.booleans(),
)
def test_english_numbers_read_back(n, scale, unit, spelled):
    word, factor = scale
    shown = f"{spell_english(n) if spelled else n}{word} {unit}"
    text = f"The region will add {shown}, officials said."
    (found,) = find_quantities(text)
    assert (text[found.start : found.end], found.value, found.unit) == (shown, n * factor, unit)


ALPHABET = st.sampled_from(
    list("0123456789.,，。%％/年月日第个家元万亿千百十两半成分之一二三比增长至到—-~“”《》()（） abz$€£")
)


@settings(max_examples=300)
@given(st.text(ALPHABET, max_size=60))
def test_never_raises_and_spans_are_ordered(text):
    last = 0
    for found in find_quantities(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@given(st.text(max_size=80))
def test_never_raises_on_any_text(text):
    find_quantities(text)
