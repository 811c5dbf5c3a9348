"""What newspapers, offices and councils of Taiwan, Hong Kong and Macao write their own way."""

from datetime import date

import pytest

from kechuang.plan.engine.reading.read import read

PUBLISHED = date(2025, 11, 26)


def read_on(text: str, day: date = PUBLISHED):
    return read(text.encode(), "x.txt", day).statements


def amounts(text: str) -> list[str]:
    """Each quantity as "printed=value unit", a range with both its ends."""
    return [
        f"{text[one.q_start : one.q_end]}={one.value:g}"
        f"{'' if one.value_max is None else f'~{one.value_max:g}'} {one.unit}"
        for one in read_on(text)
        if one.q_start is not None
    ]


def times(text: str, day: date = PUBLISHED) -> list[str]:
    found = dict.fromkeys(
        (one.t_start, one.t_end, one.time_start, one.time_end)
        for one in read_on(text, day)
        if one.t_start is not None
    )
    return [f"{text[a:b]}={first}..{last}" for a, b, first, last in found]


def tasks(text: str) -> list[str]:
    return [text[one.start : one.end] for one in read_on(text) if one.kind == "task"]


def promised(text: str) -> list[str]:
    """Numbers and states that are promised, as printed."""
    found = [one for one in read_on(text) if one.kind == "target"]
    return [
        text[one.start : one.end] if one.q_start is None else text[one.q_start : one.q_end] for one in found
    ]


def heard(text: str, day: date = PUBLISHED) -> list[str]:
    """The speaker of each number and task."""
    return [one.speaker for one in read_on(text, day) if one.q_start is not None or one.kind == "task"]


