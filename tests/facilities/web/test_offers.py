"""What the pages of facilities offer is what the acts allow, also to whoever asked for what waits for a decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.facilities import actions
from tests.offers import broken_offers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["manager", "officer", "scientist", "reviewer", "admin"])
def test_what_is_offered_is_allowed(client, house, monkeypatch, role):
    person = house["users"][role]
    with clock.at(clock.now() - timedelta(hours=3)):
        session = actions.start_session(
            person if role in {"manager", "scientist"} else SYSTEM, house["tool"], house["owner"], "internal"
        )
    with clock.at(clock.now() - timedelta(hours=1)):
        session = actions.stop_session(SYSTEM, session)
    if role in {"manager", "officer", "admin", "scientist"}:
        actions.ask_correction(person, session, start=session.start, end=session.end, lost=5, reason="x")
    client.force_login(person)
    starts = [reverse("facilities:corrections"), session.get_absolute_url(), house["tool"].get_absolute_url()]
    starts += [house["facility"].get_absolute_url(), "/facilities/"]
    assert broken_offers(client, starts, monkeypatch, "facilities:") == []
