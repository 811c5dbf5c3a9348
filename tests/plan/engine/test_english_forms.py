"""English strategies, speeches, releases and news: who speaks, who takes part, how much, when, what is to be done."""

import pytest

from kechuang.plan.engine.reading.periods import find_periods
from kechuang.plan.engine.reading.quantities import find_quantities
from tests.plan.engine.english_notes import DAY, numbers, people, speakers, statements, tasks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will open 60 safe, well-lit and quiet workshops.", [("60", "workshops")]),
        ("The port has 300 old and new floating cranes.", [("300", "cranes")]),
        ("The town hired 12 full-time and 30 seasonal divers.", [("12", "divers"), ("30", "divers")]),
        ("They run 45 electric goods trains.", [("45", "trains")]),
        ("We plan 14 local ‘harbours of learning’.", [("14", "harbours")]),
        ("The council pays up to£40 million.", [("40000000", "£")]),
        ("Traffic grew three and a half times, to £2½ billion.", [("3.5", "times"), ("2500000000", "£")]),
        ("These two bring to 19 the total.", [("19", "")]),
        ("Only five of the region’s ferries are electric.", [("5", "")]),
        ("Apprentices will rise from 130 to 190.", [("130", ""), ("190", "")]),
        ("Five work teams will last four years.", [("5", "teams"), ("4", "years")]),
        ("Costs range from 2M to 5M EUR.", [("2000000", "EUR"), ("5000000", "EUR")]),
        ("Of the 40 bids, 12 are from abroad.", [("40", "bids"), ("12", "")]),
        ("The plant makes 30 gigawatt hours.", [("30", "gigawatt hours")]),
        ("The state named 11 U.S. harbours.", [("11", "harbours")]),
        ("It pays for six new Coasts Research and Diving Centres.", [("6", "Centres")]),
        ("Order 61 binds the port; the gates shut at 8.15 PM.", []),
        ("This is the three hundred and tenth sailing.", []),
    ],
)
def test_amounts(text, expected):
    assert [(str(one.value), one.unit) for one in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reed has today (Wednesday 6 May 2026) signed it.", ["today (Wednesday 6 May 2026)"]),
        ("The pier was opened today (Wednesday).", ["today (Wednesday)"]),
        ("At the pier this (May 5) evening it rained.", ["this (May 5) evening"]),
        ("Today the Mayor has opened the pier.", ["Today"]),
        ("Today we celebrate the new pier.", ["Today"]),
        ("The fleet shall be electric by ’31.", ["by ’31"]),
        ("Boats of the 70s still sail.", ["the 70s"]),
        ("It runs for six years, starting in March 2027.", ["March 2027"]),
        ("In the coming years and over the next years we grow.", []),
    ],
)
def test_times(text, expected):
    assert [one.text for one in find_periods(text, DAY)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ports, Canals and Fisheries Minister Lena Holt opened the pier.",
            [("Lena Holt", "Ports, Canals and Fisheries Minister")],
        ),
        (
            "Associate Transport (Inland Waters) Minister Lena Holt opened the pier.",
            [("Lena Holt", "Associate Transport (Inland Waters) Minister")],
        ),
        (
            "Minister of State (Additional Charge) for Ports, Chair of the Canal Board, Dr Lena Holt said it was done.",
            [("Lena Holt", "Minister of State (Additional Charge) for Ports, Chair of the Canal Board")],
        ),
        ("On Monday, Northport Shipyards CEO Paul Tamm came.", [("Paul Tamm", "Northport Shipyards CEO")]),
        ("In the Spring Review, treasurer Paul Tamm spoke.", [("Paul Tamm", "treasurer")]),
        ("By Ivo Lund The Port Authority Director Paul Tamm spoke.", [("Paul Tamm", "Port Authority Director")]),
        ("“We are glad,” said Paul Tamm, President of Harbour South America, there.", [("Paul Tamm", "President of Harbour South America")]),
        ("Mr Tamm, Chairman of the Ferry Board, spoke.", [("Tamm", "Chairman of the Ferry Board")]),
        (
            "It was attended by the Chief Engineer of the Canal Office, Professor Lena Holt; Secretary, DOP, Dr. Paul Tamm; and others.",
            [("Lena Holt", "Chief Engineer of the Canal Office"), ("Paul Tamm", "Secretary, DOP")],
        ),
        (
            "It was attended by Prof. Lena Holt, Chief Engineer, Canal Office, Dr. Paul Tamm, Secretary, Department of Ports, and others.",
            [("Lena Holt", "Chief Engineer, Canal Office"), ("Paul Tamm", "Secretary, Department of Ports")],
        ),
        (
            "Lady Mayoress Ann Brook and Director of the Canal Office Paul Tamm came.",
            [("Paul Tamm", "Director of the Canal Office")],
        ),
        (
            "Paul Tamm, Minister for the Harbour Office, at Old Quay Street, spoke.",
            [("Paul Tamm", "Minister for the Harbour Office")],
        ),
        ("I am grateful to President Paul Tamm for his help.", []),
        ("Dr Holt, Minister Brook, Director-General Tamm, ladies & gentlemen,", []),
        (
            "It pays for Harbour Disease Treatment, a new venture to be led by President Dr. Lena Holt from May.",
            [("Lena Holt", "President")],
        ),
        ("Canal Towns, the League of Modern Ports, today offered help to the Prime Minister.", []),
    ],
)  # fmt: skip
def test_people(text, expected):
    assert people(text) == expected


