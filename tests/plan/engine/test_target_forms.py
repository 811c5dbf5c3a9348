"""What is promised and what is only told: numbers and states of news, plans and trade press."""

from datetime import date

import pytest

from kechuang.plan.engine.reading.read import read


def kinds(text: str) -> tuple[list[str], list[str]]:
    """The printed numbers that are promised, and those that are found."""
    found = [s for s in read(text.encode(), "x.txt", date(2024, 5, 20)).statements if s.q_start is not None]
    promised = [text[s.q_start : s.q_end] for s in found if s.kind == "target"]
    return promised, [text[s.q_start : s.q_end] for s in found if s.kind == "figure"]


def states(text: str) -> list[str]:
    found = read(text.encode(), "x.txt", date(2024, 5, 20)).statements
    return [text[s.start : s.end] for s in found if s.kind == "target" and s.q_start is None]


@pytest.mark.parametrize(
    ("text", "promised", "found"),
    [
        # by a time told before, in the same sentence or the one before
        ("到2027年，集群产值达到800亿元；累计建成中试基地30个。", ["800亿元", "30个"], []),
        ("到2027年，产值超过60亿元。在3个材料领域取得突破。", ["60亿元", "3个"], []),
        ("三年內，新獲批新藥8個以上；培育出兩家龍頭藥企。", ["8個", "兩家"], []),
        ("未來5年內投入90億元。", ["90億元"], []),
        # promised by somebody, and reached
        ("按照规划，今年该区软件业收入突破700亿元。", ["700亿元"], []),
        ("今年计划再认定省级集群40个左右。", ["40个"], []),
        ("目标不变，“30%一定会达成”。", ["30%"], []),
        ("该线拟投资20亿元，建成后年产能6万片。", ["20亿元", "6万片"], []),
        ("项目计划两年内形成年产50万片芯片的生产能力。", ["50万片"], []),
        ("首期工程将建设5GWh电芯生产线。", ["5GWh"], []),
        ("讓無人機成為下個兆元產業。", ["兆元"], []),
        ("推动8个以上产品进入国际市场。", ["8个"], []),
        # promised before, but told of what is
        ("为确保供电，计划新增机组，规模远大于旧厂50万千瓦的3倍之多。", [], ["50万千瓦", "3倍"]),
        ("园区力争扩容，随着主管部门松绑36项规定，企业陆续进驻。", [], ["36项"]),
        ("該市爭取延長捷運，前案在過去被退件9次。", [], ["9次"]),
        # a size, a kind, a count of a text's points, a few that are known
        ("项目规划用地300亩。", [], ["300亩"]),
        ("计划新增绿地面积300亩。", ["300亩"], []),
        ("其12英寸硅片明年进入试生产。", [], ["12英寸"]),
        ("《行动方案》分目标、任务、保障三个部分二十条。", [], ["三个", "二十条"]),
        ("纲要提出了七个方面的目标和30项具体指标。", [], ["七个", "30项"]),
        ("政府會秉持公平、公開兩個原則。", [], ["兩個"]),
        ("两座城市的目标相同。", [], ["两座"]),
        # what has been going on since, what has been done in all
        ("2022年以来，高标准规划建设9平方公里的产业园。", [], ["9平方公里"]),
        ("积极引导产业集聚，共支持创建6个示范区。", [], ["6个"]),
    ],
)
def test_numbers(text, promised, found):
    assert kinds(text) == (promised, found)


def test_an_agenda_also_tells_how_things_are():
    text = "二、重点任务\n发展氢能。从能源类型来看，煤炭排放占比约为80%。建成加氢站20座。"
    assert kinds(text) == (["20座"], ["80%"])


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("东线预计年底完工通车、西线预计2026年底完工通车。", ["年底完工通车", "2026年底完工通车"]),
        ("2027年四季度投产，2030年达产。", ["2027年四季度投产", "2030年达产"]),
        ("预计今年6月东区工程、厂房建设同步施工，其他从略。", ["今年6月东区工程、厂房建设同步施工"]),
    ],
)
def test_states(text, promised):
    assert states(text) == promised
