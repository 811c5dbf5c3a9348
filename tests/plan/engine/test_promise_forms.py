"""Who promises, and what only comes about, is told or is named beside it: sentences of our own in both scripts."""

from datetime import date

import pytest

from kechuang.plan.engine.reading.read import read
from kechuang.plan.engine.reading.types import Kind


def statements(text):
    return read(text.encode(), "promises.txt", date(2026, 2, 1)).statements


def tasks(text):
    return [one.sentence.strip() for one in statements(text) if one.kind is Kind.TASK]


def numbers(text):
    """(promised, found) as printed."""
    found = {Kind.TARGET: [], Kind.FIGURE: []}
    for one in statements(text):
        if one.q_start is not None:
            found[one.kind].append(text[one.q_start : one.q_end])
    return found[Kind.TARGET], found[Kind.FIGURE]


@pytest.mark.parametrize(
    "text",
    [
        # what goes its own way, and what is judged
        "随着政策落地，今年地方经济将继续保持平稳运行。",
        "產業將步入整合升級的新階段。",
        "这套样机具有独特价值和意义，将进一步增进人们对深海的认识。",
        "审批流程的优化，将进一步减轻企业负担，同时保障施工安全。",
        # analysts, examples, conditions, what is laid down
        "法人推測，青禾電子今年將逐步擴充產線，轉型為封測廠。",
        "城市发展还有难题，例如居民期望政府加强养老服务。",
        "我們要有完善的基礎設施，方能吸引人才。",
        "外界擔心水質，依合約規範不得使用清潔劑，但居民仍有疑慮。",
        "若要讓市場健康發展，需要的是耐心。",
        # words that look like a modal
        "与会者带着祝愿和蓝图，推动了本次合作。",
        "既有海域足以支應未來需求。",
        "該公司強將如雲，团队建设有目共睹。",
        "扩建项目预计可提供约6万平方米楼面。",
        "計畫範圍西邊是高鐵橋下，總經費4億元。",
        # a verb phrase that something is said of
        "加快工业发展的压力和挑战前所未有；",
        "建设全面开放的城市成效显著。",
        "建设海洋强省与民生改善同频共振，紧密相连。",
        "建设创新城市，不但要求企业有活力，也要求环境宽松。",
        # what something is said to be, what is pending, what is compared
        "服务地方是大学的使命，更是响应号召、大力弘扬科学精神的具体行动。",
        "工程期程長達10年，預算尚須通過審查。",
        "園區以後應該還是由縣府管轄。",
        "這好比發包要蓋一棟大樓，卻連圖都沒有。",
        "电力必须转化为动力，依托电网才能利用。",
        "菜品不仅要好看，还要好吃。",
        "园区五月已经动工，将强化本地科技走廊的实力。",
        "新材料技術將進一步強化模組與通訊能力。",
        "个别项目的推展，须取决于研究结果。",
        "企业向海洋要的是新质生产力。",
        "一是科学探索范围向深海大幅拓展。",
        "更加注重创新，核心要义是摆脱路径依赖，为解决难题提供动力。",
        "建議興建的三條幹道分別為北環路和南環路。",
        "園區投資約3億元，金額還會持續攀升。",
        "大家讨论了规划，同时聚焦学科布局等方面提出针对性意见。",
        "公司的规模效益也将在今后得到进一步体现。",
        "双方的合作项目富有创新性，将对学校的转型发展产生重要的促进作用。",
        "集团将强化的两个基石是数字化和服务。",
        "公司计划建立的另一个增长引擎是业务升级。",
        "产业的发展也将遵循类似规律。",
        "机器人应当获得更多重视。",
        "縣長認為，期盼能帶動古坑經濟發展。",
        "方明远认真听取发言，就企业提出需要解决的问题进行现场答复。",
        "业绩并不好，要向股东做检讨。",
        "在美國上市受壓，須考慮是否回流。",
        "刚刚作的报告，谋篇布局催人奋进。",
        "科技園開發完成後，預估可引進業者，並提供就業機會，將園區效益發揮最大。",
        # 将 that does something to what it names, what is announced today, what stays
        "他主張將公車與輕軌整合，讓民眾轉乘更方便。",
        "為讓業者了解新制，交通部今日辦理說明會，邀集業者參加。",
        "發言人說，搬遷計劃未有改變。",
        "在碳管理要求日益嚴格下，業者紛紛盤查。",
        # names, boards that work together, what was meant, who leaves and travels
        "代表團成員包括發展局局長丘應樺。",
        "副区长应旭旻发表讲话，与会者参与推动。",
        "議長致詞時表示，市府高度重視府會合作。",
        "他说，这其实只是要转移推动改革的焦点。",
        "校長趙偉將於明年初提早離任，到外地擔任研究總監。",
        "两人同台是为了要支持产业，才从中牵线推动。",
        "培养人才并不是要让学生多念学位，而是开拓他们的视野。",
        "人才要如何培育等题目，讨论得很热烈。",
        "議員將親手製作的卡片贈送給院長，並推動交流。",
        # what a place in time and a label begin with
        "完善制度後的首屆議會，有不少新面孔。",
        "評選過程中可看見新創百花齊放的樣貌；",
        "為促進產業發展，他陸續核定擴建七座園區。",
        "發布單位:公共關係室推廣組",
        "需要等到土地開發完成，計畫才能繼續推動。",
        "本站版权所有，任何单位均不得擅自拷贝或转载。",
        # courtesy
        "我們要特別感謝委員，向中央爭取七成的補助款。",
        "今天我们非常高兴邀请到林致远先生，请他为大家介绍规划情况。",
    ],
)
def test_no_task(text):
    assert tasks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "這段時間也會配合縣府把相關工作做好。",
        "施工過程中也會隨時檢視。",
        "未來除了簽協定，更會落實國際合作內容。",
        "我一定竭尽全力履行好会长的职责。",
        "望政府可以公布整體預算。",
        "林院長請工程會督促各部會，加速辦理相關作業。",
        "会用现有资源筹组工作小组。",
        "市政府將從加大投入、優化環境等方面，着力培育新產業。",
        "双方将本着务实的原则，在材料等领域开展科技创新合作。",
        "年底會申請修改預算。",
        "在施政方向上，縣長提出繼續深化行政改革、推進產業發展。",
        "審查預計在2週內完成，隨後將辦理行政作業。",
        "政府在運輸方面會以基建先行的方針推動工作。",
        "另也规划与学研单位合作，辅导业者。",
        "市長允諾持續盤點資源。",
        "方明遠會成立並主持專責小組。",
        "另外，地熱、氫能均會大力推動。",
        "對園區開發很有信心，會如期如質完成。",
        "早前獲撥出8億元，屆時會再向議會申請。",
        "公司一定以时不我待的紧迫感，精心组织，确保投产。",
        "任期僅剩10個月，要求市府提出每一案的時程表。",
        "今后要在整合资源、强化促销上做文章。",
        "实施我国首次深海探测工程，开展环绕探测。",
        "新产线投资超过了40%，希望通过好的设计，做出品质最好的产品！",
        "希望各位专家对项目多提指导性意见。",
        "北科大未來兩周會與市政府簽署備忘錄。",
        "環保局將於本月內公告修正草案。",
        "居民建請市府加速辦理用地取得。",
    ],
)
def test_a_task(text):
    assert tasks(text) == [text]


