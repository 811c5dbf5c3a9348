"""What English releases, plans and interviews do with speakers, titles, items and promises: sentences of our own."""

import pytest

from tests.plan.engine.english_notes import numbers, people, speakers, tasks

HOLT = "Harbour Minister Lena Holt"


def test_an_office_by_its_letters_is_who_bears_it():
    lead = "Cabinet Secretary Lena Holt visited Holm."
    assert speakers(lead, "The CS said 40 boats were ready.") == ["Lena Holt"]


def test_what_is_added_is_whose_turn_it_was():
    assert speakers(f"{HOLT} said 40 boats were ready.", "Adding that: “We need 12 more.”") == [
        "Lena Holt",
        "Lena Holt",
    ]


def test_who_only_attends_is_not_meant_by_a_pronoun():
    lead = f"{HOLT} said 40 boats were ready."
    present = "Finance Minister Ann Reed was also present."
    assert speakers(lead, present, "She said 12 more would come.") == ["Lena Holt", "Lena Holt"]


def test_the_minister_may_be_the_only_deputy_minister():
    lead = "Deputy Harbour Minister Lena Holt visited Holm."
    assert speakers(lead, "The Minister said 40 boats were ready.") == ["Lena Holt"]


def test_a_title_may_stand_before_who_comments():
    text = "“The 40 boats are a joy,” commented Orbis Chairman, Professor Tom Marsh."
    assert speakers(text) == ["Tom Marsh"]


def test_an_office_that_speaks_is_not_its_holder():
    lead = "Mayor Lena Holt opened the quay."
    assert speakers(lead, "The port has 40 boats, according to the mayor's office.") == [""]


def test_letters_of_a_body_hide_no_pronoun():
    lead = "ABC Secretary Lena Holt said 40 boats were ready."
    assert speakers(lead, "The ABC said that it needs 12 boats.") == ["Lena Holt", ""]


def test_according_to_him_inside_a_sentence():
    lead = "Harbour Minister Tom Marsh visited Holm."
    assert speakers(lead, "Holm, according to him, has 40 boats.") == ["Tom Marsh"]


def test_styles_are_no_part_of_a_name():
    lead = "He spoke after Prime Minister Datuk Seri Amran Hadi’s announcement."
    assert speakers(lead, "Amran said 40 boats were ready.") == ["Amran Hadi"]


def test_a_line_that_names_somebody_heads_the_quotation_below_it():
    lines = (
        "Lena Holt, Minister of Ports and Harbours –",
        "“We hired 30 divers.”",
        "Tom Marsh, chief executive, Orbis –",
        "“We built 40 boats.”",
    )
    assert speakers(*lines) == ["Lena Holt", "Tom Marsh"]
    assert people(*lines) == [
        ("Lena Holt", "Minister of Ports and Harbours"),
        ("Tom Marsh", "chief executive, Orbis"),
    ]


def test_a_printed_debate_names_whose_turn_it_is():
    lines = (
        "Photo of Lena HoltLena Holt (Holm, Harbour Party, Minister for Ports) Share this | Source",
        "The port has 40 boats. We hired 30 divers.",
    )
    assert speakers(*lines)[-2:] == ["Lena Holt", "Lena Holt"]


def test_an_occasion_with_a_comma_stands_between_who_speaks_and_the_verb():
    text = f"{HOLT} in her yearly address in Holm on May 16, 2020, revealed that the port has 40 boats."
    assert speakers(text)[-1] == "Lena Holt"


def test_items_may_begin_with_to():
    items = ("• To build a new quay in Holm", "• To train the pilots of the bay")
    assert tasks("The plan has two aims:", *items) == list(items)


@pytest.mark.parametrize(
    "text",
    [
        "Through grants for firms, enhance the local fleet.",
        "• Ports & Boats: Build a new quay in Holm.",
        "It’s essential we maintain the quays of Holm.",
        "The council directed the yards to hire more pilots.",
        "In the next five years, we will grow the impact of the port.",
    ],
)
def test_what_is_to_be_done(text):
    assert tasks(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "We want Holm to be at the centre of it, and it will be.",
        "The council will struggle to find boats for the bay.",
        "The second step has to do with helping our firms to grow.",
        "I will show you some of the boats of the port.",
    ],
)
def test_what_only_sounds_like_a_promise(text):
    assert tasks(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port has targeted doubling its fleet.", [("target", "2")]),
        ("We had chalked out plans to attract Rs. 75000 crore in Holm.", [("target", "750000000000")]),
        ("We want it (the fleet) to double in the next five years.", [("target", "2")]),
        ("The port is keen to attract at least 40 pilots.", [("target", "40")]),
        ("Holm set to woo 300 pilots.", [("target", "300")]),
        ("The port aims to sell 20 of its 54 boats.", [("target", "20"), ("figure", "54")]),
        (
            "The port goes on with its goal to widen the bay, establish 25 quays, and train 40 pilots.",
            [("target", "25"), ("target", "40")],
        ),
        ("40% of the €30 million fund will be raised in Holm.", [("target", "40"), ("figure", "30000000")]),
    ],
)
def test_what_numbers_are_promised(text, expected):
    assert numbers(text) == expected


def test_a_body_may_follow_its_office_without_a_word_between():
    lead = "Principal Secretary State Department for Harbour Affairs Julius Marsh said the port has 40 boats."
    assert people(lead) == [("Julius Marsh", "Principal Secretary State Department for Harbour Affairs")]


def test_a_middle_name_means_its_bearer():
    lead = "Harbour Minister Amran Zafir Hadi tweeted today that 40 boats were ready."
    assert speakers(lead, "Zafir said 12 more would come.") == ["Amran Zafir Hadi"] * 2


def test_what_is_done_with_others_or_in_an_event_is_still_to_be_done():
    text = "In cooperation with firms, schools and sailors, develop a plan for the bay."
    assert tasks(text) == [text]
    assert tasks("The minister will tell a group of sailors of the plan.") == []


def test_an_excellency_is_a_style_before_the_name():
    assert people("The forum was opened by the President of Holm, His Excellency Ann Reed.") == [
        ("Ann Reed", "President of Holm")
    ]
