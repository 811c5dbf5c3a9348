"""Which sentences are tasks and which numbers targets, by rule: sentences of our own, read from start to end."""

from datetime import date

import pytest

from kechuang.plan.engine.reading.read import read
from kechuang.plan.engine.reading.types import Kind

PUBLISHED = date(2026, 2, 1)


def statements(text):
    return read(text.encode(), "forms.txt", PUBLISHED).statements


def tasks(text):
    return [one.sentence.strip() for one in statements(text) if one.kind is Kind.TASK]


def numbers(text):
    """(targets, figures) as printed."""
    found = {Kind.TARGET: [], Kind.FIGURE: []}
    for one in statements(text):
        if one.q_start is not None:
            found[one.kind].append(text[one.q_start : one.q_end])
    return found[Kind.TARGET], found[Kind.FIGURE]


# What comes of a thing once it stands, what is forecast, what would be if.
EFFECTS = """
云岭隧道建成通车后，将进一步缩短两地通行时间，推动沿线产业发展。
澄江大桥预计将于今年9月建成通车。
大桥全长4700米，将有效缩短两地通行时间。
這些努力，將會帶動產業發展。
它整合了各类成果，将引领行业进入新阶段，将深刻改变产业格局。
相信明年經濟會穩定發展。
旧厂房改造项目通过更新设施，将全面提升区域品质。
這項規劃顯示未來將更重視品質與效益。
新的国家标准将为绿色发展提供标准支撑。
项目建成后，两地之间的运行时间将明显缩短。
在人工智慧需求的帶動下，將推動營收快速成長。
相信在大家共同努力下，將加快改善校園環境。
如果试验成功，公司将推动新药加快上市。
云嶺隧道完工後，將提升整體交通品質，帶動沿線發展。
該園區落成後，將可提供更多發展空間。
倘若能夠導入自動化，產線將可降低成本。
Once it is finished, the plant should create new jobs in the valley.
The new line should help commuters reach the airport faster.
When complete, the scheme will deliver new housing across the region.
The new investment will enhance the region's research capacity.
The aim is to cut the cost of new technologies.
本次投资符合公司规划，将进一步优化产能布局，提升竞争力。
該項目落地後，將進一步促進就業，推動產業升級。
The city will always be an industrial centre for the region.
新厂房将提供300个工位，预计年底启用。
青禾社會住宅將提供200戶，明年完工。
该中心扩建完成后，将提供检测服务。
綜合大樓將於明年完工，預計年底啟用。
新計畫應該會落實。
统计下来，各县都有新的园区。
这一带的复工脚步比预想要快。
要真正做到公平并不容易。
產業面臨的難度要大於往年。
此舉將為地方產業增添更多能量。
河谷園區將會是長期投入的計畫。
目前，园区已有在建项目7个，计划投资21亿元。
当时，他就追着财政局要经费。
起点已经很高，但转型还要更快，规模还要更大。
说实话，小城要办成几所名校并不难。
“沿海地区贡献突出。”
交流会上，港城与5个项目签约。
“请允许我用乡音介绍家乡。”
本岛风电已经领先，未来也将持续领先。
另外，包含南岸工业区的开发，也将共同带动本县发展。
规划变更，将影响养殖户的生计。
此次签约的项目前景好，不仅关乎本区，也将为全市作出贡献。
如此完备的链条，将促进区域分工。
董事會通過將2027年資本預算由200億元再增加60億元。
明年，工程将在全省观摩会上接受各地检阅，为开局助力。
The new centre will provide jobs for young chemists.
The grant of two million pounds will offset the cost of the trials.
Funding for the units will run for three years.
Project grants in these fields aim high, and the new funding aims to change this.
為便於理解，現作以下說明。
""".strip().splitlines()