def test_a_lead_in_to_items_is_none_of_them():
    text = "推动机器人产业高质量发展，一是夯实产业基础，完善标准；二是拓展应用场景。"
    assert tasks(text) == ["一是夯实产业基础，完善标准；", "二是拓展应用场景。"]


def test_an_item_by_its_name():
    assert tasks("殷若兰说，第三是「公共建设」，落实预警机制，确保品质。") == [
        "第三是「公共建设」，落实预警机制，确保品质。"
    ]


def test_a_review_goes_on_behind_semicolons():
    text = "会上作了报告。2025年，公司激发创新变量，成果取得突破；把握融合环节，业绩迈上台阶；狠抓责任领域，管理实现跨越。"
    assert tasks(text) == []


def test_what_goes_on_with_what_is_told_tells():
    told = "园区建成了三座平台。此外，聚焦产业需求，建立联合攻关机制。"
    asked = "要建好三座平台。此外，聚焦产业需求，建立联合攻关机制。"
    assert (len(tasks(told)), len(tasks(asked))) == (0, 2)


def test_a_list_of_feelings_asks_for_nothing():
    assert tasks("他用三句话表达了切身感受。一是更加增添信心。两地合作由来已久。二是更加增添力量。") == []


def test_a_list_of_hopes_is_asked_for():
    text = "他对企业提出了三点期望，一是创新驱动服务生产；二是多样场景服务社会；三是需求导向服务人民。"
    assert len(tasks(text)) == 3


