"""English lists of what is to be done, promises told of bodies, and what only helps: by sentences of our own."""

import pytest

from tests.plan.engine.english_notes import numbers, tasks


@pytest.mark.parametrize(
    "lead",
    [
        "Key aspects of the harbour plan include:",
        "Our priorities:",
        "The board will improve the harbour by:",
        "Goal 2: a strong fleet and the measures behind it:",
    ],
)
def test_items_below_what_is_planned_name_their_act(lead):
    items = [
        "• Building a new quay for the ferries",
        "• Expanding the training of pilots",
        "• A stronger fleet of boats",
    ]
    assert tasks("The harbour grows.", lead, *items)[-2:] == items[:2]


def test_items_keep_what_their_outer_list_announces():
    text = (
        "The harbour strategy is set out in three strands:",
        "1. Boats and people:",
        "• Addressing the needs of sailors on old boats.",
    )
    assert tasks(*text) == [text[-1]]


@pytest.mark.parametrize("lead", ["What has been achieved so far:", "The benefits of the new quay:"])
def test_items_below_what_is_over_ask_for_nothing(lead):
    assert (
        tasks("The harbour grows.", lead, "• Building a new quay for the ferries", "• Training more pilots")
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "That's why we need to train more pilots.",
        "Orbis, the maker of ferries, plans to open a yard in Holm.",
        "Orbis alone will hire 300 pilots next year.",
        "The council would set up a fund for small boats.",
        "The ministry has directed all harbours to publish their fees.",
        "The port declared it will close the old lock.",
        "All boats will be subject to inspection each spring.",
    ],
)
def test_promises_and_orders(text):
    assert tasks(text) == [text]


def test_bullets_that_begin_with_a_verb():
    items = ["- Plan a show of boats for the spring", "- Co-design the register with the pilots"]
    assert tasks("The harbour grows.", *items) == items


def test_a_body_goes_on_with_what_it_promises():
    first, second = "The ministry will build a quay in Holm.", "However, it will also seek to train pilots."
    assert tasks(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "The new hubs will build on what the yards have.",
        "The centre will provide an opportunity for pilots to learn.",
        "The yard in Holm will help us forge closer links with sailors.",
        "The centre, which is expected to open in May, will provide support for small firms.",
        "The shared commitment of firms, schools and towns will power the harbour.",
        "We need leaders, and leaders need political will as well as boats.",
        "Invest Holm offered the yard two boats.",
        "Boats should be seen as the heart of the harbour.",
        "Set to become the first pilot, she was glad.",
        "Foreign direct investment led firms to come here.",
        "The plan will be shaped by our friends and by the sea.",
    ],
)
def test_effects_and_facts_ask_for_nothing(text):
    assert tasks(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lena Holt, director of the port, spoke. She said the yard would hire 40 people.",
            [("target", "40")],
        ),
        ("Each boat is estimated to have over 40 lamps.", [("figure", "40")]),
        ("The network will involve 17 harbours.", [("figure", "17")]),
        (
            "The town spends £4 million in a bid to train 40 pilots.",
            [("figure", "4000000"), ("target", "40")],
        ),
    ],
)
def test_numbers_promised(text, expected):
    assert numbers(text) == expected
