"""Goals in many words: who sets them, rows of them, masses and years they are told in; sentences of our own."""

import pytest

from tests.plan.engine.test_target_forms import kinds, states


@pytest.mark.parametrize(
    ("text", "promised", "found"),
    [
        # who sets them
        ("The harbour has targeted doubling the number of its boats.", ["doubling"], []),
        ("The port unveiled a plan to nearly triple its quays by 2030.", ["triple"], []),
        ("The town is keen to attract at least 40 builders.", ["40 builders"], []),
        ("The island set its sights on building 12 boats.", ["12 boats"], []),
        ("It wants 70 per cent of the crews to have a licence.", ["70 per cent"], []),
        ("The port wants to mend the quays and have 90 per cent of them lit.", ["90 per cent"], []),
        ("According to the mayor, the share of ferries would increase to 60 per cent.", ["60 per cent"], []),
        ("The state is behind on its pledge to install 5,000 mooring points by 2030.", ["5,000"], []),
        ("The port aims to raise output to 30 boats by 2030 from 4 boats now.", ["30 boats"], ["4 boats"]),
        # a row of verbs
        (
            "The port keeps its goal to widen the quay (40 metres), build 25 berths, and train 90 pilots.",
            ["40 metres", "25 berths", "90 pilots"],
            [],
        ),
        # reached, or told beside
        ("The port has achieved the target of 40 boats.", [], ["40 boats"]),
        ("The port doubled its goal to 40 boats by 2030.", ["40 boats"], ["doubled"]),
        ("It will feed 900 homes by using only 4% of the land.", ["900 homes"], ["4%"]),
        ("It raised its target of 40 boats by 2030 to 90 boats by 2040.", ["90 boats"], ["40 boats"]),
        ("They rose from the current 20 percent target.", [], ["20 percent"]),
        ("Eight other firms said that they will form a league in May.", [], ["Eight"]),
        ("It is to meet a 500-megawatt output target by 2030.", ["500-megawatt"], []),
        ("Some 50 million miles of haulage will be averted annually.", ["50 million miles"], []),
        ("We will help the 10 per cent most remote homes.", [], ["10 per cent"]),
        ("The mayor told us of the decision to equip 50 yards.", ["50 yards"], []),
        ("The port has set aside money to train 40 pilots.", ["40 pilots"], []),
        ("Some 55 quays here will have lamps.", ["55 quays"], []),
        (
            "In addition to the 40 boats we have already given out, 70 boats will be given to schools.",
            ["70 boats"],
            ["40 boats"],
        ),
        ("The mayor said 100 boats would be mended this year.", ["100 boats"], []),
        ("The port will mend 50 quays and 60 crews are being trained.", ["50 quays"], ["60 crews"]),
        ("Plans call for the yard to offer 90 berths.", ["90 berths"], []),
        (
            "A goal has also been set to raise the share, a measure of skill, from 55 to 60 percent.",
            ["60 percent"],
            ["55"],
        ),
        # traditional Chinese
        ("濃度目標於2029年降至12μg/m3。", ["12μg/m3"], []),
        ("無人艇的部分，今年希望能達成3億元。", ["3億元"], []),
        ("貸款到2028年從6億成長到24億。", ["24億"], ["6億"]),
        ("約60個黑點於2025年底前消除至少75%。", ["75%"], ["60個"]),
        ("提出在2030年把碳強度由2005年的水平降低65%至70%的目標。", ["65%至70%"], []),
        ("規劃設置18席200kW快充格位。", ["18席"], ["200kW"]),
        ("今年總店數要挑戰100間，加盟店成長15%至20%。", ["100間", "15%至20%"], []),
        ("現有店數84間的集團全年店數目標150間。", ["150間"], ["84間"]),
        ("市長喊出4年新增70戶。", ["70戶"], []),
        ("比2030年設定目標少1.2GW。", [], ["1.2GW"]),
        ("四年內衝刺5,000家門市。", ["5,000家"], []),
        ("今年淨增門市肯定超過90家。", ["90家"], []),
        ("119年底前將超過三千一百樁。", ["三千一百樁"], []),
        ("光3案就帶動90億元投資。", [], ["3案", "90億元"]),
        ("濃度預期在109年降到15。", [], []),
    ],
)
def test_numbers(text, promised, found):
    assert kinds(text) == (promised, found)


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("The council made a net-zero commitment by 2045.", True),
        ("The council also committed to growing its woods by 2030.", True),
        ("It is proposed to set a target of clean boats by 2040.", True),
        ("All boats built here will be smoke-free by 2035, the mayor has pledged.", True),
        ("The council has targeted the use of clean boats across its fleet by 2037.", True),
        ("The mayor had made a target of clean boats by 2040.", False),
        ("This will put the port on track for clean air by 2040.", False),
        ("KPI 2: to be ranked among the best ports by 2030.", True),
        ("本办法自2024年8月1日起施行。", False),
        ("The yard, which will mend boats, is to open by July at Holm.", True),
        ("The council will publish its register by 2027.", False),
        ("到2028年維持增長的勢頭。", True),
        ("2035年新售機車全面電動化。", True),
        ("規劃2035年禁售燃油機車。", True),
        ("完善供水系統，明年建成第四條管道。", True),
        ("今年的目標是維持相同水準。", True),
        ("工作方案（2024—2027年）的目標是什麼？", False),
    ],
)
def test_states(text, promised):
    assert bool(states(text)) == promised
