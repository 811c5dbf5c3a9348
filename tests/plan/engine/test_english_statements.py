"""English texts: titles, speeches, what is promised, counts and days, by sentences of our own."""

import pytest

from kechuang.plan.engine.reading.periods import find_periods
from kechuang.plan.engine.reading.quantities import find_quantities
from tests.plan.engine.english_notes import DAY, numbers, people, speakers, statements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Harbour deputy leader and ferry boss Lena D'Arcy said so.",
            ("Lena D'Arcy", "Harbour deputy leader and ferry boss"),
        ),
        (
            "Hans-Peter van den Holt, head of the yard, said so.",
            ("Hans-Peter van den Holt", "head of the yard"),
        ),
        ("Omar bin Salem, director of the port, said so.", ("Omar bin Salem", "director of the port")),
        ("Marine engineering professor Lena Holt was chosen.", ("Lena Holt", "Marine engineering professor")),
        ("Vice president for piers Lena Holt said so.", ("Lena Holt", "Vice president for piers")),
        (
            "Harbour Network executive director Lena Holt said so.",
            ("Lena Holt", "Harbour Network executive director"),
        ),
        ("Mr Tamm and shadow treasurer Lena Holt took long.", ("Lena Holt", "shadow treasurer")),
        (
            "Lena Holt TD, Minister for Harbours, Trade and Skills, said so.",
            ("Lena Holt", "Minister for Harbours, Trade and Skills"),
        ),
        ("“We sail,” said Lena Holt, NHO chief.", ("Lena Holt", "NHO chief")),
        ("Associate Professor Lena Holt from the yard said so.", ("Lena Holt", "Associate Professor")),
        ("Lead author Lena Holt said so.", ("Lena Holt", "Lead author")),
        ("Harbour Chief, Mr C Y Holt, said so.", ("C Y Holt", "Harbour Chief")),
        ("Hong Kong, the fair's organiser, was glad.", None),
        ("Speaking in Holm Castle Mayor Lena Holt said so.", ("Lena Holt", "Mayor")),
        (
            "Speaking in Holm, Co Orbis, Minister for Boats Lena Holt said so.",
            ("Lena Holt", "Minister for Boats"),
        ),
        ("It is like President Lena Holt’s 8-point plan.", None),
        ("Executive Order No 5 is aimed at the port.", None),
        (
            "According to Minister of Boats, Trade, and Ports Lena Holt, Quiet City is expected to grow.",
            ("Lena Holt", "Minister of Boats, Trade, and Ports"),
        ),
        ("So said Councilman Lena Holt, who chairs the board.", ("Lena Holt", "Councilman")),
        (
            "Lena Holt, Permanent Secretary (Planning, Land and Sea), said so.",
            ("Lena Holt", "Permanent Secretary (Planning, Land and Sea)"),
        ),
        (
            "Speech by Lena Holt, Minister for Boats at the Sea Debates 2021",
            ("Lena Holt", "Minister for Boats"),
        ),
        ("Lena Holt – Chief Executive, Orbis", ("Lena Holt", "Chief Executive, Orbis")),
        ("On Wednesday Prime Minister Lena Holt said so.", ("Lena Holt", "Prime Minister")),
        ("It was built by Lena Holt, the clever designer who died young.", None),
    ],
)
def test_titles(text, expected):
    assert people(text) == ([expected] if expected else [])


def test_a_speech_under_its_headline_is_the_speakers():
    told = speakers(
        "Opening remarks by Ms Lena Holt, Minister for Harbours, at the Boat Fair",
        "1 Good morning. I am glad to be here.",
        "2 The coast has 40 harbours. Last year they took in 60 boats.",
    )
    assert told == ["Lena Holt", "Lena Holt"]
    text = "Following is the full text of the remarks by the Harbour Secretary, Mr Paul Tamm, at the “Boats: Old and New” fair today:"
    assert speakers(text, "Dear guests,", "The coast has 40 harbours.") == ["Paul Tamm"]
    assert speakers("Speech by minister draws 40 complaints", "The town heard 60 of them.") == ["", ""]


def test_a_quotation_goes_on_with_a_mark_at_the_head_of_each_paragraph():
    told = speakers(
        '"We own 40 boats," said Mayor Lena Holt.',
        '"But we had 50 boats once.',
        '"We need 60 boats again. Few have 70 boats."',
        "The port has 80 boats.",
    )
    assert told == ["Lena Holt"] * 4 + [""]


PROMISED = """
It includes aims to double ferry trips in the bay.
A yard will open a dock, which will employ 500 people.
The yard said it would hire up to 40 pilots.
The port plans to add a crane and invest $5 million.
As part of our vision, we have been working with pilots to supply 30% of our daily fish needs by 2035.
The reform would double the number of boats, the minister said.
Ferries will be renewed, and the town will spend by 2031 £60 million more.
The projects will bring work, save fuel and deploy 163 boats.
The port plans to launch four major missions in diving.
Yards would be set up while five new docks would come up, said the mayor.
The plan sets hard targets, such as $27 million in new money.
The yard opened an office on Tuesday, with the goal to create up to 1,000 jobs.
It will add a floor area of around 74 000 square metres upon its completion.
Chief among the steps is a project to plant 2,000 trees over the next two years.
""".strip().splitlines()