# Somebody is named behind the circumstance and does it: it is told, not ordered.
NARRATED = """
依托完整的产业链条，云岭省大力推进装备制造业发展。
落实发展战略，青禾区围绕功能定位，深化与周边城市的合作。
推动绿色转型，我国不断加强技术研发。
針對民眾關心的議題，澄江市政府水利局今日做出回應。
針對工程延宕的問題，沈明德議員擔憂經費不足。
为更好对接规划，青禾市政府制订发展方案，描绘未来蓝图。
按照市里的部署，市科技局会同有关部门，认真组织推进，企业数量呈现快速增长的态势。
為協助業者取得土地，雲嶺縣政府積極申請中央補助。
围绕重点任务，一系列务实举措密集落地。
围绕扩大内需，一批重大部署相继推出。
为了掌握核心技术，在各大实验室里，科研人员不分昼夜奋战。
按照市里的安排，市科技局会同有关部门开展了清查。
集中开工仪式以视频方式举行，各县设分会场。
重点区域产业集群建设扎实推进。
配合中央政策，園區管理局致力提供空間，協助廠商設廠。
""".strip().splitlines()

# Words that are named or that govern a noun: no order.
MENTIONED = """
工人们以“必须干好”的劲头坚守岗位。
“一村一品”模式应运而生。
有的城市，将老旧管网全额纳入改造范围。
澄江市向中央爭取三成的補助款，減輕了負擔。
研究院將成果轉化為各界可用的工具。
园区基地计划于2028年建成，将填补行业空白。
今年两座大桥将合龙，隧道将实现全线贯通。
拟中选产品平均降价七成。
明年應該就可以動土。
Officials project that many new jobs will be created.
同时，为提升协同水平。
（二）发展目标。
准确把握新形势，科学制定规划，对于长远发展具有十分重要的意义。
明年公會主辦的「機械展」反應熱絡，預計吸引買主。
今年仍會有項目落成，將有不少項目落實。
今天很高興請來沈明德先生介紹情況。
In August, Ruth will retire as Chair of the board.
Many argued that the goals were modest and should be raised.
This new deal will drive growth across the region.
“以前出一趟海，光油钱就要花掉3000元。”
市府努力爭取中，目前朝進駐的方向討論。
到今年底，园区七成以上的实验室将向社会开放。
青禾市正将新城建设摆在重要位置。
该中心将于近期在开发区签约。
如何在竞争中抢抓机遇、选好路径，需要深入思考。
要在十年後如期通車確實面臨挑戰。
If we limit research, we will be doing an injustice to the young.
I believe our scientists, who are among the best, will build great things.
It lists sixty actions which we will undertake.
For each theme we know what we will do.
青禾市将改革列为发展的重点。
他們將經驗結合科技研發，讓救災更有效率。
扩大内需，就是要让市场更有活力。
今天最重要的任務，就是要了解建築安全問題。
会议应出席代表280人。
局內會有各界代表參與，亦會有交代機制。
市府賡續研擬國土計畫及功能分區。
工程师用软件模拟建设过程。
Innovation is how we will cut taxes for people and businesses.
We have clear national goals which we must achieve.
The statement came without plans to replace the jobs that were lost.
New plans to boost private investment have been set by the council.
摘要:新能源利用是世界能源转型的必然趋势。
抓创新就是抓发展，谋创新就是谋未来。
实施强县战略，走新型工业化道路，是我县加速发展的必然选择。
把握机遇，加快发展云计算，不仅有利于提升活力，更有利于抢占高点。
现将《园区规划》解读如下：
应当看到，收入来源仍然单一。
这些领域也是园区未来大力推动发展的主要产业。
智能工厂将发挥带动效应，助力新的产业体系。
新園區將有助持續提升本市的競爭力。
我們喜見政府推出加速計劃，支持年輕企業。
为加快建设园区，3月2日上午市经信局召开座谈会。
改革开放以来，经过全市的努力，工业持续增长。
党中央高度重视数字经济发展，强调要加快转型。
云岭铁路建成后，西接省城，东至海港，将进一步完善路网布局。
两城之间的高铁预计年内通车，届时旅行时间将大幅缩短。
科技自立是国家强盛之基、安全之要。
预计到今年年底，将支持两千个应用。
标准发布后将在提升生活品质等方面发挥重要作用。
团队正在研究储能机理，为未来优化电池性能提供支撑。
针对企业反映的问题，国家全面推行扫码入企，规范执法。
用这样的理由很难让人信服。
创新之道，唯在得人。
记者采访了多位委员，请他们畅谈怎样用好新技术。
加快构建算力生态，已成为抢占制高点的战略抉择。
高质量数据集建设还面临一些挑战，如流通不畅。
因此他要代表市政府、市民，感谢各位顾问。
贯彻新理念、构建新格局是实现振兴的根本保证。
举办展览会，能够进一步提升本市的美誉度。
不論是津貼還是公託，都是要減輕家庭的負擔。
可搭配未來舉辦的設計週，成為市民的新據點。
我们必须明白，小城与大国不能相比。
有議員關注大學將如何運用儲備。
4月3日，起草组召开会议，建议稿起草工作正式启动。
科學技術基金積極推動科普，並定期走訪學校。
市办公室 沈明德
计划包括两部分。
今天，我会向各位介绍有关措施。
另有一批项目近期将陆续开工。
為推動產業升級，提出意見如下。
The need to plan is felt everywhere.
The impact of the site will be profound.
Solar cells need to be cheaper to live up to their promise.
These are the jobs the plant will bring to the valley.
It shows how vital it is to invest in people.
Direct job creation in the valley includes 21 posts.
This morning I will take you through the plan.
In order to do this the council has pledged to:
We must all remember that the town has changed.
We must always be vigilant in these times.
A sound energy policy must include real steps.
One way to create good jobs is to help young firms.
Half of the wing will be made of wood.
The terms agreed to by the council did not change.
本計畫將可促進百家業者轉型升級。
拟入驻产业园项目8个，总投资40亿元。
Let's place this where we are in our progress towards delivering the reform.
The mission of the Valley Development Office (VDO) is to lead the economic agenda.
发布会说，市委常委会聚焦要求，着力促发展，有力推动经济发展。
组织召开推进会、座谈会等，广泛听取意见建议，各方面形成意见建议510余条。
重点有以下方面：
贯彻规划、落实责任的措施及效果。
发展创科，必须有蓬勃的生态，各项政策均以此为目标。
扩产项目可与原有项目形成配套，实现产能平衡。
加快发展芯片产业，培育发展新动能，对推进现代化有重要意义。
发展芯片产业，对推进产业数字化有着重要作用。
将军渔港除保有传统机能，亦持续朝多元化发展。
将不仅对于居民有利，更可吸引民众前来消费，促进经济活动。
去(109)年积极辅导企业设置幼儿园。
此外，推动服务数位化获奖厂商包含三家公司。
以「技术研发」为本次论坛主轴，规划专题演讲及对谈，深入探讨应用。
为此，云岭市与云岭人寿合作试办保险机制，为长者提供保障。
这四点意见将有力引领全球治理。
改革不断深入，发展活力更足。
活动在网站设主会场，将持续到5月26日。
牢记殷殷嘱托，广大科技工作者勇攀高峰，奋力书写新答卷。
未来十年，将会是高端器械规模化生产的黄金周期。
云岭智慧塔更要到2029年才动工。
在《纲要》起草过程中，镇政府成立编制领导组，力争符合实际。
项目投产后，全市产业的品种、技术和规模优势将得到有效提升，在巩固优势基础上，实现转移。
The firm's investment will reinforce leadership in the valley.
One of the main aims described in the guidelines is to achieve a greener economy.
It aims to accelerate innovation and build trust.
卓先生指出，過去有兩次，他請各黨團到鎮公所溝通，這種方式有助於解決議題。
重大活动将在云岭举行，世界的目光将聚焦云岭。
以产兴城，以城促产，产城相容。
委员质询议程，分别关注道路后续拓宽、渔港整治等热门议题。
The Valley White Paper aims to help build growth.
Our modern Strategy will shape a fairer economy.
从政府的角度，为创业提供环境，起码有以下多个方面的工作。
The funds will support local efforts to train workers with skills that firms need to grow.
""".strip().splitlines()