def people(text: str) -> list[tuple[str, str]]:
    return [(one.speaker, one.subject) for one in read_on(text) if one.kind == "attribution"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "釋出三‧七五公頃土地，編列十六‧二八億元。",
            ["三‧七五公頃=3.75 公顷", "十六‧二八億元=1628000000 元"],
        ),
        ("廠房面積四·五萬平方公尺。", ["四·五萬平方公尺=45000 平方公尺"]),
        ("參展廠商卅六家，攤位廿八個。", ["卅六家=36 家", "廿八個=28 个"]),
        ("投資額達三六0億元。", ["三六0億元=36000000000 元"]),
        ("毛利率介於百分之四十一至百分之四十三。", ["百分之四十一至百分之四十三=41~43 %"]),
        ("年增約百分之卅二至卅五。", ["百分之卅二至卅五=32~35 %"]),
        ("約6～7成用於研發。", ["6～7成=60~70 %"]),
        ("本會期為80日會期，共審議12案。", ["80日=80 日", "12案=12 案"]),
        ("審查時間從9年減到4年。", ["9年=9 年", "4年=4 年"]),
        ("公司已穩定成長11年，在臺分公司已有6年。", ["11年=11 年", "6年=6 年"]),
        ("大家討論了14年。", ["14年=14 年"]),
        (
            "甲公司4年6000萬元、乙公司2年3000萬元。",
            ["4年=4 年", "6000萬元=60000000 元", "2年=2 年", "3000萬元=30000000 元"],
        ),
        ("帶動民間投資200、300億元。", ["200=20000000000 元", "300億元=30000000000 元"]),
        ("經費一億○三十萬元，學生二百○六名。", ["一億○三十萬元=100300000 元", "二百○六名=206 名"]),
        ("預算12億3千。", ["12億3千=1230000000 "]),
        ("營收達8,200萬澳門幣。", ["8,200萬澳門幣=82000000 澳门币"]),
        ("任期剩2年，閒置接近4年。", ["2年=2 年", "4年=4 年"]),
        ("店家陳情9/17施工，來賓左三起合影，使用三倍券與183市道。", []),
        ("政策有三支箭，第30、31屆會長到場，在各方8年的努力下完成。", ["8年=8 年"]),
        ("公司二度上修展望，透過百城平台推廣。", []),
        ("九點二十五分三十秒宣布開會。", []),
        ("園藝展3/14盛大登場。", []),
    ],
)
def test_amounts(text, found):
    assert amounts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市府今(11/25)日舉行說明會。", ["今(11/25)日=2025-11-25..2025-11-25"]),
        (
            "館方卅日說明，三月廿二日完成。",
            ["卅日=2025-10-30..2025-10-30", "三月廿二日=2025-03-22..2025-03-22"],
        ),
        ("二0三0年前達標。", ["二0三0年前=2025-11-26..2030-12-31"]),
        ("2034年或之前完成。", ["2034年或之前=2025-11-26..2034-12-31"]),
        ("過往10年不斷推動。", ["過往10年=2015-01-01..2024-12-31"]),
        (
            "民國88年核定，自65年發布實施迄今。",
            ["民國88年=1999-01-01..1999-12-31", "自65年發布實施迄今=1976-01-01..2025-11-26"],
        ),
        ("上世紀八十年代初的工業。", ["上世紀八十年代初=1980-01-01..1980-01-01"]),
        (
            "被問到明年景氣，他說甚至今年也好。",
            ["明年=2026-01-01..2026-12-31", "今年=2025-01-01..2025-12-31"],
        ),
        ("業績恢復至2019年的八成。", ["2019年=2019-01-01..2019-12-31"]),
        ("爭取明年前瞻計畫。", ["明年=2026-01-01..2026-12-31"]),
        ("打造全年齡公園，投入將近十年心血。", []),
        ("該校預訂在113學年度正式招生。", ["113學年度=2024-01-01..2025-12-31"]),
        ("做到2026/27年的目標。", ["2026/27年=2026-01-01..2027-12-31"]),
        ("成長受到年末旺季影響。", ["年末=2025-12-31..2025-12-31"]),
        ("較前一（2024）年成長。", ["前一（2024）年=2024-01-01..2024-12-31"]),
        ("園區將於3日開幕。", ["3日=2025-12-03..2025-12-03"]),
        ("委員會今審查預算。", ["今=2025-11-26..2025-11-26"]),
        (
            "原訂於113年底完工，因故於10月22日完成。",
            ["113年底=2024-12-31..2024-12-31", "10月22日=2025-10-22..2025-10-22"],
        ),
    ],
)
def test_times(text, found):
    assert times(text) == found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲乙線以二○二七年為通車目標。", ["二○二七年為通車目標"]),
        ("研究會以明年年中完成為目標。", ["明年年中完成為目標"]),
        ("廠商按原計畫於年底竣工。", ["年底竣工"]),
        ("我們推展項目，以期於二○二七年動工。", ["二○二七年動工"]),
        ("東線預計2028年建成，2029年開通使用。", ["2028年建成", "2029年開通使用"]),
        ("未來預計可創造3,200個就業機會、260億元年產值。", ["3,200個", "260億元"]),
        ("園區預估可創造年產值約200億元。", ["200億元"]),
        ("中學預計於116年1月開始招生。", ["116年1月開始招生"]),
        ("小組以年內公布詳情為目標。", ["年內公布詳情為目標"]),
        ("市府卻僅發放2000元慰問金，住戶須自行修繕。", []),
        ("展期票（12月27日至3月16日）全票250元。", []),
    ],
)
def test_promises(text, wanted):
    assert promised(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "請衛生局會同各區公所先召開協調會，俾利後續用地取得。",
        "鑽探經費先由水利局負責簽辦。",
        "她強烈要求教育局盡快補齊資料。",
        "希望體育總會增加本地比賽。",
        "政府會 透過特別預算，把軟硬體做好。",
        "政府會發展不同區域的特色。",
        "建議在北區做一個簡易園區。",
        "企業需積極探索應變策略。",
        "後續中央會和地方政府共同合作，持續推動治水工程。",
        "委員會已審議通過報告，後續將與各大廠合作，設立創新中心。",
    ],
)
def test_what_is_asked_for(text):
    assert tasks(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "安平路拓寬後，將整合生活圈道路，建立區域路網。",
        "工程界最高榮譽的建設獎，本市獲頒1座金質獎。",
        "為避免出現赤字，所以不具條件再推出優惠計劃。",
        "接著我希望就幾個範疇作重點回應。",
        "為求進一步了解改善工程，委員會23日上午分別到兩區現勘。",
        "獎金依趟次計算，促使外送員必須更快完成訂單。",
        "這項計畫不只有助於地方發展，也會鼓勵更多旅客搭乘。",
        "發展風電需要完善的水下基礎。",
        "因為，創新能帶來新的服務，協助市場開拓藍海；",
        "市府向中央爭取到闢建外環道路，並建構完整路網。",
        "要得到這個獎項非常不容易，還有評審團隊。",
        "由公會主辦的研討會昨日舉行，聚焦技術如何深度融入產業。",
        "兩地大樓亦會落成。",
        "若效果好日後將加碼；",
        "此次論壇將聚焦在新的科技，並全力發展新應用。",
        "市府已請工程單位於路口佈設牌面。",
        "台大電子將開發時程提前二至三年。",
    ],
)
def test_what_is_only_told(text):
    assert tasks(text) == []


