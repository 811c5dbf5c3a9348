"""Targets, tasks, figures and times: sentences of our own, with the quantities and periods given."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.plan.engine.reading.contexts import find_contexts
from kechuang.plan.engine.reading.kinds import classify
from kechuang.plan.engine.reading.speaking import Turn, Voice, find_turns
from kechuang.plan.engine.reading.stance import Context, Stance, stance_of_headings
from kechuang.plan.engine.reading.stretches import stretches
from kechuang.plan.engine.reading.types import FoundPeriod, FoundQuantity, Kind, Sentence, TimeRole

PUBLISHED = date(2026, 2, 1)
DEADLINE, PERIOD = TimeRole.DEADLINE, TimeRole.PERIOD


def _speaking(who: str, lead_in: int) -> Turn:
    return Turn((Voice(), Voice(lead_in, who)), ((0, lead_in),))


def kinds(text, quantities=(), periods=(), stance=Stance.OPEN, **context):
    """[(kind, text of the statement, its quantity or period)] of one sentence without times of quantities."""
    sentence = Sentence(0, len(text), text, 0)
    found = [FoundQuantity(text.index(q), text.index(q) + len(q), Decimal(1), unit) for q, unit in quantities]
    times = [
        FoundPeriod(text.index(p), text.index(p) + len(p), p, PUBLISHED, last, role)
        for p, role, last in periods
    ]
    spans = classify(sentence, found, times, Turn(), Context(stance, PUBLISHED, **context))
    return [(span.kind, text[span.start : span.end]) for span in spans]


def of_kind(kind, *args, **options):
    return [text for found, text in kinds(*args, **options) if found is kind]


TASKS = """
建好国家实验室。
推动科技成果转化和产业化。
“两装置”要加紧进行设备安装调试。
市级各部门都要大力支持科学城建设,管委会要弘扬科学精神。
正值汛期,要确保安全度汛。
关键是落实好规划以及正在编制的街区控规。
紧密结合科研需求,完善配套设施。
中心将继续深化合作,加快推动装置立项和落地。
我们要直面问题挑战、有效应对解决。
探索实行首席科学家负责制等创新做法。
落实主体责任,办公室已建立协同机制,各成员单位要齐心合力,共同推进。
从服务大局的角度,深刻认识自身责任。
一是加快建设科学城。
以国家需求为牵引,高质量推进实验室建设。
企业是创新主体,要一头抓骨干企业,一头抓中小企业。
在医疗、教育等领域打造标杆示范。
我们有必要推动经济转型。
财政司司长会拨款五千万元推动生态圈发展。
发展局会在年底前向设计组提交建议。
该局则会推动园区建设。
The chip giant will build a factory in the valley.
We will open our laboratories to small firms.
The council must publish a data policy.
Strengthen the links between schools and firms.
""".strip().splitlines()

NOT_TASKS = """
各位代表！
会议传达了重要精神。
北京最大的优势是科技和人才优势。
2026年是开局之年。
建设国际科技创新中心意义重大。
科技创新中心建设取得了重要进展,是各部门共同努力的结果。
习近平总书记近期再次强调创新是决定性因素,要把命脉牢牢掌握在自己手中。
“主力要出征,地方须支前”。
推动实现这一目标的过程,也能提高发展质量。
主要领导察看项目建设情况,与科研工作者交流。
支持中心建设,是立足新阶段作出的战略部署。
全市科技企业已聚集成群,蓬勃发展。
这意味着我们将以更开阔的视野谋划发展。
本措施自2026年3月1日起施行。
第三条　鼓励技术交易。
强大是实力,谦逊是美德。
“制造当强”,强在基础能力与质量品牌。
今天的算力就是一百年前的电力。
两种技术的融合,将为我们创造很多新的机会。
要推动产业发展,先决条件之一是拥有足够的算力。
3.新引进项目设备投资补贴。
根据上述要求,突出把握好五个重点:
没有必要推动重复建设。
A key part of the plan is to ensure that everyone has access.
It will further enhance the ties between schools and firms.
The report framed the debate about what our economy needs to help firms grow.
It is an honour to be here today.
The line was opened last year.
""".strip().splitlines()


@pytest.mark.parametrize("text", TASKS)
def test_a_task_is_one_statement(text):
    assert of_kind(Kind.TASK, text) == [text]


@pytest.mark.parametrize("text", NOT_TASKS)
def test_no_task(text):
    assert of_kind(Kind.TASK, text) == []


@pytest.mark.parametrize(
    "text", ["编制实施协同创新工作方案。", "加快促进成果转化。", "持续深化改革。", "一是提升创新能力。"]
)
def test_what_a_review_tells_is_no_task(text):
    assert of_kind(Kind.TASK, text, stance=Stance.REVIEW) == []
    assert of_kind(Kind.TASK, text, stance=Stance.AGENDA) == [text]


def test_subject_first_in_an_agenda():
    text = "科技商务区引进一批企业总部。"
    assert of_kind(Kind.TASK, text, stance=Stance.AGENDA) == [text]
    assert of_kind(Kind.TASK, text, after_task=True) == [text]
    assert of_kind(Kind.TASK, text) == []


def test_cut_at_semicolons_and_behind_the_lead_in():
    text = "沈北川强调,抓好落实；加快建设新城；守护好水库。"
    assert [text[a:b] for a, b in stretches(text, 6)] == ["抓好落实；", "加快建设新城；", "守护好水库。"]
    quoted = "推进“甲；乙”建设。"
    assert [quoted[a:b] for a, b in stretches(quoted)] == [quoted]


def test_enumeration_in_one_sentence():
    text = "围绕六个方面狠抓落实,一是加快建设新城、二是加强源头供给、三是做好服务。"
    assert of_kind(Kind.TASK, text)[-3:] == ["一是加快建设新城、", "二是加强源头供给、", "三是做好服务。"]


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "kind"),
    [
        ("粮食产量达到900亿斤以上。", "900亿斤", "斤", Kind.TARGET),
        ("新建高标准农田1000万亩。", "1000万亩", "亩", Kind.TARGET),
        ("产值突破1300亿元。", "1300亿元", "元", Kind.TARGET),
        ("去年新建改造道路300公里。", "300公里", "公里", Kind.FIGURE),
        ("充分发挥2.9万家高新技术企业的优势。", "2.9万家", "家", Kind.FIGURE),
        ("推动某企业60万吨赖氨酸等项目释放产能。", "60万吨", "吨", Kind.FIGURE),
        ("围绕六个方面狠抓落实。", "六个", "个", Kind.FIGURE),
        ("帮助60岁以上老人就近就医。", "60岁", "岁", Kind.FIGURE),
        ("拟安排专项资金300亿元、比上年增加20亿元。", "300亿元", "元", Kind.TARGET),
    ],
)
def test_quantities_of_an_agenda(text, quantity, unit, kind):
    assert [k for k, _ in kinds(text, [(quantity, unit)], stance=Stance.AGENDA) if k is not Kind.TASK] == [
        kind
    ]


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "kind"),
    [
        ("打造更多具有竞争力的万亿级产业集群。", "万亿级", "元", Kind.TARGET),
        ("力争专利拥有量达到12万件。", "12万件", "件", Kind.TARGET),
        ("引进外资研发机构近百家。", "百家", "家", Kind.TARGET),
        ("全市高新技术企业突破1200家。", "1200家", "家", Kind.FIGURE),
        ("中心已聚集14家科研院所。", "14家", "家", Kind.FIGURE),
        ("围绕打造两大千亿元级产业链开展招商。", "千亿元级", "元", Kind.TARGET),
        ("去年打造了千亿级产业集群。", "千亿级", "元", Kind.FIGURE),
        ("将培育千亿企业。", "千亿", "元", Kind.TARGET),
        ("当前正聚力打造先进材料千亿级产业集群。", "千亿级", "元", Kind.TARGET),
        ("力争实际利用外资突破10亿美元。", "10亿美元", "美元", Kind.TARGET),
        ("补助投资超2000万元的项目。", "2000万元", "元", Kind.FIGURE),
        ("The firm expects to create 2,000 jobs.", "2,000 jobs", "jobs", Kind.TARGET),
        ("This will bring its total to $47 billion since 1978.", "$47 billion", "$", Kind.FIGURE),
        ("新工厂占地200亩。", "200亩", "亩", Kind.FIGURE),
        ("每年以增长两成为目标,今年累计前8月营收31亿元,优于预期。", "31亿元", "元", Kind.FIGURE),
        ("委员会下设的三个工作组会就土地制订计划。", "三个", "个", Kind.FIGURE),
        ("三年内,新获批一类新药15个以上。", "15个", "个", Kind.TARGET),
        ("Skills will be taught in all of the 15 routes.", "15 routes", "routes", Kind.FIGURE),
        ("We will create 50,000 skilled jobs.", "50,000 skilled jobs", "jobs", Kind.TARGET),
        ("The city hosts eleven laboratories.", "eleven laboratories", "laboratories", Kind.FIGURE),
    ],
)
def test_quantities_of_news(text, quantity, unit, kind):
    assert [k for k, _ in kinds(text, [(quantity, unit)]) if k in (Kind.TARGET, Kind.FIGURE)] == [kind]


def test_a_figure_before_a_speaker_has_the_word():
    text = "该企业研发投入排名第一,沈北川察看后要求,继续加强攻关。"
    quantity = FoundQuantity(text.index("第一"), text.index("第一") + 2, Decimal(1), "位")
    turn = _speaking("沈北川", text.index("继续"))
    spans = classify(Sentence(0, len(text), text, 0), [quantity], [], turn, Context())
    assert [(span.kind, text[span.start : span.end]) for span in spans] == [
        (Kind.FIGURE, "该企业研发投入排名第一,沈北川察看后要求,"),
        (Kind.TASK, "继续加强攻关。"),
    ]


def test_a_goal_without_action_is_no_task():
    quantities = [("5%", "%"), ("2%", "%")]
    text = "地区生产总值增长5%左右,居民消费价格涨幅2%左右。"
    assert {kind for kind, _ in kinds(text, quantities, stance=Stance.AGENDA)} == {Kind.TARGET}
    text = "新培育小巨人企业50家,推动设备更新。"
    found = {kind for kind, _ in kinds(text, [("50家", "家")], stance=Stance.AGENDA)}
    assert found == {Kind.TARGET, Kind.TASK}


def test_deadline_makes_its_own_clause_a_target():
    text = "中心17个平台试运行,到今年底七成以上将向社会开放。"
    times = [("到今年底", DEADLINE, date(2026, 12, 31))]
    found = kinds(text, [("17个", "个"), ("七成", "%")], times)
    assert [kind for kind, _ in found if kind is not Kind.TIME] == [Kind.FIGURE, Kind.TARGET]


def test_state_by_a_time():
    text = "“两装置”要加紧安装,年底前实现正式运行。"
    times = [("年底前", DEADLINE, date(2026, 12, 31))]
    assert of_kind(Kind.TARGET, text, (), times) == ["年底前实现正式运行"]
    assert of_kind(Kind.TASK, text, (), times) == [text]
    assert of_kind(Kind.TIME, text, (), times) == []


def test_each_promised_state_is_one_target():
    text = "到2030年,创新中心基本形成;到2035年,创新能力全球领先,形成人才高地。"
    times = [("到2030年", DEADLINE, date(2030, 12, 31)), ("到2035年", DEADLINE, date(2035, 12, 31))]
    assert kinds(text, (), times) == [
        (Kind.TARGET, "到2030年,创新中心基本形成"),
        (Kind.TARGET, "到2035年,创新能力全球领先,形成人才高地"),
    ]


def test_a_deadline_that_has_passed_promises_nothing():
    text = "到2020年,创新中心基本形成。"
    assert of_kind(Kind.TARGET, text, (), [("到2020年", DEADLINE, date(2020, 12, 31))]) == []


def test_time_alone():
    text = "7月16日上午,全市召开会议。"
    assert kinds(text, (), [("7月16日上午", TimeRole.POINT, date(2025, 7, 16))]) == [(Kind.TIME, text)]


def test_attached_periods_make_no_time():
    text = "去年增长5%。"
    period = FoundPeriod(0, 2, "去年", date(2025, 1, 1), date(2025, 12, 31), PERIOD)
    quantity = FoundQuantity(4, 6, Decimal(5), "%")
    spans = classify(Sentence(0, 7, text, 0), [quantity], [period], Turn(), Context(), {0})
    assert [(span.kind, span.quantity) for span in spans] == [(Kind.FIGURE, 0)]


@pytest.mark.parametrize(
    ("headings", "stance"),
    [
        (("一、2025年工作回顾",), Stance.REVIEW),
        (("2026年江州省政府工作报告", "一、2025年工作回顾"), Stance.REVIEW),
        (("一、“十四五”时期发展成就",), Stance.REVIEW),
        (("二、2026年工作安排", "（一）培育实体经济，取得新突破"), Stance.AGENDA),
        (("二、“十五五”时期主要目标任务",), Stance.AGENDA),
        (("四、全面加强政府自身建设",), Stance.AGENDA),
        (("2025年",), Stance.REVIEW),
        (("2026年",), Stance.AGENDA),
        (("附录",), Stance.OPEN),
        ((), Stance.OPEN),
    ],
)
def test_stance_of_headings(headings, stance):
    assert stance_of_headings(headings, PUBLISHED) is stance


@pytest.mark.parametrize(
    ("headings", "held", "stance"),
    [
        (("（一）产业结构持续优化",), Stance.REVIEW, Stance.REVIEW),
        (("（一）推动改革取得新突破",), Stance.AGENDA, Stance.AGENDA),
        (("生态环境",), Stance.AGENDA, Stance.AGENDA),
        (("生态环境",), Stance.REVIEW, Stance.OPEN),
        (("二、今年工作安排",), Stance.REVIEW, Stance.AGENDA),
    ],
)
def test_a_silent_heading_goes_on_with_its_section(headings, held, stance):
    assert stance_of_headings(headings, PUBLISHED, held) is stance


def contexts(*paragraphs):
    placed, at = [], 0
    for number, (heading, texts) in enumerate(paragraphs):
        for text in texts:
            placed.append(Sentence(at, at + len(text), text, number, None, heading))
            at += len(text)
        at += 1
    return [context.stance for context in find_contexts(placed, find_turns(placed), PUBLISHED)]


def test_heading_holds_against_a_stray_word():
    heading = ("一、2025年工作回顾",)
    assert (
        contexts((heading, ["重点任务和建设全面完成。", "口岸启用。"]), (heading, ["效率提高。"]))
        == [Stance.REVIEW] * 3
    )


def test_what_is_stated_before_the_speaker_has_the_word_is_a_figure():
    text = "该企业研发投入排名第一,市长要求加快攻关。"
    rank = FoundQuantity(text.index("第一"), text.index("第一") + 2, Decimal(1), "位")
    turn = _speaking("何启明", text.index("加快"))
    spans = classify(Sentence(0, len(text), text, 0), [rank], [], turn, Context(Stance.OPEN, PUBLISHED))
    assert [(span.kind, span.quantity) for span in spans] == [(Kind.FIGURE, 0), (Kind.TASK, None)]
    assert spans[0].end <= turn.lead_in


def test_opening_of_a_review_lasts_until_the_next_turn():
    found = contexts(
        ((), ["许朝阳作了题为《开创新局面》的报告。", "报告回顾了四年的工作。"]),
        ((), ["一是夯实基础。", "建成一批平台。"]),
        ((), ["林致远指出,要抓落实。"]),
    )
    assert found == [Stance.OPEN, Stance.REVIEW, Stance.REVIEW, Stance.REVIEW, Stance.OPEN]


PIECES = st.sampled_from(
    [
        "推进",
        "要",
        "一是",
        "；",
        "。",
        ",",
        "到2030年",
        "增长",
        "5%",
        "二是",
        "“",
        "”",
        "We will ",
        "by 2030 ",
        "形成",
        "企业",
        "了",
        " ",
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=14).map("".join), st.integers(0, 6), st.sampled_from(list(Stance)))
def test_spans_stay_inside_the_sentence(text, lead_in, stance):
    at = 7
    sentence = Sentence(at, at + len(text), text, 0)
    places = [place for place in range(len(text)) if text.startswith("5%", place)]
    quantities = [FoundQuantity(at + p, at + p + 2, Decimal(5), "%") for p in places]
    years = [place for place in range(len(text)) if text.startswith("到2030年", place)]
    periods = [
        FoundPeriod(at + p, at + p + 6, "到2030年", PUBLISHED, date(2030, 12, 31), DEADLINE) for p in years
    ]
    turn = _speaking("", min(lead_in, len(text)))
    spans = classify(sentence, quantities, periods, turn, Context(stance, PUBLISHED))
    for span in spans:
        assert sentence.start <= span.start < span.end <= sentence.end
        if span.quantity is not None:
            assert span.start <= quantities[span.quantity].start
    said = sentence.start + turn.lead_in
    whole = {at for at, one in enumerate(quantities) if not one.start < said < one.end}
    found = [span.quantity for span in spans if span.quantity is not None]
    assert len(found) == len(set(found))
    assert whole <= set(found)