@pytest.mark.parametrize("text", EFFECTS + NARRATED + MENTIONED)
def test_no_task(text):
    assert tasks(text) == []


# Whom somebody tells to do something.
TOLD = """
副市长要求各部门全面梳理存在的问题，压实责任。
会议指示农业部门积极推广新品种。
市长也请各区长检视闲置土地。
市長指示經發局再召開會議，廣泛聽取意見。
部長要求各單位盡速檢討流程。
市府責成工務局加強巡查。
指示相關單位及早規劃因應，並研商採用電動船的可行性。
但还需要我们登高望远，推动科技造福人民。
希望对方采取实际行动，恢复正常供应。
未來擴建用地共約150公頃，請科技會與地方共同合作，妥善處理。
It directs federal agencies to share their data with young firms.
The minister called on laboratories to open their doors.
The council urges all schools to publish their plans.
市長並裁示衛生局於一個月內提交報告。
我建议建设一个中间平台，完善配套机制。
委員建議加快修法，放寬限制。
目前优先的工作是，建设好基础设施，促进要素聚集。
具体的思路上，利用多种要素，建立新的方法。
若委員提出意見，請參考修正，並積極回應。
他呼籲市府正視問題，盡速恢復航線。
为示尊重，各机关首长均应亲自出席。
""".strip().splitlines()