# Who, where, how large something is, what is only seen, expected of the world or never to be.
NOT_PROMISED = """
On the chart you will see 4 signs at the top right.
The river will exceed 20 metres in hard winters.
I have set money aside, with a commitment of over $100 million so far.
Old pilots will be almost four times as exposed.
Two of the areas are to promote trade.
With us, the port will never return to 15% interest.
The dock will be built in partnership with four yards.
The law will apply to yards with 50 pilots.
The board of 12 members will meet on Monday.
The deal is worth $600 million and will be signed on Friday.
He will lead a team of 40 divers.
The agency said that the five new docks will focus on trade.
The port will build on its current strengths including 65 per cent of the trade.
""".strip().splitlines()


@pytest.mark.parametrize("text", PROMISED)
def test_a_number_that_is_promised(text):
    assert "target" in dict(numbers(text))


@pytest.mark.parametrize("text", NOT_PROMISED)
def test_a_number_that_is_not_promised(text):
    assert [kind for kind, _ in numbers(text)] == ["figure"]


def test_a_sum_goes_towards_what_is_larger():
    assert numbers("The fund will give £5 million to a £60 million pier.") == [
        ("target", "5000000"),
        ("figure", "60000000"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("56 Harbours and 360 Pilots Fined", [("56", "Harbours"), ("360", "Pilots")]),
        ("5 Universities Launch Diving Centres", [("5", "Universities")]),
        ("2 Details of the boats are as follows.", []),
        ("4 341 pilots were fined.", [("341", "pilots")]),
        ("Since spring, 36 Food and Beverage (F&B) stalls closed.", [("36", "stalls")]),
        ("It was the last talk before COP26 in the port.", []),
        ("She seeks a third term, and a third of pilots agree.", [("33.333333", "%")]),
        ("It opens from 15 to 16 March at the port.", []),
        ("They bring the total number of piers to 14.", [("14", "")]),
        (
            "It has 1.2m users and 3m square metres, behind a wall 5m high.",
            [("1200000", "users"), ("3000000", "square metres")],
        ),
        ("Some 30pc are new.", [("30", "pc")]),
        ("It pays for 400 skills training places.", [("400", "places")]),
        ("The port's double advantage is known; it will double its fleet.", [("2", "times")]),
    ],
)
def test_counts_beside_labels_names_and_ordinals(text, expected):
    assert [(f"{one.value}", one.unit) for one in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A better tomorrow is near, and tomorrow the fair opens.", ["2026-05-07"]),
        ("The boat trade today – your trade – is strong.", []),
        ("The storms facing the whole coast today.", []),
        ("Today, large gaps remain between the ports.", []),
        ("Today, the Honourable Lena Holt, our mayor, opened a pier.", ["2026-05-06"]),
        ("I am pleased to join you today.", ["2026-05-06"]),
        ("There are forty yards in the valley today.", []),
        ("We renew our docks today to create more jobs tomorrow.", []),
        ("The first pier was built in the 1830s.", ["1830-01-01"]),
        ("It grew over the second half of the last century.", []),
        ("A call for boats will come in January.", ["2027-01-01"]),
        ("It was founded in January.", ["2026-01-01"]),
        ("The Green Harbour Plan 2030 and Budget 2016 were read.", []),
        ("In January, the port plans to open a pier.", ["2027-01-01"]),
        ("They met on Friday last week in the port.", ["2026-05-01"]),
        ("The number fell from 60 in 2000 to 57 in 2016.", ["2000-01-01", "2016-01-01"]),
    ],
)
def test_days_and_what_only_looks_like_them(text, expected):
    assert [f"{one.first}" for one in find_periods(text, DAY)] == expected


def test_a_year_is_a_base_only_where_something_changed_from_it():
    roles = {
        text: find_periods(text, DAY)[0].role.value
        for text in ("Sales rose 40% from 2013.", "It sells fish from 2013.")
    }
    assert list(roles.values()) == ["baseline", "period"]


def test_a_state_is_promised_by_its_clause_alone():
    told = statements("Digging starts later this year and the new ferry line is slated to open in 2028.")
    assert [one.sentence for one in told if one.kind == "target"] == [
        "the new ferry line is slated to open in 2028."
    ]


def test_the_minister_is_no_prime_minister_and_who_is_named_by_the_way_does_not_act():
    text = (
        "Harbour Minister Lena Holt came.",
        "The plan was announced by Prime Minister Paul Tamm in spring.",
        "The Minister said 40 boats were sold. “We lost 60 boats,” she said.",
    )
    assert speakers(*text) == ["Lena Holt", "Lena Holt"]


def test_a_deadline_behind_a_list_is_that_of_all_in_it():
    told = statements("The port will add 200 berths and 90 cranes, including 10 fast ones, by 2030.")
    assert {str(one.time_end) for one in told if one.q_start is not None} == {"2030-12-31"}


def test_a_statement_issued_by_somebody_is_not_the_speech_of_the_text():
    told = speakers(
        "Harbour Minister Lena Holt came.",
        "This is contained in a statement issued by Rosa Tamm, Head of Press, in the port.",
        "Holt said 40 boats were sold.",
    )
    assert told == ["Lena Holt"]


def test_the_day_on_which_a_sum_is_announced_is_not_its_time():
    told = statements("Mayor Lena Holt on Monday announced that the town will give 40 boats.")
    assert [one.time_end for one in told if one.q_start is not None] == [None]