def test_a_surname_with_a_title_is_told_in_full():
    second = "Professor Lena Holt, added: “It takes 40 days.”"
    first = "Professor Holt, Chair of the Canal Board, said: “We hired 30 divers.”"
    assert people(first, second) == [("Lena Holt", "Chair of the Canal Board")]
    assert speakers(first, second) == ["Lena Holt", "Lena Holt"]


def test_what_somebody_said_is_theirs_to_the_end():
    lead = "Harbour Minister Lena Holt spoke in the hall. Here is what she told the crowd:"
    assert speakers(lead, "Friends, we hired 30 divers.", "And 40 ferries sail.") == [
        "Lena Holt",
        "Lena Holt",
    ]
    after = "The hall seats 200 people."
    assert speakers(lead, "“Friends, we hired 30 divers.”", after) == ["Lena Holt", ""]


@pytest.mark.parametrize(
    "lead",
    [
        "The speech made by Lena Holt, the Minister for Ports, at the Old Quay on 5 May 2026.",
        "Prime Minister Lena Holt’s remarks at the Harbour Forum 2026.",
    ],
)
def test_the_text_of_a_speech_is_its_speaker_s(lead):
    assert speakers(lead, "Friends, we hired 30 divers.", "And 40 ferries sail.") == [
        "Lena Holt",
        "Lena Holt",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It hired 40 divers, Inland Harbour Minister Lena Holt said today.", ["Lena Holt"]),
        (
            "Lena Holt, Chief Executive at the Harbour Networks Board which speaks for all ports and all canal towns of the north said: “We hired 40 divers.”",
            ["Lena Holt"],
        ),
        ("Mayor Paul Tamm came. Owners chose the $5 million pier he says they need.", [""]),
        ("Minister Lena Holt came. She urged owners to sell 40 boats.", ["Lena Holt"]),
        ("Minister Lena Holt reiterated the aim of 40 new ferries.", ["Lena Holt"]),
        ("Minister Lena Holt informed that 40 ferries sail.", ["Lena Holt"]),
        ("Minister Lena Holt expressed satisfaction that 40 ferries sail.", ["Lena Holt"]),
        ("“We have plans,” said Minister Lena Holt, adding that 40 ferries sail.", ["Lena Holt"]),
        ("Minister Lena Holt came. “We will add 40 ferries,” reads the plan.", [""]),
        ("“We are glad,” said Minister Lena Holt, who leads 40 divers.", [""]),
        ("The pier, Minister Lena Holt said, has 40 berths.", ["Lena Holt"]),
        ("A letter sent to Lena Holt said 40 berths would close.", [""]),
        (
            "Mayor Paul Tamm came. According to figures compiled by Rosa Holt for the port, 40 berths closed.",
            [""],
        ),
        ("Pilot chief Paul Tamm called it a sham, saying 40 docks were closed.", ["Paul Tamm"]),
        ("Mayor Paul Tamm came. He is ready to go this far: “We have lost 40 docks.”", ["Paul Tamm"]),
        ("Mayor Paul Tamm came. They said 40 docks were closed.", [""]),
    ],
)
def test_speakers(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The fund of $80 million will go for new piers in the north.",
        "The towns will each receive close to $3 million next spring.",
        "The money is to go to twelve small harbours along the coast.",
        "The Government is committed to high-class shipping, as these piers show.",
        "The Mayor backed his plans to change the old customs of the port.",
        "Skilled divers are required to solve such a puzzle in deep water.",
        "The funding is to support some of the harbour's daily needs.",
        "The pier will not only form an important part of the harbour but please all.",
        "Reed said it “will cement the name of our harbour” in the world.",
        "It is a fine example of the kind of pier we must build on every coast.",
        "He also said the pier, which will be built of oak, will make its own light.",
        "The pier is to be located in an old yard by the river in the north.",
        "And we should not underestimate the size of the tide that rises here.",
        "We have to recognise that many people see the harbour as their home.",
        "It will employ 40 divers and bring a new look to the old market place.",
        "I must start by congratulating the Harbour Society on its first show.",
        "It sets the base on which the hopes of our harbour will be built.",
        "The announcement that Northport will build a pier here shows our strength.",
        "Many owners told us what they thought should be changed first.",
        "The gift, which has long been planned, is the largest yet, and will also fund new boats.",
        "The intent of the Harbour Plan (HP) is to deliver on the hopes of the town.",
        "Let us also join the town to mourn the loss of an old captain.",
        "Mayor Lena Holt will Friday formally inaugurate the new pier.",
        "Should the harbour build a third dock before the winter comes?",
        "The ferry line traditionally did not need to court new riders.",
        "These rules aim to shift the trade towards cleaner boats and engines.",
        "The pier projects agreed under the harbour treaty will channel money to the coast.",
        "As the page loads you will see four signs at the top of the map.",
        "It is hoped that by dredging the river, the tide will be reduced.",
        "The clerk says pilots, who think the port ought to promise more, are tired.",
        "So we launched our first Smart Harbour plan to take part in the new trade.",
        "The captain has no boat, and nobody knows whether or not the town will buy one.",
        "Work was expected to be completed by the last day of the summer.",
        "Shippers own boats that they will need when the river rises.",
        "The Mayor on Monday announced the mission with an aim to make the port a hub.",
        "Pilots told the Mayor that the money would not do enough for small yards.",
        "The new dock will be powered by sun and wind from the coast.",
        "She oversaw the writing of policies and plans to set the base for the work.",
        "Our Plan for Action will form the ground for our work in the port.",
        "· Additional £4m investment had been included in the plan to clean old docks.",
    ],
)
def test_what_asks_for_nothing(text):
    assert tasks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Each Yard, to be paid for over five years, will bring together owners and pilots.",
        "The yard has two docks, but plans to build a third dock by the river.",
        "The port authority is committed to building two more docks by the river.",
        "The yard said it plans to create a new line of light boats.",
        "Mayor Paul Tamm said the town would focus on five old docks.",
        "Universities are required to publish their pay each spring without delay.",
        "Minister Lena Holt asked the Canal Office (CO) and all its branches to clean the locks.",
        "NHO will provide two boats to each harbour, with each harbour choosing its own pilots.",
        "The NHO said it will provide the docks with new cranes.",
        "I thank the pilots for their questions, and indeed, we will dredge the river for them.",
        "To stay open in hard winters, Northport has to embrace these changes and invest in new boats.",
        "Third, we will help our pilots find new work on the river.",
        "The size of yards that provide berths to small boats will also be increased.",
        "The Harbour Board, which was set up last spring, will publish its first plan.",
        "The clerk announced this week that Holt Boats, one of the oldest yards, will open a dock here.",
        "The Liberal Pilots have promised to raise the matter on the board.",
        "Boat yards would be set up across the coast with partners, said the mayor.",
        "The department also will spend the money on old docks.",
        "The Board of Ports announced Tuesday it will give boats to eleven towns.",
        "The harbour government has announced that it will further boost the trade in boats.",
    ],
)
def test_what_is_to_be_done(text):
    assert len(tasks(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "We have a goal to make sure that we are judged that way by everybody by 2040.",
        "A large dock was set aside, with the first part scheduled for completion by 2031.",
        "The owners plan to break ground in 2029.",
        "The city also wants to move towards a nearly all-electric ferry fleet by 2035.",
    ],
)
def test_a_goal_by_a_time(text):
    found = statements(text)
    assert [one.kind for one in found if one.time_text] == ["target"]


