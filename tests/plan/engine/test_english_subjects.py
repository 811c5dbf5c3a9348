"""What English quantities are of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.plan.engine.reading.quantities import find_quantities


def subjects(text):
    return [found.subject for found in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The agency employs 348 highly skilled engineers.", ["highly skilled engineers"]),
        ("R&D spending in Northport reached 3.9 percent of GDP.", ["R&D spending"]),
        ("We will invest £900 million in a new supercomputer.", ["new supercomputer"]),
        ("About 60 per cent of papers have a foreign author.", ["papers"]),
        ("Investment fell by a quarter.", ["Investment"]),
        ("We have cut emissions by 42 per cent since 1990.", ["emissions"]),
        ("We will double the number of fellowships.", ["number of fellowships"]),
        ("Our country spent 2.1% of GDP on research in 2022.", ["research"]),
        (
            "The industry employs 1.5 million people and its output rose by 3.2 per cent.",
            ["people", "output"],
        ),
        ("We will set up a $15 billion Harbour Renewal Fund.", ["Harbour Renewal Fund"]),
        ("Women in the technology workforce: 40% by 2030", ["Women"]),
        ("Exports of instruments grew 12 per cent.", ["Exports of instruments"]),
        ("The work takes three years.", [""]),
    ],
)
def test_subject(text, expected):
    assert subjects(text) == expected


WORDS = st.sampled_from(
    [
        "5%",
        "£3 million",
        "of",
        "the",
        "firms",
        "rose",
        "by",
        "12",
        "jobs",
        "in",
        "spent",
        ",",
        ".",
        "GDP",
        "double",
        "We",
        ":",
    ]
)


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_never_raises(text):
    for found in find_quantities(text):
        assert isinstance(found.subject, str)
