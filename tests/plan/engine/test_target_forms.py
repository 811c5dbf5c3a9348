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
        (
            "到2025年，充电桩达到9万台。其中，公用桩3万台左右、专用桩5.5万台左右。",
            ["9万台", "3万台", "5.5万台"],
            [],
        ),
        ("2027年，技术水平领先。装机规模达到2亿千瓦以上。", ["2亿千瓦"], []),
        ("期在2040年創造12兆元產值，及建置3個實驗室。", ["12兆元", "3個"], []),
        (
            "公司2025年销量目标271万辆，同比增长25%。其中，新能源车超150万辆，出口50万辆。",
            ["271万辆", "25%", "150万辆", "50万辆"],
            [],
        ),
        ("2025年销量力争达到3230万辆，较上年实现约3%的同比增长。", ["3230万辆", "3%"], []),
        ("推动4万家以上企业转型，其中1万家专精特新企业。", ["4万家", "1万家"], []),
        ("期望未來5年吸引至少100間企業落戶，包括至少20間龍頭企業。", ["100間", "20間"], []),
        ("五年内把智能产线由目前30条增加至130条。", ["130条"], ["30条"]),
        ("该区计划开工项目23个。", ["23个"], []),
        # promised by somebody, and reached
        ("消费专项行动新培育5个旅游场景。", ["5个"], []),
        ("談到今年綠能占比20%目標，部長殷若蘭表示，將繼續努力。", ["20%"], []),
        ("一期已经投产，二期将建设产线，月产能8万片。", ["8万片"], []),
        ("年度计划完成960亿元。", ["960亿元"], []),
        (
            "集团四季度将完成投资近千亿元，全年完成投资2500亿元以上，同比增长超10%。",
            ["千亿元", "2500亿元", "10%"],
            [],
        ),
        ("市府預定該區興建會展中心，設有400個攤位的展覽館。", ["400個"], []),
        ("根据《轨道规划》，工程包括：建成三条线，里程达到3000公里。", ["三条", "3000公里"], []),
        ("规划提出：“十五五”期间，全省新增光伏3000万千瓦。", ["3000万千瓦"], []),
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
        ("原先预计月投片量12万片的工厂。", [], ["12万片"]),
        ("低空是指垂直1000米以下的空域。", [], ["1000米"]),
        ("截至今年5月仅完成47项，完成率仅17.3%。", [], ["47项", "17.3%"]),
        ("上半年，完成全年目标的56.6%，超时序进度6.6个百分点。", [], ["56.6%", "6.6个百分点"]),
        ("2023年，各项工作进展顺利。新增小巨人企业15家，总数达到61家。", [], ["15家", "61家"]),
        (
            "二季度，全市开工项目44个，年度计划完成投资54亿元。其中工业项目30个。",
            ["54亿元"],
            ["44个", "30个"],
        ),
        ("推进科技强农，全市创新平台达60家，居全省前列。", [], ["60家"]),
        ("到年底共开工1397户，另施工中的也有1631户。", ["1397户"], ["1631户"]),
        ("三案均獲核定，成功爭取補助4600萬元。", [], ["三案", "4600萬元"]),
        ("今年以来，谋划项目76项。今年计划完成投资22亿元，目前已到位8亿元。", ["22亿元"], ["76项", "8亿元"]),
        # a size, a kind, a count of a text's points, a few that are known
        ("项目规划用地300亩。", [], ["300亩"]),
        ("项目拟用地总规模9公顷。", [], ["9公顷"]),
        ("计划新增绿地面积300亩。", ["300亩"], []),
        ("其12英寸硅片明年进入试生产。", [], ["12英寸"]),
        ("《行动方案》分目标、任务、保障三个部分二十条。", [], ["三个", "二十条"]),
        ("纲要提出了七个方面的目标和30项具体指标。", [], ["七个", "30项"]),
        ("政府會秉持公平、公開兩個原則。", [], ["兩個"]),
        ("两座城市的目标相同。", [], ["两座"]),
        ("車用面板營收超過300億元，會持續擴大投資。", [], ["300億元"]),
        ("建設進度緩慢，巨蛋進度僅10%、2030年才能完工。", [], ["10%"]),
        ("全年进口4万台，同比增长12%。", [], ["4万台", "12%"]),
        # what will be lacking or would have to be paid, who is meant by a threshold
        ("明年中央补助又会少80亿元。", [], ["80亿元"]),
        ("管线换新后追加30亿元，希望上级补助达5成。", ["5成"], ["30亿元"]),
        ("全市约需要增加40亿元自筹款。", [], ["40亿元"]),
        ("该专项将聚集亿元以上企业12家。", ["12家"], ["亿元"]),
        ("去年产值来到1.2兆，今年方案将延长两年。", ["两年"], ["1.2兆"]),
        # what this year will bring among what was done, and how large a thing is
        ("近年来大力治水，其中今年全县将新建30公里的绿道。", ["30公里"], []),
        ("至于60公顷的物流园，将会分期启用。", [], ["60公顷"]),
        ("今年是展会十周年，共有30个国家、800家厂商，以及12座主题馆。", [], ["30个", "800家", "12座"]),
        ("拟将河东钢厂3座电炉产能出让。", [], ["3座"]),
        ("本次签约的14个项目将为全区注入活力。", [], ["14个"]),
        # the parts of a goal, each in its paragraph
        (
            "力争到2028年，基本建成试验区。\n在产业规模方面，主营收入超过700亿元。\n在人才方面，引进团队40个以上。",
            ["700亿元", "40个"],
            [],
        ),
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
        ("新办法将于今年9月上路。", ["今年9月上路"]),
        ("2027年四季度投产，2030年达产。", ["2027年四季度投产", "2030年达产"]),
        ("首款固态电池产品将于2025年下线。", ["2025年下线"]),
        ("局方将于明年首季推出新型计划。", []),
        ("应客户要求，将提前生产时程至2027年下半年量产。", ["至2027年下半年量产"]),
        ("彼时预计2023年6月开工，2026年6月竣工。", []),
        ("自制火箭目标2034年入轨，同时培育人才。", ["2034年入轨"]),
        ("2034年我们预计把卫星发射入轨。", ["2034年我们预计把卫星发射入轨"]),
        ("旅运大楼明年完工也将打造成母港，他说会全力支持。", ["明年完工也将打造成母港"]),
        ("我们2030年要迈向创新型国家的行列。", ["2030年要迈向创新型国家的行列"]),
        ("厂商禾木预计今年12月下旬挂牌，总经理殷若兰说，引擎有两部。", ["今年12月下旬挂牌"]),
        ("确保排放在2030年前达峰。", ["2030年前达峰"]),
        (
            "近期，即到2027年，提出了管理机制，初步建成航运中心。",
            ["到2027年，提出了管理机制，初步建成航运中心"],
        ),
        ("两座装置计划2025年和2026年全面投入运行。", ["2026年全面投入运行"]),
        ("预计今年6月东区工程、厂房建设同步施工，其他从略。", ["今年6月东区工程、厂房建设同步施工"]),
    ],
)
def test_states(text, promised):
    assert states(text) == promised


