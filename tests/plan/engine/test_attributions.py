"""Persons with their titles, as printed before the name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.plan.engine.reading.gazetteer import entries
from kechuang.plan.engine.reading.people import find_people
from kechuang.plan.engine.reading.types import Sentence


def sentences(*texts):
    placed, at = [], 0
    for number, text in enumerate(texts):
        placed.append(Sentence(at, at + len(text), text, number))
        at += len(text) + 1
    return placed


def people(*texts):
    return [(found.person, found.role) for found in find_people(sentences(*texts))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("科技部党组书记、部长林致远出席会议。", [("林致远", "科技部党组书记、部长")]),
        ("会议由江州市市长殷若兰主持。", [("殷若兰", "江州市市长")]),
        ("昨天上午,市委书记沈北川到高新区调研。", [("沈北川", "市委书记")]),
        ("省委常委、副省长、省创新办主任龙若水讲话。", [("龙若水", "省委常委、副省长、省创新办主任")]),
        (
            "江州市科学技术委员会、江湾管委会党组书记,江州市科学技术委员会主任许朝阳通报了情况。",
            [("许朝阳", "江州市科学技术委员会、江湾管委会党组书记,江州市科学技术委员会主任")],
        ),
        (
            "科技部和江州市领导李苇、崔北辰、隋致和,市政府秘书长戴若川参加。",
            [
                ("李苇", "科技部和江州市领导"),
                ("崔北辰", "科技部和江州市领导"),
                ("隋致和", "科技部和江州市领导"),
                ("戴若川", "市政府秘书长"),
            ],
        ),
        ("行业协会副秘书长卫敏认为,市场正在回暖。", [("卫敏", "行业协会副秘书长")]),
        ("欧阳明轩出席。江州大学校长欧阳明轩出席论坛。", [("欧阳明轩", "江州大学校长")]),
        ("省长 卢远航", [("卢远航", "省长")]),
        ("自治区主席 艾山江·买买提", [("艾山江·买买提", "自治区主席")]),
        (
            "市委书记陆文柏与科技部党组成员、副部长何启明一同到科学城调研。",
            [("陆文柏", "市委书记"), ("何启明", "科技部党组成员、副部长")],
        ),
        ("北湖科技董事长罗一鸣表示,公司将扩大投入。", [("罗一鸣", "北湖科技董事长")]),
        ("市委副书记、市长祝清源陪同调研。", [("祝清源", "市委副书记、市长")]),
        ("中国科学院院士、江州大学教授方知远介绍了成果。", [("方知远", "中国科学院院士、江州大学教授")]),
        (
            "市科技局局长江若谷通报情况,市科技局副局长柳湘主持会议。",
            [("江若谷", "市科技局局长"), ("柳湘", "市科技局副局长")],
        ),
        ("白河区长董若华、市议员张廖万山到场。", [("董若华", "白河区长"), ("张廖万山", "市议员")]),
        (
            "国务院总理谢明澜同西兰尼亚总统卡尔维诺会谈。",
            [("谢明澜", "国务院总理"), ("卡尔维诺", "西兰尼亚总统")],
        ),
        ("东岛首相田中英介就此事发表谈话。", [("田中英介", "东岛首相")]),
        ("孙岳拜会港务署常务副主任徐启帆。", [("徐启帆", "港务署常务副主任")]),
        ("科技局局长孙岳教授(右二)与主任张望山举行会议。", [("孙岳", "科技局局长"), ("张望山", "主任")]),
        (
            "研究院副院长施未央与毛知远参加活动,市长毛知远致辞。",
            [("施未央", "研究院副院长"), ("毛知远", "市长")],
        ),
        ("受市委书记付知秋委托,市长林旭初主持。", [("付知秋", "市委书记"), ("林旭初", "市长")]),
        ("万帆总经理郁青表示,公司将扩大投入。", [("郁青", "万帆总经理")]),
        ("黄珍宜等领导,省科协副主席林学仁出席。", [("林学仁", "省科协副主席")]),
        ("县长罗若诚到场，见证理事长颜志明上任。", [("罗若诚", "县长"), ("颜志明", "理事长")]),
        ("罗县长也期许理事长颜志明能带领会员。", [("颜志明", "理事长")]),
        ("校长罗若诚恭贺董事长颜志明获奖。", [("罗若诚", "校长"), ("颜志明", "董事长")]),
        ("议员罗若诚追问局长颜志明。", [("罗若诚", "议员"), ("颜志明", "局长")]),
    ],
)
def test_title_before_the_name(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "要深入学习贯彻习近平总书记关于科技创新的重要论述。",
        "培养吸引了王知行、施安然等一批领军人才。",
        "本报讯(记者 祁望舒 范晚舟)昨天上午,全市召开会议。",
        "(责编:鲍知微、高远)",
        "各成员单位代表等出席会议。",
        "以习近平同志为核心的党中央高度重视。",
        "落实“菜篮子”市长负责制。",
        "积极拓展成员国市场。",
        "习近平总书记都亲自部署。",
        "学校将选派20名博士后进站。",
        "议员关心台南进度,市长施政报告已送达。",
        "一要多发挥专家智库作用。",
        "由王扬之副秘书长代表黄伟平市长颁奖。",
        "恭喜海明公司董事长荣任会长，校长荣获院士，副院长荣升院长。",
    ],
)
def test_people_only_referred_to_are_none(text):
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lin Zhiyuan, Minister of Science and Technology, said the plan would continue.",
            [("Lin Zhiyuan", "Minister of Science and Technology")],
        ),
        (
            "Maria Okafor, director of the Coastal Innovation Agency, said the agency had grown.",
            [("Maria Okafor", "director of the Coastal Innovation Agency")],
        ),
        ('Science Minister Helen Marsh said: "We must act."', [("Helen Marsh", "Science Minister")]),
        ("The forum was held in New Harbour on Monday.", []),
        (
            "John Denby, the Secretary of State for Innovation, Universities and Skills, said we must act.",
            [("John Denby", "Secretary of State for Innovation, Universities and Skills")],
        ),
        (
            "said Karen Beale, Orbis vice president of Environment, Social & Governance.",
            [("Karen Beale", "Orbis vice president of Environment, Social & Governance")],
        ),
        (
            "Enterprise, Trade and Investment Minister Arla Forster has announced a fund.",
            [("Arla Forster", "Enterprise, Trade and Investment Minister")],
        ),
        ("It was opened by business secretary Gareth Lowther.", [("Gareth Lowther", "business secretary")]),
        (
            "Professor Wendel Hart, director of the Quantum Centre and chair of Lumen, said so.",
            [("Wendel Hart", "director of the Quantum Centre and chair of Lumen")],
        ),
    ],
)
def test_english_titles(text, expected):
    assert people(text) == expected


def test_once_per_person_and_role():
    assert people("市长殷若兰讲话。", "市长殷若兰强调,要落实。", "市委书记殷若兰参加。") == [
        ("殷若兰", "市长"),
        ("殷若兰", "市委书记"),
    ]


def test_span_covers_title_and_name():
    found = find_people(sentences("今天开会。", "会议由江州市市长殷若兰主持。"))[0]
    text = "今天开会。\n会议由江州市市长殷若兰主持。"
    assert text[found.start : found.end] == "江州市市长殷若兰"


PIECES = st.sampled_from(
    [
        "市委书记",
        "陈知行",
        "、",
        ",",
        "和",
        "科技部",
        "部长",
        "参加",
        "等",
        "由",
        " ",
        "“",
        "Minister",
        "said",
        "。",
        "与",
        "领导",
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_never_raises_and_stays_inside(text):
    for found in find_people(sentences(text)):
        assert 0 <= found.start < found.end <= len(text)
        assert found.person in text


class Tagger:
    """Knows one name, and counts how often it is asked."""

    def __init__(self, name):
        self.name, self.asked = name, 0

    def names(self, text):
        self.asked += 1
        at = text.find(self.name)
        return [(at, at + len(self.name))] if at >= 0 else []


def test_a_tagger_fills_in_unknown_names_only():
    tagger = Tagger("噶丹旺堆")
    texts = sentences("自治区副主席噶丹旺堆出席会议。", "市长殷若兰主持。", "经济平稳增长。")
    assert [(one.person, one.role) for one in find_people(texts, tagger)] == [
        ("噶丹旺堆", "自治区副主席"),
        ("殷若兰", "市长"),
    ]
    assert tagger.asked == 1
    assert [one.person for one in find_people(texts)] == ["殷若兰"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("随着民政部部长殷若兰回答完提问,活动结束。", [("殷若兰", "民政部部长")]),
        ("区政协周若川副主席、区科技局局长许朝阳出席。", [("许朝阳", "区科技局局长")]),
        ("市政协委员、东湖街道办事处主任许朝阳出席。", [("许朝阳", "市政协委员、东湖街道办事处主任")]),
        ("市科技局局长李有为,副局长锺若川出席。", [("李有为", "市科技局局长"), ("锺若川", "副局长")]),
        ("会议由校长李健为代表主持。", [("李健", "校长")]),
        (
            "Ann Reed, Science and Innovation Minister, said the site is open.",
            [("Ann Reed", "Science and Innovation Minister")],
        ),
        (
            "Executive Secretary Prof. Adam Belo, who received the members of Course 4, said so.",
            [("Adam Belo", "Executive Secretary")],
        ),
        (
            "Associate director of ORBIS Assoc Prof Owen Farrow said so.",
            [("Owen Farrow", "Associate director of ORBIS")],
        ),
        (
            "Director-General of ORBIS Brig.-Gen. Owen Farrow said so.",
            [("Owen Farrow", "Director-General of ORBIS")],
        ),
        (
            "The plan was presented by business secretary Owen Farrow.",
            [("Owen Farrow", "business secretary")],
        ),
        ("“经济部长”殷若兰说,会议照开。", [("殷若兰", "经济部长")]),
        ("听到市科技局局长许朝阳发布的数据,记者纷纷记录。", [("许朝阳", "市科技局局长")]),
        (
            "Minister for Higher Education Arun Dev Rao and Chair of the Skills Authority Sam Bose also spoke.",
            [
                ("Arun Dev Rao", "Minister for Higher Education"),
                ("Sam Bose", "Chair of the Skills Authority"),
            ],
        ),
        ("The campus is named after scientist Adam Belo.", []),
        ("远光公司副总经理李若霞分享表示,园区很好。", [("李若霞", "远光公司副总经理")]),
        (
            "Waste and open spaces committee chairman Mike Reed said so.",
            [("Mike Reed", "Waste and open spaces committee chairman")],
        ),
        (
            "Councillor Ann Reed, Cabinet member for Streets, said so.",
            [("Ann Reed", "Cabinet member for Streets")],
        ),
        (
            "Cllr Ann Reed, Portfolio Holder for Streets and Rural Renewal, said so.",
            [("Ann Reed", "Portfolio Holder for Streets and Rural Renewal")],
        ),
        (
            "Ivo Marsh, director of Coastal Growth and Maritime Renewal, said: we must act.",
            [("Ivo Marsh", "director of Coastal Growth and Maritime Renewal")],
        ),
        (
            "Ann Reed, Cabinet member for Parks and Public Gardens, said that 12 sites opened.",
            [("Ann Reed", "Cabinet member for Parks and Public Gardens")],
        ),
        ("Councillor Ann Reed said so.", [("Ann Reed", "Councillor")]),
        ("目前江州市市长殷若兰再次到访。", [("殷若兰", "江州市市长")]),
        ("新任商务厅厅长许朝阳出现在会场。", [("许朝阳", "商务厅厅长")]),
        ("部长将于15日在法国巴黎与江国国务院副总理殷若兰会面。", [("殷若兰", "江国国务院副总理")]),
        ("江国总统川贝预计月底访问。", [("川贝", "江国总统")]),
        ("新区(综合保税区)党工委书记周若波出席。", [("周若波", "新区(综合保税区)党工委书记")]),
        ("远航科技（Orbis Labs）执行长罗致远到场。", [("罗致远", "远航科技（Orbis Labs）执行长")]),
        ("美国在台协会（AIT）主席薄若光到访。", [("薄若光", "美国在台协会（AIT）主席")]),
        ("江州市代理市长李若谚今 (6) 日主持投资会报。", [("李若谚", "江州市代理市长")]),
        ("今日招商大会江州市副市长杨若瓔也到场。", [("杨若瓔", "江州市副市长")]),
        ("无奈东党籍议员卢若福冲向主席台。", [("卢若福", "东党籍议员")]),
        ("因此立法委员萧若琴延后行程。", [("萧若琴", "立法委员")]),
        ("省长会见来华出席对话会的东湖银行行长马尔帕斯。", [("马尔帕斯", "东湖银行行长")]),
        (
            "访宾由外交部次长沈若淳陪同晋见总统，安全会议副秘书长刘若志也在座。",
            [("沈若淳", "外交部次长"), ("刘若志", "安全会议副秘书长")],
        ),
        ("议员蔡若辉担任主席时径自宣布散会，主席尚未宣布。", [("蔡若辉", "议员")]),
        ("新闻发言人孟若武副厅长向媒体通报了情况。", [("孟若武", "新闻发言人")]),
        ("议长郭若良与陈若和、Ingay Tali、蔡若诠等议员一同出席。", [("郭若良", "议长")]),
        (
            "住江全国政协委员,农林科学院研究员蒋若齐早早就坐在办公室。",
            [("蒋若齐", "住江全国政协委员,农林科学院研究员")],
        ),
        ("东党团总召邱若莉表示，应受监督。", [("邱若莉", "东党团总召")]),
        (
            "The letter was handed over by ORBIS chief executive officer (CEO) Arham Abdul Rahim to treasurer Datuk Devan Kumar.",
            [("Arham Abdul Rahim", "ORBIS chief executive officer (CEO)"), ("Devan Kumar", "treasurer")],
        ),
        (
            "Senior Minister of Trade and Industry Datuk Seri Mohamed Azlan Ali said so.",
            [("Mohamed Azlan Ali", "Senior Minister of Trade and Industry")],
        ),
        (
            "Prime Minister Datuk Seri Iskandar Rahim, in tabling the 13MP, named 12 industries.",
            [("Iskandar Rahim", "Prime Minister")],
        ),
        ("Minister Tengku Datuk Seri Zafri Abdul Aziz said so.", [("Zafri Abdul Aziz", "Minister")]),
        ("Coleman and Senator Ann Klober sent a letter.", [("Ann Klober", "Senator")]),
        ("Byron Dorr and Kent Conway and Rep. Earl Pomery said so.", [("Earl Pomery", "Rep.")]),
        (
            "General Tom Moseby, Air Staff Chief of Staff, said so.",
            [("Tom Moseby", "Air Staff Chief of Staff")],
        ),
        ("发言人卢若福和书记长蔡若辉议员主持。", [("卢若福", "发言人"), ("蔡若辉", "书记长")]),
        ("黄若哲市长幽默说，台南很好。", []),
        ("本身是工作组组长的财政司副司长黄若伦相信,会更快。", [("黄若伦", "财政司副司长")]),
        ("作为讲解员的博物馆馆长廉若明告诉记者,文物很多。", [("廉若明", "博物馆馆长")]),
        ("如与桃城市长郑若灿、竹城市长林若坚会谈。", [("郑若灿", "桃城市长"), ("林若坚", "竹城市长")]),
        ("颁发贡献奖给远航创办人张若谋。", [("张若谋", "远航创办人")]),
        ("由驻河代表谢若伟大使、驻湖代表姚若祥陪同。", [("谢若伟", "驻河代表"), ("姚若祥", "驻湖代表")]),
        ("文化局长谢若渊代表市长黄若哲欢迎。", [("谢若渊", "文化局长"), ("黄若哲", "市长")]),
        ("“好家园”是江州市长黄若哲的主轴。", [("黄若哲", "江州市长")]),
        ("2026年1月卫福部长石若良表示,会改。", [("石若良", "卫福部长")]),
        ("陈总统水若先生出席,吕副总统秀若女士致词。", [("陈水若", "总统"), ("吕秀若", "副总统")]),
        (
            "研究员卜若哲（Rich Bush）博士、江国协会主席罗若柏出席。",
            [("卜若哲", "研究员"), ("罗若柏", "江国协会主席")],
        ),
        ("引导师生进行体验,王老师在民国70年到校。", []),
        ("江州市市长应勇与记者见面。", [("应勇", "江州市市长")]),
        ("明远集团董事长兼CEO张若卫听完报告后表示,很好。", [("张若卫", "明远集团董事长兼CEO")]),
        ("会见亚东银行行长神田真人。", [("神田真人", "亚东银行行长")]),
        ("衡江公司总经理种若民表示他提交了建议。", [("种若民", "衡江公司总经理")]),
        (
            "“It is ours,” commented Coun Evelyn Marsh, Cabinet member for Growth.",
            [("Evelyn Marsh", "Cabinet member for Growth")],
        ),
        ("远航总裁魏若家昨日与总统罗若德召开记者会。", [("魏若家", "远航总裁"), ("罗若德", "总统")]),
        (
            "财办分管日常工作的副主任兼农办主任韩若秀表示,会改。",
            [("韩若秀", "财办分管日常工作的副主任兼农办主任")],
        ),
        ("也如协会常务理事卢若群所言,这里很好;要靠部长陈若基及学者负责。", []),
        (
            "议员施若伦、罗若燕关注招商工作,议员张若中关注进度。",
            [("施若伦", "议员"), ("罗若燕", "议员"), ("张若中", "议员")],
        ),
        (
            "民进党江州市长候选人陈若迈、该项目负责人马若国到场。",
            [("陈若迈", "民进党江州市长候选人"), ("马若国", "项目负责人")],
        ),
        (
            "According to Minister for Skills, Science and Research, Senator Ivo Marsh.",
            [("Ivo Marsh", "Minister for Skills, Science and Research")],
        ),
        (
            "Welcoming it, the University of Orbis's president and vice-chancellor, Prof Dame Ann Reed, spoke.",
            [("Ann Reed", "University of Orbis's president and vice-chancellor")],
        ),
        (
            "Prof Ivo Marsh, dean of the Faculty of Engineering and Physical Sciences, said so.",
            [("Ivo Marsh", "dean of the Faculty of Engineering and Physical Sciences")],
        ),
        ("First, I would like to acknowledge Ruth Marsh, Chair of Orbis.", []),
        (
            "工信部党组成员、总工程师、新闻发言人田若龙介绍情况。",
            [("田若龙", "工信部党组成员、总工程师、新闻发言人")],
        ),
        ("市长张若华致欢迎辞。", [("张若华", "市长")]),
        ("谷川实业(集团)有限公司董事长徐若佳致辞。", [("徐若佳", "谷川实业(集团)有限公司董事长")]),
        ("川奇科技(江州)有限公司总经理彭若坤介绍项目。", [("彭若坤", "川奇科技(江州)有限公司总经理")]),
        (
            "Mr Uche Nabo, Minister of Science, Technology and Innovation (STI) has tasked 12 directors.",
            [("Uche Nabo", "Minister of Science, Technology and Innovation (STI)")],
        ),
        (
            "It was handed over by James Sole, Permanent Secretary of the ministry to him in Abuja.",
            [("James Sole", "Permanent Secretary of the ministry")],
        ),
        ("部长级代表洛朗·圣-马丁4日说，会加剧通胀。", [("洛朗·圣-马丁", "部长级代表")]),
    ],
)
def test_titles_of_one_person_end_at_another(text, expected):
    found = [(one.person, one.role) for one in find_people(sentences(text)) if not one.behind]
    assert found == expected


def test_a_title_behind_the_name_tells_who_speaks_and_is_no_attribution():
    found = find_people(sentences("区政协周若川副主席出席,习近平总书记的讲话和各位代表的发言都很重要。"))
    assert [(one.person, one.role, one.behind) for one in found] == [("周若川", "区政协副主席", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政长官梁郑月娥表示,要建设。", [("梁郑月娥", "行政长官")]),
        ("议员叶李玉婵出席。", [("叶李玉婵", "议员")]),
        ("省科技厅处长方高介绍,进展顺利。", [("方高", "省科技厅处长")]),
        ("县长王向华说,进展顺利。", [("王向华", "县长")]),
    ],
)
def test_a_wife_bears_two_surnames(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # words that tell what is done are no part of the title
        ("今天,我们邀请到了科技部部长林致远先生。", [("林致远", "科技部部长")]),
        ("殷若兰今日带著财政局局长沈北川等人参访。", [("沈北川", "财政局局长")]),
        ("参与官员有科技局局长沈北川。", [("沈北川", "科技局局长")]),
        (
            "与谈人包括ORBIS集团董事长沈北川、江州大学校长林致远。",
            [("沈北川", "ORBIS集团董事长"), ("林致远", "江州大学校长")],
        ),
        ("他颁奖章给获奖的同业公会理事长沈北川。", [("沈北川", "同业公会理事长")]),
        ("颁发奖章予同业公会理事长沈北川。", [("沈北川", "同业公会理事长")]),
        ("分管日常工作的副主任沈北川主持。", [("沈北川", "分管日常工作的副主任")]),
        # a code in brackets, a name in quotation marks and a bracket behind belong to it
        (
            "昨日并与晶圆电 (3355-TW) 董事长沈北川、远芯 (7722-TW) 总经理林致远会面。",
            [("沈北川", "晶圆电 (3355-TW) 董事长"), ("林致远", "远芯 (7722-TW) 总经理")],
        ),
        ("市政协委员、“云桥”工程总指挥沈北川说,已经完工。", [("沈北川", "市政协委员、“云桥”工程总指挥")]),
        ("财政局常任秘书长(库务)沈北川出席。", [("沈北川", "财政局常任秘书长(库务)")]),
        ("市长(右)沈北川出席。", [("沈北川", "市长")]),
        # who is named before his title takes none of the next
        ("他们是:李朝晖副部长、张广军副部长,法规司司长沈北川先生。", [("沈北川", "法规司司长")]),
        (
            "协会总干事长沈北川、江州自由大学教授林致远发言。",
            [("沈北川", "协会总干事长"), ("林致远", "江州自由大学教授")],
        ),
        (
            "图为会场,左为市议会主席沈北川,右为区长林致远。",
            [("沈北川", "市议会主席"), ("林致远", "区长")],
        ),
        (
            "部长Anna Berg女士,协会理事会主席Karl von Brandt先生和江能公司经理 Ann Reed出席。",
            [("Anna Berg", "部长"), ("Karl von Brandt", "协会理事会主席"), ("Ann Reed", "江能公司经理")],
        ),
        ("促进司司长安德烈-尼科林博士表示,会有合作。", [("安德烈-尼科林", "促进司司长")]),
        ("公司董事长沈北最为关注的是创新。", [("沈北", "公司董事长")]),
        ("——就筹备工作访江州市副市长沈北川", [("沈北川", "江州市副市长")]),
        ("集团董事长林孝发表示,会再建5个。", [("林孝发", "集团董事长")]),
        ("吁代理市长沈北川能在此生根。", [("沈北川", "代理市长")]),
        ("立委沈北川、林致远及各议员代表到场。", [("沈北川", "立委"), ("林致远", "立委")]),
        ("在推进“数字江州”会议上县委书记沈北川如是说。", [("沈北川", "县委书记")]),
        ("主席同总统沈北通电话。", [("沈北", "总统")]),
        # what somebody says of others, what is done for somebody
        ("林致远表示行政长官沈北川已提出方案。", []),
        ("沈江大在致辞中代表江大对来宾表示欢迎。", []),
        ("在会晤上文教总会会长沈北川建议研究。", [("沈北川", "文教总会会长")]),
        ("▲市议员沈北川、林致远联合质询。", [("沈北川", "市议员"), ("林致远", "市议员")]),
        ("本报讯财政司司长沈北川称,今年会好。", [("沈北川", "财政司司长")]),
        (
            "会议选举江能集团股份有限公司(以下简称“江能”)董事长沈北川担任理事长。",
            [("沈北川", "江能集团股份有限公司(以下简称“江能”)董事长")],
        ),
        ("邀请AI实验室创办人沈北川参加。", [("沈北川", "AI实验室创办人")]),
        ("同(10)日率环保局长沈北川视察。", [("沈北川", "环保局长")]),
        ("关于市议员沈北川质询一事,局长林致远说明。", [("沈北川", "市议员"), ("林致远", "局长")]),
        # only referred to
        ("为落实市长沈北川的政见,全力推动。", []),
        ("以及回应国家主席沈北川的深切关怀。", []),
        ("目前依据总统沈北川的政策方向推动。", []),
        ("由於部分议员费解,审议三年。", []),
    ],
)
def test_where_a_title_begins_and_ends(text, expected):
    found = [(one.person, one.role) for one in find_people(sentences(text)) if not one.behind]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The federal MP for Orbis, John Reed, says so.", ("John Reed", "federal MP for Orbis")),
        (
            "They have been told by the leader of the Greens in the Senate, Ann Reed, that it ends.",
            ("Ann Reed", "leader of the Greens in the Senate"),
        ),
        (
            "European Commissioner for the Digital Economy and Society Günther H Brandt said so.",
            ("Günther H Brandt", "European Commissioner for the Digital Economy and Society"),
        ),
        (
            "Today, the Honourable Ann Reed, Canada’s Minister of Natural Resources, spoke.",
            ("Ann Reed", "Canada’s Minister of Natural Resources"),
        ),
        (
            "Speech by Deputy Prime Minister and Coordinating Minister for Economic Policies Heng Swee Reed.",
            ("Heng Swee Reed", "Deputy Prime Minister and Coordinating Minister for Economic Policies"),
        ),
        (
            "The president and CEO of the National Bank, John Reed, criticized it.",
            ("John Reed", "president and CEO of the National Bank"),
        ),
        (
            "John Reed, Chair of the Space Sector Council and President of UKspace, added:",
            ("John Reed", "Chair of the Space Sector Council and President of UKspace"),
        ),
    ],
)
def test_english_offices_in_small_letters(text, expected):
    assert people(text) == [expected]


def test_a_headline_prints_verbs_like_names():
    text = "Senator Reed Welcomes Announcement Of New Laboratory For Orbis"
    assert find_people([Sentence(0, len(text), text, 0, is_heading=True)]) == []
    line = "Senator Ann Reed"
    assert [one.person for one in find_people([Sentence(0, len(line), line, 0, is_heading=True)])] == [
        "Ann Reed"
    ]


@pytest.mark.parametrize(
    "text",
    ["Statement of Sen. Ann Reed said here.", "ORBIS, D.C.- Sen. Ann Reed said so.", "By Sen. Ann Reed"],
)
def test_what_stands_before_an_english_office_is_no_part_of_it(text):
    assert people(text) == [("Ann Reed", "Sen.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("前几天文化部长殷若兰出席茶会。", "文化部长"),
        ("刚才水利局长殷若兰表示已抢修。", "水利局长"),
        ("今年4月江州环境署署长殷若兰来访。", "江州环境署署长"),
        ("而江州市府发言人殷若兰回应，尊重议会。", "江州市府发言人"),
        ("只有人事处长殷若兰说，没有问题。", "人事处长"),
        ("就行政长官殷若兰提出的方案进行辩论。", "行政长官"),
        ("议会今天邀江州市长殷若兰报告治水。", "江州市长"),
        ("并点名水利局局长殷若兰，要求说明。", "水利局局长"),
        ("议员强调，江州将有可能与海州市长殷若兰合作。", "海州市长"),
        ("拜会远川党团与新江党议员殷若兰，说明预算。", "新江党议员"),
        ("党部纷纷挂起与副总统殷若兰的合照。", "副总统"),
        ("这场质询以市议员殷若兰为开头。", "市议员"),
        ("〈法说会〉董座殷若兰表示看好下半年。", "董座"),
        ("我外交部次长殷若兰亲自接机。", "外交部次长"),
        ("该校校长殷若兰表示，要办出特色。", "校长"),
        ("正如远江总裁殷若兰直言，路还很长。", "远江总裁"),
        ("此举引起新江党籍江州立委殷若兰质疑。", "新江党籍江州立委"),
    ],
)
def test_a_title_is_a_noun_phrase(text, expected):
    assert ("殷若兰", expected) in people(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("以岭药业董事长殷若兰建议加快审批。", "以岭药业董事长"),
        ("我校党委书记殷若兰出席仪式。", "我校党委书记"),
        ("江州(中国)投资有限公司副总裁殷若兰表示，要抓好。", "江州(中国)投资有限公司副总裁"),
        ("市长代表市政府与江州大学副校长殷若兰签署协议。", "江州大学副校长"),
        ("年会开幕式有市科协主席殷若兰出席。", "市科协主席"),
        ("从化区区长殷若兰表示，要抓好。", "从化区区长"),
        ("就业局局长殷若兰表示，要抓好。", "就业局局长"),
        ("促进转型委员会主委殷若兰表示，要抓好。", "促进转型委员会主委"),
        ("青年与体育部部长殷若兰表示，要抓好。", "青年与体育部部长"),
        ("儿童保护政策顾问殷若兰表示，要抓好。", "儿童保护政策顾问"),
    ],
)
def test_bodies_named_by_such_words_stay_whole(text, expected):
    assert people(text) == [("殷若兰", expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市议员廖若井忍不住痛批，预算太多。", [("廖若井", "市议员")]),
        ("处长连玉萍连忙从旁提醒，要补件。", [("连玉萍", "处长")]),
        ("发言人殷玮则回应，尊重议会。", [("殷玮", "发言人")]),
        ("水利局长殷若兰今上任，议员到场。", [("殷若兰", "水利局长")]),
        (
            "行政长官联同律政司司长郑若华资深大律师和内地事务局局长曾国平会见传媒。",
            [("郑若华", "律政司司长"), ("曾国平", "内地事务局局长")],
        ),
        ("议长常常提醒大家。", []),
        ("技术掌握在大公司手中，要抓好。", []),
        ("发展局局长甯若兰表示，要抓好。", [("甯若兰", "发展局局长")]),
        ("市监管局副局长王雁随同调研。", [("王雁", "市监管局副局长")]),
        ("工商联主席范更生出席仪式。", [("范更生", "工商联主席")]),
        ("区管委副主任沈若星代表林江分别签约。", [("沈若星", "区管委副主任")]),
        ("这是殷若兰创办人常常说的。", []),
    ],
)
def test_a_name_ends_before_the_adverb_behind_it(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("村党总支书记谭若立参加。", [("谭若立", "村党总支书记")]),
        ("我校对外联络处处长钟若东出席会议。", [("钟若东", "我校对外联络处处长")]),
        (
            "江州经济学会副会长、省规划院原院长肖若成,省农业厅原厅长史若诚作主题演讲。",
            [("肖若成", "江州经济学会副会长、省规划院原院长"), ("史若诚", "省农业厅原厅长")],
        ),
        ("我校副校长冯若会、科研部部长李若红出席。", [("冯若会", "我校副校长"), ("李若红", "科研部部长")]),
        ("筹备处执行长吴若在(右)签约。", [("吴若在", "筹备处执行长")]),
        ("局长 王 刚、副局长 李 明出席。", [("王刚", "局长"), ("李明", "副局长")]),
        ("市委书记、市长暨若民出席。", [("暨若民", "市委书记、市长")]),
        ("由副省长任组长、各局局长任副组长的小组已成立。", []),
        ("书记木子若指出,要加强合作。", [("木子若", "书记")]),
        ("工总理事长王若渊表示肯定。", [("王若渊", "工总理事长")]),
        ("省政协主席公保扎西、省长刘若中出席。", [("公保扎西", "省政协主席"), ("刘若中", "省长")]),
        ("江州大学副校长斯坦顿﹒纽曼致辞。", [("斯坦顿﹒纽曼", "江州大学副校长")]),
        ("江州大学校长强纳森‧戴维斯致辞。", [("强纳森‧戴维斯", "江州大学校长")]),
        (
            "新西兰尼亚驻华大使乔若博、巴布亚新卡尔多驻华大使卡若内出席。",
            [("乔若博", "新西兰尼亚驻华大使"), ("卡若内", "巴布亚新卡尔多驻华大使")],
        ),
    ],
)
def test_names_of_every_kind(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "常务副市长顾若仁兼任高新区党工委书记,副市长赵若丽陪同。",
            [("顾若仁", "常务副市长"), ("赵若丽", "副市长")],
        ),
        ("总理卢若明向北兰尼亚总理夏若兹致电。", [("卢若明", "总理"), ("夏若兹", "北兰尼亚总理")]),
        (
            "江州市邹若平副市长,江州大学党委副书记韩若阳分别致词。",
            [("韩若阳", "江州大学党委副书记"), ("邹若平", "江州市副市长")],
        ),
        (
            "园区同业公会李若恭理事长、立法委员高若安到场。",
            [("高若安", "立法委员"), ("李若恭", "园区同业公会理事长")],
        ),
        (
            "青年报社社长孙若方上校及军闻社社长王若平出席。",
            [("孙若方", "青年报社社长"), ("王若平", "军闻社社长")],
        ),
        ("江河(BYD)集团人力处经理程若欣一行来访。", [("程若欣", "江河(BYD)集团人力处经理")]),
        ("东风app(中国)集团有限公司总裁蒋若良致辞。", [("蒋若良", "东风app(中国)集团有限公司总裁")]),
        (
            "其中有江州市市长胡若强、江河集团总裁蔡若明等。",
            [("胡若强", "江州市市长"), ("蔡若明", "江河集团总裁")],
        ),
        (
            "委任江湾区议员葛若帆为成员,财政司司长陈若波表示欢迎。",
            [("葛若帆", "江湾区议员"), ("陈若波", "财政司司长")],
        ),
        ("外交部驻江州特派员刘若源今日拜会校长。", [("刘若源", "外交部驻江州特派员")]),
        ("旁为科技局署长麦若伟,前排右五民政局长林若长。", [("麦若伟", "科技局署长"), ("林若长", "民政局长")]),
        (
            "祝贺团团长秦若智、自治区祝贺团副团长张若柱出席。",
            [("秦若智", "祝贺团团长"), ("张若柱", "自治区祝贺团副团长")],
        ),
        (
            "除了厂商代表,立委刘若芳、林若桦、和高若史与会。",
            [("刘若芳", "立委"), ("林若桦", "立委"), ("高若史", "立委")],
        ),
        ("获总理李若龙接见。", [("李若龙", "总理")]),
        ("两名政治局常委王若宁、蔡若奇同行。", [("王若宁", "政治局常委"), ("蔡若奇", "政治局常委")]),
        ("下营镇相关负责人,龙港集团董事长王若伟陪同。", [("王若伟", "龙港集团董事长")]),
        ("作为会议发起人,江河股份董事长戴若民主持讨论。", [("戴若民", "江河股份董事长")]),
        ("该会永远荣誉会长简若龙出席。", [("简若龙", "永远荣誉会长")]),
        ("联合早报上海特派员杨若旭报道", []),
        ("他是集团顾问李若诚的外甥。", []),
    ],
)
def test_where_a_title_begins(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what tells of an act, whatever verb it is, ends before a title
        ("书面回复江湾区议员卢若国,局长甘若明返回。", [("卢若国", "江湾区议员"), ("甘若明", "局长")]),
        ("唇枪舌战江湾区议员罗若玮。", [("罗若玮", "江湾区议员")]),
        ("据闻执行董事郑若雯随团。", [("郑若雯", "执行董事")]),
        ("实践队采访了示范基地的负责人严若林。", [("严若林", "示范基地的负责人")]),
        ("邀请三位教授作为评审专家,科研院副处长李若鹏主持。", [("李若鹏", "科研院副处长")]),
        ("主持会议的院长韩若瑜提醒。", [("韩若瑜", "院长")]),
        ("负责施工的江河公司董事长黄若勇说明。", [("黄若勇", "江河公司董事长")]),
        ("首先听取「江州商会」会长金若伟说明。", [("金若伟", "「江州商会」会长")]),
        ("本(31)日市长黄若哲主持典礼。", [("黄若哲", "市长")]),
        # but verbs that name bodies do not
        ("前瞻科技组召集人詹若文表示乐观。", [("詹若文", "前瞻科技组召集人")]),
        ("知名凝聚态物理学家丁若洪直言不易。", [("丁若洪", "知名凝聚态物理学家")]),
        ("访问团团长史若林、接待处处长王若强陪同。", [("史若林", "访问团团长"), ("王若强", "接待处处长")]),
        ("会见科特兰尼亚总理卢若思。", [("卢若思", "科特兰尼亚总理")]),
        # Latin letters and their blanks belong to a title
        ("Northport Capital 投资总监 Ann Reed 指出风险。", [("Ann Reed", "Northport Capital 投资总监")]),
        ("由 Northport 台湾总经理林若芳主持。", [("林若芳", "Northport 台湾总经理")]),
        # foreign names
        ("德国总理朔尔茨致辞。", [("朔尔茨", "德国总理")]),
        ("西班牙国王费利佩六世举行仪式。", [("费利佩六世", "西班牙国王")]),
        (
            "北兰外交部长库尔提、喀麦隆对外关系部长姆邦乔出席。",
            [("库尔提", "北兰外交部长"), ("姆邦乔", "喀麦隆对外关系部长")],
        ),
        ("刚果(金)外交部长奇班达出席。", [("奇班达", "刚果(金)外交部长")]),
        ("神户研发中心主任川真田伸致意。", [("川真田伸", "神户研发中心主任")]),
        # verbs that follow a name
        ("科协主席万若致开幕辞。", [("万若", "科协主席")]),
        ("次长田中光则致词。", [("田中光", "次长")]),
        ("局长孙东亦有出席。", [("孙东", "局长")]),
        ("市长谢来发出席会议。", [("谢来发", "市长")]),
        # who leads whom
        ("沈若敏率江湾署管委会主席卢若文到访。", [("卢若文", "江湾署管委会主席")]),
        ("市长卢若文率首长向议会报告。", [("卢若文", "市长")]),
        ("资源利用率研究室主任卢若文介绍。", [("卢若文", "资源利用率研究室主任")]),
        ("以下为论坛主席卢若文的致辞。", [("卢若文", "论坛主席")]),
        # machines are named by what they do
        (
            "北湖创投加速器创办人卢若文与检测仪公司经理沈若敏出席。",
            [("卢若文", "北湖创投加速器创办人"), ("沈若敏", "检测仪公司经理")],
        ),
        ("总统沈若敏的财经智囊、国策顾问卢若文到场。", [("卢若文", "国策顾问")]),
        # what its own letters gloss is a name
        ("北兰议会议员史都华(Alexander Stewart)等一行五人。", [("史都华", "北兰议会议员")]),
        ("北兰总督卡布依(H.E. Sir Frank Ofagi Kabui)伉俪到访。", [("卡布依", "北兰总督")]),
        # who reports; but who is only written about is nobody
        ("听取了科研处处长李若年关于科研工作情况的汇报。", [("李若年", "科研处处长")]),
        ("学习国家主席卢若文关于科技的重要论述。", []),
        # somebody told of by the bare office, with somebody else
        ("随后,副总统与卫生署署长卢若文启动。", [("卢若文", "卫生署署长")]),
        ("由北湖会之沈若敏副理事长、法律委员会主委卢若文捐赠。", [("卢若文", "法律委员会主委")]),
        ("北湖纪念医院院长卢若文致辞。", [("卢若文", "北湖纪念医院院长")]),
        ("由董事代表卢若正院长手中接下。", [("卢若正", "董事代表")]),
        (
            "邀集北兰前州长 James Gilmore 及副总统卢若文。",
            [("James Gilmore", "北兰前州长"), ("卢若文", "副总统")],
        ),
        ("北兰企业署副助理署长施若芬(Michele Schimpp)与会。", [("施若芬", "北兰企业署副助理署长")]),
        (
            "听取政协主席王若关于工作的汇报及副省长戴若安的介绍。",
            [("王若", "政协主席"), ("戴若安", "副省长")],
        ),
        # names of words that a name seldom holds
        ("副部长齐让、总工韩其为出席。", [("齐让", "副部长"), ("韩其为", "总工")]),
        ("书记庄严,市长卢若文出席。", [("庄严", "书记"), ("卢若文", "市长")]),
        ("校长严肃指出,要做好。", []),
        # nobody's names
        ("因应学生就读博士班意愿渐低,教师才华洋溢,领导人均表示肯定。", []),
        ("落实领军人才引进,健全领导干部包联服务。", []),
        (
            "副主席查若斌、方针、周若翠出席会议。",
            [("查若斌", "副主席"), ("方针", "副主席"), ("周若翠", "副主席")],
        ),
        ("委员们一致认为,创新是动力。", []),
        ("贯彻总书记考察安徽重要讲话精神。", []),
        ("司长殷若石等领导和嘉宾出席闭幕式。", [("殷若石", "司长")]),
        ("若义县种粮大户、若川合作社书记凌若河受访。", [("凌若河", "若义县种粮大户、若川合作社书记")]),
    ],
)
def test_classes_of_words_around_titles(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    "title",
    ["副董事长", "副总督", "副总农艺师", "总监事", "总召集人", "总助理", "副总干事长", "总督学", "总指挥官"],
)
def test_a_head_within_a_longer_title_does_not_end_it(title):
    assert people(f"北湖{title}卢若文出席会议。") == [("卢若文", f"北湖{title}")]
    assert people("副市长官若辉、得主任若非出席。")[0] == ("官若辉", "副市长")


def test_every_title_stays_whole_whatever_verbs_are_learned():
    heads = [head for head in entries("title_heads") if "编辑" not in head and head != "长官"]
    cut = {
        head: found
        for head in heads
        if (found := people(f"北湖集团{head}卢若文出席会议。")) != [("卢若文", f"北湖集团{head}")]
    }
    assert not cut
