"""What nobody means, in an address or a line, is read as text or as the usual, and never breaks a page."""

from __future__ import annotations

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.indicators import actions
from kechuang.indicators.web.conditions import condition_from, condition_line


@pytest.mark.parametrize("value", ["--5", "5-", "²", "-", "1.5"])
def test_what_is_no_whole_number_stays_text(value):
    assert condition_from(f"percent = {value}")["value"] == value


@pytest.mark.parametrize("line", ["percent >= 50", "lost = -5", "stage in proposed, accepted", "due missing"])
def test_a_condition_is_written_as_it_was_read(line):
    assert condition_line(condition_from(line)) == line


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["²", "9" * 5000, "0", "-1"])
def test_pages_and_years_that_nobody_means(client, number):
    actions.sync_declarations(SYSTEM)
    actions.recompute(SYSTEM)
    for address in (f"why/?page={number}", f"?base={number}"):
        assert client.get(f"/indicators/m/tasks-counted/{address}").status_code in (200, 404)