# What a body will do.
WILL = """
北部新区会预留用地建设文化设施。
市政府会引入和培育新兴产业。
受限于编制，所以市府会先成立推动委员会。
當局會推出新一輪措施。
經發局將會盡速納入規劃。
政府會引入產業，創造職位。
装机规模已达300万千瓦，明年再推进二期建设。
他们将会同有关部门做好服务，确保已开工项目尽快投产。
企业要抢抓机遇，为发展注入蓬勃动力。
產值已達五百億，下半年將擴大招商。
2026年是开局之年，将坚定不移把改革作为头等大事，抓好落实。
云岭电子计划在青禾区建设4座工厂，去年底已动工基础工程。
根據公司目前規劃，將斥資50億元興建6座工廠。
公司擬在南部特定區增加投資，建置2座工廠。
縣府將向中央爭取人員擴編，再添1名副縣長。
除释出土地外，今年已完成一期，明年将续评估约11公顷的规划案。
He said he will work with lawmakers to fund new laboratories.
未来两个月的重点工作，包括加快园区建设，确保按时投用。
並於年內公布發展綱要，明確產業定位。
即将推出加速器计划，吸引专业机构。
市府將先以自籌預算招標，仍會向中央申請補助。
政府一定會繼續往這方面布局。
做好各项工作，必须坚持系统观念，统筹发展和安全。
With help from the towns we will build on our reputation.
The institute will drive collaborations between schools and firms.
為確保品質，將邀集業者協調溝通。
政府除了希望業界積極，亦會調整政策全力配合。
未來將採分期模式，限定轉售對象。
后续将依规定办理，由专人处理。
The framework will need to be reviewed.
市府公布《綠能推動方案》，其中提到，推廣屋頂光電，建置儲能設施。
新的一年，青禾市打算继续发力先进制造业。
公司打算明年建设二期工厂。
業者打算擴大產線，增聘人手。
2月1日晚间，云岭能源发布公告，公司拟在青禾区建设储能工厂。
The department will be releasing the first round of grants in March.
The centre will provide advice to young firms.
We'll open our laboratories to small firms.
The city-state will set aside funds for young firms.
A series of industry-led groups will explore new uses of the technology.
The company said it would build a laboratory in the valley.
The minister vowed that the government would support small growers.
Officials announced that the council would open two new schools.
縣府團隊會盡全力爭取廠商進駐。
她會將地方意見帶回研討，並轉達給業者。
澄江市對用地需求會持續做好準備，滿足廠商條件。
委員會則會根據現有優勢，引進外來企業。
当局不会介入，但会进行法律上的协助。
各政策局会就其范畴进行深入研究。
因財務好轉，明年將大幅增加資本支出。
未來將聯同園區和大學，透過開辦課程，對年輕學生進行培訓。
公司將在科學園區設兩座工廠。
她计划稍后到访青禾与市领导交换意见。
市府規劃在東區興建會展中心。
着力扩大投资和消费。
著力擴大投資和消費。
以新十大建設為核心，建構智慧生活圈。
我们将锚定目标，力争在平台建设上取得新突破。
The Department of Trade and Employment will publish its new strategy.
Marsh Power, one of the nation's largest makers of turbines, will add 330 jobs.
Groups assembled by the council will explore new uses of the lake.
River State Development will lead the office.
Recognise, support and reward young inventors in the valley.
Further promote and provide training for teachers.
Hydrogen plants will be backed by the new law.
We will carry out research that changes lives by:
我们定当与各界通力合作，把握机遇。
政策需综合考虑财政收入，平衡支出。
首先，在关键领域，将积极发展光电芯片，打造供应链。
未来会善用本地的优势，促进产业升级。
他建议避免依赖单一平台，以减少风险。
澄江市政府亦计划首次制定五年规划。
规划建设面向人文社科的数据平台。
云岭银行将保障企业信贷规模，拓宽融资渠道。
今年，围绕能源等领域，云岭省将实施一批重大研究项目。
建立县域监测评价体系，定期发布区县创新报告，强化成果运用。
Direction 2 – Build an innovation economy.
I plan to offer legislation to help these firms.
我们会支援第三代互联网产业的发展。
1. Education, Training and Skills: Improve opportunity and access for all residents.
公司未来将逐步把重心转向毛利较高的业务。
期盼業者能跟市府一起努力，讓旅客看見古城。
我们希望加快立项，更早参与竞争。
此次签约的项目潜力大，我市将着力抓好协议落地。
政府也将多管齐下，提升产业优势，推进十大建设。
If we're going to have the best jobs, we must build the best schools.
宁波代表建议，加大政策扶持力度，设立发展基金。
We also call on leaders in the valley to enact policies that grow talent.
A further €250 million will be mobilised for technologies.
他要求市府明确界定权责。
希望各成员企业将信息共享，让中小企业借鉴好的思路。
同时勉励企业，在激烈竞争中，持续投入研发创新，携手打造产业生态。
""".strip().splitlines()