@pytest.mark.parametrize(
    ("text", "promised", "found"),
    [
        # what a paper says is to be
        ("新一份施政报告提出新增250公顷用地。", ["250公顷"], []),
        ("省里印发《能源规划》，提出稳妥推进项目，增加并网装机410万千瓦。", ["410万千瓦"], []),
        # thanks, applications and experience promise nothing
        ("我要感謝三位前院長任內推動改革。", [], ["三位"]),
        ("市府向中央爭取補助共24億元。", [], ["24億元"]),
        ("全校募集到的構想至少突破五十件，獲選則不超過二十件。", [], ["五十件", "二十件"]),
        # more of what has just been promised
        ("2027年預計再改善約37公里，共16個路段。", ["37公里", "16個"], []),
        ("隧道完工后，两地将节省12分钟车程。", ["12分钟"], []),
        ("公司有信心維持毛利率達56%以上。", ["56%"], []),
        ("目標是2028年建立5.6GW裝置容量。", ["5.6GW"], []),
        # how far off a goal is, a size told by another, which ones, how long
        ("距离2028年目标完成率仅18%。", [], ["18%"]),
        ("二期规模则是一期的八倍，2029年前完工的三个项目已获批。", [], ["八倍", "三个"]),
        ("工程计划期程共计三年。", [], ["三年"]),
        ("政府將於2027年前就興建三條幹道的建議諮詢公眾。", [], ["三條"]),
        ("该两个项目预计要到2028年才动工。", [], ["两个"]),
        # which and how many are meant, how things stand before a demand, how much of it
        ("研考會列管的方案完成率竟不到2成，要求市府公開。", [], ["2成"]),
        ("明年的科技預算有四個布局，其中第二項占經費的3分之2。", [], ["四個", "3分之2"]),
        ("以下四個政策將由各部推動，横跨4個以上部會。", [], ["四個", "4個"]),
        ("市府將從23個車站選擇13個招商。", ["13個"], ["23個"]),
        ("力争三季度签约亿元以上项目120个。", ["120个"], ["亿元"]),
        # more of what a verb or an aim begins
        ("未来3年集团计划发射火箭130次，出厂航天器170颗。", ["130次", "170颗"], []),
        ("一期将建设5000平米厂房，4条自动生产线。", ["5000平米", "4条"], []),
        ("今年总体发展目标是：全年接待游客1065万人次；总收入720亿元。", ["1065万人次", "720亿元"], []),
        ("意见提出到2027年，废物综合利用率超过57%。", ["57%"], []),
        ("該廠預計每年減碳1萬噸。", ["1萬噸"], []),
        ("规划产能22万吨，具体为12万吨碳酸酯、10万吨溶剂。", ["22万吨", "12万吨", "10万吨"], []),
    ],
)
def test_numbers(text, promised, found):
    assert numbers(text) == (promised, found)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("預訂2027年6月可如期交地。", "2027年6月可如期交地"),
        ("工程已展開，配合於2034年完成主線的目標。", "2034年完成主線的目標"),
        ("他認為2030年要打造多元包容的社會。", "2030年要打造多元包容的社會"),
        ("首期三棟大樓，料今年上半年完成。", "今年上半年完成"),
        ("首批學生將於2028年入學。", "2028年入學"),
        ("2028年前完工的风机有三座。", None),
    ],
)
def test_states(text, state):
    found = [one.sentence for one in statements(text) if one.kind is Kind.TARGET and one.q_start is None]
    assert found == ([state] if state else [])
