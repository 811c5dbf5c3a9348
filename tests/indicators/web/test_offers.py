"""What the pages of indicators offer is what the acts allow, also to whoever filled in what waits for approval."""

from __future__ import annotations

from datetime import date

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.indicators import actions
from tests.offers import broken_offers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["analyst", "officer", "reporter", "leader", "admin"])
def test_what_is_offered_is_allowed(client, world, make_user, monkeypatch, role):
    actions.recompute(SYSTEM)
    person, starts = make_user(role, organisation=world["office"]), ["/indicators/"]
    if role in {"analyst", "officer", "reporter"}:
        filing = actions.open_return(
            person, world["office"], world["form"], date(2023, 1, 1), date(2023, 12, 31)
        )
        actions.fill_return(person, filing, {"total": 3, "here": 1, "away": 2}, remark="x")
        starts.append(actions.submit_return(person, filing).get_absolute_url())
    client.force_login(person)
    starts.append(world["sent"].get_absolute_url())
    assert broken_offers(client, starts, monkeypatch, "indicators:") == []