@pytest.mark.parametrize("text", TOLD + WILL)
def test_a_task(text):
    assert tasks(text) == [text]


# In an agenda: how things stand, what is lacking and what has begun are told and not ordered; a body that acts is.
def test_what_an_agenda_tells():
    told = """
从发展支撑看，我市产业、科教形成较强支撑能力。
我们完全有条件、有能力完成全年任务。
只要全市上下守望相助，加快建设，就一定能实现目标。
平台建设亟需提速，配套设施难以满足需求。
产业集聚效应初显。
镇政府对规划编制工作高度重视，成立领导小组，深入开展调研。
我们诚挚邀请各位朋友到云岭观光、考察、洽谈合作，共同创造未来。
近日，镇长就全镇规划与发展，接受记者专访。
下一步，随着政策见效，消费有望逐步恢复。
“十四五”期间，我们提出的预期目标是，建设人口超百万的大城市。
""".strip().splitlines()
    assert tasks("\n".join(["三、重点任务", *told])) == []
    ordered = "市级财政加大对困难县区的支持力度，建设一批实验室。"
    assert tasks(f"三、重点任务\n{ordered}") == [ordered]


def test_what_a_review_looks_ahead_to():
    text = "去年，平台建设取得了进展，接下来会持续推进二期开发。"
    assert tasks(text) == [text]
    assert tasks("去年，全市持续推进二期开发，取得了进展。") == []


def test_what_is_told_in_passing_ends_with_what_will_be_done():
    told = "近年来，供应链重组，安全已成为各地关注的议题；"
    asked = "面对竞争加剧，本市将秉持开放原则，持续深化合作，共同打造产业集群。"
    assert tasks(told + asked) == [asked]


def test_the_head_of_a_goal_without_a_verb_is_no_task():
    text = "二、重点任务\n——城乡融合先行区。实施集成改革，健全要素市场。"
    assert tasks(text) == ["实施集成改革，健全要素市场。"]


def test_who_is_asked_behind_how_things_went():
    text = "今年以来，全县认真贯彻部署，经济平稳运行。全县上下要紧扣要求，抓好各项任务落实。"
    assert tasks(text) == ["全县上下要紧扣要求，抓好各项任务落实。"]


def test_what_a_list_of_troubles_lacks():
    text = "产业发展也面临一些挑战：创新能力不足；治理体系需进一步完善。\n要加快补齐短板。"
    assert tasks(text) == ["要加快补齐短板。"]
    assert tasks("低空经济尚待完善，具体表现在：\n一是体系亟需完善。\n二是人才需进一步引进。") == []