@pytest.mark.parametrize(
    ("text", "promised", "found"),
    [
        # who promises, and in which clause
        ("The plant will employ about 40 people.", ["40 people"], []),
        ("More than 900 jobs are set to be created.", ["900 jobs"], []),
        ("The mayor announced a scheme that will create 300 jobs.", ["300 jobs"], []),
        ("We'll plant 400 trees.", ["400 trees"], []),
        ("The board intended to raise spending to 3 percent of sales.", ["3 percent"], []),
        ("Harlow Council to invest £4 million in labs", ["£4 million"], []),
        ("Enrolments will be increased by 30% to 2,250.", ["30%", "2,250"], []),
        (
            "The state built 120 stations and planned to build 1,000 by the end of the 2030s.",
            ["1,000"],
            ["120 stations"],
        ),
        (
            "The deal will create jobs, generate power and deploy 160 megawatts of storage.",
            ["160 megawatts"],
            [],
        ),
        ("It will work with 1 million young people a year.", ["1 million"], []),
        ("“We intend to take this to two percent,” Minister Helen Marsh said.", ["two percent"], []),
        ("They show no sign of meeting the current 3% target.", ["3%"], []),
        ("It has secured investments over the next five years, creating 400 jobs.", ["400 jobs"], []),
        ("Two-thirds of these jobs will go to residents.", ["Two-thirds"], []),
        ("The money will result in five centres being established.", ["five centres"], []),
        # what is over, or told beside a promise
        (
            "Output jumped from $8 billion to $90 billion, now we aim for $150 billion by 2030.",
            ["$150 billion"],
            ["$8 billion", "$90 billion"],
        ),
        ("The firm will join a region where more than 20 makers now work.", [], ["20 makers"]),
        (
            "The sector directly employs 34,000 people and hopes to create 9,000 jobs by 2030.",
            ["9,000 jobs"],
            ["34,000 people"],
        ),
        ("They will join around 900 scientists.", [], ["900 scientists"]),
        ("Jobs will be created as part of a $180 million hub.", [], ["$180 million"]),
        ("Pay will be $90,000 as compared with the county's $70,000.", ["$90,000"], ["$70,000"]),
        ("We have committed $40 million to it.", [], ["$40 million"]),
        # points of a text, where and by whom, sizes before a noun
        ("The strategy has five pillars and will guide us to 2030.", [], ["five pillars"]),
        ("The money will go to schools in seven districts.", [], ["seven districts"]),
        ("Some $69 million will go to 27 projects.", [], ["$69 million", "27 projects"]),
        ("The new 8,000 square metre laboratory complex will open by 2027.", [], ["8,000 square metre"]),
    ],
)
def test_english_numbers(text, promised, found):
    assert kinds(text) == (promised, found)


def test_what_a_line_names_as_targets_is_aimed_at():
    text = "Key targets to be met are:\n- 1,700 graduates a year\n- a 40% increase in licences\n\nToday 90 firms take part."
    assert kinds(text) == (["1,700 graduates", "40%"], ["90 firms"])


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("By 2030 we will be one of the top 100 universities of the world.", True),
        ("By 2027 I would like the region to be known for its research.", True),
        ("Construction is set to commence in 2026.", True),
        ("The factory was due to start production next year.", False),
        (
            "With the sector set to grow to $4 billion by 2030, our visit will be used to show our skills.",
            False,
        ),
        ("By 2030 we believe that the world was different.", False),
    ],
)
def test_english_states(text, promised):
    assert bool(states(text)) == promised