def test_an_office_alone_says_a_thing_at_once():
    text = "地政局長沈美若表示，公園有兩公頃。\n議員許世英指出，池子有3座。\n地政局長建議由公所提出5案。"
    assert heard(text) == ["沈美若", "许世英", "沈美若"]


def test_further_says_is_no_name():
    text = "行政長官沈一川表示，已撥出2億元。\n行政長官續表示，已有80%商戶採用。"
    assert heard(text) == ["沈一川", "沈一川"]
    assert people(text) == [("沈一川", "行政长官")]


def test_whose_name_holds_a_numeral_speaks_by_title():
    text = "林英九總統上午接見科技公司董事長艾倫‧史密特時強調，已投入5億元。\n總統接著說明，今年將增加2億元。"
    assert set(heard(text)) == {"林英九"}


def test_a_written_question_and_its_answer():
    text = (
        "立法會五題\n以下是今日在立法會會議上沈志偉議員的提問和發展局局長許東明的答覆:\n\n問題:\n\n"
        "政府建議完成七個項目。\n\n答覆:\n\n主席:\n\n公司已提交三份建議書。"
    )
    assert heard(text) == ["沈志伟", "许东明"]
    assert people(text) == [("许东明", "发展局局长")]


def test_a_member_who_addresses_the_chair_speaks_to_the_end():
    text = (
        "沈家明議員：主席，我感謝各位。\n昨天許茂川局長表示，每年開支達700億元。\n個案在2011年只錄得2萬宗。"
    )
    assert heard(text) == ["沈家明", "沈家明"]


def test_this_professor_is_who_spoke_last():
    text = "“統計並不完整。”沈力川解釋道。\n這位大學經濟學教授引用報告,指出收入上升至48億元。"
    assert heard(text) == ["沈力川"]


def test_a_row_of_names_is_nobody():
    text = "議員沈明哲指出，已有2案。\n議員許若川、沈明哲、林美玉則高舉手板表示，現場有19位。"
    assert heard(text) == ["沈明哲", ""]


def test_whom_somebody_explains_a_thing_to_does_not_speak():
    text = "院長許英川出席，議員沈貞昌上台，跟院長許英川說明架構，共有3項。"
    assert heard(text) == [""]


def test_at_the_request_of_a_school_is_no_name():
    assert heard("基金應高校要求，分別走訪4所大學。") == [""]


def test_what_is_to_come_is_not_of_a_year_told_before():
    found = read_on("2021年1月設置園區，未來總面積將增加達900公頃。")
    assert [(one.kind, one.time_start) for one in found if one.q_start is not None] == [("target", None)]


def test_a_message_of_the_government_is_nobody_s():
    assert heard("司長沈茂波指，正投入2億元。政府消息指，基金有100億元。") == ["沈茂波", ""]


def test_and_mentions_goes_on_with_who_acted():
    assert heard("沈清德總統今日歡迎來賓。並提到，兩地合作已有9項。") == ["沈清德"]


def test_he_behind_two_speakers_is_the_first():
    text = "議員沈旺詮表示，經費為2千萬元，市長許偉達也表示將繼續補助。他強調，去年有3千萬元。"
    assert heard(text)[-1] == "沈旺诠"