def test_a_label_is_no_part_of_the_task():
    text = (
        "重点产业如下。\n一、现代农业与种业：推广良种，建设示范田。\n二、新材料：以应用为牵引，组建中试基地。"
    )
    assert tasks(text) == ["推广良种，建设示范田。", "以应用为牵引，组建中试基地。"]


def test_numbered_english_items_are_no_headings():
    text = (
        "The paper sets out four goals that the valley must reach:\n1. Put the valley at the forefront of the revolution\n"
        "2. Harness the power of innovation to help meet the needs of an ageing population.\n"
    )
    first, second = text.splitlines()[1:]
    assert tasks(text) == [first, second]


def test_what_a_paper_with_a_long_name_orders():
    text = "《关于制定云岭省国民经济和社会发展第十五个五年规划和远景目标的建议》提出，强化战略科技力量。"
    assert len(tasks(text)) == 1


@pytest.mark.parametrize(
    ("lead", "task"),
    [
        ("市教育局发布《校园实验室规划》全文，其中提出，", "改造老旧实验室，推广开放课程。"),
        ("区政府印发《早餐工程行动方案》，其中明确，", "建设社区食堂，推广健康菜单。"),
        ("3月9日，青禾省印发《海岸带意见》，提出", "科学布局建设海洋牧场，探索渔光互补。"),
        ("今年政府工作报告强调，", "要提升托育能力，支持社区办托。"),
    ],
)
def test_what_a_paper_says_begins_behind_it(lead, task):
    assert tasks(lead + task) == [task]


def test_a_lead_in_of_nobody_named_is_no_part_of_the_task():
    assert tasks("他强调，要补齐短板，夯实基础。") == ["要补齐短板，夯实基础。"]


def test_a_footnote_does_not_join_sentences():
    first = "The company will build a new plant in the valley"
    assert tasks(f"{first}.43 Meanwhile, a second firm made good progress.") == [f"{first}.43"]


@pytest.mark.parametrize(
    ("lead", "items"),
    [
        ("今年突出抓好两件事：", ["一是夺取粮食丰收", "二是稳住市场价格"]),
        ("市府將採取以下措施：", ["一是擴大招商", "二是簡化流程"]),
        ("将采取以下举措：", ["一是组建专班", "二是开放数据"]),
    ],
)
def test_items_of_an_announced_list(lead, items):
    found = tasks(f"{lead}{items[0]}，{items[1]}。")
    assert [task.rstrip("，。") for task in found[-2:]] == items


@pytest.mark.parametrize(
    "text",
    [
        "鼓励绿色发展，对新获批的示范中心给予100万元奖励。",
        "鼓勵綠色發展，對新獲批的示範中心給予100萬元獎勵。",
        "对首次获批的企业，给予最高50万元补助。",
    ],
)
def test_a_grant(text):
    assert tasks(text) == [text]


@pytest.mark.parametrize(
    "text", ["项目预订于2028年完成并网发电。", "專線預計 2028 年完成建廠。", "一期力拼明年发包动工。"]
)
def test_a_state_that_is_expected_by_a_time(text):
    assert Kind.TARGET in {one.kind for one in statements(text)}


def test_a_lone_item_behind_its_announcement():
    assert tasks("这方面突出抓好两件事：一是夺取全年粮食丰收。")[-1] == "一是夺取全年粮食丰收。"


@pytest.mark.parametrize(
    "text",
    [
        "三要抓好项目储备，务求取得实绩。",
        "二要抓好園區招商，務求取得實績。",
        "四要总结试点经验，讲清取得的成绩。",
    ],
)
def test_an_item_that_demands_something_to_be_reached(text):
    assert tasks(text) == [text]


@pytest.mark.parametrize("heading", ["一、科技创新工作情况", "一、重點工作落實情況", "一、主要工作开展情况"])
def test_what_stands_under_a_heading_of_how_work_went_is_over(heading):
    text = f"{heading}\n（一）全力打造平台。\n一是全力打好攻坚战。启动区进展顺利，场馆完成结构安装。\n二、下一步工作\n加快建设实验室，推广开放课程。\n"
    assert tasks(text) == ["加快建设实验室，推广开放课程。"]