def test_orders_in_a_list():
    lead = "The order gives the following directives to all yards:"
    assert len(tasks(lead, "- That all owners work with the port to clean the docks.")) == 1


def test_goals_in_a_list_are_aimed_at():
    lead = "The plan names goals to reach by ’31, including,"
    items = ("* ferries up from 12 in 2024 to 30", "* freight income doubles to $9m")
    assert numbers(lead, *items) == [
        ("figure", "12"),
        ("target", "30"),
        ("target", "2"),
        ("target", "9000000"),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Owners have told us that they plan to buy 30 ferries.", ["target"]),
        ("The yard will hire 30 pilots, 40 divers and 50 cooks.", ["target"] * 3),
        ("The docks will be led by the port, with 14 owners involved.", ["figure"]),
        ("The town announced four docks and four training yards will be created.", ["target", "target"]),
        ("The port has now been awarded £3m of aid which will be matched by the bank.", ["figure"]),
        ("Approximately 70 skilled divers and 40 cooks and other hands will be hired.", ["target", "target"]),
        ("They set a target for 3 gigawatts of clean power to be owned here.", ["target"]),
        ("The pier will stand about 15 miles east of the market.", ["figure"]),
        ("The plan will help the port after more than nine years of work.", ["figure"]),
    ],
)
def test_promised_or_told(text, kinds):
    assert [kind for kind, _ in numbers(text)] == kinds


def test_conjunctions_are_no_first_names_and_fields_of_office_no_second_person():
    assert people("But Anna Kilburn, deputy leader of the council, said it would open 3 docks.") == [
        ("Anna Kilburn", "deputy leader of the council")
    ]
    role = "Minister for Foreign Affairs and Minister-in-charge of the Harbour Initiative"
    assert people(f"It will open 3 docks, said {role}, Dr Anna Kilburn.") == [("Anna Kilburn", role)]


def test_versions_of_named_plans_are_no_numbers():
    assert numbers("It launched Smart Harbour 2.0 with 3 docks.") == [("figure", "3")]