def test_who_asks_somebody_speaks():
    assert heard("議員沈達川詢問工務局長，現在做了幾成？能否在6個月內完成80%？") == ["沈达川"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("日月光副總經理沈叔霞表示認同。", [("沈叔霞", "日月光副总经理")]),
        ("在地議員沈育輝、許昆明出席開工儀式。", [("沈育辉", "议员"), ("许昆明", "议员")]),
        ("建案是前總統沈英文、前市長許右昌以及前院長林貞昌任內核定。", []),
        ("包括中部科學園區副局長沈銘煌出席。", [("沈铭煌", "中部科学园区副局长")]),
        (
            "召集人沈鴻儀、許若山議員，委員林崑福、沈偉智議員到場關心。",
            [("沈鸿仪", "召集人"), ("许若山", "召集人"), ("林昆福", "委员"), ("沈伟智", "委员")],
        ),
        ("本案具有重大公益性。", []),
        ("現場由沈市長、民航局長許國顯與企業簽約。", [("许国显", "民航局长")]),
        ("農友許雅聖獲選為推廣大使，市長沈偉達表示實至名歸。", [("沈伟达", "市长")]),
    ],
)
def test_people(text, found):
    assert people(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年均濃度達14μg/m3，係數為0.3 kgCO2e/度。", ["14μg/m3=14 μg/m3", "0.3 kgCO2e/度=0.3 kgCO2e/度"]),
        ("月產能約30萬碼，停在三號碼頭。", ["30萬碼=300000 码"]),
        ("由2005年的水平降低65%至70%。", ["65%至70%=65~70 %"]),
        ("水庫水位由65%至70%不等。", ["65%=65 %", "70%=70 %"]),
        ("分為第一、第二及第三工區，第二及三批次共12個地塊。", ["12個=12 个"]),
        ("提供300萬無息貸款，契約年期最長50年。", ["300萬=3000000 ", "50年=50 年"]),
        ("議員四處奔走，引用1名言，做出七點決議。", ["七點=7 点"]),
        ("市長上任近三年。", ["三年=3 年"]),
        ("局長周三（6/10）受訪。", []),
        ("58隊獲獎，隊員出席，總隊伍數高達662隊。", ["58隊=58 队", "662隊=662 队"]),
        ("第一、三次會議邀請代表，第二次為內部會議。", []),
    ],
)
def test_quantities_of_offices(text, found):
    assert amounts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今明兩年投入10億元。", ["今明兩年=2025-01-01..2026-12-31"]),
        ("去年發電較前一年多。", ["去年=2024-01-01..2024-12-31", "前一年=2023-01-01..2023-12-31"]),
        ("明(1)日起開放申請。", ["明(1)日起=2025-12-01..None"]),
        ("局長周三（11/19）透露進度。", ["周三（11/19）=2025-11-19..2025-11-19"]),
        ("工程預計一一六年四月完工。", ["一一六年四月=2027-04-01..2027-04-30"]),
        (
            "立法院111、112年均通過預算。",
            ["111=2022-01-01..2022-12-31", "112年=2023-01-01..2023-12-31"],
        ),
        ("從大年初一起開館，於年中發表報告。", ["年中=2025-06-30..2025-06-30"]),
        ("立法院通過，100年前他們成立學院。", []),
        ("協會一行前日赴東莞交流。", ["前日=2025-11-24..2025-11-24"]),
        ("議員今質疑預算，議長今出席會議。", ["今=2025-11-26..2025-11-26", "今=2025-11-26..2025-11-26"]),
        ("黑龍江省科學院院長劉今出席會議。", []),
        (
            "109年度總預算已編列完成，並於9月16日送達。",
            ["109年度=2020-01-01..2020-12-31", "9月16日=2025-09-16..2025-09-16"],
        ),
        ("南星區一一七至一三五年填海。", ["一一七至一三五年=2028-01-01..2046-12-31"]),
    ],
)
def test_times_of_offices(text, found):
    assert times(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("有關規定將於明年1月1日實施。", ["明年1月1日實施"]),
        ("港口預計一一七年啟動填海造陸。", ["一一七年啟動填海造陸"]),
        ("新廠明年第二季將營運，並招募員工。", ["明年第二季將營運"]),
        ("2030年公車更要全面電動化。", ["2030年公車更要全面電動化"]),
        ("一廠明年裝機，後年量產。", ["明年裝機", "後年量產"]),
        ("園區可望由現有2座廠擴增至6座廠。", ["6座"]),
        ("預計未來五年進一步擴大裝機規模。", []),
        ("各國需在明年底前強化承諾。", ["明年底前強化承諾"]),
        ("報告已送交通部，預計本周三召開會議，盡快將交流道設置完成。", []),
    ],
)
def test_states_of_offices(text, found):
    assert promised(text) == found


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("社宅可研議開放停車場供居民租用。", True),
        ("周遭土地皆已完成重劃，盼能比照產業園區，加速整治作業。", True),
        ("請工務局核准路權時間，註明夜間不同意施工。", True),
        ("要求市府加倍補助、開放公園設市場、提供300萬貸款。", True),
        ("計劃於每年5月及11月開放申請。", False),
        ("對於有議員關注基金運作情況和未來資助方向等。", False),
        ("表示沒有計劃設立合作基金。", False),
        ("展館原擬今年動工。", False),
        ("因應景氣波動與重組趨勢，將進行縮減策略，並將產能轉移至海外。", True),
        ("預算案提出以科技創新推動發展，並對接國家戰略。", True),
        ("明年預算編列1850億元，希望善用研發能量，確保優勢。", True),
        ("議員質疑罰則不足，並建議中央修法遏止。", True),
        ("環保局鼓勵業者，將鍋爐改造或汰換成新式鍋爐，目前已補助205家。", False),
        ("我們亦加強了披露要求，訂明有關人士須向監察會申報。", False),
        ("政府除定期與業界會面外，亦會就關注的問題展開對話。", False),
        ("挑戰包括開挖深度近地下10層，及必須克服岩盤問題。", False),
        ("這是沒有終點的守護，臺南市將持續結合資源。", True),
        ("署方交代進展，運輸署將全面引入電子牌證。", True),
        ("並再度呼籲立院速審總預算。", True),
        ("（四）會否參考大灣區的法規，以促進互通；", False),
    ],
)
def test_what_offices_ask(text, asked):
    assert bool(tasks(text)) is asked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("許茂川在財政預算案指出，將預留2億元。", ["许茂川", "许茂川"]),
        ("許川今日在節目表示，兩種模式都可行。", ["许川"]),
        ("議員沈文益總質詢，對預算遭凍表達憤怒，疾呼市府應加速整治。", ["沈文益"]),
        ("新任部長沈政忠，周三（11/19）透露，將編列3億元。", ["沈政忠", "沈政忠"]),
        (
            "沈總統若扁先生前往參訪。總統致詞內容為：去年名次由第十名上升。\n我們將加碼3億元。",
            ["沈若扁", "沈若扁", "沈若扁"],
        ),
    ],
)
def test_who_is_heard_where(text, found):
    assert heard(text) == found


