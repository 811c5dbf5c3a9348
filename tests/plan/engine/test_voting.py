"""A vote's outcome against counting by hand, and what must hold of every one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.voting import outcome


@pytest.mark.parametrize(
    ("matter", "members", "needed"),
    [("funds", 7, 4), ("funds", 6, 3), ("project", 1, 1), ("appointment", 9, 6), ("appointment", 7, 5)],
)
def test_how_many_must_be_there(matter, members, needed):
    assert outcome(matter, members, {}).needed == needed


@pytest.mark.parametrize(
    ("cast", "passed"),
    [
        ({"for": 4}, True),
        ({"for": 3, "against": 1}, False),  # three of six are no more than half
        ({"for": 3}, False),
        ({"for": 2, "absent": 4}, False),
        ({"for": 4, "against": 2}, True),
    ],
)
def test_what_passes_among_six(cast, passed):
    assert outcome("project", 6, cast).passed is passed


COUNTS = st.lists(st.sampled_from(["for", "against", "abstain", "absent", ""]), min_size=1, max_size=40)


@given(COUNTS, st.sampled_from(["decision", "appointment", "project", "funds"]))
def test_what_holds_of_every_vote(entries, matter):
    cast = {choice: entries.count(choice) for choice in set(entries) - {""}}
    told, share = (
        outcome(matter, len(entries), cast),
        Fraction(2, 3) if matter == "appointment" else Fraction(1, 2),
    )
    assert told.in_favour + told.against + told.abstained + told.absent + told.silent == told.members
    assert told.quorate == (Fraction(told.present, told.members) >= share)
    assert told.passed == (told.quorate and Fraction(told.in_favour, told.members) > Fraction(1, 2))
    if "" in entries:  # an entry of absence changes nothing
        assert (
            outcome(matter, len(entries), {**cast, "absent": entries.count("absent") + 1}).passed
            == told.passed
        )
