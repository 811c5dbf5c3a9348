"""Who speaks in English news, and with which title: by sentences of our own."""

import pytest

from tests.plan.engine.english_notes import people, speakers

HOLT, MARSH = "Harbour Minister Lena Holt", "chief executive Tom Marsh"


def test_a_pronoun_means_the_one_it_fits():
    lead = f"{HOLT} met {MARSH} of Orbis."
    assert speakers(lead, "She said 40 boats were ready.", "He said Orbis had 300 staff.") == [
        "Lena Holt",
        "Tom Marsh",
    ]


def test_what_somebody_lists_is_theirs_until_the_list_ends():
    lead = f"{HOLT} outlined how the board will:"
    assert speakers(lead, "• hire 20 pilots", "• open three quays", "The hall seats 200 people.") == [
        "Lena Holt",
        "Lena Holt",
        "",
    ]
    plain = (
        "Build three yards and two quays in the northern harbour, train the pilots of all the small boats in the bay, and",
        "Hire 20 pilots for the boats of the northern harbour, of the southern one and of all islands in the bay",
    )
    assert speakers(lead, *plain) == ["Lena Holt"] * 3


def test_speech_whose_marks_stay_open_goes_on():
    lead = f"{HOLT} said: “We hired 30 divers."
    assert speakers(lead, "The yard has 40 boats and we need 12 more.") == ["Lena Holt"] * 3
    assert speakers(lead, "The yard has 40 boats.") == ["Lena Holt", ""]
    assert speakers(lead, "The yard has 40 boats.", "It sails.” The hall seats 200 people.") == [
        "Lena Holt"
    ] * 2 + [""]


@pytest.mark.parametrize(
    "text",
    [
        f"{HOLT} will say: “We hired 30 divers.”",
        f"Holm (Flanders): “We hired 30 divers,” said {HOLT}.",
        f"Said {HOLT}, “We hired 30 divers.”",
        f"``We hired 30 divers,'' said {HOLT}.",
        f"{HOLT} opened the quay in Holm and said 30 divers were hired.",
        f"{HOLT} exuded confidence that 30 divers would come.",
        f"Addressing the pilots of the yard, {HOLT} said, There are 30 divers in Holm.",
        f"Speaking of the yard {HOLT} said 30 divers were hired.",
        f"The harbour now has 30 divers, {HOLT} was quoted by local papers as saying.",
        f"{HOLT} told a gathering of pilots and sailors that 30 divers were hired.",
        f"The clerk quoted {HOLT} as saying that 30 divers were hired.",
    ],
)
def test_who_is_given_the_word(text):
    assert speakers(text) == ["Lena Holt"]


@pytest.mark.parametrize(
    "text",
    [
        f"{HOLT} said this when she met 30 divers.",
        "The fleet has 30 boats, according to Tech Weekly.",
        f"{HOLT} urged the yards to hire 30 divers.",
    ],
)
def test_what_gives_nobody_the_word(text):
    assert speakers(text) == ["Lena Holt" if "urged" in text else ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Governor Ann Reed met {MARSH} of Orbis.",
            [("Ann Reed", "Governor"), ("Tom Marsh", "chief executive")],
        ),
        (
            "Lena Holt, minister of state for ports, boats and harbours, department of the sea and space, while in Holm, spoke.",
            [
                (
                    "Lena Holt",
                    "minister of state for ports, boats and harbours, department of the sea and space",
                )
            ],
        ),
        (
            "The Commissioner responsible for ports, boats and fish, Lena Holt, stated so.",
            [("Lena Holt", "Commissioner responsible for ports, boats and fish")],
        ),
        ("The boats came under Prime Minister Lena Holt.", []),
        (
            "We sail from Holm, Flanders. Harbour Minister Lena Holt said so.",
            [("Lena Holt", "Harbour Minister")],
        ),
        (
            "It was opened by the Premier, Mr Reed, and harbour envoy, Ms Lena Holt.",
            [("Lena Holt", "harbour envoy")],
        ),
        ("Minister Lena Holt Jr. said so.", [("Lena Holt", "Minister")]),
        (
            "“We sail,” said Lena Holt, Director of Press in the ministry, in Holm.",
            [("Lena Holt", "Director of Press in the ministry")],
        ),
        ("The yard is named after inspirational harbour scientist Lena Holt.", []),
    ],
)
def test_titles(text, expected):
    assert people(text) == expected
