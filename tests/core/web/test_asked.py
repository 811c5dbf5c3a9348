"""The walks that leave out what a page never asked for hear every way of asking."""

import copy

import pytest
from django.test import RequestFactory

from tests.asked import listening

BY_NAME = [
    lambda given: given["a"],
    lambda given: given.get("a"),
    lambda given: given.getlist("a"),
    lambda given: "a" in given,
]
AS_A_WHOLE = [
    bool,
    len,
    list,
    dict,
    copy.copy,
    copy.deepcopy,
    lambda given: {**given},
    lambda given: given | {},
    lambda given: {} | given,
    lambda given: {}.update(given),
    lambda given: given == {},
    lambda given: given != {},
    lambda given: given.get("b", given.keys()),
    lambda given: given.values(),
    lambda given: given.items(),
    lambda given: given.lists(),
    lambda given: given.dict(),
    lambda given: given.copy(),
    lambda given: given.urlencode(),
    str,
]


@pytest.mark.parametrize("ask", BY_NAME)
def test_a_name_that_is_asked_for_is_heard(monkeypatch, ask):
    asked = listening(monkeypatch)
    ask(RequestFactory().get("/?a=1").GET)
    assert asked.any_of(["a", "b"]) and not asked.any_of(["b"])


@pytest.mark.parametrize("ask", AS_A_WHOLE)
def test_whoever_takes_all_asks_for_every_name(monkeypatch, ask):
    asked = listening(monkeypatch)
    ask(RequestFactory().get("/?a=1").GET)
    assert asked.any_of(["z"])


def test_what_nobody_asks_is_not_heard(monkeypatch):
    asked = listening(monkeypatch)
    RequestFactory().get("/?a=1&b=2").GET  # noqa: B018
    assert not asked.any_of(["a", "b"])