def test_goals_that_name_actions_are_tasks_too():
    named = "到2028年，通航保障水平走在全省前列，打造综合服务站3个，培育龙头企业10家。"
    only = "到2028年，通航保障水平走在全省前列，产业规模达到100亿元。"
    assert tasks(named) == [named]
    assert tasks(only) == []


@pytest.mark.parametrize("lead", ["The strategy aims to:", "The council will:", "Partners should also:"])
def test_bullets_under_an_english_lead_in(lead):
    text = f"{lead}\n\n• consult on how rules can be simplified\n• commission a review of access to finance for small firms\n"
    assert tasks(text) == [
        "• consult on how rules can be simplified",
        "• commission a review of access to finance for small firms",
    ]


@pytest.mark.parametrize("bullet", ["■", "◆", "•"])
def test_a_bullet_is_no_heading(bullet):
    text = f"创新驱动\n{bullet}创建省级示范县25个\n{bullet}培育科技型企业1450家、示范基地74家、平台292家\n"
    assert [task.lstrip(bullet) for task in tasks(text)] == [
        "创建省级示范县25个",
        "培育科技型企业1450家、示范基地74家、平台292家",
    ]
    assert numbers(text) == (["25个", "1450家", "74家", "292家"], [])


def test_a_marked_line_alone_before_prose_is_a_heading():
    assert tasks("【委员观点】\n■加快培育新产业\n去年，全区企业有50家，分布在三个园区。\n") == []


def test_news_items_each_stand_alone():
    text = (
        "国内快讯\n示范区出台年度重点工作\n示范区公布了今年的工作安排，共六个方面，内容涵盖生态、交通和公共服务等领域。\n"
        "滨海新区四百多个重点项目昨天集中开工\n项目总投资5871亿元，涉及算力设施和社会民生等多个领域，占全区投资的三成。\n"
    )
    assert numbers(text)[0] == []


@pytest.mark.parametrize(
    ("text", "targets", "figures"),
    [
        (
            "全县装机规模2027年达到2500万千瓦以上，2030年达到4000万千瓦以上。",
            ["2500万千瓦", "4000万千瓦"],
            [],
        ),
        ("全縣裝機規模2027年達到2500萬千瓦，2030年達到4000萬千瓦。", ["2500萬千瓦", "4000萬千瓦"], []),
        ("粮食生产的大头在秋粮，占3/4，要稳住秋粮。", [], ["3/4"]),
        ("園區周邊土地面積約75公頃，預計開發52公頃。", ["52公頃"], ["75公頃"]),
        ("「新城開發計畫」，面積52公頃，已經公告。", [], ["52公頃"]),
        ("The plan aims for 33% by 2030, up from the current 16%.", ["33%"], ["16%"]),
        ("The plant will make coated glass that is exported to 50 countries.", [], ["50 countries"]),
        ("Firms will be able to deduct assets that cost less than $20,000.", [], ["$20,000"]),
        ("If your firm has a turnover of less than $50 million, you will pay less.", [], ["$50 million"]),
        ("The council expects to raise £3 million for research.", ["£3 million"], []),
        ("抓好交通、生态、产业3个重点领域，推动建设。", [], ["3个"]),
        ("公司計畫興建2奈米製程的工廠4座。", ["4座"], ["2奈米"]),
        ("每个批件补助200万元，企业每年最高补助1000万元。", ["200万元", "1000万元"], []),
        ("每家企業最高獎勵50萬元。", ["50萬元"], []),
        ("第一期計畫總預算197億元，第二期259億元。", [], ["197億元", "259億元"]),
        ("总计完成3项卫星计划，并成功发射6枚火箭。", [], ["3项", "6枚"]),
        ("建设重点任务、保障措施3个部分，推动落实。", [], ["3个"]),
        ("社宅盤點4年內逾7000戶可完工。", ["7000戶"], []),
        ("社会住宅三年内可完成5000户。", ["5000户"], []),
        ("工程2年内完工600套。", ["600套"], []),
        ("The council has adopted a plan for cutting emissions by 80% by 2050.", ["80%"], []),
        ("It includes a commitment to plant 500,000 more trees.", ["500,000"], []),
        ("The scheme will comprise 12 measures for schools.", [], ["12 measures"]),
        (
            "The council will spend $90 million because the old line lost $40 million.",
            ["$90 million"],
            ["$40 million"],
        ),
        ("There are 46 commitments in the document.", [], ["46 commitments"]),
        ("The $15 million annual budget will be guided by a new statement.", [], ["$15 million"]),
    ],
)
def test_numbers(text, targets, figures):
    assert numbers(text) == (targets, figures)