def test_a_verb_glued_to_a_known_name():
    text = "議員沈勇提出議案。立法會議員沈勇指，民建聯提出建議。"
    assert people(text) == [("沈勇", "议员"), ("沈勇", "立法会议员")]


def test_who_is_told_to_do_something():
    assert people("特別交待秘書長沈進呈邀集單位開會。") == [("沈进呈", "秘书长")]


def test_who_calls_for_something_behind_a_body_is_nobody():
    text = "議員沈之豪痛批市長跳票。但基隆市政府表示，後續將報核定。並呼籲中央盡快核定預算。"
    assert heard(text) == ["", ""]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("總統感謝生物產業發展協會長年積極串聯力量。", []),
        ("許偉哲市長應大會要求率員列席。", []),
        ("執行長許冠宇等團隊成員到縣府拜會縣長。", [("许冠宇", "执行长")]),
    ],
)
def test_people_of_associations(text, found):
    assert people(text) == found


def test_the_whole_text_of_an_address_is_who_gives_it():
    text = "陳總統若扁先生出席典禮。\n總統致詞內容全文為：非常高興參加。\n本次會議邀請15個國家參與。"
    assert heard(text) == ["陈若扁"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("和記電話有限公司行政總裁沈偉明出席。", [("沈伟明", "和记电话有限公司行政总裁")]),
        ("香港特區行政長官沈家超在任內第二份施政報告，提出了措施。", [("沈家超", "香港特区行政长官")]),
        ("進而國民黨籍議員許育輝提清點人數。", [("许育辉", "国民党籍议员")]),
        ("由副總工程司以上主管前往巡查。", []),
    ],
)
def test_people_of_companies(text, found):
    assert people(text) == found


def test_two_or_three_years_to_come():
    assert times("建議未來兩三年推出土地。") == ["未來兩三年=2025-01-01..2027-12-31"]


def test_a_range_of_ages_and_what_needs_nothing():
    assert amounts("當中以十五至廿四歲人士最高，達90%。") == ["十五至廿四歲=15~24 岁", "90%=90 %"]
    assert tasks("第三代半導體毋須尖端技術，是全新的賽道。") == []


def test_who_calls_out_a_plan():
    assert heard("董事長沈志誠喊出，擴大投資，打造10億元級營收。") == ["沈志诚", "沈志诚"]


def test_who_goes_on_in_an_address_and_who_gives_in():
    assert heard("沈英文總統今日視察隧道。隨後致詞表示，她到南投了解3項進度。") == ["沈英文"]
    assert heard("部長沈明鑫今天受訪。經濟部原訂占比20%，但沈明鑫鬆口，占比30%方向不變。")[1] == "沈明鑫"


def test_what_was_striven_for_long_ago_is_no_promise():
    assert promised("文華路爭取多年，總經費9億元。") == []
    assert amounts("呼籲審查時不要兩套標準。") == []