def promised(text: str) -> list[tuple]:
    """Value and last day of each promised number."""
    found = read(text.encode(), "x.txt", date(2024, 5, 20)).statements
    return [(int(s.value), str(s.time_end)) for s in found if s.kind == "target" and s.value is not None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("通知明确，到2024年底，园区建设取得实质性进展。年客流超过2000万，投诉率降至3%。", [2000_0000, 3]),
        ("到今年底，體系基本建成。服務站達到500個，覆蓋率提升2個百分點。", [500, 2]),
        ("2024年底前，平台全面建成。再建成8个站点。", [8]),
    ],
)
def test_what_is_reached_behind_a_deadline_is_reached_by_then(text, wanted):
    assert promised(text) == [(value, "2024-12-31") for value in wanted]


@pytest.mark.parametrize(
    "text",
    [
        "到2024年底，园区建设取得实质性进展。目前年客流已超过2000万。",
        "到2024年底，园区建设取得实质性进展。园区位于城北，共有企业300家。",
        "到2024年底，园区建设取得实质性进展。\n年客流超过2000万。",
        "到2023年底，园区建设取得实质性进展。年客流超过2000万。",
    ],
)
def test_what_is_there_already_is_not(text):
    assert promised(text) == []


@pytest.mark.parametrize(
    "lead",
    [
        "纲要提出了七个方面的主要目标和一批具体指标。",
        "规划确定了下列发展目标：",
        "方案设定了五项约束性指标。",
    ],
)
def test_a_list_behind_aims_promises(lead):
    text = f"{lead}\n一是经济稳健，产值年均增长8%左右。二是研发投入比重达到3%。"
    assert [value for value, _ in promised(text)][-2:] == [8, 3]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("《方案》提出，2027年，产业基本形成规模。", ["target"]),
        ("2027年，全市水平全国领先，治理取得显著成效。", ["target"]),
        ("2026年，服務質量明顯提升。", ["target"]),
        ("2027年，预计市场规模明显提升。", ["time"]),
        ("三号跑道预计可于2026年投入运作。", ["target"]),
        ("整個系統預計將於2027年全面投入服務。", ["target"]),
        ("二廠預計今年第4季營運。", ["target"]),
        ("公司预计今年12月挂牌。", ["target"]),
        ("2023年，产业基本形成规模。", ["time"]),
    ],
)
def test_a_state_of_a_year_to_come_is_promised(text, kinds):
    assert [s.kind for s in read(text.encode(), "x.txt", date(2024, 5, 20)).statements] == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Initial production is targeted for 2025.", "target"),
        ("Construction is now slated for late 2026.", "target"),
        ("First deliveries are planned for 2026.", "target"),
        ("The works were planned for 2022.", "time"),
    ],
)
def test_what_is_slated_for_a_year_is_promised(text, kind):
    assert [s.kind for s in read(text.encode(), "x.txt", date(2024, 5, 20)).statements] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "项目类别上，产业项目44项，总投资约227亿元，年度计划投资约42亿元。",
        "二季度，我市集中開工項目44個，年度計劃完成投資54億元。",
        "持续推进基地建设，引导产业提升效益，截至目前，共创建10批445家基地。",
        "加强园区建设，截至2023年共培育企业30家。",
    ],
)
def test_budgets_of_a_year_and_what_stands_by_now_ask_for_nothing(text):
    assert [s for s in read(text.encode(), "x.txt", date(2024, 5, 20)).statements if s.kind == "task"] == []


@pytest.mark.parametrize(
    "text",
    [
        "重点任务\n推动研发。2015年总开支上升到183亿元。",
        "主要目标\n提升比重。2010年占比达到53%，结构不优。",
        "1、氢能在“双碳”目标实施中的角色\n火电占比高达43%，油气以15%居次。",
    ],
)
def test_a_number_of_a_year_that_is_over_is_a_figure_in_an_agenda_too(text):
    assert promised(text) == []
